"""Vouchers as they are shown: on which day, and never as a formula."""

from datetime import UTC, date, datetime

import pytest

from training_credits.domain.model import Attendee, Voucher, VoucherState
from training_credits.edge import csv_table, views

LAST = date(2027, 7, 1)
VOUCHER = Voucher(
    voucher_id="V" * 16,
    account_id="A1",
    redemption_id="A1-R1",
    line=1,
    title="=Exam",
    hint="9ABC",
    issued_at=datetime(2027, 5, 1, 12, tzinfo=UTC),
    usable_until=LAST,
    state=VoucherState.ASSIGNED,
    holder=Attendee(email="+lee@acme.example", name="Lee"),
    partner="@Webassessor",
)


@pytest.mark.rule("SF-21")
@pytest.mark.rule("SF-22")
@pytest.mark.parametrize(("today", "state"), [(LAST, "assigned"), (date(2027, 7, 2), "expired")])
def test_a_voucher_is_shown_as_it_is_on_the_day(today: date, state: str) -> None:
    shown = views.voucher(VOUCHER, today)
    assert (shown.state, shown.usable_until, shown.hint) == (state, LAST, "9ABC")
    (listed,) = views.vouchers([VOUCHER], today).vouchers
    assert listed == shown
    (clear,) = views.voucher_export("A1-R1", [(VOUCHER, "TEXT")], today).vouchers
    assert (clear.state, clear.text, clear.holder) == (state, "TEXT", shown.holder)


@pytest.mark.proves("T14")
def test_no_cell_of_an_export_is_a_formula() -> None:
    table = csv_table.vouchers(views.voucher_export("A1-R1", [(VOUCHER, "TEXT")], LAST))
    header, row = table.splitlines()
    assert header == '"text","title","usable_until","state","holder","partner","voucher"'
    cells = ["TEXT", "'=Exam", "2027-07-01", "assigned", "'+lee@acme.example", "'@Webassessor"]
    assert row == ",".join(f'"{cell}"' for cell in [*cells, "V" * 16])
