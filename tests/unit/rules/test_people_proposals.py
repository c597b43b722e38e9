"""What one operator proposes of an agreement leaves in force what two of them approved."""

from datetime import UTC, datetime

import pytest

from tests.unit.rules.people_tools import agree, later, read
from tests.world import World
from training_credits.domain.model import DiscountKind
from training_credits.edge import views

LARGE = 30


def company(program: str = "salesforce") -> World:
    world = World(program=program)
    world.open()
    return world


def agreed(program: str = "salesforce") -> World:
    """Two operators have said 30%."""
    world = company(program)
    for who in ("olga", "otto"):
        later(world, LARGE, who)
    return world


def test_what_two_approved_holds_while_one_alone_proposes_something_else() -> None:
    world = agreed()
    approved = read(world).account.agreement
    assert approved is not None
    for percent, who in ((40, "olga"), (21, "otto"), (40, "olga")):
        waiting = later(world, percent, who)
        account = read(world).account
        assert waiting.waits
        assert (account.agreement, account.proposed) == (approved, waiting)
    later(world, 40, "otto")
    account = read(world).account
    assert account.agreement is not None
    assert (account.agreement.percent, account.proposed) == (40, None)


@pytest.mark.parametrize(
    ("program", "channel"), [("atlassian", "card"), ("salesforce", "assisted")]
)
def test_it_goes_on_to_lower_prices_until_the_second_operator_has_said_the_other(
    program: str, channel: str
) -> None:
    world = agreed(program)
    world.clock.advance(datetime(2026, 3, 15, tzinfo=UTC) - world.clock())
    costs = []
    for who in (None, "olga", "otto"):
        if who is not None:
            later(world, 50, who)
        order = world.order(world.place(1_000, channel=channel))
        assert order.discount is DiscountKind.AGREEMENT
        costs.append(order.total_minor * 100 // order.list_minor)
    assert costs == [70, 70, 50]


@pytest.mark.parametrize("percent", [5, LARGE])
def test_what_is_proposed_ends_with_what_is_agreed_at_once(percent: int) -> None:
    world = agreed()
    later(world, 40, "olga")
    said = later(world, percent, "otto")
    account = read(world).account
    assert (account.agreement, account.proposed) == (said, None)
    assert later(world, 40, "otto").waits


def test_its_answer_says_whether_it_waits_and_the_account_shows_both() -> None:
    world = company()
    in_force = views.agreement(agree(world, percent=5))
    waiting = views.agreement(later(world, LARGE, "otto"))
    assert (in_force.waits, waiting.waits) == (False, True)
    page = views.account_page(world.rules, read(world), world.clock())
    assert (page.agreement, page.proposed) == (in_force, waiting)


def test_nobody_approves_what_was_replaced_meanwhile() -> None:
    world = company()
    agree(world, percent=LARGE)
    world.ledger.meanwhile.append(lambda: later(world, 40, "olga"))
    said = later(world, LARGE, "otto")
    account = read(world).account
    assert (said.approved_by, account.agreement, account.proposed) == (None, None, said)
