"""The nouns: accounts, owners, lots, orders, redemptions, entries.

Credits are whole numbers, money is in minor units, instants are UTC.

    (issued) ──▶ available ⇄ held ──▶ redeemed ──▶ delivered
                     │         │          │
                     ▼         ▼          ▼
                  expired   expired    available, or expired if the lot has died
"""

from dataclasses import dataclass, replace
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
    `expires_on` is the date the program's texts name; `closed` says that the expiry is booked.
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

    def alive(self, now: datetime) -> bool:
        """Whether its credits may be spent at `now`, swept or not."""
        return now < self.expires_at

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

    def after(self, movement: Movement) -> Self:
        """With one movement applied."""
        return replace(self, balance=self.balance.moved(movement))


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who did it: taken from the verified token, never from a field."""

    subject: str
    email: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A verified token: who is asking, at which vendor's program, in which groups."""

    person: Person
    program: str
    groups: frozenset[str] = frozenset()

    @property
    def operates(self) -> bool:
        """Vendor staff of this program."""
        return "operator" in self.groups


class Approval(StrEnum):
    """Who says yes to a redemption: the system at once, or an owner."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What a company prepays into. `code_hint` is the end of its redemption code."""

    account_id: str
    program: str
    name: str
    approval: Approval
    opened_by: str
    opened_at: datetime
    code_hint: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Somebody who may buy, share, approve, and remove other owners (AT-22)."""

    email: str
    added_by: str
    added_at: datetime


class OrderState(StrEnum):
    """How far an order has come."""

    ACTIVATED = "activated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A purchase: list price, discount and what was paid, in minor units."""

    order_id: str
    account_id: str
    product: str
    credits: int
    list_minor: int
    discount_minor: int
    currency: str
    channel: str
    state: OrderState
    buyer: Person
    placed_at: datetime
    payment_id: str
    lot_id: str

    @property
    def paid_minor(self) -> int:
        """List value less the discount."""
        return self.list_minor - self.discount_minor


class RedemptionState(StrEnum):
    """Only a pending request has a way on; every other state is final here."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """What an owner says."""

    APPROVE = "approve"
    DENY = "deny"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draw:
    """How many credits of which lot pay for a redemption."""

    lot_id: str
    credits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Redemption:
    """A learner's wish to spend credits, and what became of it.

    `draws` names the lots that are held (pending) or were spent (approved); `lot_id` is the
    only lot that may pay, where the code opens a lot and not the account (SF-37); `decision`
    is the request that decided it, by which a replay knows its own.
    """

    redemption_id: str
    account_id: str
    title: str
    credits: int
    learner: Person
    state: RedemptionState
    approval: Approval
    requested_at: datetime
    draws: tuple[Draw, ...] = ()
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision: str | None = None
    note: str | None = None
    lot_id: str | None = None

    @property
    def settled_at(self) -> datetime:
        """When it came into its present state."""
        return self.requested_at if self.decided_at is None else self.decided_at

    @property
    def settled_by(self) -> str:
        """Who brought it there."""
        return self.learner.email if self.decided_by is None else self.decided_by


class EntryKind(StrEnum):
    """Why credits moved."""

    PURCHASE = "purchase"
    HOLD = "hold"
    RELEASE = "release"
    REDEEM = "redeem"
    EXPIRE = "expire"


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


class CodeScope(StrEnum):
    """What a redemption code opens: the account, one lot, or there are no codes."""

    ACCOUNT = "account"
    LOT = "lot"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A redemption code as it is kept: its digest, never its text."""

    digest: str
    account_id: str
    hint: str
    made_by: str
    made_at: datetime
    lot_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """A request that was carried out: the identity under which it cannot happen twice.

    `answer` is the body that was sent back, kept for ever and sent again on a replay.
    """

    subject: str
    operation: str
    key: str
    digest: str
    answer: str
    at: datetime
    repeatable: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """One account as of now, read in one strongly consistent query as far down as needed.

    `lots` are open, `past` ones are closed: their expiry is booked.
    """

    account: Account
    lots: tuple[Lot, ...] = ()
    owners: tuple[Owner, ...] = ()
    past: tuple[Lot, ...] = ()
    requests: tuple[Redemption, ...] = ()

    def owned_by(self, email: str) -> bool:
        """Whether this verified address belongs to an owner."""
        return any(owner.email == email for owner in self.owners)
