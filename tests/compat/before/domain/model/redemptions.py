"""Redemptions: a learner's wish to spend credits, and what became of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tests.compat.before.domain.model.catalogue import Item
from tests.compat.before.domain.model.credits import Draw
from tests.compat.before.domain.model.people import Approval, Person


class RedemptionState(StrEnum):
    """Where a request is.

        referred ──▶ pending ──▶ reserved ──▶ approved
            │           │           │
            └───────────┴───────────┴──▶ denied, cancelled, lapsed

    `referred` waits for the vendor's advisor (CI-41), `pending` for an owner, `reserved` for
    whoever asked: the credits are set aside, and nothing is booked yet (CI-36).
    """

    REFERRED = "referred"
    PENDING = "pending"
    RESERVED = "reserved"
    APPROVED = "approved"
    DENIED = "denied"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


OPEN = frozenset({RedemptionState.REFERRED, RedemptionState.PENDING, RedemptionState.RESERVED})


class LineState(StrEnum):
    """What became of a line that was paid: given back, or completed, and then no more."""

    BOOKED = "booked"
    RETURNED = "returned"
    DELIVERED = "delivered"


class Verdict(StrEnum):
    """What an owner says."""

    APPROVE = "approve"
    DENY = "deny"


class Off(StrEnum):
    """Why a line costs less than its list price; one reason at a time, never two."""

    PLAN = "plan"
    AGREEMENT = "agreement"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Whole credits at list price and after the discount, `percent` off for `reason`.

    `reference` names the success plan, or the agreement (CI-30).
    """

    list_credits: int
    credits: int
    percent: int = 0
    reason: Off | None = None
    reference: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendee:
    """Who takes part, where it is not whoever asks (SF-31)."""

    email: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tender:
    """One instrument that pays for a line: a code, or the number of a sales order (CI-37).

    `lot_id` is the only lot it opens, where it does not open the account (SF-37); `credits` is
    what it pays, all of the line unless said; `limited` that it counts against its code's limits.
    """

    code_id: str | None = None
    lot_id: str | None = None
    credits: int | None = None
    limited: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing asked for, by whom it is attended, and what pays for it.

    `credits` is the net price of all of it, less the `rest` that is paid in money where a program
    allows that; in credits' worth. `item` is what the catalogue said when it was asked
    for, and `cost` how its price came about; a shop that prices by itself sends neither. `draws`
    names the lots that are held or were spent. Once it is paid, `state` says what became of it,
    `moves` how often it was moved, `returned` how many credits came back, and `reference` is the
    number under which a partner fulfils it (CI-31); to the end of `usable_until` it lasts, if it is
    for a term (CI-48). `work` is the statement of work behind a price
    that was agreed on, not listed (CI-09).
    """

    title: str
    credits: int
    tenders: tuple[Tender, ...] = ()
    draws: tuple[Draw, ...] = ()
    attendee: Attendee | None = None
    item: Item | None = None
    cost: Cost | None = None
    work: str | None = None
    rest: int = 0
    state: LineState = LineState.BOOKED
    moves: int = 0
    returned: int = 0
    reference: str | None = None
    usable_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Redemption:
    """A learner's wish to spend credits, line by line, and what became of it (SF-26).

    `decision` is the request that decided it, by which a replay knows its own; `policy` is the
    version of the program that judged it; `country` is where the training is used, `partner`
    that a training partner delivers it, `terms` the version that was ticked with it, and
    `language` what its titles are in.

    With `reserve` a yes only sets the credits aside, until they are confirmed. From `lapses_at` on
    nobody can say yes any more; `remind_at` is when who decides is reminded, once. `budgets` are
    those it counts against; `cleared_by` and `approved_by` said yes on its way, the advisor by
    the request `clearance`.
    """

    redemption_id: str
    account_id: str
    lines: tuple[Line, ...]
    learner: Person
    state: RedemptionState
    approval: Approval
    requested_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision: str | None = None
    note: str | None = None
    policy: str = ""
    country: str | None = None
    partner: bool = False
    terms: str | None = None
    language: str | None = None
    reserve: bool = False
    lapses_at: datetime | None = None
    remind_at: datetime | None = None
    budgets: tuple[str, ...] = ()
    cleared_by: str | None = None
    clearance: str | None = None
    approved_by: str | None = None
    exported_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still has a way on."""
        return self.state in OPEN

    @property
    def due(self) -> datetime | None:
        """When something is to be done about it, if nobody does anything."""
        times = (self.remind_at, self.lapses_at)
        return min((at for at in times if at is not None), default=None) if self.open else None

    def lapsed(self, now: datetime) -> bool:
        """Whether its time is over, booked or not."""
        return self.open and self.lapses_at is not None and now >= self.lapses_at

    @property
    def title(self) -> str:
        """What it is about, in a line of a list."""
        more = len(self.lines) - 1
        return self.lines[0].title + (f" and {more} more" if more else "")

    @property
    def credits(self) -> int:
        """The price of all lines."""
        return sum(line.credits for line in self.lines)

    @property
    def draws(self) -> tuple[Draw, ...]:
        """Which lots pay how much, over all lines."""
        drawn = Counter[str]()
        for line in self.lines:
            drawn.update({draw.lot_id: draw.credits for draw in line.draws})
        return tuple(Draw(lot_id=lot_id, credits=credits) for lot_id, credits in drawn.items())

    @property
    def codes(self) -> dict[str, int]:
        """What each code pays, in the order of the lines."""
        paid = Counter[str]()
        for line in self.lines:
            for tender in line.tenders:
                if tender.code_id is not None:
                    paid[tender.code_id] += tender.credits or line.credits
        return dict(paid)

    @property
    def counted(self) -> dict[str, int]:
        """The same for codes with limits, against which it counts."""
        limited = {t.code_id for line in self.lines for t in line.tenders if t.limited}
        return {code_id: paid for code_id, paid in self.codes.items() if code_id in limited}

    @property
    def bearer(self) -> bool:
        """Whether codes alone pay: whoever has one needs no other right (AT-41)."""
        tenders = [tender for line in self.lines for tender in line.tenders]
        return bool(tenders) and all(tender.code_id is not None for tender in tenders)

    @property
    def settled_at(self) -> datetime:
        """When it came into its present state."""
        return self.requested_at if self.decided_at is None else self.decided_at

    @property
    def settled_by(self) -> str:
        """Who brought it there."""
        return self.learner.email if self.decided_by is None else self.decided_by
