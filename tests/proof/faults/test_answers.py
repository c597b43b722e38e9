"""F7: whatever else the table may answer: what passes is tried again, all else stops everything."""

import pytest
from pynamodb.exceptions import TransactWriteError

from tests.engine.conftest import Dumps
from tests.http.wire import WRITE, Wire, always, struck
from tests.http.wire import refused_by_dynamodb as refused
from tests.proof.faults.errands import ERRANDS
from tests.proof.faults.planting import ALWAYS, cancelled
from training_credits.domain.errors import Reason
from training_credits.dynamodb.reading import code_of
from training_credits.dynamodb.transaction import CANCELLED

pytestmark = [
    pytest.mark.engine,
    pytest.mark.proves("F7"),
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("pauses"),
]
PASSES = {
    "TransactionInProgressException": 400,
    "ProvisionedThroughputExceededException": 400,
    "RequestLimitExceeded": 400,
    "InternalServerError": 500,
    "ServiceUnavailable": 503,
}
DEFECTS = [
    "IdempotentParameterMismatchException",
    "ItemCollectionSizeLimitExceededException",
    "ValidationException",
    "ResourceNotFoundException",
    "AccessDeniedException",
    "SomethingOfNextYearException",
]
WHY = ["ItemCollectionSizeLimitExceeded", "ValidationError", "SomethingOfNextYear"]
REDEEM = ERRANDS["redeem"]


@pytest.mark.parametrize(("code", "status"), PASSES.items())
def test_what_passes_is_tried_again_and_told_if_it_does_not(
    wire: Wire, dump: Dumps, code: str, status: int
) -> None:
    acme = REDEEM.company(wire)
    had = acme.balance()
    wire.fault = struck(always(refused(code, status)), operation=WRITE)
    assert REDEEM.next(acme)().status == 201
    ask, before = REDEEM.next(acme), dump()
    wire.fault = struck(always(refused(code, status)), operation=WRITE, times=ALWAYS)
    reply = ask()
    wire.fault = None
    assert (reply.status, reply.code) == (503, Reason.BUSY)
    assert dump() == before
    assert ask().status == 201
    assert acme.balance() == REDEEM.after(had, 2)


@pytest.mark.parametrize("code", DEFECTS)
def test_what_does_not_pass_is_a_defect_that_an_alarm_hears_of_and_nothing_is_written(
    wire: Wire, dump: Dumps, code: str
) -> None:
    acme = REDEEM.company(wire)
    ask, before, had = REDEEM.next(acme), dump(), acme.balance()
    asked = len(wire.requests)
    wire.fault = struck(always(refused(code)), operation=WRITE, times=ALWAYS)
    with pytest.raises(TransactWriteError) as raised:  # Lambda counts it as the function's error
        ask()
    assert code_of(raised.value) == code
    assert sum(request.operation == WRITE for request in wire.requests[asked:]) == 1
    wire.fault = None
    assert dump() == before
    assert ask().status == 201
    assert acme.balance() == REDEEM.after(had)


@pytest.mark.parametrize("why", WHY)
def test_a_transaction_cancelled_for_an_unknown_reason_writes_nothing(
    wire: Wire, dump: Dumps, why: str
) -> None:
    acme = REDEEM.company(wire)
    ask, before = REDEEM.next(acme), dump()
    wire.fault = struck(cancelled(why, {1}), operation=WRITE, times=ALWAYS)
    with pytest.raises(TransactWriteError) as raised:
        ask()
    assert code_of(raised.value) == CANCELLED
    wire.fault = None
    assert dump() == before
    assert ask().status == 201
