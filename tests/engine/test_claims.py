"""A mail is claimed before it is sent, and the claim is its own however it is answered."""

import pytest

from tests.http.wire import Wire, always, answer_lost, struck
from training_credits.edge import wiring

pytestmark = pytest.mark.engine
CLAIM = ("atlassian", "OrderActivated-1#ann@acme.example")


@pytest.mark.proves("F10", "I16")
def test_a_claim_whose_answer_is_lost_is_whose_it_was(wire: Wire) -> None:
    ledger = wiring.ledger()
    wire.fault = struck(always(answer_lost), operation="PutItem")
    assert ledger.claim(*CLAIM)
    wire.fault = None
    assert not ledger.claim(*CLAIM)
    ledger.release(*CLAIM)
    assert ledger.claim(*CLAIM)
