"""A line of a request, of which every field, down to the catalogue's, could get lost."""

from datetime import date

from training_credits.domain.model import (
    Attendee,
    Audience,
    Cost,
    Draw,
    Item,
    Line,
    Mode,
    Off,
    Offering,
    Session,
    Tender,
)

LISTED = Line(
    title="CCNA, in zwölf Tagen",
    credits=27,
    tenders=(
        Tender(code_id="C1", lot_id="L1", credits=20, limited=True),
        Tender(lot_id="L2", credits=7),
    ),
    draws=(Draw(lot_id="L1", credits=20), Draw(lot_id="L2", credits=7)),
    attendee=Attendee(email="zoë@acme.example", name="Zoë 李"),
    item=Item(
        offering=Offering(
            offering_id="CCNA",
            type="class",
            title="CCNA ü",
            collections=("associate", "core"),
            family="routing",
            audience=Audience.PRIVATE,
            eligible=False,
            credits=15,
            price_minor=10**15 + 1,
            prices={"EUR": 140_000, "JPY": 210_000},
            titles={"de": "CCNA für alle"},
            partner="Fast Lane Ü",
            mode=Mode.VIRTUAL,
            country="AT",
        ),
        session=Session(
            session_id="S1",
            offering_id="CCNA",
            starts_on=date(2026, 9, 1),
            ends_on=date(2026, 9, 12),
            mode=Mode.IN_PERSON,
            country="DE",
            language="de",
            seats=12,
            taken=3,
        ),
        quantity=2,
    ),
    cost=Cost(list_credits=30, credits=27, percent=10, reason=Off.AGREEMENT, reference="A1"),
)
