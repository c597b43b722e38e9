"""What learners do not redeem by themselves: the advisor does, on the account's behalf."""

from datetime import date
from functools import partial

import pytest

from tests.builders import refused, staff
from tests.unit.rules.people_tools import names
from tests.unit.rules.spending_tools import (
    advisor,
    cisco,
    code,
    email,
    entries,
    line,
    number,
    offers,
    runs,
    salesforce,
)
from tests.world import World
from training_credits.domain.errors import Forbidden, Problem, Reason
from training_credits.domain.model import (
    Approval,
    Audience,
    Balance,
    Caller,
    Draw,
    Mode,
    RedemptionState,
    Role,
)
from training_credits.use_cases.instruments import Instrument

LOT = Instrument(lot_id="L1")
APPROVED, PENDING = RedemptionState.APPROVED, RedemptionState.PENDING


# Custom offerings


def workshop(approval: Approval = Approval.MANUAL) -> World:
    """A custom workshop, which is listed without a price; and 200 credits more."""
    world = cisco(approval=approval)
    world.grant("SO-5002", 200, invoice=date(2026, 2, 1))
    offers(world, "W", "custom")
    return world


def agreed(world: World, who: Caller, **facts: object) -> str:
    said = {"credits": 120, "work": "SOW-17"} | facts
    lines = [line(number("SO-5002"), offering="W", **said)]  # type: ignore[arg-type]
    return world.redeem(lines=lines, asking=world.intent(who, "redeem"))


@pytest.mark.rule("CI-09")
def test_a_learner_who_asks_for_a_custom_workshop_hears_whom_to_ask() -> None:
    world = workshop()
    lines = [line(number("SO-5002"), offering="W")]
    asking = partial(world.redeem, who="pat", lines=lines)
    no = refused(asking, Forbidden)
    assert (no.reason, no.facts) == (Reason.ASSISTED_ONLY, {"ask": {}})
    advisor(world)
    no = refused(asking, Forbidden)
    assert (no.reason, no.facts) == (Reason.ASSISTED_ONLY, {"ask": {"advisor": "Kim"}})
    assert world.balance() == Balance(available=261)


@pytest.mark.rule("CI-09")
@pytest.mark.parametrize("approval", list(Approval))
def test_120_credits_are_agreed_on_by_the_advisor_accepted_by_an_owner_and_debited(
    approval: Approval,
) -> None:
    world = workshop(approval)
    asked = agreed(world, advisor(world))
    kept = world.redemption(asked)
    assert (kept.state, kept.credits, kept.lines[0].work) == (PENDING, 120, "SOW-17")
    assert kept.learner.email == "kim@cisco.example"
    assert world.balance() == Balance(available=141, held=120)
    world.approve(asked)
    assert world.balance() == Balance(available=141, redeemed=120)
    (kept_line,) = world.redemption(asked).lines
    assert kept_line.cost is not None
    assert (kept_line.work, kept_line.cost.credits, kept_line.cost.list_credits) == (
        *("SOW-17", 120, 120),
    )


@pytest.mark.rule("CI-09")
def test_the_advisor_names_the_price_and_the_statement_of_work_behind_it() -> None:
    world = workshop()
    kim = advisor(world)
    assert refused(lambda: agreed(world, kim, credits=0)).reason is Reason.PRICE_NEEDED
    assert refused(lambda: agreed(world, kim, work=None)).reason is (
        Reason.STATEMENT_OF_WORK_REQUIRED
    )
    assert world.balance() == Balance(available=261)


def test_what_is_listed_with_a_price_costs_that() -> None:
    world = workshop()
    offers(world, "W", "custom", credits=120)
    kim = advisor(world)
    assert refused(lambda: agreed(world, kim, credits=100)).reason is Reason.PRICE_GIVEN
    offers(world, "C", "class", credits=22, mode=Mode.VIRTUAL)
    lines = [line(number(), offering="C", credits=1)]
    assert refused(lambda: world.redeem(who="pat", lines=lines)).reason is Reason.PRICE_GIVEN
    assert world.redemption(agreed(world, kim, credits=0)).credits == 120


