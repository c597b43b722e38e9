"""The ledger in memory: the same guards as the table, in plain Python."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

from tests.fakes import memory_worklist
from tests.fakes.memory_actions import check_actions
from tests.fakes.memory_kept import PENDING, Kept
from training_credits.domain import change as c
from training_credits.domain.errors import Stale
from training_credits.domain.model import (
    Book,
    Case,
    CaseKind,
    Item,
    Lot,
    MemberState,
    Offering,
    Order,
    PlanItem,
    Presence,
    Redemption,
    Standing,
    Submission,
    Voucher,
)
from training_credits.ports import (
    Depth,
    DueLot,
    DueRequest,
    Identity,
    Named,
    Naming,
    Page,
    Replayed,
)

DEPTHS = list(Depth)


class MemoryLedger(Kept):
    """Implements `ports.Ledger`, `ports.Quota`, `ports.Tries` and `ports.Outbox`.

    One lock stands in for the transaction.
    """

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: list[Callable[[], object]] = []
        self.papers: Counter[tuple[str, str, date]] = Counter()
        self._lock = threading.Lock()

    def book(self, program: str, account_id: str, depth: Depth) -> Book | None:
        rows = self.rows(program, account_id)
        if rows.account is None:
            return None

        def within(what: Depth) -> bool:
            return DEPTHS.index(what) <= DEPTHS.index(depth)

        lots = sorted(rows.lots.values(), key=lambda lot: (lot.expires_at, lot.lot_id))
        members = (rows.members[email] for email in sorted(rows.members))
        there = tuple(m for m in members if m.state is not MemberState.REMOVED)
        past = tuple(lot for lot in lots if lot.closed)
        waiting = tuple(r for r in self.listed(program, account_id) if r.state is PENDING)
        ended = rows.codes.listed(ended=True) if within(Depth.PAST) else ()
        return Book(
            account=rows.account,
            budgets=tuple(budget for _, budget in sorted(rows.asked.budgets.items())),
            codes=(*rows.codes.listed(ended=False), *ended),
            lots=tuple(lot for lot in lots if not lot.closed),
            members=there if within(Depth.MEMBERS) else (),
            past=past if within(Depth.PAST) else (),
            requests=waiting if within(Depth.REQUESTS) else (),
        )

    def standing(
        self, program: str, account_id: str, email: str, identity: Identity | None = None
    ) -> Standing:
        rows = self.rows(program, account_id)
        member = rows.members.get(email)
        there = member is not None and member.state is not MemberState.REMOVED
        return Standing(
            account=rows.account,
            member=member if there else None,
            submission=self.submission(program, identity) if identity else None,
        )

    def submission(self, program: str, identity: Identity) -> Submission | None:
        place = (program, identity.subject, identity.operation, identity.key)
        return self.submissions.get(place)

    def presence(self, program: str, email: str) -> Presence:
        return self.place(program).presence(email)

    def accepted(self, program: str, email: str, version: str) -> bool:
        return version in self.presence(program, email).terms

    def named(self, program: str, naming: Naming) -> Named:
        place = self.place(program)
        who = program, naming.subject
        return Named(
            tries=tuple(at for at in self.wrong.get(who, ()) if naming.since <= at <= naming.until),
            accepted=naming.terms is not None
            and self.accepted(program, naming.email, naming.terms),
            opened={one: place.openers[one] for one in naming.digests if one in place.openers},
            orders={one: place.numbers[one] for one in naming.numbers if one in place.numbers},
            items=self.items(program, naming.places),
        )

    def used(self, program: str, account_id: str, code_id: str, subject: str) -> int:
        return self.rows(program, account_id).codes.used.get((code_id, subject), 0)

    def asked(self, program: str, account_id: str, subject: str) -> frozenset[str]:
        return self.rows(program, account_id).asked.asked.get(subject, frozenset())

    def order(self, program: str, account_id: str, order_id: str) -> Order | None:
        return self.rows(program, account_id).orders.get(order_id)

    def order_once(
        self, program: str, account_id: str, order_id: str, identity: Identity
    ) -> tuple[Order | None, Submission | None]:
        order = self.order(program, account_id, order_id)
        return order, self.submission(program, identity)

    def case(self, program: str, account_id: str, case_id: str) -> Case | None:
        return self.rows(program, account_id).cases.kept.get(case_id)

    def newest_case(
        self, program: str, account_id: str, lot_id: str, kind: CaseKind
    ) -> Case | None:
        cases = self.rows(program, account_id).cases
        return cases.kept.get(cases.newest.get((kind, lot_id), ""))

    def plan(self, program: str, account_id: str, lot_id: str) -> tuple[PlanItem, ...]:
        return self.rows(program, account_id).plans.get(lot_id, ())

    def lot(self, program: str, account_id: str, lot_id: str) -> Lot | None:
        return self.rows(program, account_id).lots.get(lot_id)

    def lots(self, program: str, account_id: str) -> tuple[Lot, ...]:
        lots = self.rows(program, account_id).lots
        return tuple(lots[lot_id] for lot_id in sorted(lots))

    def redemptions(
        self, program: str, account_id: str, redemption_ids: Sequence[str]
    ) -> tuple[Redemption, ...]:
        found = self.rows(program, account_id).asked.redemptions
        return tuple(found[i] for i in redemption_ids if i in found)

    def offering(self, program: str, offering_id: str) -> Offering | None:
        return self.place(program).shelf.offerings.get(offering_id)

    def items(
        self, program: str, wanted: Sequence[tuple[str, str | None]]
    ) -> tuple[Item | None, ...]:
        shelf = self.place(program).shelf

        def one(offering_id: str, session_id: str | None) -> Item | None:
            offering = shelf.offerings.get(offering_id)
            session = shelf.sessions.get((offering_id, session_id or ""))
            if offering is None or (session_id is not None and session is None):
                return None
            return Item(offering=offering, session=session if session_id is not None else None)

        return tuple(one(*place) for place in wanted)

    def due(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueLot]:
        if shard:
            return Page(items=())
        places = memory_worklist.lots(self.accounts, program)
        found = memory_worklist.due(places, f"due {program}", until, cursor, limit)
        lots = tuple(DueLot(account_id=a, lot_id=i) for a, i in found.items)
        return Page(items=lots, cursor=found.cursor)

    def due_requests(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueRequest]:
        if shard:
            return Page(items=())
        places = memory_worklist.requests(self.accounts, program)
        found = memory_worklist.due(places, f"waits {program}", until, cursor, limit)
        asked = tuple(DueRequest(account_id=a, redemption_id=i) for a, i in found.items)
        return Page(items=asked, cursor=found.cursor)

    def vouchers(self, program: str, account_id: str, redemption_id: str) -> tuple[Voucher, ...]:
        found = sorted(self.rows(program, account_id).asked.vouchers.items())
        return tuple(one for (request, _, _), one in found if request == redemption_id)

    def commit(self, change: c.Change) -> None:
        """Check every guard, then write everything; as the table does.

        What a test put into `meanwhile` happens first: between somebody's read and their write.
        """
        if self.meanwhile:
            self.meanwhile.pop(0)()
        with self._lock:
            check_actions(change)
            self._check_submission(change)
            rows = self.rows(change.program, change.account_id)
            places = self.place(change.program)
            for write in change.writes:
                if not (rows.holds(write) and places.holds(change.account_id, write)):
                    raise Stale(write)
            self.accounts[change.program, change.account_id] = rows
            self.places[change.program] = places
            for write in change.writes:
                rows.apply(write)
                places.apply(change.account_id, write)
            if change.submission is not None:
                s = change.submission
                self.submissions[change.program, s.subject, s.operation, s.key] = s

    def count_try(self, program: str, subject: str, at: datetime) -> None:
        with self._lock:
            self.wrong[program, subject].append(at)

    def take(self, program: str, account_id: str, day: date, most: int) -> bool:
        with self._lock:
            used = self.papers[program, account_id, day]
            self.papers[program, account_id, day] = min(used + 1, most)
            return used < most

    def claim(self, program: str, message_id: str) -> bool:
        with self._lock:
            new = (program, message_id) not in self.sent
            self.sent.add((program, message_id))
            return new

    def release(self, program: str, message_id: str) -> None:
        with self._lock:
            self.sent.discard((program, message_id))

    def _check_submission(self, change: c.Change) -> None:
        new = change.submission
        if new is None:
            return
        identity = Identity(subject=new.subject, operation=new.operation, key=new.key)
        old = self.submission(change.program, identity)
        if old is not None and not (new.repeatable and old.digest == new.digest):
            raise Replayed(old)
