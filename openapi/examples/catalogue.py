"""What Lee could choose from, and how it came in."""

from datetime import date

from openapi.examples import names as n
from training_credits.domain.model import Audience, Fulfilment, Mode
from training_credits.edge import schemas

offering = schemas.OfferingAnswer(
    offering=n.OFFERING,
    type="course",
    title="Administration, Teil 1",
    audience=Audience.PUBLIC,
    eligible=True,
    collections=("administrator",),
    fulfilment=Fulfilment.SESSION,
    credits=300,
    price_minor=28_000,
    currency="EUR",
)
page = schemas.OfferingPage(
    offering=offering,
    sessions=(
        schemas.SessionAnswer(
            session=n.SESSION,
            starts_on=date(2026, 4, 13),
            ends_on=date(2026, 4, 15),
            mode=Mode.IN_PERSON,
            country="DE",
            language="de",
            seats_left=4,
        ),
    ),
)
sent = schemas.NewImport(
    format="json",
    dry_run=True,
    rows=(
        {
            "kind": "offering",
            "offering": n.OFFERING,
            "type": "course",
            "title": n.TITLE,
            "collections": ("administrator",),
            "price_minor": 30_000,
            "prices": {"EUR": 28_000},
            "titles": {"de": offering.title},
        },
        {
            "kind": "session",
            "offering": n.OFFERING,
            "session": n.SESSION,
            "starts_on": "2026-04-15",
            "ends_on": "2026-04-13",
            "mode": "in_person",
            "country": "DE",
            "language": "de",
            "seats": 12,
        },
    ),
)
tried = schemas.ImportAnswer(
    rows=2,
    good=1,
    written=0,
    bad=(
        schemas.BadRow(
            row=2,
            field="ends_on",
            code="date_not_possible",
            detail="It ends before it starts.",
        ),
    ),
)
