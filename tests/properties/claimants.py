"""Cases, in the machine: a remainder is asked for, a transaction disputed, both are answered."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.casing import EXTENSION, REISSUE
from tests.properties.actors import ENDS, NOT_YOURS, VENDOR, reason_of
from tests.properties.spenders import Spenders
from training_credits.domain.decisions.cases import following, permission
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import (
    Case,
    CaseKind,
    CaseState,
    Entry,
    EntryKind,
    Lot,
    Permission,
    PlannedUse,
)

DAY = timedelta(days=1)
ASKERS = st.sampled_from(["ann", "ann", "bob", "lee", "olga"])
STEPS = st.sampled_from([*CaseState, CaseState.IN_REVIEW, CaseState.APPROVED, CaseState.UPHELD])
MEANWHILE = st.sampled_from(["nothing", "nothing", "end", "ask", "approve", "twin"])
# What a yes may still be refused for, beside its rights.
UNGRANTABLE = (
    Reason.REISSUE_LIMIT,
    Reason.OUTSIDE_WINDOW,
    Reason.PLAN_INCOMPLETE,
    Reason.NOTHING_LEFT,
    Reason.DATE_NOT_POSSIBLE,
)
Due = tuple[StrEnum | None, ...]


class Claimants(Spenders):
    """Whoever may ask does; Olga and Otto answer."""

    @property
    def cases(self) -> list[Case]:
        return list(self.rows.cases.kept.values())

    @property
    def debits(self) -> list[Entry]:
        return [entry for entry in self.world.entries() if entry.kind is not EntryKind.EXPIRE]

    @precondition(lambda self: self.rows.lots)
    @rule(
        place=st.sampled_from([0, 1, -1]),
        kind=st.sampled_from([REISSUE, EXTENSION]),
        who=ASKERS,
        short=st.sampled_from([0, 0, 1]),
        asked=st.booleans(),
    )
    def claims(self, place: int, kind: CaseKind, who: str, short: int, *, asked: bool) -> None:
        lots = list(self.rows.lots.values())
        lot = lots[place % len(lots)].seen_at(self.clock.at)
        left = lot.balance.available if lot.alive(self.clock.at) else lot.balance.expired
        use = PlannedUse(
            title="X", on=self.policy.today(self.clock.at) + DAY, credits=max(left - short, 1)
        )
        due = self.due_of_claim(who, lot, kind, left)
        if due == (None,) and who in VENDOR and asked:
            due = (Reason.CUSTOMER_ONLY,)
        if due == (None,) and asked and kind is REISSUE and use.credits < left:
            due = (Reason.PLAN_INCOMPLETE,)
        if due == (None,) and self.open_about(lot, kind):
            due = (Reason.ALREADY_ASKED,)
        self.tick()
        answer = self.attempt(
            who,
            "openCase",
            lambda asking: self.world.asks(
                kind, lot.lot_id, uses=[use], days=30, asked=asked, asking=asking
            ),
        )
        assert reason_of(answer) in due, f"case: due {due} and {answer!r}"

    def open_about(self, lot: Lot, kind: CaseKind) -> bool:
        """Whether such a case of this lot is not over yet: then there is no second one."""
        return any(
            following(case) for case in self.cases if (case.lot_id, case.kind) == (lot.lot_id, kind)
        )

    def due_of_claim(self, who: str, lot: Lot, kind: CaseKind, left: int) -> Due:
        """By the texts of the programs: once within 60 days of the end, or up to 60 days after."""
        if not self.may(who, Permission.CLAIM):
            return NOT_YOURS
        offered = {"cisco": REISSUE, "atlassian": EXTENSION}.get(self.program)
        if kind is not offered:
            return (Reason.REISSUE_NOT_ALLOWED, Reason.EXTENSION_NOT_ALLOWED)
        if kind is REISSUE and (lot.reissued_from or lot.balance.reissued):
            return (Reason.REISSUE_LIMIT, Reason.CUSTOMER_ONLY)
        days = (self.policy.today(self.clock.at) - lot.expires_on).days
        if days > 60 or (kind is REISSUE and days < -60):
            return (Reason.OUTSIDE_WINDOW, Reason.CUSTOMER_ONLY)
        return (None,) if left else (Reason.NOTHING_LEFT, Reason.CUSTOMER_ONLY)

    @precondition(lambda self: self.debits)
    @rule(place=ENDS, who=ASKERS)
    def disputes(self, place: int, who: str) -> None:
        debit = self.debits[place]
        before = [case for case in self.cases if case.entry_id == debit.entry_id]
        age = (self.policy.today(self.clock.at) - self.policy.today(debit.at)).days
        due: Due = (None,)
        if not self.may(who, Permission.CLAIM):
            due = NOT_YOURS
        elif before:
            due = (Reason.ALREADY_DISPUTED,)
        elif debit.kind is not EntryKind.REDEEM or age > 60:
            due = (Reason.NOT_DISPUTABLE,)
        self.tick()
        answer = self.attempt(
            who, "openCase", lambda asking: self.world.disputes(debit, asking=asking)
        )
        assert reason_of(answer) in due, f"dispute: due {due} and {answer!r}"

    @precondition(lambda self: self.cases)
    @rule(
        place=st.sampled_from([0, -1, -1]),
        who=st.sampled_from(["ann", "olga", "olga", "otto"]),
        to=STEPS,
        meanwhile=MEANWHILE,
    )
    def answers(self, place: int, who: str, to: CaseState, meanwhile: str) -> None:
        case = self.cases[place]
        due = self.due_of_answer(who, case, to)
        self.tick()
        twin = lambda: self.takes("otto", case, to)  # noqa: E731
        raced = self.interrupt(meanwhile, **self.others(), twin=twin)
        answer = self.takes(who, case, to)
        assert raced or reason_of(answer) in due, f"case: due {due} and {answer!r}"

    def takes(self, who: str, case: Case, to: CaseState) -> Any:
        return self.attempt(
            who,
            "moveCase",
            lambda asking: self.world.takes(case.case_id, to, note="X", asking=asking),
        )

    def due_of_answer(self, who: str, case: Case, to: CaseState) -> Due:
        if to not in following(case):
            return (Reason.CASE_MOVED,)
        needed = permission(case, to)
        if not self.may(who, needed):
            return NOT_YOURS
        granted = to in (CaseState.APPROVED, CaseState.UPHELD, CaseState.SUBMITTED)
        return (None, *UNGRANTABLE) if granted else (None,)

    @precondition(lambda self: any(following(case) for case in self.cases))
    @rule(meanwhile=MEANWHILE)
    def grants(self, meanwhile: str) -> None:
        """The first that waits is looked at, and answered with a yes."""
        case = next(case for case in self.cases if following(case))
        for to in (CaseState.SUBMITTED, CaseState.IN_REVIEW):
            if to in following(case):
                self.tick()
                who = "ann" if to is CaseState.SUBMITTED else "olga"
                if isinstance(self.takes(who, case, to), Problem):
                    return
                case = self.world.case(case.case_id)
        yes = CaseState.UPHELD if case.kind is CaseKind.DISPUTE else CaseState.APPROVED
        self.tick()
        raced = self.interrupt(meanwhile, **self.others())
        answer = self.takes("otto", case, yes)
        due = (None, *UNGRANTABLE)
        assert raced or reason_of(answer) in due, f"case: due {due} and {answer!r}"
