"""Everybody at once for the last seats: never more than there are, and none is lost."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from tests.contract.listed import LISTED
from tests.engine.crowd import Crowd
from tests.http.wire import Wire
from training_credits.domain import change as c
from training_credits.domain.errors import Stale, Unavailable
from training_credits.domain.model import Mode, Session
from training_credits.edge import wiring

pytestmark = pytest.mark.engine
SESSION = Session(
    session_id="S1",
    offering_id="CCNA",
    starts_on=date(2026, 9, 1),
    ends_on=date(2026, 9, 2),
    mode=Mode.VIRTUAL,
    country="US",
    seats=7,
)


def writes(*changes: c.Write) -> str:
    """What became of them."""
    try:
        wiring.ledger().commit(c.Change(program="cisco", writes=changes))
    except Stale:
        return "full"
    except Unavailable:
        return "busy"
    return "done"


def taken() -> int:
    assert LISTED.item is not None
    (item,) = wiring.ledger().items("cisco", [("CCNA", "S1")])
    assert item is not None
    assert item.session is not None
    return item.session.taken


def test_of_twenty_who_want_seven_seats_seven_get_one_while_the_session_comes_in_anew(
    wire: Wire, crowd: Crowd
) -> None:
    assert LISTED.item is not None
    again = c.PutSession(session=SESSION)
    writes(c.PutOffering(offering=LISTED.item.offering), again)
    wants = [partial(writes, c.BookSeat(session=SESSION))] * 20
    crowd.all([*wants[:10], *[partial(writes, again)] * 5, *wants[10:]])
    assert taken() == 7
    assert writes(c.BookSeat(session=SESSION)) == "full"
    # Nobody has asked for them: the audit would miss their bookings.
    assert writes(c.FreeSeat(offering_id="CCNA", session_id="S1", count=7)) == "done"
    assert wire.requests


def test_seats_that_are_given_back_at_once_are_all_free_again(wire: Wire, crowd: Crowd) -> None:
    assert LISTED.item is not None
    writes(c.PutOffering(offering=LISTED.item.offering), c.PutSession(session=SESSION))
    assert writes(c.BookSeat(session=SESSION, count=7)) == "done"
    gives = partial(writes, c.FreeSeat(offering_id="CCNA", session_id="S1"))
    assert sorted(crowd.all([gives] * 10)) == ["done"] * 7 + ["full"] * 3
    assert taken() == 0
    moved = replace(SESSION, starts_on=date(2026, 9, 2))
    assert writes(c.BookSeat(session=moved)) == "full"
    assert wire.requests
