"""The log of a code's uses: who, when and for what, so that its owner can answer for it."""

from datetime import timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.codes_tools import limited_by_hand, listed, with_lot
from tests.world import World
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import (
    Approval,
    Caller,
    Person,
    Redemption,
    RedemptionState,
    Role,
)
from training_credits.edge import views
from training_credits.use_cases import codes

HOUR = timedelta(hours=1)


def paged(world: World, code_id: str, limit: int) -> list[tuple[Redemption, ...]]:
    """The log, page by page."""
    pages, cursor = [], None
    while True:
        asking = world.caller("ann")
        page = codes.uses(
            world.ledger, world.clock, asking, world.account, code_id, cursor=cursor, limit=limit
        )
        pages.append(page.items)
        cursor = page.cursor
        if cursor is None:
            return pages


@pytest.mark.rule("SF-13")
def test_a_user_outside_acme_example_is_allowed_and_the_log_names_them() -> None:
    world = with_lot()
    world.clock.advance(HOUR)
    outsider = Person(subject="s-tb", email="t.b@elsewhere.example", name="T. B.")
    asking = world.intent(Caller(person=outsider, program="salesforce"), "redeem")
    asked = world.redeem(300, title="Admin Basics", country="JP", asking=asking)
    (use,) = world.uses().items
    assert use == world.redemption(asked)
    assert (use.learner, use.requested_at) == (outsider, world.clock())
    assert (use.title, use.credits, use.state) == ("Admin Basics", 300, RedemptionState.APPROVED)
    (shown,) = views.uses(world.uses()).uses
    assert (shown.learner_email, shown.requested_at) == ("t.b@elsewhere.example", world.clock())
    assert (shown.country, shown.partner, shown.terms) == ("JP", False, "2024-09")


def test_uses_of_other_codes_are_left_out() -> None:
    world = with_lot()
    first, text = world.code_id, world.code
    world.issue_code(lot="L1")
    ones = {world.redeem(10, code=text), world.redeem(20, "mia", code=text)}
    another = world.redeem(30)
    assert {r.redemption_id for r in world.uses(code_id=first).items} == ones
    assert {r.redemption_id for r in world.uses().items} == {another}


def test_a_code_nobody_has_used_has_an_empty_log_and_one_that_is_not_there_has_none() -> None:
    world = with_lot()
    assert world.uses().items == ()
    no = refused(lambda: world.uses(code_id="elsewhere"), NotFound)
    assert no.reason is Reason.CODE_NOT_FOUND


def test_what_waits_was_denied_or_taken_back_is_a_use_too() -> None:
    world = World()
    world.open(Approval.MANUAL)
    world.buy(1_000)
    world.issue_code()
    states = (
        RedemptionState.PENDING,
        RedemptionState.APPROVED,
        RedemptionState.DENIED,
        RedemptionState.CANCELLED,
    )
    asked = {state: world.redeem(10) for state in states}
    world.approve(asked[RedemptionState.APPROVED])
    world.deny(asked[RedemptionState.DENIED])
    world.cancel(asked[RedemptionState.CANCELLED])
    found = {r.state: r.redemption_id for r in world.uses().items}
    assert found == asked


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_page_by_page_every_use_comes_once(limit: int) -> None:
    world = with_lot()
    first, text = world.code_id, world.code
    world.issue_code(lot="L1")
    due = []
    for number in range(5):
        world.clock.advance(HOUR)
        due.append(world.redeem(10 + number, code=text))
        world.redeem(1)
    pages = paged(world, first, limit)
    assert all(len(page) <= limit for page in pages)
    assert [r.redemption_id for page in pages for r in page] == due


def test_whoever_may_not_share_codes_sees_neither_them_nor_their_uses() -> None:
    world = with_lot()
    world.add("fay", Role.FINANCE)
    for look in (lambda: listed(world, "fay"), lambda: world.uses("fay")):
        no = refused(look, Forbidden)
        assert no.facts["needed"] == "share"


def test_uses_under_a_limit_are_logged_like_all_others() -> None:
    world = World()
    world.open(Approval.AUTOMATIC)
    world.buy(100)
    limited_by_hand(world, limit_each=50)
    asked = world.redeem(50)
    assert [r.redemption_id for r in world.uses().items] == [asked]


def test_a_refused_request_is_no_use() -> None:
    world = with_lot(100)
    refused(lambda: world.redeem(101))
    refused(lambda: world.redeem(1, terms=None))
    assert world.uses().items == ()
