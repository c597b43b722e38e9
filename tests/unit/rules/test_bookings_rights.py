"""Who keeps what is booked, who reports what became of it; to others it does not exist."""

from datetime import date

import pytest

from tests.builders import refused
from tests.unit.rules.bookings_tools import JUNE, state_of, world
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Caller, EntryKind, LineState, Role


def test_owners_and_the_advisor_may_others_see_no_such_request() -> None:
    made = world()
    made.add("pia", Role.PLAYER)
    made.add("fay", Role.FINANCE)
    made.runs("JUN-10", date(2027, 6, 10), seats=None)
    kim = made.advisor()
    keepers: list[str | Caller] = ["lee", "ann", kim]
    asked = [made.books(JUNE) for _ in keepers]
    for who in ("pia", "fay", "olga", made.stranger(), made.machine()):
        no = refused(lambda w=who: made.back(asked[0], who=w), NotFound)  # type: ignore[misc]
        assert no.reason is Reason.REDEMPTION_NOT_FOUND
    for keeper, one in zip(keepers, asked, strict=True):
        made.back(one, who=keeper)
    assert {e.actor for e in made.of_kind(EntryKind.RETURN)} == {
        "lee@acme.example",
        "ann@acme.example",
        kim.person.email,
    }


@pytest.mark.parametrize("step", ["back", "moves"])
def test_an_owner_who_is_removed_at_the_last_moment_gives_back_and_moves_nothing(
    step: str,
) -> None:
    made = world()
    made.runs("JUN-25", date(2027, 6, 25))
    made.add_owner("bob")
    asked = made.books(JUNE)
    made.ledger.meanwhile.append(lambda: made.remove_owner("bob"))
    acts = {
        "back": lambda: made.back(asked, who="bob"),
        "moves": lambda: made.moves(asked, "JUN-25", who="bob"),
    }
    no = refused(acts[step], NotFound)
    assert no.reason is Reason.REDEMPTION_NOT_FOUND
    assert state_of(made, asked) == (LineState.BOOKED, 0)
    assert (made.taken("JUN-10"), made.taken("JUN-25")) == (1, 0)


def test_the_learner_and_owners_move_it_and_others_see_no_such_request() -> None:
    made = world()
    made.add("pia", Role.PLAYER)
    made.runs("JUN-25", date(2027, 6, 25))
    asked = made.books(JUNE)
    for who in ("pia", "olga", made.stranger(), made.machine()):
        no = refused(lambda w=who: made.moves(asked, "JUN-25", who=w), NotFound)  # type: ignore[misc]
        assert no.reason is Reason.REDEMPTION_NOT_FOUND
    made.moves(asked, "JUN-25", who="ann")


@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
def test_machines_and_operators_report_others_see_no_such_request(program: str) -> None:
    made = world(program)
    made.add("fay", Role.FINANCE)
    made.runs("JUN-10", date(2027, 6, 10), seats=None)
    asked = [made.books(JUNE) for _ in range(2)]
    others = ["lee", "ann", "fay", made.stranger()]
    for who in (*others, *([] if program == "atlassian" else [made.advisor()])):
        no = refused(lambda w=who: made.reports(asked[0], who=w), NotFound)  # type: ignore[misc]
        assert no.reason is Reason.REDEMPTION_NOT_FOUND
    made.reports(asked[0], who=made.machine())
    made.reports(asked[1], who="olga")
    assert len(made.of_kind(EntryKind.DELIVER)) == 2
