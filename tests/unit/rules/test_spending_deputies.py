"""An owner lets somebody decide for a while, and a threshold lets small requests pass."""

from datetime import date, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.unit.rules.people_tools import edit, history, names, read
from tests.unit.rules.spending_tools import atlassian, cisco
from tests.world import World
from training_credits.domain.change import EditAccount
from training_credits.domain.decisions.people import DEPUTY_DAYS_MAX
from training_credits.domain.errors import Forbidden, NotFound, Problem, Reason, Refused
from training_credits.domain.model import (
    Approval,
    Balance,
    HappeningKind,
    MemberState,
    RedemptionState,
    Role,
)
from training_credits.edge import views
from training_credits.use_cases import people

TODAY = date(2026, 2, 10)
DAY = timedelta(days=1)


def acme() -> World:
    """A thousand credits, and Fay who sees all and decides nothing."""
    world = atlassian(1_000)
    world.add("fay", Role.FINANCE)
    return world


def test_a_deputy_decides_to_the_end_of_the_day_and_not_a_moment_longer() -> None:
    world = acme()
    first, second = world.redeem(300), world.redeem(200)
    refused(partial(world.approve, first, who="fay"), Forbidden)
    world.names_deputy("fay", TODAY + DAY)
    world.clock.at = world.clock.at.replace(hour=23, minute=59) + DAY
    world.approve(first, who="fay")
    assert world.redemption(first).approved_by == "fay@acme.example"
    world.clock.advance(timedelta(minutes=1))
    refused(partial(world.approve, second, who="fay"), Forbidden)
    assert world.balance() == Balance(available=700, redeemed=300)


def test_what_was_let_can_be_taken_back_and_both_are_in_the_history() -> None:
    world = acme()
    world.names_deputy("fay", TODAY)
    world.clock.advance(timedelta(minutes=1))
    member = world.names_deputy("fay", None)
    assert member.decides_until is None
    lines = [h for h in history(world) if h.kind is HappeningKind.DEPUTY_NAMED]
    said = [(h.actor, h.about, h.detail) for h in lines]
    ann, fay = "ann@acme.example", "fay@acme.example"
    assert said == [(ann, fay, "until 2026-02-10"), (ann, fay, "no longer")]
    refused(partial(world.approve, world.redeem(300), who="fay"), Forbidden)


def test_said_twice_it_is_written_once() -> None:
    world = acme()
    for _ in range(2):
        world.clock.advance(timedelta(minutes=1))
        assert world.names_deputy("fay", TODAY).decides_until == TODAY
    assert [h.kind for h in history(world)].count(HappeningKind.DEPUTY_NAMED) == 1
    world.names_deputy("fay", None)
    world.names_deputy("fay", None)
    assert [h.kind for h in history(world)].count(HappeningKind.DEPUTY_NAMED) == 2


def test_members_see_until_when_somebody_decides() -> None:
    world = acme()
    world.names_deputy("fay", TODAY)
    shown = views.account_page(world.rules, read(world), world.clock()).members
    assert {m.email: m.decides_until for m in shown}["fay@acme.example"] == TODAY


@pytest.mark.parametrize("days", [0, DEPUTY_DAYS_MAX])
def test_from_today_to_ninety_days_on(days: int) -> None:
    assert acme().names_deputy("fay", TODAY + days * DAY).decides_until == TODAY + days * DAY


@pytest.mark.parametrize("days", [-1, DEPUTY_DAYS_MAX + 1])
def test_not_for_the_past_and_not_for_ever(days: int) -> None:
    no = refused(lambda: acme().names_deputy("fay", TODAY + days * DAY))
    assert no.reason is Reason.DATE_NOT_POSSIBLE
    assert no.facts == {"earliest": "2026-02-10", "latest": "2026-05-11"}


def test_it_is_the_programs_day_that_counts() -> None:
    world = cisco("2026-03-02T06:00")  # the evening of 1 March on the Pacific coast
    assert world.names_deputy("pat", date(2026, 3, 1)).decides_until == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "kind", "due"),
    [
        ("ann", Refused, Reason.ROLE_CONFLICT),
        ("bob", Refused, Reason.ROLE_CONFLICT),
        ("cid", NotFound, Reason.MEMBER_NOT_FOUND),
        ("eve", NotFound, Reason.MEMBER_NOT_FOUND),
    ],
)
def test_no_deputy_is_oneself_an_owner_somebody_invited_or_a_stranger(
    name: str, kind: type[Problem], due: Reason
) -> None:
    world = acme()
    world.add_owner("bob")
    world.invite("cid", Role.FINANCE)
    assert refused(lambda: world.names_deputy(name, TODAY), kind).reason is due


