"""What a use case needs from outside. Each has a fake in tests, on trial with the real one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from training_credits.domain.change import Change
from training_credits.domain.model import (
    Book,
    Code,
    Entry,
    Lot,
    Order,
    Redemption,
    RedemptionState,
    Submission,
)

Clock = Callable[[], datetime]
T = TypeVar("T")


class Depth(StrEnum):
    """How far to read into the book of an account: each includes the ones before."""

    FUNDS = "LOT"
    OWNERS = "OWNER"
    PAST = "PAST"
    REQUESTS = "REQUEST"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[T]):
    """Some of a list, and the cursor of the next part; None at its end."""

    items: tuple[T, ...]
    cursor: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a buyer's one read answers: do they own the account, was this request carried out."""

    owner: bool
    submission: Submission | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DueLot:
    """A lot on the worklist whose end has come."""

    account_id: str
    lot_id: str


class Ledger(Protocol):
    """The table. Every read is strongly consistent but `due`; `commit` is the only write."""

    def book(self, program: str, account_id: str, depth: Depth) -> Book | None:
        """The account as far down as `depth`; one query."""

    def standing(
        self, program: str, account_id: str, email: str, subject: str, operation: str, key: str
    ) -> Standing:
        """One read before money is taken."""

    def submission(self, program: str, subject: str, operation: str, key: str) -> Submission | None:
        """What was carried out under this key."""

    def owns(self, program: str, account_id: str, email: str) -> bool:
        """Whether this address is an owner now; one read."""

    def accounts_of(self, program: str, email: str) -> tuple[str, ...]:
        """Ids of the accounts this person owns."""

    def code(self, program: str, digest: str) -> Code | None:
        """The redemption code with this digest."""

    def order(self, program: str, account_id: str, order_id: str) -> Order | None:
        """One order."""

    def lot(self, program: str, account_id: str, lot_id: str) -> Lot | None:
        """One lot, open or closed."""

    def lots(self, program: str, account_id: str) -> tuple[Lot, ...]:
        """All lots, closed ones too."""

    def redemptions(
        self, program: str, account_id: str, redemption_ids: Sequence[str]
    ) -> tuple[Redemption, ...]:
        """Those of these redemptions that exist; one read."""

    def requests(
        self,
        program: str,
        account_id: str,
        state: RedemptionState,
        cursor: str | None,
        limit: int,
    ) -> Page[Redemption]:
        """Requests in one state, oldest first; one query."""

    def entries(
        self,
        program: str,
        account_id: str,
        start: datetime,
        end: datetime,
        cursor: str | None,
        limit: int,
    ) -> Page[Entry]:
        """Entries of [start, end), oldest first; one query."""

    def due(self, program: str, until: datetime, shard: int, limit: int) -> tuple[DueLot, ...]:
        """Lots that ended by `until` and are not closed; may lag behind a moment."""

    def commit(self, change: Change) -> None:
        """All of it in one transaction, or none.

        Raises `Replayed` if the submission was carried out before, `Stale` with the write
        whose guard failed, Unavailable if the table is too busy.
        """


EXPIRY_SHARDS = 4


class Replayed(Exception):
    """Raised at commit: the submission was carried out before."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.key)
        self.submission = submission


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """What the payment provider calls a payment that went through."""

    payment_id: str


class Payments(Protocol):
    """The payment provider. Card data never passes through us."""

    def charge(self, order_id: str, amount_minor: int, currency: str) -> Payment:
        """Take the money once per order id; the same id with another amount is a Conflict.

        Refused if it is declined, Unavailable if the provider is out of reach.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened, for whoever wants to know."""

    id: str
    type: str
    program: str
    account_id: str
    at: datetime
    facts: dict[str, str | int | None]


class Bus(Protocol):
    """Our event bus."""

    def publish(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Send them; returns those that were not taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail to one person."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """The mail service."""

    def send(self, mail: Mail) -> None:
        """Hand one mail over."""


class Outbox(Protocol):
    """Remembers what was sent, so that a repeated event sends nothing twice."""

    def claim(self, program: str, message_id: str) -> bool:
        """True for the first to ask about this message, False ever after."""

    def release(self, program: str, message_id: str) -> None:
        """The message could not be sent: the next one to ask may try."""
