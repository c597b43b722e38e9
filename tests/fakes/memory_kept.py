"""What the ledger in memory keeps, and the lists it can be asked for."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from tests.fakes import memory_filing, memory_telling, memory_worklist
from tests.fakes.memory_places import Places
from tests.fakes.memory_rows import Rows
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import (
    Block,
    Case,
    Delivery,
    Endpoint,
    Entry,
    Happening,
    Offering,
    Order,
    Preferences,
    Redemption,
    RedemptionState,
    Session,
    Submission,
)
from training_credits.ports import DueDigest, Page

PENDING = RedemptionState.PENDING


class Kept:
    """Everything of every program; lists come page by page."""

    def __init__(self) -> None:
        self.accounts: dict[tuple[str, str], Rows] = {}
        self.places: dict[str, Places] = {}
        self.submissions: dict[tuple[str, str, str, str], Submission] = {}
        self.wrong: defaultdict[tuple[str, str], list[datetime]] = defaultdict(list)
        self.sent: set[tuple[str, str]] = set()

    def kept(self, program: str | None = None) -> Any:
        """A copy of all that was committed, of one program or all; to compare before with after."""
        told: list[dict[Any, Any]] = [self.accounts, self.submissions]
        mine = [{k: v for k, v in one.items() if program in (None, k[0])} for one in told]
        places = {k: v for k, v in self.places.items() if program in (None, k)}
        return deepcopy((*mine, places))

    def rows(self, program: str, account_id: str) -> Rows:
        """The rows of an account, empty if nothing was written."""
        return self.accounts.get((program, account_id)) or Rows()

    def place(self, program: str) -> Places:
        """What of a program lies outside its accounts."""
        return self.places.get(program) or Places()

    def uses(
        self, program: str, account_id: str, code_id: str, cursor: str | None, limit: int
    ) -> Page[Redemption]:
        read = _page("uses", self.listed(program, account_id), cursor, limit)
        found = tuple(r for r in read.items if code_id in r.codes)
        return Page(items=found, cursor=read.cursor)

    def orders(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Order]:
        placed = self.rows(program, account_id).orders.values()
        found = sorted(placed, key=lambda order: (order.placed_at, order.order_id))
        return _page("orders", found, cursor, limit)

    def open_orders(self, program: str, cursor: str | None, limit: int) -> Page[Order]:
        due = sorted(self._waiting(program), key=lambda one: one[0])
        read = _page(f"open {program}", [order for _, order in due], cursor, limit)
        return Page(items=tuple(o for o in read.items if o.open), cursor=read.cursor)

    def _waiting(self, program: str) -> Iterator[tuple[Any, Order]]:
        for (owner, account_id), rows in self.accounts.items():
            for order in rows.orders.values():
                if owner == program and order.due_on is not None:
                    yield (order.due_on, account_id, order.order_id), order

    def cases(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Case]:
        opened = self.rows(program, account_id).cases.kept.values()
        found = sorted(opened, key=lambda case: (case.opened_at, case.case_id))
        return _page("cases", found, cursor, limit)

    def open_cases(self, program: str, cursor: str | None, limit: int) -> Page[Case]:
        every = (
            (case.due_on, account_id, case.case_id, case)
            for (owner, account_id), rows in self.accounts.items()
            for case in rows.cases.kept.values()
            if owner == program and case.due_on is not None
        )
        found = [case for *_, case in sorted(every, key=lambda one: one[:3])]
        page = _page(f"open cases {program}", found, cursor, limit)
        return Page(items=tuple(case for case in page.items if case.waits), cursor=page.cursor)

    def filed(self, program: str, account_id: str, before: datetime) -> Block | None:
        return self.rows(program, account_id).months.newest(before)

    def blocks(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Block]:
        blocks = self.rows(program, account_id).months.oldest_first()
        return _page("blocks", blocks, cursor, limit)

    def due_months(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[str]:
        if shard:
            return Page(items=())
        every = [(place, rows.months) for place, rows in self.accounts.items()]
        places = memory_filing.due_months(every, program)
        found = memory_worklist.due(places, f"months {program}", until, cursor, limit)
        return Page(items=tuple(account_id for account_id, _ in found.items), cursor=found.cursor)

    def preferences(self, program: str, emails: Collection[str]) -> dict[str, Preferences]:
        chosen = self.place(program).preferences
        return {email: chosen[email] for email in emails if email in chosen}

    def due_digests(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueDigest]:
        if shard:
            return Page(items=())
        every = [(place, rows.digests) for place, rows in self.accounts.items()]
        places = memory_telling.due_digests(every, program)
        found = memory_worklist.due(places, f"digests {program}", until, cursor, limit)
        split = ((account_id, *place.split("#", 1)) for account_id, place in found.items)
        items = (DueDigest(account_id=a, email=e, day=date.fromisoformat(d)) for a, d, e in split)
        return Page(items=tuple(items), cursor=found.cursor)

    def history(
        self, program: str, account_id: str, cursor: str | None, limit: int
    ) -> Page[Happening]:
        lines = self.rows(program, account_id).history.values()
        return _page("history", sorted(lines, key=lambda line: line.at), cursor, limit)

    def requests(
        self,
        program: str,
        account_id: str,
        state: RedemptionState,
        cursor: str | None,
        limit: int,
    ) -> Page[Redemption]:
        found = [r for r in self.listed(program, account_id) if r.state is state]
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

    def offerings(
        self, program: str, collection: str | None, cursor: str | None, limit: int
    ) -> Page[Offering]:
        every = sorted(self.place(program).shelf.offerings.items())
        found = [o for _, o in every if collection is None or collection in o.collections]
        return _page(f"offerings {collection}", found, cursor, limit)

    def sessions(
        self, program: str, offering_id: str, from_day: date, cursor: str | None, limit: int
    ) -> Page[Session]:
        every = self.place(program).shelf.sessions.values()
        found = [s for s in every if s.offering_id == offering_id and s.starts_on >= from_day]
        found.sort(key=lambda session: (session.starts_on, session.session_id))
        return _page(f"sessions {offering_id}", found, cursor, limit)

    def endpoints(self, program: str) -> tuple[Endpoint, ...]:
        return tuple(one for _, one in sorted(self.place(program).told.endpoints.items()))

    def endpoint(self, program: str, endpoint_id: str) -> Endpoint | None:
        return self.place(program).told.endpoints.get(endpoint_id)

    def delivery(
        self, program: str, endpoint_id: str, delivery_id: str
    ) -> tuple[Endpoint | None, Delivery | None]:
        told = self.place(program).told
        return told.endpoints.get(endpoint_id), told.deliveries.get((endpoint_id, delivery_id))

    def deliveries(
        self, program: str, endpoint_id: str, cursor: str | None, limit: int
    ) -> Page[Delivery]:
        every = self.place(program).told.deliveries.items()
        found = [one for (webhook, _), one in every if webhook == endpoint_id]
        found.sort(key=lambda one: (one.made_at, one.delivery_id), reverse=True)
        return _page(f"deliveries {endpoint_id}", found, cursor, limit)

    def listed(self, program: str, account_id: str) -> list[Redemption]:
        """As on the book: what is pending first, then what is settled, state by state."""

        def place(r: Redemption) -> Any:
            at = r.requested_at if r.state is PENDING else r.settled_at
            return r.state is not PENDING, r.state, at, r.redemption_id

        return sorted(self.rows(program, account_id).asked.redemptions.values(), key=place)


def _page(name: str, found: list[Any], cursor: str | None, limit: int) -> Page[Any]:
    """A cursor is good for the list it comes from, and for no other."""
    listed, _, number = (f"{name}:0" if cursor is None else cursor).rpartition(":")
    if listed != name or not number.isdecimal():
        raise Refused(Reason.INVALID_CURSOR, "This cursor does not belong to this list.")
    last = int(number) + limit
    more = last < len(found)
    return Page(items=tuple(found[int(number) : last]), cursor=f"{name}:{last}" if more else None)
