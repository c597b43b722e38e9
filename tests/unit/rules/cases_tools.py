"""A Cisco company with a lot that ends on 15 January 2027, and what it may ask for."""

from datetime import UTC, datetime

from tests.builders import staff
from tests.casing import REISSUE, Casing, plan
from tests.fakes.clock import StoppedClock
from tests.unit.rules.bookings_tools import BOUGHT as JULY
from tests.unit.rules.bookings_tools import LOT, Booked, furnished
from training_credits.domain.change import EditAccount
from training_credits.domain.model import Approval, Caller, Contact, Role

# In Los Angeles it is the same day.
BOUGHT = datetime(2026, 1, 15, 20, tzinfo=UTC)
WHOLE = plan(("2027-04-01", 22))


def at(day: str, hour: int = 20) -> datetime:
    """A day in Los Angeles, at noon."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def cisco(left: int = 22, approval: Approval = Approval.AUTOMATIC) -> Casing:
    """So many of its 61 credits are left; the account has an advisor, Kim."""
    world = Casing(program="cisco", clock=StoppedClock(BOUGHT))
    world.open(approval)
    world.add("lee", Role.PLAYER)
    world.grant(LOT, 61, invoice=BOUGHT.date())
    if left < 61:
        world.redeem(61 - left, "ann", sales_order=LOT)
    kim = Contact(role=Role.ADVISOR, name="K. Lee", email=advisor().person.email)
    world.commit(EditAccount(contacts=(kim,)))
    return world


def advisor() -> Caller:
    """Kim, of the vendor's."""
    return staff("kim", "cisco", Role.ADVISOR)


def asked(world: Casing, day: str = "2027-02-20") -> str:
    """A reissue of what is left, on a day."""
    world.clock.at = at(day)
    return world.asks(REISSUE, LOT, uses=WHOLE)


class Company(Booked, Casing):
    """It books classes, and disputes what it is charged for."""


def booking(program: str = "salesforce", credits: int = 3_000) -> Company:
    """Bought on 1 July 2026, with a class in June."""
    return furnished(Company(program=program, clock=StoppedClock(JULY)), credits)
