"""What is told after the booking: lines that are given back, moved or completed, and vouchers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.rules.spending_tools import BOB, code, email, line, salesforce
from tests.unit.rules.told_tools import Told
from training_credits.domain.change import EditLines, IssueVoucher, MoveVoucher
from training_credits.domain.decisions.vouchers import assigned, unassigned
from training_credits.domain.model import LineState, Voucher

LEE = email("lee")


def test_what_is_booked_and_then_given_back_or_moved_is_told_to_both() -> None:
    world = salesforce()
    asked = world.redeem(lines=[line(code(world), title="ADM-201", credits=1_200, attendee=BOB)])
    told = Told(world)
    was = world.redemption(asked)
    moved = replace(was, lines=(replace(was.lines[0], moves=1),))
    world.commit(EditLines(redemption=moved, was=was))
    assert (set(told()), told.types) == ({LEE, BOB.email}, ["RedemptionMoved"])
    back = replace(moved.lines[0], state=LineState.RETURNED, returned=600)
    returned = replace(moved, lines=(back,))
    world.commit(EditLines(redemption=returned, was=moved))
    mails = told()
    assert (set(mails), told.types) == ({LEE, BOB.email}, ["RedemptionReturned"])
    assert "1,200 training credits 600 came back" in mails[LEE].text
    assert "600" not in mails[BOB.email].text
    (event,) = told.events
    assert (event.facts["line"], event.facts["returned"]) == (1, 600)


def test_a_line_that_is_completed_is_an_event_and_a_number_beside_it_is_none() -> None:
    world = salesforce()
    asked = world.redeem(1_200)
    told = Told(world)
    was = world.redemption(asked)
    numbered = replace(was, lines=(replace(was.lines[0], reference="P-1"),))
    world.commit(EditLines(redemption=numbered, was=was))
    assert (told(), told.types) == ({}, [])
    done = replace(numbered, lines=(replace(numbered.lines[0], state=LineState.DELIVERED),))
    world.commit(EditLines(redemption=done, was=numbered))
    assert (told(), told.types) == ({}, ["RedemptionDelivered"])


@pytest.mark.rule("SF-21")
def test_whoever_gets_a_voucher_is_told_whose_it_is_and_not_all_of_its_text() -> None:
    world = salesforce()
    today = world.clock().date()
    voucher = Voucher(
        voucher_id="V1",
        account_id=world.account,
        redemption_id="A1-R1",
        line=1,
        title="Exam",
        hint="9ABC",
        issued_at=world.clock(),
        usable_until=today + timedelta(days=90),
    )
    world.commit(IssueVoucher(voucher=voucher))
    told = Told(world)
    given = assigned(voucher, BOB, today)
    world.commit(MoveVoucher(voucher=given, was=voucher))
    mails = told()
    assert (set(mails), told.types) == ({BOB.email}, ["VoucherAssigned"])
    assert "ends in 9ABC" in mails[BOB.email].text
    free = unassigned(given, today)
    world.commit(MoveVoucher(voucher=free, was=given))
    assert (told(), told.types) == ({}, [])
    world.clock.advance(timedelta(seconds=1))
    world.commit(MoveVoucher(voucher=given, was=free))
    assert told() == {}  # a second time they know, and nobody can be mailed without end
