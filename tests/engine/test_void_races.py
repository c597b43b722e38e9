"""Taken back while others take it back too, or spend: one of them is first, and it is seen."""

from functools import partial

import pytest

from tests.engine.crowd import Crowd, tally
from tests.http.people import company, operator
from tests.http.wire import Wire
from training_credits.domain.errors import Reason

pytestmark = pytest.mark.engine
ROUNDS = 6


def test_an_order_voided_by_two_at_once_is_voided_once(wire: Wire, crowd: Crowd) -> None:
    acme = company(wire, program="cisco")
    order = acme.buys(10)["order"]
    third = operator(wire, program="cisco")
    voids = [partial(acme.moves, order, "cancelled", who, note="n") for who in (*acme.staff, third)]
    given = tally(crowd.all(voids))
    assert given[200] == 1
    assert given.keys() <= {200, Reason.STEP_NOT_NEXT, Reason.CREDITS_IN_USE}
    assert acme.balance() == dict.fromkeys(acme.balance(), 0) | {"voided": 10}


def test_credits_spent_while_their_order_is_voided_are_spent_or_voided_and_never_both(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire, program="salesforce", credits=10)
        lot = acme.owner.get(acme.path).json["lots"][0]["lot"]
        void = partial(acme.moves, lot, "cancelled", note="Entered in error.")
        wanted, voided = crowd.all([partial(acme.wants, 3), void])
        assert (wanted.status == 201) is not (voided.status == 200)
        assert acme.balance()["redeemed"] + acme.balance()["voided"] in {3, 10}
