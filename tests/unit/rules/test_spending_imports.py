"""How the catalogue comes in: all of it or nothing, and only by operators."""

from functools import partial

import pytest

from tests.builders import refused, staff
from tests.refusing import is_sentence
from tests.unit.rules.catalogue_tools import Shop, course, run
from training_credits.domain import change as c
from training_credits.domain.errors import Forbidden, Reason
from training_credits.domain.model import Role


def test_of_a_dry_run_and_of_an_import_with_one_bad_row_nothing_is_written() -> None:
    shop = Shop()
    before = shop.ledger.kept()
    dry = shop.brings(course("A"), run("A", "S1"), dry_run=True)
    assert (dry.rows, dry.good, dry.written, dry.bad) == (2, 2, 0, ())
    bad = shop.brings(course("A"), run("A", "S1"), run("A", "S2", ends_on="2026-08-31"))
    assert (bad.rows, bad.good, bad.written) == (3, 2, 0)
    (flaw,) = bad.bad
    assert (flaw.row, flaw.field, flaw.code) == (3, "ends_on", "date_not_possible")
    assert is_sentence(flaw.detail)
    assert shop.ledger.kept() == before
    assert shop.brings(course("A"), run("A", "S1")).written == 2


def test_a_session_may_come_alone_once_its_offering_is_there() -> None:
    shop = Shop()
    (bad,) = shop.brings(run("A", "S1")).bad
    assert (bad.row, bad.field, bad.code) == (1, "offering", "offering_not_found")
    shop.brings(course("A"))
    assert shop.brings(run("A", "S1"), run("B", "S1"), course("B")).bad == ()


def test_sessions_of_an_offering_whose_row_is_bad_are_not_blamed_for_it() -> None:
    (bad,) = Shop().brings(course("A", credits=0), run("A", "S1"), run("A", "S2")).bad
    assert (bad.row, bad.field, bad.code) == (1, "credits", "out_of_range")


def test_the_same_rows_again_change_nothing() -> None:
    shop = Shop()
    sent = [course("A", collections=["c"]), run("A", "S1", seats=3)]
    shop.brings(*sent)
    before = shop.ledger.kept()
    assert shop.brings(*sent, *sent).written == 4
    assert shop.ledger.kept() == before


def test_2000_rows_are_written_in_transactions_of_at_most_60_items() -> None:
    shop, sizes = Shop(), []
    commit = shop.ledger.commit

    def counted(change: c.Change) -> None:
        sizes.append(len(change.writes))
        commit(change)

    shop.ledger.commit = counted  # type: ignore[method-assign]
    many = [course(f"C-{n}", collections=["a", "b"]) for n in range(100)]
    shop.brings(*many, *(run(f"C-{n % 100}", f"S{n}") for n in range(1_900)))
    # Of an offering four items, of a session one; the last of the offerings share with sessions.
    assert (max(sizes), sum(sizes), len(sizes)) == (60, 2_000, 39)
    assert sizes[:6] == [15] * 6


@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
def test_nobody_but_an_operator_brings_anything_in(program: str) -> None:
    shop = Shop(program)
    others = shop.visitor, staff("kim", program, Role.ADVISOR), staff("max", program, Role.FINANCE)
    for who in others:
        no = refused(partial(shop.brings, course("A"), who=who), Forbidden)
        assert no.reason is Reason.OPERATOR_ONLY
    assert shop.lists() == []


def test_a_price_is_in_credits_or_in_money_and_not_in_both() -> None:
    shop = Shop()
    (bad,) = shop.brings(course("A", credits=5), course("B", credits=5, price_minor=500)).bad
    assert (bad.row, bad.field, bad.code) == (2, "price_minor", "price_not_possible")
    assert is_sentence(bad.detail)
    assert shop.brings(course("A", credits=5), course("B", price_minor=500)).bad == ()


def test_an_import_of_nothing_writes_nothing() -> None:
    shop = Shop()
    before = shop.ledger.kept()
    assert shop.brings().written == 0
    assert shop.ledger.kept() == before