def test_what_has_no_price_at_all_is_not_asked_for_by_learners() -> None:
    world = workshop()
    offers(world, "C", "class", mode=Mode.VIRTUAL)
    lines = [line(number(), offering="C")]
    assert refused(lambda: world.redeem(who="pat", lines=lines), Problem).reason is (
        Reason.ASSISTED_ONLY
    )
    asking = world.intent(advisor(world), "redeem")
    priced = [line(number(), offering="C", credits=9)]  # no statement of work: it is not custom
    assert world.redemption(world.redeem(lines=priced, asking=asking)).credits == 9


# Through the education advisor


@pytest.mark.rule("SF-20")
def test_a_private_workshop_is_refused_to_the_learner_and_posted_by_the_advisor() -> None:
    world = salesforce()
    offers(world, "W", "workshop", credits=4_000, audience=Audience.PRIVATE)
    runs(world, "W", "2026-09-01", seats=20)
    kim = advisor(world)
    asking = partial(line, offering="W", session="S1")
    no = refused(lambda: world.redeem(lines=[asking(code(world))]), Forbidden)
    assert (no.reason, no.facts) == (Reason.ASSISTED_ONLY, {"ask": {"advisor": "Kim"}})
    asked = world.redeem(
        lines=[asking(LOT)], account=world.account, asking=world.intent(kim, "redeem")
    )
    kept = world.redemption(asked)
    assert (kept.state, kept.draws) == (APPROVED, (Draw(lot_id="L1", credits=4_000),))
    assert kept.codes == {}
    assert world.balance() == Balance(available=6_000, redeemed=4_000)
    assert [e.actor for e in entries(world, asked)] == ["system"]


@pytest.mark.rule("SF-20")
def test_nobody_but_the_advisor_of_the_account_redeems_by_the_id_of_a_lot() -> None:
    world = salesforce()
    offers(world, "C", "class", credits=100, mode=Mode.VIRTUAL)
    advisor(world)
    jo = names(world, "jo", Role.ACCOUNT_MANAGER)
    lou, olga = staff("lou", "salesforce", Role.ADVISOR), staff("olga", "salesforce")
    before = world.ledger.kept()
    for who in (lou, jo, olga, world.caller("ann"), world.caller("eve")):
        asking = partial(
            world.redeem,
            lines=[line(LOT, offering="C")],
            account=world.account,
            asking=world.intent(who, "redeem"),
        )
        no = refused(asking, Problem)
        assert (no.reason, no.facts) == (Reason.CODE_NOT_ACCEPTED, {})
    assert world.ledger.kept() == before


@pytest.mark.rule("SF-20")
def test_a_lot_is_found_in_the_account_that_is_named_and_nowhere_else() -> None:
    world = salesforce()
    other = World(program="salesforce", ledger=world.ledger, clock=world.clock, requests=50)
    other.open(who="cid")
    other.grant("L9", 500, order_start=date(2026, 7, 1))
    kim = advisor(world)

    def asks(lot_id: str, account: str | None) -> str:
        lines = [line(Instrument(lot_id=lot_id), credits=100, work="SOW-1")]
        return world.redeem(lines=lines, account=account, asking=world.intent(kim, "redeem"))

    assert refused(lambda: asks("L9", other.account)).reason is Reason.CODE_NOT_ACCEPTED
    assert refused(lambda: asks("L1", None)).reason is Reason.CODE_NOT_ACCEPTED
    assert refused(lambda: asks("L9", world.account)).reason is Reason.NO_CREDITS
    assert world.redemption(asks("L1", world.account)).state is APPROVED


@pytest.mark.rule("SF-20")
@pytest.mark.rule("CI-40")
def test_where_owners_may_decide_the_advisor_never_spends_alone() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    offers(world, "C", "class", credits=22, mode=Mode.VIRTUAL)
    lines = [line(Instrument(lot_id="SO-5001"), offering="C")]
    asking = world.intent(advisor(world), "redeem")
    asked = world.redeem(lines=lines, account=world.account, asking=asking)
    assert world.redemption(asked).state is PENDING
    world.approve(asked)
    assert world.redemption(asked).approved_by == email("ann")


@pytest.mark.rule("SF-20")
def test_by_the_id_of_a_lot_those_who_may_spend_pay_as_with_its_number() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    lines = [line(Instrument(lot_id="SO-5001"), credits=22)]
    asked = world.redeem(who="pat", lines=lines, account=world.account)
    assert world.redemption(asked).draws == (Draw(lot_id="SO-5001", credits=22),)
