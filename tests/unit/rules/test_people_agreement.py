"""What was negotiated with an account: who may, from when to when, and what it is worth."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.people_tools import agree, history, later, read
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import Agreement, DiscountKind, HappeningKind
from training_credits.programs import program_names

SECOND = timedelta(seconds=1)
MOMENT = timedelta(microseconds=1)
LARGE = 30


def company(program: str = "salesforce") -> World:
    world = World(program=program)
    world.open()
    return world


def price(world: World, credits: int = 1_000) -> tuple[int, DiscountKind | None]:
    """What so many credits cost now, in whole units of the currency, and why."""
    channel = "card" if world.program == "atlassian" else "assisted"
    order = world.order(world.place(credits, channel=channel))
    return order.total_minor // 100, order.discount


@pytest.mark.parametrize("program", program_names())
@pytest.mark.parametrize("percent", [0, 1, 20])
def test_up_to_the_programs_limit_one_operator_is_enough(program: str, percent: int) -> None:
    world = company(program)
    said = agree(world, percent=percent)
    assert said == read(world).account.agreement
    assert said == Agreement(
        percent=percent,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 31),
        made_by=f"olga@{program}.example",
        approved_by=f"olga@{program}.example",
    )


@pytest.mark.parametrize("program", program_names())
def test_above_it_nothing_is_in_force_until_a_second_operator_says_the_same(program: str) -> None:
    world = company(program)
    said = agree(world, percent=21)
    assert (said.made_by, said.approved_by) == (f"olga@{program}.example", None)
    assert said.percent_on(date(2026, 3, 15)) == 0
    account = read(world).account
    assert (account.agreement, account.proposed) == (None, said)
    approved = later(world, 21, "otto")
    assert (approved.made_by, approved.approved_by) == (
        f"olga@{program}.example",
        f"otto@{program}.example",
    )
    assert approved.percent_on(date(2026, 3, 15)) == 21
    account = read(world).account
    assert (account.agreement, account.proposed) == (approved, None)


def test_the_same_operator_twice_is_not_two() -> None:
    world = company()
    agree(world, percent=LARGE)
    for _ in range(2):
        assert later(world, LARGE, "olga").approved_by is None
    account = read(world).account
    assert account.agreement is None
    assert account.proposed == Agreement(
        percent=LARGE,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 31),
        made_by="olga@salesforce.example",
    )


@pytest.mark.parametrize(
    "other",
    [
        {"percent": 31},
        {"starts_on": date(2026, 3, 2)},
        {"ends_on": date(2026, 4, 30)},
        {"success_plan": "premier"},
    ],
)
def test_a_second_operator_who_says_something_else_replaces_it_and_waits_in_turn(
    other: dict[str, object],
) -> None:
    world = company()
    agree(world, percent=LARGE)
    said = {"percent": LARGE} | other
    replaced = later(world, who="otto", **said)  # type: ignore[arg-type] # as parametrised
    assert (replaced.made_by, replaced.approved_by) == ("otto@salesforce.example", None)
    again = later(world, who="otto", **said)  # type: ignore[arg-type]
    assert again.approved_by is None
    approved = later(world, who="olga", **said)  # type: ignore[arg-type]
    assert (approved.made_by, approved.approved_by) == (
        "otto@salesforce.example",
        "olga@salesforce.example",
    )


def test_the_first_text_said_again_after_another_one_starts_anew() -> None:
    world = company()
    agree(world, percent=LARGE)
    later(world, 40, "otto")
    assert later(world, LARGE, "olga").approved_by is None
    assert later(world, LARGE, "otto").approved_by == "otto@salesforce.example"


@pytest.mark.parametrize("again", ["olga", "otto"])
def test_what_is_in_force_stays_so_when_it_is_said_once_more(again: str) -> None:
    world = company()
    agree(world, percent=LARGE)
    approved = later(world, LARGE, "otto")
    assert later(world, LARGE, again) == approved
    assert read(world).account.agreement == approved


def test_a_small_one_replaces_a_large_one_at_once() -> None:
    world = company()
    agree(world, percent=LARGE)
    later(world, LARGE, "otto")
    assert later(world, 5, "otto").approved_by == "otto@salesforce.example"
    world.clock.advance(datetime(2026, 3, 15, tzinfo=UTC) - world.clock())
    assert price(world) == (950, DiscountKind.AGREEMENT)


@pytest.mark.parametrize("plan", ["premier", "signature", None])
def test_a_success_plan_the_program_knows_is_kept(plan: str | None) -> None:
    world = company()
    said = agree(world, success_plan=plan)
    assert said.success_plan == plan
    assert read(world).account.agreement == said


@pytest.mark.parametrize(
    ("program", "plan", "offered"),
    [
        ("salesforce", "Premier", ["premier", "signature"]),
        ("atlassian", "premier", []),
        ("cisco", "premier", []),
    ],
)
def test_a_success_plan_the_program_does_not_know_is_refused(
    program: str, plan: str, offered: list[str]
) -> None:
    world = company(program)
    before = world.ledger.kept()
    no = refused(lambda: agree(world, success_plan=plan))
    assert (no.reason, no.facts) == (Reason.SUCCESS_PLAN_UNKNOWN, {"offered": offered})
    assert world.ledger.kept() == before


def test_it_may_last_a_day_and_does_not_end_before_it_starts() -> None:
    world = company()
    day = date(2026, 3, 1)
    assert agree(world, ends_on=day).percent_on(day) == 10
    no = refused(lambda: later(world, 10, "olga", ends_on=day - timedelta(days=1)))
    assert no.reason is Reason.DATE_NOT_POSSIBLE


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 3, 1, 8, 0, tzinfo=UTC) - MOMENT, (1_000, None)),
        (datetime(2026, 3, 1, 8, 0, tzinfo=UTC), (900, DiscountKind.AGREEMENT)),
        (datetime(2026, 4, 1, 7, 0, tzinfo=UTC) - MOMENT, (900, DiscountKind.AGREEMENT)),
        (datetime(2026, 4, 1, 7, 0, tzinfo=UTC), (1_000, None)),
    ],
)
def test_it_is_in_force_from_its_first_day_to_its_last_where_the_vendor_is(
    at: datetime, due: tuple[int, DiscountKind | None]
) -> None:
    world = company()
    agree(world)
    world.clock.advance(at - world.clock())
    assert price(world) == due


@pytest.mark.parametrize(
    ("percent", "credits", "due"),
    [
        (10, 1_000, (900, DiscountKind.AGREEMENT)),
        (10, 20_000, (16_000, DiscountKind.VOLUME)),
        (20, 20_000, (16_000, DiscountKind.VOLUME)),
        (LARGE, 20_000, (14_000, DiscountKind.AGREEMENT)),
    ],
)
def test_of_two_discounts_the_larger_one_counts_and_never_both(
    percent: int, credits: int, due: tuple[int, DiscountKind | None]
) -> None:
    world = company("atlassian")
    for who in ("olga", "otto"):
        later(world, percent, who)
    world.clock.advance(timedelta(days=30))
    assert price(world, credits) == due


def test_history_tells_who_said_what_and_what_became_of_it() -> None:
    world = company()
    agree(world, percent=LARGE)
    later(world, LARGE, "otto")
    first, second = (h for h in history(world) if h.kind is HappeningKind.AGREEMENT_SET)
    assert (first.actor, first.about, first.detail) == (
        "olga@salesforce.example",
        "30% from 2026-03-01 to 2026-03-31",
        "waits for a second operator",
    )
    assert (second.actor, second.about, second.detail) == (
        "otto@salesforce.example",
        "30% from 2026-03-01 to 2026-03-31",
        "in force",
    )
    assert second.at - first.at == SECOND
