"""One operator who does many things at once has done them all alone."""

from functools import partial

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd, tally
from tests.http.people import BILLING, company, operator
from tests.http.wire import Wire
from training_credits.domain.errors import Reason

pytestmark = [pytest.mark.engine, pytest.mark.proves("T7")]
ROUNDS = 6


def test_what_one_operator_activates_at_once_stays_below_the_limit_together(
    wire: Wire, crowd: Crowd, dump: Dumps
) -> None:
    acme = company(wire, program="salesforce")
    for _ in range(ROUNDS):
        alone = operator(wire, program="salesforce")
        body = {"credits": 20_000, "billing": BILLING, "channel": "assisted", "sale": {}}
        body["product"] = acme.product
        orders = [alone.post(f"{acme.path}/sales", body).json["order"] for _ in range(5)]
        moves = [partial(acme.moves, order, "activated", alone) for order in orders]
        assert tally(crowd.all(moves)) == {200: 2, Reason.SECOND_OPERATOR_NEEDED: 3}
        assert tally(crowd.all(moves)) == {
            Reason.STEP_NOT_NEXT: 2,
            Reason.SECOND_OPERATOR_NEEDED: 3,
        }
    made = [item["minor"] for item in dump().values() if item["kind"] == "made"]
    assert made == [4_000_000] * ROUNDS
