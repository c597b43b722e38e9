"""Asked beforehand what may pay: the same answers as afterwards, and nothing is written."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests.builders import SECRET, refused
from tests.unit.rules.people_tools import edit
from tests.unit.rules.spending_tools import (
    atlassian,
    cisco,
    code,
    line,
    number,
    offers,
    runs,
    salesforce,
)
from tests.world import World
from training_credits.domain.decisions.wishes import Wish
from training_credits.domain.errors import NotFound, Problem, Reason, Refused, Throttled
from training_credits.domain.model import Approval, Mode, RedemptionState, Role
from training_credits.use_cases.guessing import TRIES_MAX
from training_credits.use_cases.instruments import Form, Position
from training_credits.use_cases.options import Cart, Funding, cart, funding


def priced(world: World, who: str, lines: Sequence[Position], **wish: object) -> Cart:
    terms = world.rules.terms.version or None
    asked = Wish(lines=(), **({"terms": terms} | wish))  # type: ignore[arg-type]
    form = Form(wish=asked, lines=tuple(lines))
    return cart(world.ledger, world.ledger, world.clock, world.caller(who), form, SECRET)


def asks(world: World, who: str, offering: str | None = None, quantity: int = 1) -> Funding:
    position = Position.of(offering, None, quantity)
    return funding(world.ledger, world.clock, world.caller(who), world.account, position)


def test_a_cart_says_what_it_costs_and_what_would_become_of_it_and_writes_nothing() -> None:
    world = atlassian(1_000)
    offers(world, "C", "course", price_minor=30_000, mode=Mode.VIRTUAL)
    lines = [line(code(world), offering="C"), line(code(world), credits=200)]
    before = world.ledger.kept()
    found = priced(world, "lee", lines)
    assert world.ledger.kept() == before
    assert found.problem is None
    assert found.redemption is not None
    assert (found.redemption.credits, found.redemption.state) == (500, RedemptionState.PENDING)
    assert [each.line.credits for each in found.lines] == [300, 200]
    kept = world.redemption(world.redeem(lines=lines))
    assert kept.lines == found.redemption.lines
    assert (kept.state, kept.lapses_at) == (found.redemption.state, found.redemption.lapses_at)


@pytest.mark.rule("CI-35")
def test_a_cart_that_would_be_refused_gets_the_refusal_and_the_lots_that_could_pay() -> None:
    world = cisco()
    world.grant("SO-5002", 5, invoice=date(2026, 1, 20))
    offers(world, "P", "event", credits=22)
    lines = [line(number("SO-5002"), offering="P")]
    found = priced(world, "pat", lines)
    no = refused(lambda: world.redeem(who="pat", lines=lines))
    assert found.problem is not None
    assert (found.redemption, found.problem.reason, found.problem.facts) == (
        *(None, no.reason, no.facts),
    )
    assert [each["sales_order"] for each in no.facts["instead"]] == ["SO-5001"]
    (shown,) = found.lines
    assert shown.line.credits == 22
    assert [(each.lot.lot_id, each.available) for each in shown.options] == [("SO-5002", 5)]


@pytest.mark.rule("SF-37")
def test_with_the_code_of_one_lot_nobody_sees_another() -> None:
    world = salesforce(500)
    world.grant("L2", 9_000, order_start=date(2026, 7, 1))
    found = priced(world, "lee", [line(code(world), credits=501)])
    assert isinstance(found.problem, Refused)
    assert "instead" not in found.problem.facts
    assert [each["lot"] for each in found.problem.facts["lots"]] == ["L1"]
    assert [each.lot.lot_id for each in found.lines[0].options] == ["L1"]


def test_what_credits_never_pay_for_is_shown_without_options() -> None:
    world = cisco()
    offers(world, "B", "book", credits=1)
    found = priced(world, "pat", [line(number(), offering="B")])
    assert found.problem is not None
    assert (found.problem.reason, found.lines[0].options) == (Reason.NOT_PAYABLE, ())


def test_whoever_may_not_ask_in_earnest_is_refused_beforehand_as_well() -> None:
    world = salesforce()
    found = priced(world, "lee", [line(code(world), credits=1)], terms="2023-01")
    assert found.problem is not None
    assert found.problem.reason is Reason.TERMS_NOT_TICKED


@pytest.mark.rule("SF-40")
def test_a_wrong_code_in_a_cart_is_a_try_and_after_five_none_is_looked_at() -> None:
    world = salesforce()
    right = world.code
    world.code = "0000-0000-00000"
    for _ in range(5):
        no = refused(lambda: priced(world, "lee", [line(code(world), credits=1)]))
        assert (no.reason, no.facts) == (Reason.CODE_NOT_ACCEPTED, {})
    world.code = right
    no = refused(lambda: priced(world, "lee", [line(code(world), credits=1)]), Throttled)
    assert no.reason is Reason.TOO_MANY_TRIES


def test_what_is_not_in_the_catalogue_is_no_try() -> None:
    world = salesforce()
    for _ in range(TRIES_MAX + 1):
        no = refused(lambda: priced(world, "lee", [line(code(world), offering="X")]), NotFound)
        assert no.reason is Reason.OFFERING_NOT_FOUND


@pytest.mark.rule("CI-35")
@pytest.mark.parametrize("four_eyes", [False, True])
def test_members_see_every_lot_and_how_requests_are_approved(*, four_eyes: bool) -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    world.grant("SO-5002", 200, invoice=date(2026, 2, 1))
    if four_eyes:
        edit(world, four_eyes=True)
    offers(world, "C", "class", credits=40, mode=Mode.VIRTUAL)
    found = asks(world, "pat", "C", quantity=2)
    assert [(each.lot.lot_id, each.available) for each in found.options] == [
        ("SO-5001", 61),
        ("SO-5002", 200),
    ]
    assert found.approval is (Approval.MANUAL if four_eyes else Approval.AUTOMATIC)
    assert found.cost is not None
    assert (found.cost.credits, found.refused) == (80, None)
    unnamed = asks(world, "pat")
    assert (len(unnamed.options), unnamed.cost) == (2, None)


@pytest.mark.rule("CI-35")
def test_what_stands_in_the_way_is_said_before_as_it_is_afterwards() -> None:
    world = cisco(approval=Approval.MANUAL)
    offers(world, "W", "custom", mode=Mode.VIRTUAL)
    offers(world, "X", "exam", credits=1)
    offers(world, "C", "class", credits=100, mode=Mode.VIRTUAL)
    alone = asks(world, "pat", "W").refused
    assert alone is not None
    assert alone.reason is Reason.ASSISTED_ONLY
    many = asks(world, "pat", "X", quantity=26).refused
    assert many is not None
    assert many.reason is Reason.TOO_MANY_VOUCHERS
    short = asks(world, "pat", "C")
    assert (short.refused, short.missing) == (None, 100 - 61)


@pytest.mark.rule("CI-40")
def test_below_the_threshold_nobody_is_waited_for() -> None:
    world = cisco(approval=Approval.MANUAL)
    edit(world, automatic_below=50)
    offers(world, "C", "class", credits=10, mode=Mode.VIRTUAL)
    ways = [asks(world, "pat", "C", quantity=count).approval for count in (4, 5)]
    assert ways == [Approval.AUTOMATIC, Approval.MANUAL]


@pytest.mark.rule("CI-35")
@pytest.mark.rule("CI-33")
def test_of_what_credits_do_not_pay_for_members_read_why() -> None:
    world = cisco()
    offers(world, "B", "book", credits=1)
    found = asks(world, "pat", "B")
    assert found.refused is not None
    assert (found.refused.reason, found.options, found.cost) == (Reason.NOT_PAYABLE, (), None)


def test_strangers_see_no_lot_and_nobody_what_is_not_offered() -> None:
    world = cisco()
    world.add("bea", Role.BUYER)
    for who, reason in (("eve", Reason.ACCOUNT_NOT_FOUND), ("bea", Reason.OFFERING_NOT_FOUND)):
        no = refused(lambda by=who: asks(world, by, "X"), NotFound)  # type: ignore[misc]
        assert no.reason is reason


def test_what_ended_says_so_before_the_button_is_pressed() -> None:
    world = atlassian(100)
    offers(world, "C", "course", price_minor=30_000)
    runs(world, "C", "2028-01-01")
    world.clock.advance(timedelta(days=400))
    lines = [line(code(world), offering="C", session="S1")]
    found = priced(world, "lee", lines)
    no = refused(lambda: world.redeem(lines=lines), Problem)
    assert found.problem is not None
    assert found.problem.facts == no.facts
    assert (no.reason, [each.available for each in found.lines[0].options]) == (
        *(Reason.CREDITS_EXPIRED, [0]),
    )
