"""The catalogue of one program in memory."""

from dataclasses import dataclass, field, replace

from training_credits.domain import change as c
from training_credits.domain.model import Offering, Session


@dataclass
class Shelf:
    """What is offered, and when; a session is known by its offering and its id."""

    offerings: dict[str, Offering] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Session] = field(default_factory=dict)

    def holds(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.BookSeat(session=was, count=count):
                kept = self.sessions.get((was.offering_id, was.session_id))
                met = kept is not None and _as_read(kept, was)
                if kept is not None and kept.seats is not None:
                    met = met and kept.taken + count <= kept.seats
            case c.FreeSeat(offering_id=offering_id, session_id=session_id, count=count):
                kept = self.sessions.get((offering_id, session_id))
                met = kept is not None and kept.taken >= count
        return met

    def apply(self, write: c.Write) -> None:
        match write:
            case c.PutOffering(offering=offering):
                self.offerings[offering.offering_id] = offering
            case c.PutSession(session=session):
                place = session.offering_id, session.session_id
                taken = self.sessions.get(place, session).taken
                self.sessions[place] = replace(session, taken=taken)
            case c.BookSeat(session=was, count=count):
                self._take(was.offering_id, was.session_id, count)
            case c.FreeSeat(offering_id=offering_id, session_id=session_id, count=count):
                self._take(offering_id, session_id, -count)

    def _take(self, offering_id: str, session_id: str, count: int) -> None:
        kept = self.sessions[offering_id, session_id]
        self.sessions[offering_id, session_id] = replace(kept, taken=kept.taken + count)


def _as_read(kept: Session, was: Session) -> bool:
    days = (kept.starts_on, kept.ends_on) == (was.starts_on, was.ends_on)
    return days and kept.seats == was.seats
