"""Writes of the catalogue: offerings with their places, sessions, seats."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import Offering, Session
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import ListedItem, OfferingItem, SessionItem
from training_credits.dynamodb.steps.base import Step, said_anew, set_or_remove

Write = c.PutOffering | c.PutSession | c.BookSeat | c.FreeSeat


def steps(change: c.Change, write: Write) -> Iterator[Step]:
    """Its actions."""
    match write:
        case c.PutOffering():
            yield from _offered(change, write)
        case c.PutSession():
            yield _put(change, write)
        case c.BookSeat():
            yield _booked(change, write)
        case c.FreeSeat(offering_id=offering_id, session_id=session_id, count=count):
            item = _session(change, offering_id, session_id)
            fewer = [SessionItem.taken.add(-count)]
            yield Step(write=write, item=item, guard=SessionItem.taken >= count, actions=fewer)


def _offered(change: c.Change, write: c.PutOffering) -> Iterator[Step]:
    offering = write.offering
    pk = keys.offering(change.program, offering.offering_id)
    item = OfferingItem.of(offering, pk=pk, sk=keys.OFFERING)
    facts = (field.name for field in fields(Offering))
    yield Step(write=write, item=item, guard=None, actions=said_anew(item, *facts))
    for collection in (None, *dict.fromkeys(offering.collections)):
        place = ListedItem(
            pk=keys.catalogue(change.program),
            sk=f"{keys.listed(collection)}{offering.offering_id}",
            offering_id=offering.offering_id,
        )
        actions = said_anew(place, "offering_id")
        yield Step(write=write, item=place, guard=None, actions=actions)


def _put(change: c.Change, write: c.PutSession) -> Step:
    session = write.session
    item = _session(change, session.offering_id, session.session_id)
    facts = (field.name for field in fields(Session) if field.name != "taken")
    actions = [
        SessionItem.item.set(SessionItem),
        SessionItem.v.set(item.v),
        SessionItem.book.set(keys.session_in_book(session)),
        *(set_or_remove(getattr(SessionItem, name), getattr(session, name)) for name in facts),
        SessionItem.taken.set(SessionItem.taken | session.taken),
    ]
    return Step(write=write, item=item, guard=None, actions=actions)


def _booked(change: c.Change, write: c.BookSeat) -> Step:
    was = write.session
    guard: Any = SessionItem.starts_on == was.starts_on
    guard &= SessionItem.ends_on == was.ends_on
    if was.seats is None:
        guard &= SessionItem.seats.does_not_exist()
    else:
        guard &= SessionItem.seats == was.seats
        guard &= SessionItem.taken <= was.seats - write.count
    item = _session(change, was.offering_id, was.session_id)
    return Step(write=write, item=item, guard=guard, actions=[SessionItem.taken.add(write.count)])


def _session(change: c.Change, offering_id: str, session_id: str) -> SessionItem:
    pk = keys.offering(change.program, offering_id)
    return SessionItem(pk=pk, sk=keys.session(session_id))
