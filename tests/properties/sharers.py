"""Codes, in the machine: made with limits, replaced with or without grace, revoked, used up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from tests.audit import ENDED, with_code
from tests.builders import SECRET, person
from tests.properties.actors import ENDS, NOT_YOURS, OWNERS, UNPAYABLE, Actors, reason_of
from training_credits.domain import codes as texts
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import CodeScope, OrderState, Permission
from training_credits.use_cases.submit import Intent

GRACE = timedelta(days=1)
NO_END = 1_000_000


@dataclass
class Text:
    """What somebody was shown once; `ends` is when it opens nothing any more."""

    text: str
    code_id: str
    ends: datetime | None = None


class Sharers(Actors):
    """Owners make codes and end them; the machine remembers every text that was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self.mailed: set[str] = set()
        if self.policy.codes.scope is not CodeScope.LOT:
            self.texts.append(Text(self.world.code, self.world.code_id))

    @invariant()
    def codes_are_mailed(self) -> None:
        """A lot comes with its first code, where the program says so."""
        for lot_id in [i for i in self.rows.lots if self.policy.codes.mailed]:
            if lot_id not in self.mailed:
                text = self.world.first_code(lot_id)
                digest = texts.digest(SECRET, self.program, texts.canonical(text) or "")
                opened = self.ledger.place(self.program).openers.get(digest)
                assert opened is not None, f"code: {lot_id} came without one"
                self.mailed.add(lot_id)
                self.texts.append(Text(text, opened.code_id))

    def working(self, text: Text) -> bool:
        """By what the machine itself has done to it, and to the order it came with."""
        card = self.rows.codes.cards[text.code_id]
        if card.lot_id is not None and self.rows.orders[card.lot_id].state is OrderState.CANCELLED:
            return False
        until = None if card.ends_on is None else self.policy.expires_at(card.ends_on)
        return all(at is None or self.clock.at < at for at in (text.ends, until))

    # What owners do.

    @precondition(lambda self: self.policy.codes.scope is CodeScope.LOT and self.rows.lots)
    @rule(
        place=ENDS,
        who=OWNERS,
        limit=st.sampled_from([None, 60, 130]),
        each=st.sampled_from([None, 60]),
        days=st.sampled_from([None, None, 30]),
    )
    def makes_a_code(
        self, place: int, who: str, limit: int | None, each: int | None, days: int | None
    ) -> None:
        self.tick()
        lot = list(self.rows.lots.values())[place]
        today = self.policy.today(self.clock())
        ends_on = None if days is None else today + timedelta(days=days)
        cards = self.rows.codes.cards.values()
        made = [card for card in cards if card.lot_id == lot.lot_id and card.works(self.clock())]
        answer = self.attempt(
            who,
            "issue_code",
            lambda asking: self.world.issue_code(
                who, lot.lot_id, asking=asking, limit=limit, limit_each=each, ends_on=ends_on
            ),
        )
        due: tuple[StrEnum | None, ...] = (None,)
        if not self.may(who, Permission.SHARE):
            due = NOT_YOURS
        elif lot.closed:
            due = (Reason.LOT_NOT_FOUND,)
        elif len(made) >= self.policy.codes.most:
            due = (Reason.CODE_EXISTS,)
        assert reason_of(answer) in due, f"sharing: {answer}, due {due}"
        if not isinstance(answer, Problem):
            self.texts.append(Text(answer, self.world.code_id))

    @precondition(lambda self: self.policy.codes.replaceable and self.texts)
    @rule(place=ENDS, who=OWNERS, how=st.sampled_from(["rotated", "rotated", "graced", "revoked"]))
    def ends_a_code(self, place: int, who: str, how: str) -> None:
        code_id = self.texts[place].code_id
        due: tuple[StrEnum | None, ...] = (None,)
        if not self.may(who, Permission.SHARE):
            due = NOT_YOURS
        elif not any(self.working(text) for text in self.texts if text.code_id == code_id):
            due = (Reason.CODE_NOT_FOUND,)
        answer = self.ended(code_id, who, how)
        assert reason_of(answer) in due, f"sharing: {how}, {answer}, due {due}"

    def ended(self, code_id: str, who: str, how: str) -> Any:
        """By another text, at once or after a day; or altogether."""
        self.tick()
        if how == "revoked":
            answer = self.try_to(lambda: self.world.revoke(who, code_id))
        else:
            grace = GRACE if how == "graced" else timedelta()

            def rotate(asking: Intent) -> str:
                return self.world.rotate(who, code_id, grace, asking=asking)

            answer = self.attempt(who, "rotate_code", rotate)
        if isinstance(answer, Problem):
            return answer
        for text in self.texts:
            if text.code_id == code_id and self.working(text):
                first = text.ends is None and how == "graced"
                text.ends = self.clock.at + (GRACE if first else timedelta())
        if how != "revoked":
            self.texts.append(Text(answer, code_id))
        return answer

    # What learners do with them.

    def ask(self, who: str, credits: int, text: str | None = None) -> Any:
        return self.attempt(
            who, "redeem", lambda asking: self.world.redeem(credits, code=text, asking=asking)
        )

    def due_of_asking(self, who: str, credits: int, text: Text) -> tuple[StrEnum | None, ...]:
        """How a request must come out if nothing comes between."""
        card = self.rows.codes.cards[text.code_id]
        if not self.working(text):
            return (Reason.CODE_NOT_ACCEPTED,)
        asked = [r for r in self.rows.asked.redemptions.values() if r.state not in ENDED]
        used = [(r.learner.subject, with_code(r, text.code_id) or 0) for r in asked]
        mine = sum(n for subject, n in used if subject == person(who).subject)
        bounds = ((card.limit, sum(n for _, n in used)), (card.limit_each, mine))
        if any(most is not None and credits + n > most for most, n in bounds):
            return (Reason.CODE_LIMIT_REACHED,)
        if credits > self.budget_left(who):
            return (Reason.BUDGET_EXCEEDED,)
        return (None,) if credits <= self.payable(card.lot_id) else UNPAYABLE

    def budget_left(self, who: str) -> int:
        """What their budgets still let them ask for."""
        budgets = self.rows.asked.budgets.values()
        return min((one.left for one in budgets if one.caps(person(who).email)), default=NO_END)

    def endings(self, text: Text) -> dict[str, Callable[[], object]]:
        """What may happen to a code between somebody's read and their write."""
        if not (self.policy.codes.replaceable and self.working(text)):
            return {}
        return {
            "revoked": lambda: self.ended(text.code_id, self.an_owner, "revoked"),
            "rotated": lambda: self.ended(text.code_id, self.an_owner, "rotated"),
        }
