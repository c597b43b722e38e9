"""What the stories of spending have in common: a catalogue, what pays, and who decides."""

from datetime import date
from typing import Any

from tests.builders import person
from tests.unit.rules.people_tools import names
from tests.unit.rules.selling_tools import world_of
from tests.world import World
from training_credits.domain.change import EditAccount, PutOffering, PutSession
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Attendee,
    Caller,
    Entry,
    Line,
    Mode,
    Offering,
    Role,
    Session,
    Verdict,
)
from training_credits.use_cases.approve import Outcome
from training_credits.use_cases.instruments import Instrument, Position

BOB = Attendee(email="bob@acme.example", name="Bob")


def cisco(at: str = "2026-03-02T18:00", approval: Approval | None = None) -> World:
    """Acme's account of 61 credits, shipped to the United States, and Pat who may spend them."""
    world = world_of("cisco", at)
    if approval is not None:
        world.commit(EditAccount(approval=approval))
    world.add("pat", Role.PLAYER)
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    return world


def atlassian(credits: int = 1_000, approval: Approval = Approval.MANUAL) -> World:
    """Acme's account with a code, by which Lee asks."""
    world = World()
    world.open(approval, kind=AccountKind.ORGANISATION)
    world.issue_code()
    world.buy(credits)
    return world


def salesforce(credits: int = 10_000, at: str = "2026-07-02T18:00") -> World:
    """Acme's lot L1, and a code that opens it."""
    world = world_of("salesforce", at)
    world.grant("L1", credits, order_start=date(2026, 7, 1))
    world.issue_code(lot="L1")
    return world


def offers(world: World, offering_id: str, type_: str, **facts: Any) -> Offering:
    """Something of the catalogue."""
    known: dict[str, Any] = {"title": f"{offering_id} in full"}
    offering = Offering(offering_id=offering_id, type=type_, **(known | facts))
    world.commit(PutOffering(offering=offering))
    return offering


def runs(world: World, offering_id: str, starts: str, **facts: Any) -> Session:
    """One session of it, of a day in the United States unless the test says something else."""
    day = date.fromisoformat(starts)
    known: dict[str, Any] = {
        "session_id": "S1",
        "starts_on": day,
        "ends_on": day,
        "mode": Mode.IN_PERSON,
        "country": "US",
    }
    session = Session(offering_id=offering_id, **(known | facts))
    world.commit(PutSession(session=session))
    return session


def taken(world: World, offering_id: str = "C", session_id: str = "S1") -> int:
    """How many seats are."""
    return world.ledger.place(world.program).shelf.sessions[offering_id, session_id].taken


def line(
    *pays: Instrument,
    offering: str | None = None,
    session: str | None = None,
    quantity: int = 1,
    **facts: Any,
) -> Position:
    """One line of a request, and what pays for it."""
    known: dict[str, Any] = {"title": "A class", "credits": 0}
    return Position(
        line=Line(**(known | facts)),
        instruments=pays,
        offering_id=offering,
        session_id=session,
        quantity=quantity,
    )


def number(text: str = "SO-5001", credits: int | None = None) -> Instrument:
    return Instrument(sales_order=text, credits=credits)


def code(world: World) -> Instrument:
    return Instrument(code=world.code)


def advisor(world: World, name: str = "kim") -> Caller:
    """The account's, by whom it can be helped."""
    return names(world, name, Role.ADVISOR)


def says(
    world: World, who: Caller, verdict: Verdict, *redemption_ids: str, **more: Any
) -> tuple[Outcome, ...]:
    """Somebody of the vendor's decides."""
    return world.decide(verdict, redemption_ids, asking=world.intent(who, "decide"), **more)


def entries(world: World, redemption_id: str) -> list[Entry]:
    """What is written of a request."""
    return [entry for entry in world.entries() if entry.reference == redemption_id]


def email(name: str) -> str:
    return person(name).email