@pytest.mark.parametrize(
    ("who", "kind"), [("fay", Forbidden), ("olga", Forbidden), ("eve", NotFound)]
)
def test_nobody_but_an_owner_says_who_decides_and_nobody_of_the_vendors(
    who: str, kind: type[Problem]
) -> None:
    world = acme()
    world.add("gil", Role.FINANCE)
    refused(lambda: world.names_deputy("gil", TODAY, who=who), kind)
    member = world.member("gil")
    assert member is not None
    assert member.decides_until is None


def test_not_even_the_account_manager_who_may_ask_owners_in() -> None:
    world = cisco()
    max_ = names(world, "max", Role.ACCOUNT_MANAGER)
    until = date(2026, 3, 3)
    act = partial(people.name_deputy, world.ledger, world.clock, max_, world.account)
    no = refused(lambda: act("pat@acme.example", until), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED


@pytest.mark.rule("AT-25")
def test_an_owner_who_is_removed_at_the_same_moment_names_nobody() -> None:
    world = acme()
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.remove("ann", who="bob"))
    refused(lambda: world.names_deputy("fay", TODAY), NotFound)
    member = world.member("fay")
    assert member is not None
    assert member.decides_until is None


@pytest.mark.rule("AT-25")
def test_a_deputy_who_is_no_longer_one_at_that_moment_decides_nothing() -> None:
    world = acme()
    world.names_deputy("fay", TODAY)
    asked = world.redeem(300)
    world.clock.advance(timedelta(minutes=1))
    world.ledger.meanwhile.append(partial(world.names_deputy, "fay", None))
    refused(lambda: world.approve(asked, who="fay"), NotFound)
    assert world.redemption(asked).state is RedemptionState.PENDING


def test_whoever_is_removed_and_comes_back_is_no_deputy_any_more() -> None:
    world = acme()
    world.names_deputy("fay", TODAY)
    world.remove("fay")
    world.clock.advance(timedelta(seconds=1))
    world.add("fay", Role.FINANCE)
    member = world.member("fay")
    assert member is not None
    assert (member.state, member.decides_until) == (MemberState.ACTIVE, None)


def test_four_eyes_hold_for_deputies_too() -> None:
    world = acme()
    world.names_deputy("fay", TODAY)
    world.commit(EditAccount(four_eyes=True))
    own = world.redeem(300, "fay")
    assert refused(partial(world.approve, own, who="fay"), Forbidden).reason is Reason.OWN_REQUEST


# Thresholds


@pytest.mark.rule("CI-40")
def test_automatic_posts_22_at_once_and_manual_keeps_them_waiting() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    asked = world.redeem(22, "pat", sales_order="SO-5001")
    assert world.redemption(asked).state is RedemptionState.APPROVED
    edit(world, approval=Approval.MANUAL)
    asked = world.redeem(22, "pat", sales_order="SO-5001")
    assert world.redemption(asked).state is RedemptionState.PENDING


@pytest.mark.rule("CI-40")
def test_whoever_learns_reads_how_requests_are_approved() -> None:
    world = cisco()
    edit(world, automatic_below=23)
    page = views.account_page(world.rules, read(world, "pat"), world.clock())
    assert (page.approval, page.automatic_below) == (Approval.MANUAL, 23)


@pytest.mark.parametrize(
    ("credits", "due"),
    [(21, RedemptionState.APPROVED), (22, RedemptionState.PENDING)],
)
def test_below_the_threshold_a_request_waits_for_nobody(credits: int, due: RedemptionState) -> None:
    world = cisco()
    assert edit(world, automatic_below=22).automatic_below == 22
    asked = world.redeem(credits, "pat", sales_order="SO-5001")
    assert world.redemption(asked).state is due


def test_no_threshold_is_above_four_eyes_and_none_is_left_at_nought() -> None:
    world = cisco()
    edit(world, automatic_below=22, four_eyes=True)
    asked = world.redeem(1, "pat", sales_order="SO-5001")
    assert world.redemption(asked).state is RedemptionState.PENDING
    world.clock.advance(timedelta(minutes=1))
    edit(world, automatic_below=0, four_eyes=False)
    asked = world.redeem(1, "pat", sales_order="SO-5001")
    assert world.redemption(asked).state is RedemptionState.PENDING


def test_the_threshold_is_in_the_history() -> None:
    world = cisco()
    world.clock.advance(timedelta(minutes=1))
    edit(world, automatic_below=22)
    line = history(world)[-1]
    assert (line.kind, line.detail) == (HappeningKind.ACCOUNT_EDITED, "automatic_below: 22")


def test_where_the_program_knows_one_way_only_there_is_no_threshold() -> None:
    world = World(program="salesforce")
    world.open()
    no = refused(lambda: edit(world, automatic_below=1))
    assert (no.reason, no.facts) == (Reason.APPROVAL_NOT_OFFERED, {"offered": ["automatic"]})
    assert edit(world, automatic_below=0).automatic_below == 0


def test_an_edit_that_says_nothing_changes_nothing() -> None:
    world = cisco()
    before = len(history(world))
    assert edit(world) == read(world).account
    assert len(history(world)) == before
