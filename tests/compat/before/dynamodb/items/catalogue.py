"""Items of the catalogue: offerings, their sessions, and where they are listed."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from tests.compat.before.domain import model
from tests.compat.before.dynamodb.attributes import Choice, Day, Json, WholeNumber
from tests.compat.before.dynamodb.items.base import Stored


class OfferingItem(Stored[model.Offering], discriminator="offering"):
    """An offering, written whole each time."""

    stands_for = model.Offering
    offering_id = UnicodeAttribute()
    type = UnicodeAttribute()
    title = UnicodeAttribute()
    collections = Json(tuple[str, ...])
    family = UnicodeAttribute()
    audience = Choice(model.Audience)
    eligible = BooleanAttribute()
    credits = WholeNumber(null=True)
    price_minor = WholeNumber(null=True)
    prices = Json(dict[str, int])
    titles = Json(dict[str, str])
    partner = UnicodeAttribute(null=True)
    mode = Choice(model.Mode, null=True)
    country = UnicodeAttribute(null=True)


class SessionItem(Stored[model.Session], discriminator="session"):
    """A session; the seats that are taken change by deltas."""

    stands_for = model.Session
    session_id = UnicodeAttribute()
    offering_id = UnicodeAttribute()
    starts_on = Day()
    ends_on = Day()
    mode = Choice(model.Mode)
    country = UnicodeAttribute()
    language = UnicodeAttribute()
    seats = WholeNumber(null=True)
    taken = WholeNumber()


class ListedItem(Stored[str], discriminator="listed"):
    """That an offering is, or once was, in a collection: its id."""

    offering_id = UnicodeAttribute()

    def value(self) -> str:
        """Which offering."""
        return str(self.offering_id)
