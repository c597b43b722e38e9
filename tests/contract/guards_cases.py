"""Guards of cases, and of the remainder that one of them moves."""

from dataclasses import replace
from typing import Any

from tests.contract.guards import no, yes
from tests.contract.guards_credits import CLOSED, GRANTED
from tests.contract.nouns import END, move, movement
from tests.contract.nouns_cases import case, disputed
from training_credits.domain import change as c
from training_credits.domain.model import CaseKind, CaseState, State

SUBMITTED, REVIEW, APPROVED = CaseState.SUBMITTED, CaseState.IN_REVIEW, CaseState.APPROVED
OPENED = c.OpenCase(case=case())
DRAFTED = c.OpenCase(case=case("K1", CaseState.DRAFT, due_on=None))
TAKEN_ON = c.MoveCase(case=case("K1", SUBMITTED, REVIEW), was=case())


NEWEST = c.BeNewest(case=case(), was=None)


def next_newest(was: str | None, **facts: Any) -> c.BeNewest:
    """Another one is, about the same lot unless said otherwise."""
    return c.BeNewest(case=case("K9", **facts), was=was)


def redrafted(**said: Any) -> c.MoveCase:
    """What was read as it was drafted, with another text."""
    return c.MoveCase(case=replace(DRAFTED.case, **said), was=DRAFTED.case)


SENT = c.MoveCase(case=case("K1", CaseState.DRAFT, SUBMITTED), was=DRAFTED.case)
GONE = movement(State.AVAILABLE, State.REISSUED, 100)
LOST = movement(State.EXPIRED, State.REISSUED, 100)
CASES = (
    yes("a case is opened", OPENED),
    no("a case is opened once", OPENED, OPENED),
    yes("another one is", c.OpenCase(case=disputed()), OPENED),
    yes("the same one elsewhere is another", OPENED, elsewhere=(OPENED,)),
    yes("a case goes on", TAKEN_ON, OPENED),
    no("an unknown case does not", TAKEN_ON),
    no("nor does one of another account", TAKEN_ON, elsewhere=(OPENED,)),
    no("a case takes a step once", TAKEN_ON, OPENED, TAKEN_ON),
    yes("a draft is asked for", SENT, DRAFTED),
    no("not with another reason than was read", SENT, DRAFTED, redrafted(reason="Other")),
    no("nor with another plan", SENT, DRAFTED, redrafted(plan=())),
    no("nor for other days", SENT, DRAFTED, redrafted(days=61)),
    no("nor for any where none were asked for", SENT, DRAFTED, redrafted(days=None)),
    yes("a draft is written anew", redrafted(reason="Other", days=None), DRAFTED),
    no("what was asked for is not", redrafted(reason="Other"), DRAFTED, SENT),
    yes("a first case is the newest of its lot", NEWEST),
    yes("the next one is, after it", next_newest("K1"), NEWEST),
    no("a second one at once is not", next_newest(None), NEWEST),
    no("nor is one after another than was read", next_newest("K2"), NEWEST),
    no("nor after one where there is none", next_newest("K1")),
    no("nor once more after the same", next_newest("K1"), NEWEST, next_newest("K1")),
    yes("one of another kind is", next_newest(None, kind=CaseKind.EXTENSION), NEWEST),
    yes("and one of another lot", next_newest(None, lot_id="L2"), NEWEST),
    yes("and one of a lot of the same name elsewhere", next_newest(None), elsewhere=(NEWEST,)),
    yes("all of a lot that lives is reissued", move(GONE), GRANTED),
    no("of a dead one nothing that lived is", move(GONE, at=END), GRANTED),
    no("nor of a closed one", move(GONE), GRANTED, CLOSED),
    no("all of it is reissued once", move(GONE), GRANTED, move(GONE)),
    yes("what has expired is", move(LOST, at=END), GRANTED, CLOSED),
    no("what has not expired is not", move(LOST, at=END), GRANTED),
    no("what has expired is reissued once", move(LOST), GRANTED, CLOSED, move(LOST)),
    yes(
        "what was delivered comes back",
        move(movement(State.DELIVERED, State.AVAILABLE)),
        GRANTED,
        move(movement()),
        move(movement(State.REDEEMED, State.DELIVERED)),
    ),
)
