"""Guards of the catalogue: none for what is listed, and all of them for seats."""

from dataclasses import replace
from datetime import date

from tests.contract.guards import no, yes
from tests.contract.listed import LISTED
from training_credits.domain import change as c
from training_credits.domain.model import Session

assert LISTED.item is not None
assert LISTED.item.session is not None
OFFERING = LISTED.item.offering
TWELVE: Session = replace(LISTED.item.session, taken=0)
ONE = replace(TWELVE, seats=1)
OPEN = replace(TWELVE, seats=None)
MOVED = replace(TWELVE, starts_on=date(2026, 9, 2))
OFFERED = c.PutOffering(offering=OFFERING)
PLANNED = c.PutSession(session=TWELVE)
SMALL = c.PutSession(session=ONE)


def booked(session: Session = TWELVE, count: int = 1) -> c.BookSeat:
    return c.BookSeat(session=session, count=count)


def freed(count: int = 1) -> c.FreeSeat:
    return c.FreeSeat(offering_id="CCNA", session_id="S1", count=count)


CATALOGUE = (
    yes("something is offered", OFFERED),
    yes("something is offered anew", OFFERED, OFFERED),
    yes("a session is planned", PLANNED),
    yes("a session is planned anew", c.PutSession(session=MOVED), PLANNED),
    yes("a seat is booked", booked(), PLANNED),
    yes("the last seat is booked", booked(ONE), SMALL),
    no("the last seat is booked once", booked(ONE), SMALL, booked(ONE)),
    yes("all seats are booked at once", booked(count=12), PLANNED),
    no("one more than there are is not", booked(count=13), PLANNED),
    no("nor one more than are left", booked(count=12), PLANNED, booked()),
    yes("a seat of any number is booked", booked(OPEN, 500), c.PutSession(session=OPEN)),
    no("no seat in an unknown session", booked()),
    no("nor where there was no number of them", booked(OPEN), PLANNED),
    no("nor where their number has changed", booked(), SMALL),
    no("nor once the session has moved", booked(), c.PutSession(session=MOVED)),
    no(
        "nor once it has become longer",
        booked(),
        c.PutSession(session=replace(TWELVE, ends_on=date(2026, 9, 13))),
    ),
    no("a session planned anew has as many taken", booked(ONE), SMALL, booked(ONE), SMALL),
    yes("a seat is given back", freed(), PLANNED, booked()),
    yes("a seat is given back of a session that has moved", freed(), *(PLANNED, booked()), SMALL),
    yes("a seat given back is booked again", booked(ONE), SMALL, booked(ONE), freed()),
    no("a seat nobody has is not given back", freed(), PLANNED),
    no("nor more than are taken", freed(2), PLANNED, booked()),
    no("nor one of an unknown session", freed()),
    yes("seats are of the program, not of an account", freed(), elsewhere=(PLANNED, booked())),
)
