"""Writes that move credits: lots, requests, entries."""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.model import (
    Entry,
    Lot,
    Movement,
    Redemption,
    RedemptionState,
    State,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantLot:
    """Guard: no lot has this id."""

    lot: Lot


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """All movements of one lot. Guards: enough in each source; open where `needs_open`."""

    lot_id: str
    movements: tuple[Movement, ...]
    at: datetime

    @property
    def needs_open(self) -> bool:
        """Whether it spends or frees available credits, for which the lot must live at `at`."""
        return any(State.AVAILABLE in (m.source, m.target) for m in self.movements)

    def taken(self) -> dict[State, int]:
        """Credits that leave each state."""
        totals: dict[State, int] = {}
        for movement in self.movements:
            totals[movement.source] = totals.get(movement.source, 0) + movement.credits
        return totals

    def delta(self) -> dict[State, int]:
        """The signed change of each state that changes."""
        totals: dict[State, int] = {}
        for m in self.movements:
            totals[m.source] = totals.get(m.source, 0) - m.credits
            totals[m.target] = totals.get(m.target, 0) + m.credits
        return {state: n for state, n in totals.items() if n and state is not State.ISSUED}


@dataclass(frozen=True, kw_only=True, slots=True)
class VoidLot:
    """Takes back a lot that was ordered in error. Guard: it lives, and nothing of it is used."""

    lot: Lot
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseLot:
    """Writes off what is available of a dead lot. Guard: it is exactly what was read.

    It is done with, or looked at once more at `call_at`.
    """

    lot: Lot
    call_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TellLot:
    """Something was said of its end, or is left unsaid; when next is in `lot`.

    Guards: nobody was quicker; and there still is something to lose, if that is said.
    """

    lot: Lot
    was: Lot

    @property
    def says(self) -> bool:
        """Whether somebody hears of it."""
        return self.lot.told != self.was.told


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeRequest:
    """Guard: no redemption has this id."""

    redemption: Redemption


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleRequest:
    """Guard: the redemption is still in state `was`."""

    redemption: Redemption
    was: RedemptionState


@dataclass(frozen=True, kw_only=True, slots=True)
class Remind:
    """Who decides was reminded. Guard: the redemption still waits for that."""

    redemption: Redemption
    was: Redemption


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudge:
    """The learner was reminded, or needs it no more. Guard: that is still to be done."""

    redemption: Redemption
    was: Redemption


@dataclass(frozen=True, kw_only=True, slots=True)
class EditLines:
    """What became of a line that was paid.

    Guards: it is approved, its lines are as read, and no vouchers have gone out since.
    """

    redemption: Redemption
    was: Redemption


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Guard: there is no such entry at this instant."""

    entry: Entry
