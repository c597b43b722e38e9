"""What is derived is kept by others: ids in events, codes in mails, secrets of receivers.

An id or a text that came out otherwise in a new version would make a retry a second one, and a
code that was handed out worthless.
"""

from collections.abc import Callable

import pytest

from tests.fakes.clock import BEGIN
from training_credits.domain import codes
from training_credits.domain.decisions import disputes, lots, vouchers, webhooks
from training_credits.domain.identity import derived
from training_credits.domain.model import Voucher

DIGEST = "6e124be9ed324be3327967c1ba6e563a615c88964ff8d173e88e93451ef72739"
VOUCHER = Voucher(
    voucher_id="V1",
    account_id="A1",
    redemption_id="R1",
    line=2,
    title="An exam",
    hint="9ABC",
    issued_at=BEGIN,
    usable_until=BEGIN.date(),
)


@pytest.mark.parametrize(
    ("made", "ever"),
    [
        (lambda: derived("a", "b"), "Y16DSVCQ6TK9V9GG"),
        (lambda: disputes.case_of("A1", "E1"), "RZZZ542M1R2HTWB2"),
        (lambda: lots.first_code("secret", "atlassian", "O1"), "QNKSK935PPDN8"),
        (lambda: vouchers.text_of("secret", "atlassian", "R1", 1, 2), "VTWVDB447BTDQ"),
        (lambda: next(iter(vouchers.texts("secret", "atlassian", [VOUCHER]))), "RY4TP62RV53T7X8V"),
        (lambda: codes.digest("secret", "atlassian", "ABC"), DIGEST),
        (
            lambda: webhooks.secret_of("key", "atlassian", "W1", 2),
            "whsec_WKWAvTgGzvuGBtSsGUSBfEtp6oo+RcQx73THd6xOLO4=",
        ),
    ],
    ids=(
        "id",
        "case of a dispute",
        "first code",
        "voucher",
        "id of a voucher",
        "digest of a code",
        "secret",
    ),
)
def test_what_was_once_derived_is_the_same_in_every_version(
    made: Callable[[], str], ever: str
) -> None:
    assert made() == ever
