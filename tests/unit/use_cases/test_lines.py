"""Requests of several lines, each with what pays for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests import audit
from tests.builders import refused
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import Balance, Draw, Line, Redemption, Role
from training_credits.use_cases.instruments import Instrument, Position

FIRST, SECOND = Instrument(sales_order="SO-5001"), Instrument(sales_order="SO-5002")


def position(title: str, credits: int, *pays: Instrument) -> Position:
    return Position(line=Line(title=title, credits=credits), instruments=pays)


BOTH = (position("CCNA", 22, FIRST), position("CCNP", 7, SECOND))
DRAWS = [(Draw(lot_id="SO-5001", credits=22),), (Draw(lot_id="SO-5002", credits=7),)]
Deciding = Callable[[World, str], object]


@pytest.fixture
def cisco() -> World:
    """SO-5001 of 61 credits and SO-5002 of 10, and Pat who may spend them."""
    world = World(program="cisco")
    world.open()
    world.add("pat", Role.PLAYER)
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.grant("SO-5002", 10, invoice=date(2026, 1, 1))
    return world


def broken(world: World) -> list[str]:
    """The laws of tests/audit.py, over all there is."""
    rows = world.ledger.rows(world.program, world.account)
    about = rows.lots, rows.asked.redemptions, world.entries()
    spent = audit.of_spending(*about, frozenset())
    return [*spent, *audit.of_redemptions(*about, holds=True)]


def test_two_lines_are_paid_by_two_lots_in_one_request(cisco: World) -> None:
    asked = cisco.redemption(cisco.redeem(who="pat", lines=BOTH))
    assert [line.draws for line in asked.lines] == DRAWS
    assert (asked.title, asked.credits) == ("CCNA and 1 more", 29)
    assert cisco.balance() == Balance(available=42, held=29)
    assert broken(cisco) == []


def test_one_line_that_cannot_be_paid_is_a_no_to_all_of_them(cisco: World) -> None:
    dear = (BOTH[0], position("CCNP", 11, SECOND))
    no = refused(lambda: cisco.redeem(who="pat", lines=dear))
    assert (no.reason, no.facts["line"]) == (Reason.INSUFFICIENT_CREDITS, 2)
    assert cisco.balance() == Balance(available=71)


@pytest.mark.parametrize(
    ("decide", "draws"),
    [
        (lambda world, asked: world.approve(asked), DRAWS),
        (lambda world, asked: world.deny(asked), [(), ()]),
        (lambda world, asked: world.cancel(asked, "pat"), [(), ()]),
    ],
    ids=["approve", "deny", "cancel"],
)
def test_a_decision_changes_nothing_of_the_lines_but_what_they_draw(
    cisco: World, decide: Deciding, draws: list[tuple[Draw, ...]]
) -> None:
    before = cisco.redemption(cisco.redeem(who="pat", lines=BOTH))
    decide(cisco, before.redemption_id)
    after = cisco.redemption(before.redemption_id)
    assert bare(after) == bare(before)
    assert [line.draws for line in after.lines] == draws
    assert broken(cisco) == []


def bare(asked: Redemption) -> list[Line]:
    return [replace(line, draws=()) for line in asked.lines]


def swapped(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Each line is paid by the other one's lot."""
    one, two = lines
    return replace(one, draws=two.draws), replace(two, draws=one.draws)


def short(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    one, two = lines
    (draw,) = two.draws
    return one, replace(two, draws=(replace(draw, credits=6),))


@pytest.mark.parametrize(
    ("plant", "law"), [(swapped, "alone may"), (short, "costs 7")], ids=["swapped", "short"]
)
def test_the_audit_sees_what_is_wrong_with_a_line(
    cisco: World, plant: Callable[[tuple[Line, ...]], tuple[Line, ...]], law: str
) -> None:
    asked = cisco.redemption(cisco.redeem(who="pat", lines=BOTH))
    rows = cisco.ledger.rows(cisco.program, cisco.account)
    rows.asked.redemptions[asked.redemption_id] = replace(asked, lines=plant(asked.lines))
    assert any(law in violation for violation in broken(cisco))
