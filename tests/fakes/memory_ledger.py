"""The ledger in memory: the same guards as the table, in plain Python."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.fakes.memory_rows import Rows
from training_credits.domain import change as c
from training_credits.domain.errors import Reason, Refused, Stale
from training_credits.domain.model import (
    Book,
    Code,
    Entry,
    Lot,
    Order,
    Redemption,
    RedemptionState,
    Submission,
)
from training_credits.ports import Depth, DueLot, Page, Replayed, Standing


class MemoryLedger:
    """Implements `ports.Ledger` and `ports.Outbox`; one lock stands in for the transaction."""

    def __init__(self) -> None:
        self.accounts: dict[tuple[str, str], Rows] = {}
        self.seats: dict[tuple[str, str, str], str] = {}
        self.codes: dict[tuple[str, str], Code] = {}
        self.submissions: dict[tuple[str, str, str, str], Submission] = {}
        self.sent: set[tuple[str, str]] = set()
        self.meanwhile: list[Callable[[], object]] = []
        self._lock = threading.Lock()

    def rows(self, program: str, account_id: str) -> Rows:
        """The rows of an account, empty if nothing was written."""
        return self.accounts.get((program, account_id), Rows())

    def book(self, program: str, account_id: str, depth: Depth) -> Book | None:
        rows = self.rows(program, account_id)
        if rows.account is None:
            return None
        upto = list(Depth).index(depth)
        lots = sorted(rows.lots.values(), key=lambda lot: (lot.expires_at, lot.lot_id))
        owners = tuple(rows.owners[email] for email in sorted(rows.owners))
        pending = [r for r in self._requests(rows) if r.state is RedemptionState.PENDING]
        return Book(
            account=rows.account,
            lots=tuple(lot for lot in lots if not lot.closed),
            owners=owners if upto >= 1 else (),
            past=tuple(lot for lot in lots if lot.closed) if upto >= 2 else (),
            requests=tuple(pending) if upto >= 3 else (),
        )

    def standing(
        self, program: str, account_id: str, email: str, subject: str, operation: str, key: str
    ) -> Standing:
        return Standing(
            owner=self.owns(program, account_id, email),
            submission=self.submission(program, subject, operation, key),
        )

    def submission(self, program: str, subject: str, operation: str, key: str) -> Submission | None:
        return self.submissions.get((program, subject, operation, key))

    def owns(self, program: str, account_id: str, email: str) -> bool:
        return email in self.rows(program, account_id).owners

    def accounts_of(self, program: str, email: str) -> tuple[str, ...]:
        mine = (v for (p, e, _), v in sorted(self.seats.items()) if (p, e) == (program, email))
        return tuple(mine)

    def code(self, program: str, digest: str) -> Code | None:
        return self.codes.get((program, digest))

    def order(self, program: str, account_id: str, order_id: str) -> Order | None:
        return self.rows(program, account_id).orders.get(order_id)

    def lot(self, program: str, account_id: str, lot_id: str) -> Lot | None:
        return self.rows(program, account_id).lots.get(lot_id)

    def lots(self, program: str, account_id: str) -> tuple[Lot, ...]:
        lots = self.rows(program, account_id).lots
        return tuple(lots[lot_id] for lot_id in sorted(lots))

    def redemptions(
        self, program: str, account_id: str, redemption_ids: Sequence[str]
    ) -> tuple[Redemption, ...]:
        found = self.rows(program, account_id).redemptions
        return tuple(found[i] for i in redemption_ids if i in found)

    def requests(
        self,
        program: str,
        account_id: str,
        state: RedemptionState,
        cursor: str | None,
        limit: int,
    ) -> Page[Redemption]:
        rows = self.rows(program, account_id)
        found = [r for r in self._requests(rows) if r.state is state]
        return _page(state, found, cursor, limit)

    def entries(
        self,
        program: str,
        account_id: str,
        start: datetime,
        end: datetime,
        cursor: str | None,
        limit: int,
    ) -> Page[Entry]:
        entries = sorted(self.rows(program, account_id).entries.items())
        found = [e for (at, _), e in entries if start <= at < end]
        return _page(f"{start}{end}", found, cursor, limit)

    def due(self, program: str, until: datetime, shard: int, limit: int) -> tuple[DueLot, ...]:
        if shard:
            return ()
        found = [
            (lot.expires_at, account_id, lot.lot_id)
            for (owner, account_id), rows in self.accounts.items()
            for lot in rows.lots.values()
            if owner == program and not lot.closed and lot.expires_at <= until
        ]
        return tuple(DueLot(account_id=a, lot_id=i) for _, a, i in sorted(found)[:limit])

    def commit(self, change: c.Change) -> None:
        """Check every guard, then write everything; as the table does.

        What a test put into `meanwhile` happens first: between somebody's read and their write.
        """
        if self.meanwhile:
            self.meanwhile.pop(0)()
        with self._lock:
            self._check_submission(change)
            rows = self.rows(change.program, change.account_id)
            for write in change.writes:
                if not self._holds(change, rows, write):
                    raise Stale(write)
            if len(change.writes) > c.WRITES_MAX:
                raise ValueError(len(change.writes))
            self.accounts[change.program, change.account_id] = rows
            for write in change.writes:
                self._apply(change, rows, write)
            if change.submission is not None:
                s = change.submission
                self.submissions[change.program, s.subject, s.operation, s.key] = s

    def claim(self, program: str, message_id: str) -> bool:
        with self._lock:
            new = (program, message_id) not in self.sent
            self.sent.add((program, message_id))
            return new

    def release(self, program: str, message_id: str) -> None:
        with self._lock:
            self.sent.discard((program, message_id))

    def _requests(self, rows: Rows) -> list[Redemption]:
        return sorted(rows.redemptions.values(), key=lambda r: (r.settled_at, r.redemption_id))

    def _check_submission(self, change: c.Change) -> None:
        new = change.submission
        if new is None:
            return
        old = self.submission(change.program, new.subject, new.operation, new.key)
        if old is not None and not (new.repeatable and old.digest == new.digest):
            raise Replayed(old)

    def _holds(self, change: c.Change, rows: Rows, write: c.Write) -> bool:
        match write:
            case c.TakeSeat(email=email, only=only):
                return self._seat(change, email, only=only) not in self.seats
            case c.LeaveSeat(email=email, only=only):
                place = self._seat(change, email, only=only)
                return self.seats.get(place) == change.account_id
            case c.IssueCode(code=code):
                return self._is_first_code(change, rows, code)
        return rows.holds(write)

    def _apply(self, change: c.Change, rows: Rows, write: c.Write) -> None:
        match write:
            case c.TakeSeat(email=email, only=only):
                self.seats[self._seat(change, email, only=only)] = change.account_id
            case c.LeaveSeat(email=email, only=only):
                del self.seats[self._seat(change, email, only=only)]
            case c.IssueCode(code=code):
                self._keep_code(change, rows, code)
            case _:
                rows.apply(write)

    def _seat(self, change: c.Change, email: str, *, only: bool) -> tuple[str, str, str]:
        return change.program, email, "" if only else change.account_id

    def _is_first_code(self, change: c.Change, rows: Rows, code: Code) -> bool:
        if (change.program, code.digest) in self.codes or rows.account is None:
            return False
        if code.lot_id is None:
            return rows.account.code_hint is None
        return code.lot_id in rows.lots and code.lot_id not in rows.lot_hints

    def _keep_code(self, change: c.Change, rows: Rows, code: Code) -> None:
        self.codes[change.program, code.digest] = code
        if code.lot_id is not None:
            rows.lot_hints[code.lot_id] = code.hint
        elif rows.account is not None:
            rows.account = replace(rows.account, code_hint=code.hint)


def _page(name: str, found: list[Any], cursor: str | None, limit: int) -> Page[Any]:
    """A cursor is good for the list it comes from, and for no other."""
    listed, _, number = (f"{name}:0" if cursor is None else cursor).rpartition(":")
    if listed != name or not number.isdecimal():
        raise Refused(Reason.INVALID_CURSOR, "This cursor does not belong to this list.")
    last = int(number) + limit
    more = last < len(found)
    return Page(items=tuple(found[int(number) : last]), cursor=f"{name}:{last}" if more else None)
