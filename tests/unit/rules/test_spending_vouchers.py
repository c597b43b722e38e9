"""Vouchers: so many as were paid for, each good for its time, and in one pair of hands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.builders import account_of, lot_of, pending, refused
from training_credits.domain.decisions import vouchers
from training_credits.domain.decisions.lines import lasting
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import (
    Attendee,
    Book,
    Draw,
    Item,
    Line,
    Lot,
    Offering,
    Redemption,
    Voucher,
    VoucherState,
)
from training_credits.programs import program_named

NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
DAY = date(2027, 5, 1)
SALESFORCE = program_named("salesforce", NOW)
LEE, LOU = (Attendee(email=f"{name}@acme.example", name=name) for name in ("lee", "lou"))


def exams(count: int, *draws: tuple[str, int]) -> Redemption:
    offering = Offering(offering_id="X", type="bulk_exam", title="Exam", credits=200, partner="W")
    line = Line(
        title="Exam",
        credits=200 * count,
        item=Item(offering=offering, quantity=count),
        draws=tuple(Draw(lot_id=lot_id, credits=credits) for lot_id, credits in draws),
    )
    return replace(pending(0), lines=(Line(title="A class", credits=0), line))


def lot(lot_id: str, ends: date) -> Lot:
    return replace(lot_of(lot_id, 9_000, SALESFORCE.expires_at(ends)), expires_on=ends)


def made(redemption: Redemption, *lots: Lot) -> tuple[Voucher, ...]:
    book = Book(account=account_of(), lots=lots)
    paid = replace(redemption, lines=lasting(SALESFORCE, book, redemption.lines, DAY))
    return vouchers.issued(SALESFORCE, paid, NOW, "secret")


@pytest.fixture
def voucher() -> Voucher:
    return made(exams(1, ("L1", 200)), lot("L1", date(2027, 7, 1)))[0]


@pytest.mark.rule("SF-21")
def test_20_exams_of_200_are_20_vouchers_each_with_a_text_of_its_own() -> None:
    redemption = exams(20, ("L1", 4_000))
    assert redemption.credits == 4_000
    found = made(redemption, lot("L1", date(2027, 7, 1)))
    assert len({voucher.voucher_id for voucher in found}) == len(found) == 20
    texts = {vouchers.text_of("secret", "salesforce", "A1-R1", 2, n) for n in range(1, 21)}
    assert {text[-4:] for text in texts} == {voucher.hint for voucher in found}
    assert {(v.line, v.partner, v.state) for v in found} == {(2, "W", VoucherState.ISSUED)}


@pytest.mark.rule("SF-22")
def test_the_last_use_is_the_end_of_the_lot_and_of_several_lots_the_first() -> None:
    early, late = lot("L1", date(2027, 7, 1)), lot("L2", date(2028, 9, 1))
    assert [v.usable_until for v in made(exams(1, ("L1", 200)), early)] == [date(2027, 7, 1)]
    assert [v.usable_until for v in made(exams(1, ("L2", 200)), late)] == [date(2028, 5, 1)]
    both = exams(1, ("L1", 100), ("L2", 100))
    assert [v.usable_until for v in made(both, early, late)] == [date(2027, 7, 1)]


def test_what_cost_nothing_has_a_term_of_its_own_and_no_lot_that_ends_it() -> None:
    assert [v.usable_until for v in made(exams(1))] == [date(2028, 5, 1)]


def test_a_voucher_is_never_in_two_hands(voucher: Voucher) -> None:
    held = vouchers.assigned(voucher, LEE, DAY)
    assert (held.state, held.holder) == (VoucherState.ASSIGNED, LEE)
    no = refused(lambda: vouchers.assigned(held, LOU, DAY), Conflict)
    assert (no.reason, no.facts["holder"]) == (Reason.VOUCHER_TAKEN, LEE.email)
    assert vouchers.assigned(held, LEE, DAY) == held
    given_back = vouchers.unassigned(held, DAY)
    assert vouchers.assigned(given_back, LOU, DAY).holder == LOU


def test_what_was_used_stays_with_its_holder(voucher: Voucher) -> None:
    assert vouchers.used(vouchers.assigned(voucher, LEE, DAY), LOU, DAY).holder == LEE
    assert vouchers.used(voucher, LOU, DAY).holder == LOU


ACTS: list[Callable[[Voucher, date], Voucher]] = [
    lambda v, day: vouchers.assigned(v, LOU, day),
    vouchers.unassigned,
    lambda v, day: vouchers.used(v, None, day),
    vouchers.voided,
]


@pytest.mark.parametrize("act", ACTS)
def test_used_void_and_expired_are_final(
    voucher: Voucher, act: Callable[[Voucher, date], Voucher]
) -> None:
    ends = voucher.usable_until
    act(voucher, ends)
    for done, day in (
        (vouchers.used(voucher, LEE, DAY), DAY),
        (vouchers.voided(voucher, DAY), DAY),
        (voucher, date(2027, 7, 2)),
    ):
        no = refused(lambda d=done, t=day: act(d, t))  # type: ignore[misc]
        assert (no.reason, no.facts["state"]) == (Reason.VOUCHER_DONE, done.seen_on(day))
