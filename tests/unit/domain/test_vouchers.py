"""How many vouchers, and how many codes, one request takes."""

import pytest

from tests.builders import person, refused
from tests.fakes.clock import BEGIN
from training_credits.domain.change import WRITES_MAX
from training_credits.domain.decisions import vouchers
from training_credits.domain.errors import Reason
from training_credits.domain.model import Approval, Line, Redemption, RedemptionState, Tender
from training_credits.programs import program_named


def paid_with(count: int) -> Redemption:
    """One line that so many codes pay."""
    tenders = tuple(Tender(code_id=f"C{number}", credits=1) for number in range(count))
    return Redemption(
        redemption_id="A1-R1",
        account_id="A1",
        lines=(Line(title="Jira", credits=count, tenders=tenders),),
        learner=person("lee"),
        state=RedemptionState.PENDING,
        approval=Approval.AUTOMATIC,
        requested_at=BEGIN,
    )


@pytest.mark.proves("T23", "I19", "G18")
def test_more_codes_than_a_transaction_takes_are_refused_and_no_defect() -> None:
    """Each may be two writes, its own limit and that of each learner; a program may allow many."""
    program = program_named("salesforce", BEGIN)
    vouchers.check_number(program, paid_with(17))
    no = refused(lambda: vouchers.check_number(program, paid_with(18)))
    assert (no.reason, no.facts) == (Reason.TOO_MANY_INSTRUMENTS, {"most": 17})
    most = vouchers.OTHERS + 17 * vouchers.WRITES_OF_A_CODE
    assert most <= WRITES_MAX < most + vouchers.WRITES_OF_A_CODE
