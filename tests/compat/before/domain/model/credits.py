"""Credits and where they are: states, movements, balances, lots, entries.

    (issued) ──▶ available ⇄ held ──▶ redeemed ──▶ delivered
                     │         │          │
                     ▼         ▼          ▼
                  expired   expired    available, or expired if the lot has died

An order entered in error is undone by `available ──▶ voided`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self


class State(StrEnum):
    """Where a credit is: always in exactly one of these, within its lot."""

    ISSUED = "issued"
    AVAILABLE = "available"
    HELD = "held"
    REDEEMED = "redeemed"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    VOIDED = "voided"


EDGES = frozenset(
    {
        (State.ISSUED, State.AVAILABLE),
        (State.AVAILABLE, State.HELD),
        (State.AVAILABLE, State.REDEEMED),
        (State.AVAILABLE, State.EXPIRED),
        (State.AVAILABLE, State.VOIDED),
        (State.HELD, State.AVAILABLE),
        (State.HELD, State.REDEEMED),
        (State.HELD, State.EXPIRED),
        (State.REDEEMED, State.AVAILABLE),
        (State.REDEEMED, State.DELIVERED),
        (State.REDEEMED, State.EXPIRED),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """So many credits of one lot, along one edge."""

    lot_id: str
    source: State
    target: State
    credits: int

    def __post_init__(self) -> None:
        """A movement outside the diagram is a defect, never an input error."""
        if self.credits <= 0 or (self.source, self.target) not in EDGES:
            raise ValueError(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """How many credits are in each state."""

    available: int = 0
    held: int = 0
    redeemed: int = 0
    delivered: int = 0
    expired: int = 0
    voided: int = 0

    @property
    def unspent(self) -> int:
        """Credits the customer can still use: available, or held for a request."""
        return self.available + self.held

    @property
    def total(self) -> int:
        """Every credit ever issued: movements never change it."""
        return self.unspent + self.redeemed + self.delivered + self.expired + self.voided

    def moved(self, movement: Movement) -> Self:
        """After one movement; leaving `issued` adds credits, nothing takes them away."""
        after = {movement.target: getattr(self, movement.target) + movement.credits}
        if movement.source is not State.ISSUED:
            after[movement.source] = getattr(self, movement.source) - movement.credits
        return replace(self, **after)

    def plus(self, other: "Balance") -> "Balance":
        """State by state."""
        return Balance(
            available=self.available + other.available,
            held=self.held + other.held,
            redeemed=self.redeemed + other.redeemed,
            delivered=self.delivered + other.delivered,
            expired=self.expired + other.expired,
            voided=self.voided + other.voided,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot:
    """What one order line bought, with its own end.

    `expires_at` is the first instant at which the credits cannot be spent (UTC);
    `expires_on` is the date the program's texts name; `closed` says that the expiry is booked;
    `policy` is the version of the program that gave it its end, counted from the earliest of the
    `anchors` the program names (SF-17); `sales_order` is the vendor's number, `country` the one it
    was shipped to (SF-06).
    """

    lot_id: str
    order_id: str
    product: str
    credits: int
    paid_minor: int
    currency: str
    granted_at: datetime
    expires_on: date
    expires_at: datetime
    balance: Balance
    closed: bool = False
    policy: str = ""
    face_minor: int = 0
    sales_order: str | None = None
    country: str | None = None
    anchors: dict[str, date] = field(default_factory=dict)

    def alive(self, now: datetime) -> bool:
        """Whether its credits may be spent at `now`, swept or not."""
        return now < self.expires_at

    def usable(self, now: datetime) -> bool:
        """Whether it is alive, and was already: nothing is dated before its credits (CI-45)."""
        return self.granted_at <= now and self.alive(now)

    def seen_at(self, now: datetime) -> Self:
        """As a reader must see it: what is past its end is expired, booked or not."""
        lost = self.write_off(now)
        return self if lost is None else self.after(lost)

    def write_off(self, now: datetime) -> Movement | None:
        """What its end takes: all that is available, once `now` has reached it."""
        if self.alive(now) or not self.balance.available:
            return None
        return Movement(
            lot_id=self.lot_id,
            source=State.AVAILABLE,
            target=State.EXPIRED,
            credits=self.balance.available,
        )

    def paid_for(self, credits: int) -> int:
        """What the last `credits` of the lot were bought for, in minor units (AT-13).

        Counted from the end, so that what is spent and what is left always make what was paid.
        """
        return self.paid_minor - self.paid_minor * (self.credits - credits) // self.credits

    def after(self, movement: Movement) -> Self:
        """With one movement applied."""
        return replace(self, balance=self.balance.moved(movement))


@dataclass(frozen=True, kw_only=True, slots=True)
class Draw:
    """How many credits of which lot pay for a redemption."""

    lot_id: str
    credits: int


class EntryKind(StrEnum):
    """Why credits moved."""

    PURCHASE = "purchase"
    HOLD = "hold"
    RELEASE = "release"
    REDEEM = "redeem"
    EXPIRE = "expire"
    VOID = "void"
    RETURN = "return"
    DELIVER = "deliver"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """The immutable record of the movements of one operation.

    `entry_id` is derived from what happened: the same act would be the same entry.
    """

    entry_id: str
    account_id: str
    kind: EntryKind
    at: datetime
    movements: tuple[Movement, ...]
    reference: str
    title: str
    actor: str
    learner: str | None = None

    @property
    def change(self) -> int:
        """What it does to the customer's unspent credits, signed."""
        unspent = {State.AVAILABLE, State.HELD}
        return sum(
            m.credits * ((m.target in unspent) - (m.source in unspent)) for m in self.movements
        )
