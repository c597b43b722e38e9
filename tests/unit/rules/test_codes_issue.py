"""Making a code: shown once, kept as a digest, one or many, and under which conditions."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.builders import SECRET, refused
from tests.unit.rules.codes_tools import START, card, listed, with_lot
from tests.world import World, ready
from training_credits.domain import codes as texts
from training_credits.domain.errors import Conflict, NotFound, Reason
from training_credits.domain.identity import derived
from training_credits.domain.model import Approval, OrderState, RedemptionState

DAY = timedelta(days=1)


@pytest.mark.rule("AT-14")
def test_a_code_is_shown_in_clear_once_and_only_its_end_is_seen_later() -> None:
    world = World()
    world.open()
    text = world.issue_code()
    (seen,) = listed(world)
    assert seen.hint == text[-4:]
    told = repr((world.ledger.kept(), listed(world))).replace("-", "")
    assert text.replace("-", "") not in told
    assert text.replace("-", "")[:9] not in told


@pytest.mark.rule("AT-14")
def test_learners_redeem_with_what_an_owner_gave_them_however_they_type_it() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(100)
    bare = world.code.replace("-", "")
    for text in (world.code, bare, bare.lower(), f"  {' '.join(bare)} "):
        asked = world.redemption(world.redeem(10, code=text))
        assert (asked.state, asked.codes) == (RedemptionState.APPROVED, {world.code_id: 10})


@pytest.mark.parametrize("program", ["atlassian", "salesforce"])
def test_the_id_of_a_code_is_not_its_text_and_opens_nothing(program: str) -> None:
    world = with_lot() if program == "salesforce" else ready()
    text = world.code.replace("-", "")
    assert world.code_id != text
    assert text not in world.code_id
    for wrong in (world.code_id, world.code_id[:13], world.code_id[-13:], card(world).digest):
        no = refused(partial(world.redeem, 1, code=wrong))
        assert no.reason is Reason.CODE_NOT_ACCEPTED


@pytest.mark.rule("AT-15")
def test_a_second_code_of_an_account_is_refused_and_changes_nothing() -> None:
    world = ready()
    before = world.ledger.kept()
    no = refused(partial(world.issue_code, "ann"), Conflict)
    assert (no.reason, no.facts) == (Reason.CODE_EXISTS, {"most": 1})
    assert world.ledger.kept() == before


def test_a_lot_has_ten_codes_that_work_and_the_mailed_one_is_one_of_them() -> None:
    world = World(program="salesforce")
    world.open()
    order = world.place(100, channel="assisted")
    world.move(order, OrderState.BOOKED)
    world.move(order, OrderState.ACTIVATED)
    for number in range(9):
        world.clock.advance(timedelta(seconds=1))
        world.issue_code(lot=order, label=f"Team {number}")
    no = refused(lambda: world.issue_code(lot=order), Conflict)
    assert (no.reason, no.facts) == (Reason.CODE_EXISTS, {"most": 10})
    assert len(listed(world)) == 10
    world.redeem(1, code=world.first_code(order))


def test_the_mailed_code_is_as_any_other_and_of_whoever_issued_the_credits() -> None:
    world = World(program="salesforce")
    world.open()
    order = world.place(100, channel="assisted")
    world.move(order, OrderState.BOOKED)
    world.move(order, OrderState.ACTIVATED, "otto")
    (seen,) = listed(world)
    text = texts.canonical(world.first_code(order))
    assert text is not None
    digest = texts.digest(SECRET, world.program, text)
    assert (seen.code_id, seen.digest) == (derived("code", digest), digest)
    assert (seen.hint, seen.made_by) == (text[-4:], "otto@salesforce.example")


def test_a_code_that_ended_or_was_revoked_makes_room_for_another() -> None:
    world = with_lot(ends_on=START)
    for _ in range(9):
        world.issue_code(lot="L1")
    assert refused(partial(world.issue_code, lot="L1"), Conflict).reason is Reason.CODE_EXISTS
    world.clock.advance(2 * DAY)
    world.issue_code(lot="L1")
    assert refused(partial(world.issue_code, lot="L1"), Conflict).reason is Reason.CODE_EXISTS
    world.revoke()
    world.clock.advance(DAY)
    world.issue_code(lot="L1")
    assert len(listed(world)) == 12


def test_each_lot_has_its_own_and_a_code_opens_that_lot_alone() -> None:
    world = with_lot(100)
    world.grant("L2", 1_000, order_start=START)
    for _ in range(9):
        world.issue_code(lot="L1")
    text = world.issue_code(lot="L2")
    no = refused(lambda: world.redeem(1_001, code=text))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 1)
    asked = world.redemption(world.redeem(150, code=text))
    assert [(d.lot_id, d.credits) for d in asked.draws] == [("L2", 150)]


@pytest.mark.parametrize("lot", [None, "L9", "cid's"])
def test_where_codes_open_a_lot_one_of_the_account_must_be_named(lot: str | None) -> None:
    world = with_lot()
    other = World(program="salesforce", ledger=world.ledger, requests=50)
    other.open(who="cid")
    other.grant("cid's", 100, order_start=START)
    no = refused(lambda: world.issue_code(lot=lot), NotFound)
    assert no.reason is Reason.LOT_NOT_FOUND
    assert len(listed(world)) == 1


def test_where_codes_open_the_account_no_lot_is_named() -> None:
    world = World()
    world.open()
    lot = world.buy(100)
    assert refused(lambda: world.issue_code(lot=lot)).reason is Reason.CODE_NOT_OFFERED


@pytest.mark.parametrize(
    "condition",
    [
        {"cost_centre": "CC-1"},
        {"limit": 100},
        {"limit_each": 100},
        {"ends_on": date(2026, 12, 31)},
        {"domains": ("acme.example",)},
    ],
)
def test_conditions_are_refused_where_the_program_offers_none(condition: dict[str, Any]) -> None:
    world = World()
    world.open()
    no = refused(lambda: world.issue_code(**condition))
    assert no.reason is Reason.CONDITIONS_NOT_OFFERED
    assert listed(world) == ()


def test_a_label_is_no_condition() -> None:
    world = World()
    world.open()
    world.issue_code(label="For everybody")
    assert listed(world)[0].label == "For everybody"


@pytest.mark.rule("SF-13")
def test_what_a_code_was_made_with_is_kept_and_listed() -> None:
    world = with_lot(
        label="Team A",
        cost_centre="CC-1",
        limit=500,
        limit_each=100,
        ends_on=date(2026, 6, 30),
        domains=("Acme.example", "sub.ACME.example"),
    )
    (seen,) = listed(world)
    assert (seen.label, seen.cost_centre, seen.lot_id) == ("Team A", "CC-1", "L1")
    assert (seen.limit, seen.limit_each, seen.used) == (500, 100, 0)
    assert (seen.ends_on, seen.domains) == (
        date(2026, 6, 30),
        ("acme.example", "sub.acme.example"),
    )
    assert (seen.made_by, seen.made_at) == ("ann@acme.example", world.clock())


def test_the_last_day_of_a_code_is_today_or_later() -> None:
    world = with_lot(ends_on=START)
    no = refused(lambda: world.issue_code(lot="L1", ends_on=START - DAY))
    assert no.reason is Reason.DATE_NOT_POSSIBLE


@pytest.mark.parametrize("program", ["atlassian", "salesforce"])
def test_the_same_request_shows_the_same_code_again_and_makes_no_second(program: str) -> None:
    world = World(program=program)
    world.open()
    lot = world.grant("L1", 100, order_start=START, purchase=START).lot_id
    lot_named = lot if program == "salesforce" else None
    asking = world.intent("ann", "issue_code")
    first, code_id = world.issue_code(lot=lot_named, asking=asking), world.code_id
    before = world.ledger.kept()
    world.clock.advance(30 * DAY)
    assert world.issue_code(lot=lot_named, asking=asking) == first
    assert world.code_id == code_id
    assert world.ledger.kept() == before


def test_two_requests_make_two_texts_and_two_people_with_one_key_do_too() -> None:
    world = with_lot()
    world.add_owner("bob")
    said = {world.code, world.issue_code(lot="L1", key="same")}
    said.add(world.issue_code("bob", lot="L1", key="same"))
    assert len(said) == 3
