"""The catalogue: offerings, their sessions, and the items that lines are about."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from training_credits.domain.model import Item as Wanted
from training_credits.domain.model import Offering, Session
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import Item, ListedItem, OfferingItem, SessionItem
from training_credits.ports import Page


class Catalogue:
    """What `ports.Ledger` asks of it."""

    def offering(self, program: str, offering_id: str) -> Offering | None:
        """One get."""
        item = reading.get(OfferingItem, keys.offering(program, offering_id), keys.OFFERING)
        return item.value() if item else None

    def items(
        self, program: str, wanted: Sequence[tuple[str, str | None]]
    ) -> tuple[Wanted | None, ...]:
        """One batch get for up to 100 offerings and sessions."""
        places = list(dict.fromkeys(places_of(program, wanted)))
        return items_of(program, wanted, reading.get_many(places) if places else [])

    def offerings(
        self, program: str, collection: str | None, cursor: str | None, limit: int
    ) -> Page[Offering]:
        """One query of the places, and one batch get of what they name."""
        pk, prefix = keys.catalogue(program), keys.listed(collection)
        bounds = {"sk": keys.under(prefix)}
        places = reading.listed(ListedItem, pk, bounds, cursor, limit)
        items = self.items(program, [(offering_id, None) for offering_id in places.items])
        read = (item.offering for item in items if item)
        still = tuple(o for o in read if collection is None or collection in o.collections)
        return Page(items=still, cursor=places.cursor)

    def sessions(
        self, program: str, offering_id: str, from_day: date, cursor: str | None, limit: int
    ) -> Page[Session]:
        """One query of the local index."""
        pk = keys.offering(program, offering_id)
        asked = (keys.sessions_from(from_day), keys.under(keys.SESSIONS)[1])
        bounds = {"sk": keys.under(keys.SESSIONS), "book": asked}
        return reading.listed(SessionItem, pk, bounds, cursor, limit)


def places_of(program: str, wanted: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Where these offerings and their sessions are."""
    for offering_id, session_id in wanted:
        pk = keys.offering(program, offering_id)
        yield pk, keys.OFFERING
        if session_id is not None:
            yield pk, keys.session(session_id)


def items_of(
    program: str, wanted: Sequence[tuple[str, str | None]], read: Iterable[Item]
) -> tuple[Wanted | None, ...]:
    """What was read of them; None for what is not there."""
    found = {(item.pk, item.sk): item for item in read}

    def one(offering_id: str, session_id: str | None) -> Wanted | None:
        pk = keys.offering(program, offering_id)
        offering = found.get((pk, keys.OFFERING))
        session = found.get((pk, keys.session(session_id))) if session_id is not None else None
        if not isinstance(offering, OfferingItem) or (session_id is not None and not session):
            return None
        run = session.value() if isinstance(session, SessionItem) else None
        return Wanted(offering=offering.value(), session=run)

    return tuple(one(*place) for place in wanted)
