"""What is in the table, for whoever draws the next operation, and for whoever judges the last."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tests.fakes.clock import BEGIN, StoppedClock
from tests.http.asking import route_to
from tests.proof.simulator.acting import Hands
from tests.proof.simulator.judging import Broken
from tests.proof.simulator.operations import Op
from tests.proof.simulator.tenants import PROGRAMS, Account
from training_credits.domain.model import Entry, Redemption, RedemptionState
from training_credits.ports import Identity, Ledger, Page

OPEN = (RedemptionState.PENDING, RedemptionState.RESERVED)
AROUND = timedelta(days=60)
FAR = BEGIN + timedelta(days=40 * 366)
PAGE = 100


class Finder:
    """Looks at the table in any weather."""

    def __init__(
        self,
        ledger: Ledger,
        clock: StoppedClock,
        accounts: dict[str, Account],
        ids: dict[tuple[str, str], str],
    ) -> None:
        self._ledger, self._clock, self._accounts, self._ids = ledger, clock, accounts, ids

    def left(self, name: str, lot: str) -> int:
        """What an account, a lot and what it was reissued into, or "all of" one lot may spend."""
        account, now = self._accounts[name], self._clock.at
        seen = [one.seen_at(now) for one in self._ledger.lots(account.program, account.id)]
        if lot.startswith("all of "):
            made = self._ids["lot", lot.removeprefix("all of ")]
            found = [one for one in seen if one.lot_id == made]
            return sum(one.balance.available + one.balance.expired for one in found)
        order = self._ids["order", lot] if lot else None
        return sum(one.balance.available for one in seen if order in (None, one.order_id))

    def ends(self) -> Iterator[datetime]:
        """Of lots, and of requests that wait."""
        for account in self._accounts.values():
            lots = self._ledger.lots(account.program, account.id)
            yield from (lot.expires_at for lot in lots)
            yield from (one.lapses_at for one in self._waiting(account) if one.lapses_at)

    def ending(self, name: str) -> list[str]:
        """Lots within 60 days of their end, before it or after, of which something is left."""
        account, now = self._accounts[name], self._clock.at
        called = {made: lot for (what, lot), made in self._ids.items() if what == "lot"}
        return [
            called[lot.lot_id]
            for lot in self._ledger.lots(account.program, account.id)
            if abs(lot.expires_at - now) < AROUND
            and lot.balance.available + lot.balance.expired
            and lot.lot_id in called
        ]

    def entries(self, name: str) -> frozenset[str]:
        """Of an account."""
        account = self._accounts[name]
        read = partial(self._ledger.entries, account.program, account.id, BEGIN, FAR)
        found: Iterator[Entry] = _all(read)
        return frozenset(entry.entry_id for entry in found)

    def written(self, op: Op, hands: Hands) -> bool:
        """Whether anything has come of it."""
        sent = hands.request_of(op)
        route, _ = route_to("POST", sent.path)
        assert route is not None
        subject = f"s-{sent.who.name}"
        identity = Identity(subject=subject, operation=route.operation, key=sent.key)
        program = self._accounts[op.account].program
        return self._ledger.submission(program, identity) is not None

    def adds_up(self, name: str) -> None:
        """The statement of all time: nothing, and what was moved, is what is left."""
        account = self._accounts[name]
        until = self._clock.at + timedelta(seconds=1)
        period = f"from={BEGIN:%Y-%m-%dT%H:%M:%SZ}&to={until:%Y-%m-%dT%H:%M:%SZ}"
        stated = account.who("ann").get(f"{account.path}/statements", period)
        if stated.status != 200:
            raise Broken(f"the statement of {name}: {stated}")
        lots = self._ledger.lots(account.program, account.id)
        seen = [lot.seen_at(self._clock.at).balance for lot in lots]
        moved = sum(line["change"] for line in stated.json["lines"])
        closing = sum(one["closing"] for one in stated.json["products"])
        unspent = sum(one.available + one.held for one in seen)
        if not moved == closing == unspent:
            raise Broken(f"{name}: moved {moved}, closing {closing}, unspent {unspent}")

    def unfinished(self) -> Iterator[str]:
        """Years later nothing waits, nothing is held, nothing is left, and nobody is to do more."""
        for account in self._accounts.values():
            for lot in self._ledger.lots(account.program, account.id):
                if not lot.closed or lot.balance.available or lot.balance.held:
                    yield f"{lot.lot_id} of {account.name} has come to no end: {lot.balance}"
            for asked in self._waiting(account):
                yield f"{asked.redemption_id} is {asked.state}, for years"
        for program in PROGRAMS.values():
            for due in (self._ledger.due, self._ledger.due_requests):
                left = due(program, self._clock.at, 0, None, PAGE).items
                if left:
                    yield f"still to be done: {left}"

    def _waiting(self, account: Account) -> Iterator[Redemption]:
        for state in OPEN:
            yield from _all(partial(self._ledger.requests, account.program, account.id, state))


def _all(read: Callable[[str | None, int], Page[Any]]) -> Iterator[Any]:
    cursor = None
    while True:
        page = read(cursor, PAGE)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return
