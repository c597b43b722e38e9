"""What is left grows low: at half and at a fifth of what was bought, each told once."""

from datetime import date

from tests.casing import EXTENSION, Casing
from tests.unit.rules.spending_tools import atlassian, cisco, email, salesforce
from tests.unit.rules.told_tools import Told
from tests.world import World
from training_credits.domain import change as c
from training_credits.domain.model import Approval, Movement, Role, State

ANN = email("ann")


def low(told: Told) -> list[str]:
    """Ann's mails about what is left, since the last look."""
    told()
    return [mail.subject for mail in told.mailer.mails if mail.subject.endswith("are left")]


def spent(world: World, told: Told, *credits: int) -> list[str]:
    """The same after each of these was approved."""
    found: list[str] = []
    for each in credits:
        world.redeem(each)
        found += low(told)
    return found


def automatic(credits: int = 1_000) -> World:
    return atlassian(credits, Approval.AUTOMATIC)


def test_half_and_a_fifth_are_told_when_they_are_reached_and_not_before_or_again() -> None:
    world = automatic()
    told = Told(world)
    assert spent(world, told, 499) == []
    assert spent(world, told, 1) == ["500 training credits are left"]
    assert spent(world, told, 200, 99) == []
    assert spent(world, told, 1) == ["200 training credits are left"]
    assert spent(world, told, 100, 100) == []


def test_the_mail_says_of_how_many_and_goes_to_whoever_decides_or_buys() -> None:
    world = automatic()
    world.add("bill", Role.BUYER)
    world.add("fay", Role.FINANCE)
    told = Told(world)
    world.redeem(600)
    mails = {to: mail for to, mail in told().items() if "are left" in mail.subject}
    assert set(mails) == {ANN, email("bill")}
    assert "Of 1,000 credits (Training credits) that you bought, 400 are left" in mails[ANN].text


def test_whoever_hears_of_a_fifth_hears_of_half_no_more() -> None:
    world = automatic()
    told = Told(world)
    asked = world.redeem(850)
    assert low(told) == ["150 training credits are left"]
    lot_id = world.redemption(asked).draws[0].lot_id
    back = Movement(lot_id=lot_id, source=State.REDEEMED, target=State.AVAILABLE, credits=300)
    world.commit(c.Move(lot_id=lot_id, movements=(back,), at=world.clock()))
    assert spent(world, told, 10) == []  # 440 of 1,000


def test_with_new_credits_it_counts_anew() -> None:
    world = automatic()
    told = Told(world)
    assert len(spent(world, told, 600)) == 1
    world.buy(1_000)
    assert spent(world, told, 1) == []  # 1,399 of 2,000
    assert spent(world, told, 400) == ["999 training credits are left"]


def test_an_event_that_comes_again_or_late_tells_nothing_twice() -> None:
    world = automatic()
    told = Told(world)
    world.redeem(600)
    told()
    (approved,) = (event for event in told.events if event.type == "RedemptionApproved")
    assert told.again(approved) == 0
    world.buy(5_000)
    late = Told(world)
    late.mailer.mails.clear()
    assert told.again(approved) == 0


def test_each_product_is_counted_by_itself() -> None:
    world = salesforce(1_000)
    world.grant("V1", 100, product="VLC", order_start=date(2026, 7, 1))
    gone = Movement(lot_id="V1", source=State.AVAILABLE, target=State.REDEEMED, credits=90)
    world.commit(c.Move(lot_id="V1", movements=(gone,), at=world.clock()))
    told = Told(world)
    assert spent(world, told, 600) == ["400 training credits are left"]


def test_what_is_set_aside_is_told_of_when_somebody_has_said_yes() -> None:
    world = cisco()
    told = Told(world)
    asked = world.redeem(40, "pat", sales_order="SO-5001")
    assert low(told) == []
    world.approve(asked)
    assert low(told) == ["21 training credits are left"]


def test_what_lives_on_in_another_lot_was_bought_once() -> None:
    world = Casing(program="atlassian")
    world.open(Approval.AUTOMATIC)
    world.issue_code()
    world.grant("L0TAAAAAAAAAAAAA", 1_000)
    told = Told(world)
    world.grants(world.asks(EXTENSION, "L0TAAAAAAAAAAAAA", days=30), days=30)
    world.redeem(499)
    told()
    assert not [mail for mail in told.mailer.mails if "that you bought" in mail.text]
    world.redeem(1)
    told()
    [low] = [mail for mail in told.mailer.mails if "1,000" in mail.text]
    assert "500" in low.text
