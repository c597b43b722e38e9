"""Balances, lots and entries, as they are answered."""

from datetime import date

from training_credits.domain.model import EntryKind, State
from training_credits.edge.schemas.base import Answer, Instant


class Balance(Answer, frozen=True, kw_only=True):
    """Credits by state; together they are all credits ever bought."""

    available: int
    held: int
    redeemed: int
    delivered: int
    expired: int
    voided: int
    reissued: int


class LotAnswer(Answer, frozen=True, kw_only=True):
    """What one order line bought. From `expires_at` on nothing of it can be spent.

    `face_minor` is its list value, `paid_minor` what was paid for it, `unspent_paid_minor` what
    was paid for what is left; `policy` is the version of the program that set its end;
    `reissue_until` the last day on which expired credits may be asked for again; `anchors` are the
    dates from the earliest of which its term is counted; `country` is where it was shipped to;
    `reissued_from` the lot whose remainder it is.
    """

    lot: str
    product: str
    credits: int
    face_minor: int
    paid_minor: int
    unspent_paid_minor: int
    currency: str
    granted_at: Instant
    expires_on: date
    expires_at: Instant
    days_left: int
    balance: Balance
    policy: str
    anchors: dict[str, date]
    country: str | None = None
    sales_order: str | None = None
    reissue_until: date | None = None
    reissued_from: str | None = None


class NextExpiry(Answer, frozen=True, kw_only=True):
    """What ends next if nobody spends it (AT-33)."""

    product: str
    expires_on: date
    credits: int
    days_left: int


class MovementAnswer(Answer, frozen=True, kw_only=True):
    """So many credits of one lot from one state to another."""

    lot: str
    source: State
    target: State
    credits: int


class EntryAnswer(Answer, frozen=True, kw_only=True):
    """One operation; `change` is its signed effect on unspent credits."""

    entry: str
    at: Instant
    kind: EntryKind
    title: str
    change: int
    movements: tuple[MovementAnswer, ...]
    actor: str
    learner: str | None = None


class TransactionList(Answer, frozen=True, kw_only=True):
    """Entries of a period, oldest first."""

    entries: tuple[EntryAnswer, ...]
    cursor: str | None = None
