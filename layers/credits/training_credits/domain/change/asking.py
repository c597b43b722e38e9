"""Writes of how many requests somebody may have waiting at once."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CountAsked:
    """One more request of somebody's that waits. Guard: their list has fewer than `most`."""

    subject: str
    redemption_id: str
    most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ForgetAsked:
    """What waits no more leaves the list. No guard: what is final stays final."""

    subject: str
    redemption_ids: tuple[str, ...]
