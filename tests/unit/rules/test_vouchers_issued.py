"""Vouchers come with the debit that pays for them: how many, how long they are good, and where."""

from datetime import date, timedelta

import pytest

from tests.builders import SECRET, refused
from tests.unit.rules.spending_tools import cisco, entries, line, number, offers, runs
from tests.unit.rules.vouchers_tools import EXAM, PARTNER, bulk, exams, reaches, seen
from training_credits.domain import change as c
from training_credits.domain.decisions.vouchers import texts
from training_credits.domain.errors import Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    Budget,
    EntryKind,
    RedemptionState,
    VoucherState,
)


@pytest.mark.rule("SF-21")
def test_20_exams_at_200_debit_4000_and_issue_20_vouchers() -> None:
    world, kim, asked = bulk(20)
    assert world.balance() == Balance(available=6_000, redeemed=4_000)
    (entry,) = entries(world, asked)
    assert (entry.kind, entry.at) == (EntryKind.REDEEM, world.clock())
    made = seen(world, asked, kim)
    assert len({voucher.voucher_id for voucher in made}) == 20
    assert {voucher.state for voucher in made} == {VoucherState.ISSUED}
    assert texts(SECRET, world.program, made).keys() == {voucher.voucher_id for voucher in made}


@pytest.mark.rule("SF-22")
def test_a_voucher_of_may_from_a_lot_that_ends_in_july_is_good_to_the_end_of_the_lot() -> None:
    world, kim, asked = bulk(1, "2027-05-01T18:00")
    (voucher,) = seen(world, asked, kim)
    assert voucher.usable_until == date(2027, 7, 1)


@pytest.mark.rule("CI-08")
def test_a_voucher_is_good_for_a_year_of_its_own_where_it_outlives_its_lot() -> None:
    world, asked = exams(1, "2027-01-10T18:00")
    assert [lot.expires_on for lot in world.book().lots] == [date(2027, 1, 15)]
    (voucher,) = seen(world, asked)
    assert voucher.usable_until == date(2028, 1, 10)
    reaches(world, "2028-01-11T07:59")
    assert voucher.seen_on(world.rules.today(world.clock())) is VoucherState.ISSUED
    world.clock.advance(timedelta(minutes=1))
    assert voucher.seen_on(world.rules.today(world.clock())) is VoucherState.EXPIRED


@pytest.mark.rule("CI-31")
@pytest.mark.rule("CI-08")
def test_a_voucher_says_at_which_partner_it_is_used() -> None:
    world, asked = exams(1)
    assert [voucher.partner for voucher in seen(world, asked)] == ["Pearson VUE"]
    other, kim, bought = bulk(1)
    assert [voucher.partner for voucher in seen(other, bought, kim)] == [PARTNER]


@pytest.mark.rule("SF-21")
def test_there_are_no_vouchers_before_somebody_has_said_yes() -> None:
    world = cisco(approval=Approval.MANUAL)
    offers(world, EXAM, "exam", credits=3)
    asked = world.redeem(who="pat", lines=[line(number(), offering=EXAM, quantity=2)])
    assert seen(world, asked) == ()
    world.approve(asked)
    assert len(seen(world, asked)) == 2


def test_a_reservation_has_vouchers_once_it_is_confirmed() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    offers(world, EXAM, "exam", credits=3)
    exam = line(number(), offering=EXAM, quantity=2)
    asked = world.redeem(who="pat", lines=[exam], reserve=True)
    assert world.redemption(asked).state is RedemptionState.RESERVED
    assert seen(world, asked) == ()
    world.confirm(asked, "pat")
    assert len(seen(world, asked)) == 2


@pytest.mark.parametrize("approval", Approval)
def test_25_vouchers_are_the_most_of_one_request_and_nothing_is_written_of_more(
    approval: Approval,
) -> None:
    world = cisco(approval=approval)
    offers(world, EXAM, "exam", credits=1)
    exam = line(number(), offering=EXAM, quantity=13)
    before = world.ledger.kept()
    no = refused(lambda: world.redeem(who="pat", lines=[exam, exam]))
    assert (no.reason, no.facts) == (Reason.TOO_MANY_VOUCHERS, {"vouchers": 26, "most": 25})
    assert world.ledger.kept() == before
    fewer = line(number(), offering=EXAM, quantity=12)
    assert world.redeem(who="pat", lines=[exam, fewer])


def test_what_is_no_voucher_does_not_count() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    offers(world, "LAB", "subscription", credits=1)
    assert world.redeem(who="pat", lines=[line(number(), offering="LAB", quantity=26)])


@pytest.mark.parametrize(("budgets", "most"), [(0, 25), (5, 21)])
def test_the_most_fit_one_transaction_with_20_lots_9_sessions_and_the_budgets_of_whoever_asks(
    budgets: int, most: int
) -> None:
    """The ledger of the tests refuses what the table would: more than 60 writes."""
    world = cisco(approval=Approval.AUTOMATIC)
    for place in range(1, 20):
        world.grant(f"SO-{place}", 1, invoice=date(2026, 1, 15))
    for place in range(budgets):
        world.commit(c.SetBudget(budget=budget(f"B{place}"), was=None))
    offers(world, EXAM, "exam", credits=1)
    offers(world, "C", "class", credits=0)
    for place in range(9):
        runs(world, "C", "2026-09-01", session_id=f"S{place}")
    classes = [line(offering="C", session=f"S{place}") for place in range(9)]
    others = [number(f"SO-{place}", 1) for place in range(1, 20)]

    def wants(count: int) -> str:
        exam = line(number("SO-5001", count - 19), *others, offering=EXAM, quantity=count)
        return world.redeem(who="pat", lines=[exam, *classes], account=world.account)

    no = refused(lambda: wants(most + 1))
    assert (no.reason, no.facts["most"]) == (Reason.TOO_MANY_VOUCHERS, most)
    asked = wants(most)
    assert len(world.redemption(asked).draws) == 20
    assert len(seen(world, asked)) == most


def budget(budget_id: str) -> Budget:
    """It caps Pat."""
    return Budget(
        budget_id=budget_id, name=budget_id, limit=99, left=99, learners=("pat@acme.example",)
    )
