"""Who hears of a case: operations when it is asked; of the answer the customer and who drafted."""

from typing import Any

import pytest

from tests.builders import SECRET
from tests.casing import REISSUE, REVIEW, UPHELD, Casing
from tests.fakes.outside import RecordedMailer, office_of
from tests.unit.rules.bookings_tools import JUNE, LOT
from tests.unit.rules.cases_tools import WHOLE, advisor, asked, at, booking, cisco
from tests.unit.rules.told_tools import Told
from training_credits.domain.model import Approval, Case, CaseState, Role
from training_credits.dynamodb.items import CaseItem
from training_credits.dynamodb.stream import events_of
from training_credits.ports import Event, Mail
from training_credits.use_cases.notify import notify

SUBMITTED, REJECTED = CaseState.SUBMITTED, CaseState.REJECTED
ANN, KIM, TEAM = "ann@acme.example", "kim@cisco.example", "learning-credits@cisco.example"


def image(world: Casing, case: Case) -> Any:
    return CaseItem.placed(world.program, world.account, case).to_dynamodb_dict()


def event(world: Casing, case_id: str, was: Case | None = None) -> Event | None:
    """What the stream says of a case as it is now."""
    old = {} if was is None else {"OldImage": image(world, was)}
    new = image(world, world.case(case_id))
    return next(iter(events_of({"dynamodb": {**old, "NewImage": new}})), None)


def told(world: Casing, case_id: str, was: Case | None = None) -> dict[str, Mail]:
    """Who is mailed of that."""
    mailer, said = RecordedMailer(), event(world, case_id, was)
    assert said is not None
    notify(office_of(world.ledger, mailer), said, secret=SECRET)
    return {mail.to: mail for mail in mailer.mails}


def test_a_step_is_an_event_with_all_that_is_known_of_it() -> None:
    world = cisco()
    case_id = asked(world)
    first = event(world, case_id)
    assert first is not None
    assert (first.type, first.id) == ("CaseOpened", f"CaseOpened-{case_id}-1")
    world.takes(case_id, REVIEW)
    was = world.case(case_id)
    case = world.grants(case_id)
    last = event(world, case_id, was)
    assert last is not None
    assert (last.type, last.id, last.at) == ("CaseMoved", f"CaseMoved-{case_id}-3", world.clock())
    assert last.facts == {
        "case": case_id,
        "kind": "reissue",
        "state": "approved",
        "credits": 22,
        "lot": LOT,
        "entry": None,
        "redemption": None,
        "days": None,
        "due_on": None,
        "new_lot": case.new_lot_id,
        "ends_on": "2027-08-20",
        "note": "So be it.",
        "opened_by_email": ANN,
        "by": "olga@cisco.example",
    }


@pytest.mark.rule("CI-04")
def test_of_a_draft_the_captain_hears_and_of_what_is_written_in_it_nobody() -> None:
    world = cisco()
    world.add("cap", Role.CAPTAIN)
    world.clock.at = at("2027-02-01")
    case_id = world.asks(REISSUE, LOT, advisor(), asked=False)
    mails = told(world, case_id)
    assert mails.keys() == {ANN, "cap@acme.example"}
    assert "kim@cisco.example has prepared" in mails[ANN].text
    was = world.case(case_id)
    world.redrafts(case_id, advisor(), plan=WHOLE)
    assert event(world, case_id, was) is None


def test_of_their_own_draft_customers_are_not_told() -> None:
    world = cisco()
    world.clock.at = at("2027-02-01")
    assert told(world, world.asks(REISSUE, LOT, asked=False)) == {}


@pytest.mark.rule("CI-25")
def test_operations_hear_what_is_asked_why_and_by_when_they_answer() -> None:
    world = cisco()
    case_id = asked(world)
    mails = told(world, case_id)
    assert mails.keys() == {TEAM}
    assert "We need them." in mails[TEAM].text
    assert "To be answered by: 2027-02-26" in mails[TEAM].text
    was = world.case(case_id)
    world.takes(case_id, REVIEW)
    assert told(world, case_id, was) == {}


def test_of_what_was_withdrawn_before_the_mail_is_written_nobody_hears() -> None:
    world = cisco()
    case_id = asked(world)
    said = event(world, case_id)
    world.takes(case_id, CaseState.WITHDRAWN, "ann")
    assert said is not None
    mailer = RecordedMailer()
    notify(office_of(world.ledger, mailer), said, secret=SECRET)
    assert mailer.mails == []


@pytest.mark.rule("CI-25")
def test_of_the_answer_hear_those_who_may_ask_and_the_advisor_who_drafted_it() -> None:
    world = cisco()
    world.clock.at = at("2027-02-20")
    case_id = world.asks(REISSUE, LOT, advisor(), uses=WHOLE, asked=False)
    world.takes(case_id, SUBMITTED, "ann")
    world.takes(case_id, REVIEW)
    was = world.case(case_id)
    world.grants(case_id)
    mails = told(world, case_id, was)
    assert mails.keys() == {ANN, KIM}
    assert mails[ANN].subject == "22 training credits can be used until 2027-08-20"


def test_a_no_is_told_with_its_reason() -> None:
    world = cisco()
    case_id = asked(world)
    world.takes(case_id, REVIEW)
    was = world.case(case_id)
    world.takes(case_id, REJECTED, note="Classes of others.")
    mails = told(world, case_id, was)
    assert mails.keys() == {ANN}
    assert "turned down: Classes of others." in mails[ANN].text


@pytest.mark.rule("CI-18")
def test_of_a_dispute_that_is_upheld_everybody_hears_whom_it_concerns() -> None:
    """Who asked for the class too, of each of its lines."""
    world = booking("cisco", credits=900)
    asked_for = world.books(JUNE, JUNE, who="lee")
    case_id = world.disputes(world.spent(asked_for))
    assert told(world, case_id).keys() == {TEAM}
    world.takes(case_id, REVIEW)
    was, inbox = world.case(case_id), Told(world)
    world.takes(case_id, UPHELD)
    mails = told(world, case_id, was)
    assert mails[ANN].subject == "600 training credits have come back"
    assert inbox().keys() == {"lee@acme.example"}


def test_what_comes_back_of_several_lines_at_once_is_an_event_for_each() -> None:
    world = booking("cisco", credits=900)
    asked_for = world.books(JUNE, JUNE, who="lee")
    before = Told(world)
    world.grants(world.disputes(world.spent(asked_for)))
    kept = before.seen[asked_for]
    record = {"dynamodb": before._images(kept, world.redemption(asked_for))}  # noqa: SLF001
    said = events_of(record)
    assert [one.type for one in said] == ["RedemptionReturned"] * 2
    assert [(one.facts["line"], one.facts["returned"]) for one in said] == [(1, 300), (2, 300)]
    assert len({one.id for one in said}) == 2


def test_whoever_has_left_hears_nothing_more() -> None:
    world = cisco(approval=Approval.MANUAL)
    world.add("bob")
    world.clock.at = at("2027-02-20")
    case_id = world.asks(REISSUE, LOT, "bob", uses=WHOLE)
    world.takes(case_id, REVIEW)
    was = world.case(case_id)
    world.remove("bob")
    world.grants(case_id)
    assert told(world, case_id, was).keys() == {ANN}
