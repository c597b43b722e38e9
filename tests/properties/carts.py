"""Carts, in the machine: several lines at once, classes with seats, budgets, reservations."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.builders import person
from tests.properties.actors import ENDS, UNPAYABLE, reason_of
from tests.properties.sharers import Text
from tests.properties.spenders import FULL, LEARNERS, MEANWHILE, Due, Spenders
from tests.unit.rules.people_tools import names
from training_credits.domain.change import PutOffering, PutSession, SetBudget
from training_credits.domain.drawing import spending_order
from training_credits.domain.errors import Reason
from training_credits.domain.model import (
    Budget,
    Caller,
    Line,
    Mode,
    Offering,
    Redemption,
    RedemptionState,
    Role,
    Session,
    Verdict,
)
from training_credits.use_cases.instruments import Instrument, Position
from training_credits.use_cases.lapse import Lapsed

CLASS, PRICE = "C", 10
KINDS = {"atlassian": "course", "cisco": "class", "salesforce": "class"}
KIM = Budget(budget_id="B1", name="Kim", limit=170, left=170, learners=(person("kim").email,))
ASKED = st.lists(st.tuples(st.sampled_from([1, 60, 110, None, None]), ENDS), min_size=1, max_size=3)
TURNS = st.sampled_from(["nothing", "nothing", "confirm", "cancel", "end"])


class Carts(Spenders):
    """One class whose session comes and goes; Kim has a budget; Kay is Cisco's advisor."""

    def __init__(self) -> None:
        super().__init__()
        kind = KINDS[self.program]
        offering = Offering(offering_id=CLASS, type=kind, title="A class", credits=PRICE)
        self.world.commit(PutOffering(offering=offering), SetBudget(budget=KIM, was=None))
        abroad = self.policy.spending.abroad
        self.puts_a_session(40, 2, "DE" if abroad else "US")
        self.kay: Caller | None = names(self.world, "kay", Role.ADVISOR) if abroad else None

    @rule(
        days=st.sampled_from([-1, 0, 3, 40]),
        seats=st.sampled_from([0, 1, 2, 20]),
        country=st.sampled_from(["US", "DE", "DE"]),
    )
    def puts_a_session(self, days: int, seats: int, country: str) -> None:
        """The same one, moved: whoever is booked stays booked."""
        day = self.policy.today(self.clock()) + timedelta(days=days)
        session = Session(
            session_id="S1",
            offering_id=CLASS,
            starts_on=day,
            ends_on=day,
            mode=Mode.VIRTUAL,
            country=country,
            seats=seats,
        )
        self.world.commit(PutSession(session=session))

    @precondition(lambda self: self.texts)
    @rule(
        who=LEARNERS,
        asked=ASKED,
        reserve=st.booleans(),
        meanwhile=MEANWHILE,
        by=st.sampled_from(["", "ann", "bob"]),
    )
    def asks_for_a_cart(
        self,
        who: str,
        asked: list[tuple[int | None, int]],
        meanwhile: str,
        by: str,
        *,
        reserve: bool,
    ) -> None:
        """Some of it of the catalogue, each line by a code of its own; maybe approved at once."""
        wanted = [(credits, self.texts[place]) for credits, place in asked]
        due = self.due_of_cart(who, wanted)
        raced = self.interrupt(meanwhile, **self.others())
        answer = self.attempt(
            who,
            "redeem",
            lambda asking: self.world.redeem(
                lines=[_position(credits, text) for credits, text in wanted],
                reserve=reserve,
                asking=asking,
            ),
        )
        assert raced or reason_of(answer) in due, f"cart: {wanted}, due {due}, {answer!r}"
        if by and isinstance(answer, str):
            self.says_yes(by, self.world.redemption(answer))

    def says_yes(self, who: str, asked: Redemption) -> None:
        """To what has just been asked for, if it is an owner's to decide."""
        if asked.state is RedemptionState.PENDING:
            due = self.due_of_decision(who, Verdict.APPROVE, asked)
            answer = self.decide(who, Verdict.APPROVE, asked)
            assert reason_of(answer) in due, f"answer: {answer!r}, due {due}"

    def due_of_cart(self, who: str, wanted: Sequence[tuple[int | None, Text]]) -> Due:
        """How it must come out, as far as this can be said without judging the class."""
        if not all(self.working(text) for _, text in wanted):
            return (Reason.CODE_NOT_ACCEPTED,)
        full = FULL if any(credits is None for credits, _ in wanted) else ()
        paid = sum(PRICE if credits is None else credits for credits, _ in wanted)
        if any(self.rows.codes.cards[text.code_id].limited for _, text in wanted):
            return (None, *full, *UNPAYABLE, *LIMITS)
        if paid > self.budget_left(who):
            return (Reason.BUDGET_EXCEEDED, *full)
        if not self.fits(wanted):
            return (*UNPAYABLE, *full)
        return (None, *full, Reason.DEADLINE_MISSED) if full else (None,)

    def fits(self, wanted: Sequence[tuple[int | None, Text]]) -> bool:
        """Whether its lines can be paid one after the other, each by what its code opens."""
        left = {lot.lot_id: lot.balance.available for lot in spending_order(self.alive)}
        for credits, text in wanted:
            missing = PRICE if credits is None else credits
            opened = self.rows.codes.cards[text.code_id].lot_id
            for lot_id, there in left.items():
                take = min(there, missing) if opened in (None, lot_id) else 0
                left[lot_id] = there - take
                missing -= take
            if missing:
                return False
        return True

    # What was set aside.

    @property
    def reserved(self) -> list[Redemption]:
        return self.requests(RedemptionState.RESERVED)

    @precondition(lambda self: self.reserved)
    @rule(place=ENDS, back=st.sampled_from([False, False, True]), turn=TURNS)
    def uses_a_reservation(self, place: int, turn: str, *, back: bool) -> None:
        """Confirmed, or taken back; or the other at the same moment."""
        wanted = self.reserved[place]
        due = Reason.REQUEST_LAPSED if wanted.lapsed(self.clock.at) and not back else None
        raced = self.interrupt(
            turn,
            confirm=lambda: self.confirm(wanted),
            cancel=lambda: self.cancel(wanted.learner.name.lower(), wanted),
            end=self.end_and_sweep,
        )
        who = wanted.learner.name.lower()
        answer = self.cancel(who, wanted) if back else self.confirm(wanted)
        assert raced or reason_of(answer) is due, f"reservation: {answer!r}, due {due}"

    def confirm(self, wanted: Redemption) -> Any:
        return self.attempt(
            wanted.learner.name.lower(),
            "confirm",
            lambda asking: self.world.confirm(wanted.redemption_id, asking=asking),
        )

    @precondition(lambda self: any(r.due and r.due <= self.clock.at for r in self.open_ones))
    @rule()
    def waits_no_longer(self) -> None:
        """Whatever is due, once: nothing is released twice, and nothing is left."""
        due = [r for r in self.open_ones if r.lapsed(self.clock.at)]
        swept = self.world.lapse()
        assert (swept.lapsed, swept.errors) == (len(due), ()), f"lapse: {swept}, due {due}"
        before = self.snapshot()
        assert self.world.lapse() == NOTHING, "lapse: twice"
        assert self.snapshot() == before, "lapse: something was written twice"

    @property
    def open_ones(self) -> list[Redemption]:
        return [r for r in self.rows.asked.redemptions.values() if r.open]

    # What goes abroad.

    @precondition(lambda self: self.requests(RedemptionState.REFERRED))
    @rule(place=ENDS, verdict=st.sampled_from(Verdict), who=st.sampled_from(["kay", "kay", "ann"]))
    def advisor_decides(self, place: int, verdict: Verdict, who: str) -> None:
        wanted = self.requests(RedemptionState.REFERRED)[place]
        due: Due = (None,)
        if who != "kay" or self.kay is None:
            due = (Reason.NOT_PERMITTED, Reason.ACCOUNT_NOT_FOUND)
        elif verdict is Verdict.APPROVE:
            due = (Reason.REQUEST_LAPSED,) if wanted.lapsed(self.clock.at) else (None, *FULL)
        ids = [wanted.redemption_id]
        asking = self.kay if who == "kay" and self.kay is not None else who
        answer = self.attempt(
            asking, "decide", lambda intent: self.world.decide(verdict, ids, asking=intent)
        )
        assert reason_of(answer) in due, f"advisor: {answer!r}, due {due}"


LIMITS = (Reason.CODE_LIMIT_REACHED, Reason.BUDGET_EXCEEDED, Reason.DEADLINE_MISSED)
NOTHING = Lapsed(lapsed=0, reminded=0, errors=(), finished=True)


def _position(credits: int | None, text: Text) -> Position:
    pays = (Instrument(code=text.text),)
    if credits is None:
        line = Line(title="", credits=0)
        return Position(line=line, instruments=pays, offering_id=CLASS, session_id="S1")
    return Position(line=Line(title="Jira Basics", credits=credits), instruments=pays)
