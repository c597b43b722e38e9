"""What two who race begin with: an account, credits, and what was asked for."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.engine.fresh import MOMENT, Fresh
from training_credits.domain.model import Approval, Role
from training_credits.ports import DueLot, DueRequest

TICK = timedelta(microseconds=1)
# Where credits are held or spent, as many are for another request: that there are enough of them
# stops nobody who should be stopped by something else.
CREDITS, ASKED, OTHER = 10, 3, 3
OFFERING, SESSION = "JIRA", "JUN-10"


def atlassian(world: Fresh, *lots: int, approval: Approval = Approval.MANUAL) -> None:
    """Lots of so many credits, the first of which ends first, and a code."""
    world.open(approval)
    world.issue_code()
    for place, credits in enumerate(lots or (CREDITS,)):
        day = world.clock().date() - timedelta(days=len(lots) - place)
        world.grant(f"L{place}{world.tag}", credits, purchase=day)
    world.clock.advance(MOMENT)


def cisco(world: Fresh) -> None:
    """Credits are held for each request, and paid with the lot's number."""
    world.open()
    world.add("lee", Role.PLAYER)
    world.grant(f"L0{world.tag}", CREDITS, invoice=date(2026, 1, 15))
    world.clock.advance(MOMENT)


def salesforce(world: Fresh) -> None:
    """A lot with its code, which can be replaced."""
    world.open()
    world.sells(CREDITS)
    world.clock.advance(MOMENT)


def asked(world: Fresh, credits: int = ASKED, **wish: Any) -> str:
    """A request of Lee's, a moment ago."""
    number = f"L0{world.tag}" if world.program == "cisco" else None
    redemption_id = world.redeem(credits, sales_order=number, **wish)
    world.clock.advance(MOMENT)
    return redemption_id


def waiting(world: Fresh, *, at_its_end: bool = False) -> str:
    """One that an owner has to decide, perhaps asked just before its lot ends."""
    if world.program == "cisco":
        cisco(world)
    else:
        atlassian(world)
    if at_its_end:
        world.clock.at = end_of(world) - timedelta(days=1)
    if world.program == "cisco":
        asked(world, OTHER)
    return asked(world)


def reserved(world: Fresh) -> str:
    """One that waits to be confirmed."""
    atlassian(world, approval=Approval.AUTOMATIC)
    asked(world, OTHER, reserve=True)
    return asked(world, reserve=True)


def booked(world: Fresh, kind: str, session: str | None) -> str:
    """Something of the catalogue, paid for; and something else."""
    atlassian(world, approval=Approval.AUTOMATIC)
    asked(world, OTHER)
    offering = f"{OFFERING}{world.tag}"
    world.lists(offering, type=kind, credits=ASKED)
    if session is not None:
        world.runs(session, date(2026, 6, 10), offering=offering, seats=1)
    redemption_id = world.books((offering, session))
    world.clock.advance(MOMENT)
    return redemption_id


def end_of(world: Fresh) -> datetime:
    """The instant at which the first lot ends, of which the sweep knows."""
    lot_id = f"L0{world.tag}"
    world.table.lots_named[world.program] = DueLot(account_id=world.account, lot_id=lot_id)
    lot = world.ledger.lot(world.program, world.account, lot_id)
    assert lot is not None
    return lot.expires_at


def lapse_of(world: Fresh, redemption_id: str) -> datetime:
    """The instant at which a request lapses, of which the sweep knows."""
    due = DueRequest(account_id=world.account, redemption_id=redemption_id)
    world.table.requests_named[world.program] = due
    lapses_at = world.redemption(redemption_id).lapses_at
    assert lapses_at is not None
    return lapses_at
