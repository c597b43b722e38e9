"""Several lines and several instruments: all are paid, or nothing is touched."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import lot_of, refused
from training_credits.domain.drawing import LOTS_PER_DRAW_MAX, Source
from training_credits.domain.errors import Reason
from training_credits.domain.model import Draw, Item, Lot, Mode, Offering
from training_credits.domain.program import Program
from training_credits.domain.tender import Need, tender
from training_credits.programs import program_named

NOW = datetime(2026, 7, 10, tzinfo=UTC)
END = datetime(2027, 7, 1, tzinfo=UTC)
CISCO = program_named("cisco", NOW)
SALESFORCE = program_named("salesforce", NOW)


def lot(lot_id: str, credits: int, product: str = "CLC", later: int = 0) -> Lot:
    return replace(lot_of(lot_id, credits, END + timedelta(days=later)), product=product)


def need(credits: int, *named: tuple[str, int | None], item: Item | None = None) -> Need:
    return Need(
        credits=credits,
        item=item,
        sources=tuple(Source(lot_id=lot_id, credits=part) for lot_id, part in named),
    )


def paid(program: Program, lots: list[Lot], *needs: Need) -> list[list[tuple[str, int]]]:
    lines = tender(program, lots, needs, NOW)
    return [[(draw.lot_id, draw.credits) for draw in draws] for draws in lines]


@pytest.mark.rule("CI-37")
def test_a_pass_of_22_is_paid_with_15_of_one_order_and_7_of_another() -> None:
    lots = [lot("SO-5001", 15), lot("SO-5002", 20)]
    pass_ = need(22, ("SO-5001", 15), ("SO-5002", 7))
    assert paid(CISCO, lots, pass_) == [[("SO-5001", 15), ("SO-5002", 7)]]


@pytest.mark.rule("CI-38")
def test_where_one_of_two_orders_lacks_credits_neither_is_touched() -> None:
    lots = [lot("SO-5001", 15), lot("SO-5002", 5)]
    no = refused(lambda: paid(CISCO, lots, need(22, ("SO-5001", 15), ("SO-5002", 7))))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 2)


@pytest.mark.parametrize("parts", [(15, 6), (15, 8), (22, None), (None, None)])
def test_the_credits_named_are_exactly_the_price(parts: tuple[int | None, int | None]) -> None:
    lots = [lot("SO-5001", 50), lot("SO-5002", 50)]
    named = zip(("SO-5001", "SO-5002"), parts, strict=True)
    no = refused(lambda: paid(CISCO, lots, need(22, *named)))
    assert (no.reason, no.facts["credits"]) == (Reason.TENDER_INCOMPLETE, 22)


@pytest.mark.rule("SF-28")
def test_two_codes_of_700_do_not_pay_one_class_of_1200_but_one_each_pays_two_classes() -> None:
    lots = [lot("A", 700, "LC"), lot("B", 700, "LC")]
    no = refused(lambda: paid(SALESFORCE, lots, need(1_200, ("A", 700), ("B", 500))))
    assert (no.reason, no.facts["most"]) == (Reason.TOO_MANY_INSTRUMENTS, 1)
    two = paid(SALESFORCE, lots, need(700, ("A", None)), need(600, ("B", None)))
    assert two == [[("A", 700)], [("B", 600)]]


@pytest.mark.rule("SF-26")
def test_three_classes_of_1200_are_three_lines_paid_one_after_the_other() -> None:
    lots = [lot("A", 3_600, "LC")]
    lines = [need(1_200, ("A", None))] * 3
    assert paid(SALESFORCE, lots, *lines) == [[("A", 1_200)]] * 3
    no = refused(lambda: paid(SALESFORCE, [lot("A", 3_599, "LC")], *lines))
    assert (no.reason, no.facts["line"], no.facts["missing"]) == (
        Reason.INSUFFICIENT_CREDITS,
        3,
        1,
    )


@pytest.mark.rule("SF-29")
def test_a_line_that_costs_nothing_needs_no_code() -> None:
    assert paid(SALESFORCE, [], Need(credits=0, sources=())) == [[]]


def test_the_same_lot_named_twice_gives_no_more_than_it_has() -> None:
    lots = [lot("SO-5001", 20)]
    no = refused(lambda: paid(CISCO, lots, need(30, ("SO-5001", 15), ("SO-5001", 15))))
    assert no.facts["missing"] == 10
    assert paid(CISCO, lots, need(20, ("SO-5001", 15), ("SO-5001", 5))) == [[("SO-5001", 20)]]


def test_a_refusal_says_of_each_lot_why_it_does_not_pay() -> None:
    event = Item(offering=Offering(offering_id="O", type="event", title="E", mode=Mode.IN_PERSON))
    wrong, right = lot("V", 50, "VLC"), replace(lot("L", 10, "LC"), country="US")
    dead = replace(lot("D", 50, "LC"), expires_at=NOW, expires_on=date(2026, 7, 9))
    abroad = replace(event, offering=replace(event.offering, country="DE"))
    no = refused(lambda: paid(SALESFORCE, [wrong, right, dead], Need(credits=20, item=abroad)))
    why = {each["lot"]: each["why"] for each in no.facts["lots"]}
    assert why == {"V": "wrong_product", "L": "delivery_country", "D": "expired"}
    assert no.reason is Reason.DELIVERY_COUNTRY
    at_home = replace(event, offering=replace(event.offering, country="US"))
    no = refused(lambda: paid(SALESFORCE, [wrong, right, dead], Need(credits=20, item=at_home)))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 10)
    assert tender(SALESFORCE, [wrong, right], [Need(credits=10, item=at_home)], NOW) == (
        (Draw(lot_id="L", credits=10),),
    )


def test_all_lines_together_take_from_so_many_lots_and_no_more() -> None:
    """Each line by itself takes from one."""
    lots = [lot_of(f"L{n:02}", 1, END) for n in range(LOTS_PER_DRAW_MAX + 1)]
    needs = [Need(credits=1, sources=(Source(lot_id=lot.lot_id),)) for lot in lots]
    assert len(tender(CISCO, lots, needs[1:], NOW)) == LOTS_PER_DRAW_MAX
    no = refused(lambda: tender(CISCO, lots, needs, NOW))
    assert (no.reason, no.facts["credits_possible"]) == (Reason.TOO_MANY_LOTS, LOTS_PER_DRAW_MAX)
