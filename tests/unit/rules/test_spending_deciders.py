"""Who says yes: nobody below a threshold, an owner, or whom an owner lets decide for a time."""

from datetime import date, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import instant
from tests.unit.rules.spending_tools import (
    advisor,
    atlassian,
    cisco,
    code,
    email,
    line,
    offers,
    says,
)
from tests.world import World
from training_credits.domain.change import EditAccount, NameDeputy
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    Mode,
    RedemptionState,
    Role,
    Verdict,
)

PENDING, APPROVED = RedemptionState.PENDING, RedemptionState.APPROVED


# Below a threshold


def threshold(credits: int, approval: Approval = Approval.MANUAL) -> World:
    world = atlassian(2_000, approval)
    world.commit(EditAccount(automatic_below=credits))
    return world


@pytest.mark.rule("AT-03")
@pytest.mark.parametrize(("credits", "state"), [(299, APPROVED), (300, PENDING), (301, PENDING)])
def test_below_the_threshold_nobody_is_asked(credits: int, state: RedemptionState) -> None:
    world = threshold(300)
    kept = world.redemption(world.redeem(credits))
    assert kept.state is state
    assert world.balance().redeemed == (credits if state is APPROVED else 0)


def test_the_sum_of_all_lines_is_what_is_held_against_the_threshold() -> None:
    world = threshold(300)
    offers(world, "C", "course", price_minor=15_000, mode=Mode.VIRTUAL)
    pays = partial(line, offering="C")
    assert world.redemption(world.redeem(lines=[pays(code(world))])).state is APPROVED
    assert world.redemption(world.redeem(lines=[pays(code(world))] * 2)).state is PENDING


def test_without_a_threshold_everything_waits_and_an_automatic_account_never_does() -> None:
    for credits, approval, state in (
        (0, Approval.MANUAL, PENDING),
        (300, Approval.AUTOMATIC, APPROVED),
    ):
        world = threshold(credits, approval)
        states = [world.redemption(world.redeem(asked)).state for asked in (1, 300)]
        assert states == [state, state]


@pytest.mark.rule("CI-04")
def test_what_the_advisor_asks_for_waits_below_the_threshold_too() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    world.commit(EditAccount(automatic_below=50))
    asking = world.intent(advisor(world), "redeem")
    asked = world.redeem(10, sales_order="SO-5001", asking=asking)
    assert world.redemption(asked).state is PENDING


# Deputies


def deputised(until: str = "2026-03-10", role: Role = Role.PLAYER) -> tuple[World, str]:
    """Dan decides for Ann until a day; and a request that waits."""
    world = cisco("2026-03-02T18:00")
    world.add("dan", role)
    world.commit(NameDeputy(email=email("dan"), until=date.fromisoformat(until)))
    return world, world.redeem(22, "pat", sales_order="SO-5001")


def test_a_deputy_decides_until_the_end_of_a_day_where_the_vendor_is() -> None:
    world, asked = deputised()
    world.clock.at = instant("2026-03-10T23:59:59.999999-07:00")
    world.approve(asked, who="dan")
    kept = world.redemption(asked)
    assert (kept.state, kept.approved_by) == (APPROVED, email("dan"))
    assert world.balance() == Balance(available=39, redeemed=22)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_from_the_day_after_on_a_deputy_decides_no_more(verdict: Verdict) -> None:
    world, asked = deputised()
    world.clock.at = instant("2026-03-11T00:00:00-07:00")
    no = refused(lambda: world.decide(verdict, [asked], "dan"), Forbidden)
    assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "decide")
    assert world.redemption(asked).state is PENDING


@pytest.mark.parametrize("until", [None, date(2026, 3, 9)])
def test_whose_deputyship_is_changed_as_they_decide_decides_nothing(until: date | None) -> None:
    world, asked = deputised()
    change = NameDeputy(email=email("dan"), until=until)
    world.ledger.meanwhile.append(lambda: world.commit(change))
    no = refused(lambda: world.approve(asked, who="dan"), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.redemption(asked).state is PENDING


def test_a_deputy_who_was_removed_or_has_not_come_decides_nothing() -> None:
    world, asked = deputised()
    world.remove("dan")
    refused(lambda: world.approve(asked, who="dan"), NotFound)
    world.clock.advance(timedelta(seconds=1))
    world.invite("dan", Role.PLAYER)
    refused(lambda: world.approve(asked, who="dan"), NotFound)
    world.sign_in("dan")
    refused(lambda: world.approve(asked, who="dan"), Forbidden)


def test_an_owner_who_was_a_deputy_once_decides_as_an_owner() -> None:
    world, asked = deputised("2026-03-01", Role.OWNER)
    world.approve(asked, who="dan")
    assert world.redemption(asked).state is APPROVED


@pytest.mark.rule("CI-41")
def test_a_deputy_says_nothing_about_what_goes_abroad() -> None:
    world, _ = deputised()
    asked = world.redeem(22, "pat", sales_order="SO-5001", country="DE")
    no = refused(lambda: world.approve(asked, who="dan"), Forbidden)
    assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "clear")


def test_a_deputy_decides_many_at_once_and_sends_it_twice() -> None:
    world, first = deputised()
    second = world.redeem(10, "pat", sales_order="SO-5001")
    deciding = world.intent("dan", "decide")
    decided = world.decide(Verdict.APPROVE, [first, second], asking=deciding)
    assert [outcome.problem for outcome in decided] == [None, None]
    before = world.ledger.kept()
    assert world.decide(Verdict.APPROVE, [first, second], asking=deciding) == decided
    assert world.ledger.kept() == before


# Who was first


@pytest.mark.rule("AT-17")
@pytest.mark.parametrize("first", list(Verdict))
@pytest.mark.parametrize("second", list(Verdict))
def test_whoever_comes_second_hears_who_has_decided(first: Verdict, second: Verdict) -> None:
    world = atlassian(2_000)
    world.add_owner("bob")
    asked = world.redeem(300)
    world.decide(first, [asked], "ann")
    for who in ("ann", "bob"):
        no = refused(partial(world.decide, second, [asked], who), Conflict)
        state = "approved" if first is Verdict.APPROVE else "denied"
        assert (no.reason, no.facts) == (
            *(Reason.ALREADY_DECIDED, {"state": state, "decided_by": email("ann")}),
        )
        assert no.detail == f"Already {state} by ann@acme.example."


@pytest.mark.rule("AT-17")
def test_what_nobody_has_decided_names_who_has_ended_it() -> None:
    world = atlassian(2_000)
    taken_back, lapsed, spent = (world.redeem(300) for _ in range(3))
    world.cancel(taken_back)
    world.approve(spent)
    world.clock.advance(timedelta(days=60))
    world.lapse()
    named = {
        asked: refused(partial(world.approve, asked), Conflict).facts["decided_by"]
        for asked in (taken_back, lapsed, spent)
    }
    assert named == {taken_back: email("lee"), lapsed: "system", spent: email("ann")}


@pytest.mark.rule("AT-17")
@pytest.mark.rule("CI-41")
def test_what_the_advisor_alone_has_cleared_names_the_advisor() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    asked = world.redeem(22, "pat", sales_order="SO-5001", country="DE")
    kim = advisor(world)
    says(world, kim, Verdict.APPROVE, asked)
    no = refused(lambda: world.approve(asked), Conflict)
    assert no.facts == {"state": "approved", "decided_by": kim.person.email}
