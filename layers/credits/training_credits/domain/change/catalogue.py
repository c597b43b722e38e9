"""Writes of the catalogue: what is offered, its sessions, and seats in them."""

from dataclasses import dataclass

from training_credits.domain.model import Offering, Session


@dataclass(frozen=True, kw_only=True, slots=True)
class PutOffering:
    """The offering, whole, and its place in each of its collections. No guard: the last counts."""

    offering: Offering


@dataclass(frozen=True, kw_only=True, slots=True)
class PutSession:
    """The session, whole, but for the seats that are taken: they stay. No guard."""

    session: Session


@dataclass(frozen=True, kw_only=True, slots=True)
class BookSeat:
    """Takes so many seats. Guards: they are free, and seats and days are as they were read."""

    session: Session
    count: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeSeat:
    """Gives so many seats back, wherever the session is now. Guard: they are taken."""

    offering_id: str
    session_id: str
    count: int = 1
