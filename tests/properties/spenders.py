"""Spending, in the machine: asked for, taken back, decided by one or many, and too late."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.properties.actors import ENDS, NOT_YOURS, OWNERS, UNPAYABLE, reason_of
from tests.properties.sharers import Sharers, Text
from training_credits.domain.decisions.accounts import Edit
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import Approval, OrderState, Permission, Redemption, Verdict
from training_credits.use_cases import accounts

LEARNERS = st.sampled_from(["lee", "kim", "ann"])
OTHERS = ["nothing", "nothing", "nothing", "ask", "ask", "cancel", "approve", "deny", "end"]
MEANWHILE = st.sampled_from(OTHERS)
ENDING = st.sampled_from([*OTHERS, "revoked", "rotated"])
CHANGES = st.sampled_from(
    [
        {"approval": Approval.AUTOMATIC},
        {"approval": Approval.MANUAL},
        {"four_eyes": True},
        {"four_eyes": False},
    ]
)
FULL = (Reason.SESSION_FULL, Reason.SESSION_PAST)
Due = tuple[StrEnum | None, ...]


class Spenders(Sharers):
    """Lee and Kim learn, and sometimes Ann does, who may then be asked to decide for herself."""

    @rule(credits=st.sampled_from([1, 60, 100, 110, 600]), who=LEARNERS, place=ENDS)
    def asks(self, credits: int, who: str, place: int) -> None:
        self.asks_while(credits, who, place, "nothing")

    @rule(
        credits=st.sampled_from([1, 60, 60, 100]),
        who=LEARNERS,
        place=ENDS,
        meanwhile=ENDING,
    )
    def asks_while(self, credits: int, who: str, place: int, meanwhile: str) -> None:
        text = self.texts[place]
        due = self.due_of_asking(who, credits, text)
        raced = self.interrupt(meanwhile, **self.others(text), **self.endings(text))
        answer = self.ask(who, credits, text.text)
        if due == (None,) and meanwhile in ("revoked", "rotated") and raced:
            due, raced = (Reason.CODE_NOT_ACCEPTED,), False
        assert raced or reason_of(answer) in due, f"payable: due {due} and {answer!r}"

    @precondition(lambda self: self.policy.redeeming.sales_orders and self.rows.orders)
    @rule(credits=st.sampled_from([1, 60, 110]), who=OWNERS | LEARNERS, place=ENDS)
    def asks_by_number(self, credits: int, who: str, place: int) -> None:
        """The number of an order pays, from its own lot, for those who belong to the account."""
        order = list(self.rows.orders.values())[place]
        number = order.sale.sales_order
        others = [o for o in self.rows.orders.values() if o.sale.sales_order == number]
        standing = [o for o in others if o.state is not OrderState.CANCELLED]
        due: Due = UNPAYABLE
        if not standing or not self.may(who, Permission.SPEND):
            due = (Reason.CODE_NOT_ACCEPTED,)
        elif credits <= self.payable(standing[0].lot_id):
            due = (None,)
        answer = self.attempt(
            who,
            "redeem",
            lambda asking: self.world.redeem(credits, sales_order=number, asking=asking),
        )
        assert reason_of(answer) in due, f"payable: due {due} and {answer!r}"

    @precondition(lambda self: self.waiting)
    @rule(place=ENDS, who=st.sampled_from(["", "", "eve"]), meanwhile=MEANWHILE)
    def takes_back(self, place: int, who: str, meanwhile: str) -> None:
        wanted = self.waiting[place]
        raced = self.interrupt(meanwhile, **self.others())
        answer = self.cancel(who or wanted.learner.name.lower(), wanted)
        due = Reason.REDEMPTION_NOT_FOUND if who else None
        assert raced or reason_of(answer) is due, f"answer: {reason_of(answer)}, due {due}"

    @precondition(lambda self: self.waiting)
    @rule(place=ENDS, who=OWNERS, verdict=st.sampled_from(Verdict), meanwhile=MEANWHILE)
    def decides(self, place: int, who: str, verdict: Verdict, meanwhile: str) -> None:
        wanted = self.waiting[place]
        due = self.due_of_decision(who, verdict, wanted)
        raced = self.interrupt(meanwhile, **self.others())
        answer = self.decide(who, verdict, wanted)
        assert raced or reason_of(answer) in due, f"answer: {reason_of(answer)}, due {due}"
        alone = due == (Reason.OWN_REQUEST,) and reason_of(answer) is None
        assert not alone, "answer: approved by whoever asked"

    @property
    def plain(self) -> list[Redemption]:
        """Those that wait, of one line that is in no catalogue."""
        return [wanted for wanted in self.waiting if is_plain(wanted)]

    @precondition(lambda self: len(self.plain) > 1)
    @rule(who=OWNERS, meanwhile=MEANWHILE)
    def approves_all(self, who: str, meanwhile: str) -> None:
        """Each that can be paid, or none of them if their sum is too much."""
        asked = self.plain
        paid = [r for r in asked if not r.draws and not r.lapsed(self.clock.at)]
        needed = sum(r.credits for r in paid)
        fits = self.may(who, Permission.DECIDE) and needed <= self.payable()
        due = self.approvable(who, asked)
        raced = self.interrupt(meanwhile, **self.others())
        answer = self.decide(who, Verdict.APPROVE, *asked)
        refused = isinstance(answer, Problem)
        decided = [] if refused else [o.redemption_id for o in answer if o.problem is None]
        assert raced or fits is not refused, f"batch: {needed} asked, {answer}"
        assert raced or refused or decided == due, f"batch: {decided} decided, {due} due"

    def approvable(self, who: str, asked: list[Redemption]) -> list[str]:
        """Those of a batch that can be approved, one after the other."""
        spent: dict[str | None, int] = {}
        found = []
        for wanted in asked:
            lot_id = only_lot(wanted)
            taken = spent.get(lot_id, 0)
            enough = bool(wanted.draws) or taken + wanted.credits <= self.payable(lot_id)
            late = wanted.lapsed(self.clock.at)
            if enough and not late and not self.forbids(who, wanted):
                spent[lot_id] = taken + (0 if wanted.draws else wanted.credits)
                found.append(wanted.redemption_id)
        return found

    @precondition(lambda self: self.settled)
    @rule(place=ENDS, verdict=st.sampled_from([None, *Verdict]))
    def comes_too_late(self, place: int, verdict: Verdict | None) -> None:
        wanted = self.settled[place]
        if verdict is None and wanted.open:
            return
        if verdict is None:
            answer = self.cancel(wanted.learner.name.lower(), wanted)
        else:
            answer = self.decide(self.an_owner, verdict, wanted)
        assert reason_of(answer) is Reason.ALREADY_DECIDED, f"answer: {answer}"

    @rule(change=CHANGES, who=OWNERS)
    def changes_the_account(self, change: dict[str, Any], who: str) -> None:
        """Who approves, or whether two people must be in it."""
        self.tick()
        said = Edit(**change)
        asking, account = self.world.caller(who), self.world.account
        due = (None,) if self.may(who, Permission.EDIT) else NOT_YOURS
        if said.approval in (None, *self.policy.approvals.modes):
            answer = self.try_to(
                lambda: accounts.edit_account(self.ledger, self.clock, asking, account, said)
            )
            assert reason_of(answer) in due, f"editing: {answer}, due {due}"

    # How it is done, and how it must come out.

    def cancel(self, who: str, wanted: Redemption) -> Any:
        return self.attempt(
            who, "cancel", lambda asking: self.world.cancel(wanted.redemption_id, asking=asking)
        )

    def decide(self, who: str, verdict: Verdict, *wanted: Redemption) -> Any:
        """Outcomes; only a batch in which all went well is one that can be sent again."""
        ids = [redemption.redemption_id for redemption in wanted]
        answer = self.attempt(
            who, "decide", lambda asking: self.world.decide(verdict, ids, asking=asking)
        )
        if not isinstance(answer, Problem) and any(o.problem for o in answer):
            self.done.pop()
        return answer

    def due_of_decision(self, who: str, verdict: Verdict, wanted: Redemption) -> Due:
        """How a decision on what waits must come out if nothing comes between."""
        if not self.may(who, Permission.DECIDE):
            return NOT_YOURS
        if verdict is Verdict.APPROVE and wanted.lapsed(self.clock.at):
            return (Reason.REQUEST_LAPSED,)
        if verdict is Verdict.APPROVE and self.forbids(who, wanted):
            return (Reason.OWN_REQUEST,)
        free = verdict is Verdict.DENY or bool(wanted.draws)
        if verdict is Verdict.APPROVE and not is_plain(wanted):
            return (None, *FULL) if free else (None, *FULL, *UNPAYABLE, Reason.DEADLINE_MISSED)
        return (None,) if free or wanted.credits <= self.payable(only_lot(wanted)) else UNPAYABLE

    def forbids(self, who: str, wanted: Redemption) -> bool:
        """Where an account wants four eyes, nobody approves for themselves."""
        account = self.rows.account
        own = wanted.learner.name.lower() == who
        return own and account is not None and account.four_eyes

    def others(self, text: Text | None = None) -> dict[str, Callable[[], object]]:
        """What may happen between somebody's read and their write."""
        with_it = (text or self.texts[0]).text
        actions: dict[str, Callable[[], object]] = {
            "ask": lambda: self.ask("kim", 60, with_it),
            "end": self.end_and_sweep,
        }
        if self.waiting:
            first = self.waiting[0]
            actions |= {
                "cancel": lambda: self.cancel(first.learner.name.lower(), first),
                "approve": lambda: self.decide(self.an_owner, Verdict.APPROVE, first),
                "deny": lambda: self.decide(self.an_owner, Verdict.DENY, first),
            }
        return actions


def is_plain(wanted: Redemption) -> bool:
    """One line, paid by one instrument, and nothing of the catalogue."""
    first = wanted.lines[0]
    return len(wanted.lines) == 1 and first.item is None and len(first.tenders) == 1


def only_lot(wanted: Redemption) -> str | None:
    """The lot that alone pays for a request of one line."""
    ((tender,),) = [line.tenders for line in wanted.lines]
    return tender.lot_id
