"""Statements, as they are answered."""

from datetime import date

from training_credits.domain.model import EntryKind
from training_credits.edge.schemas.base import Answer, Instant
from training_credits.edge.schemas.credits import Balance


class StatementSums(Answer, frozen=True, kw_only=True):
    """Signed changes of what is unspent, by what they came of."""

    purchases: int
    redemptions: int
    returns: int
    expiries: int
    reissues: int
    extensions: int
    voids: int
    disputes: int


class StatementExpiry(Answer, frozen=True, kw_only=True):
    """What ends next, as of the end of the period."""

    expires_on: date
    credits: int
    days_left: int


class StatementProduct(StatementSums, frozen=True, kw_only=True):
    """One product: opening + the eight columns = closing; credits that are available or held count.

    `paid_minor` is what was paid for what is unspent at the end, in minor units by currency.
    """

    product: str
    opening: int
    closing: int
    paid_minor: dict[str, int]
    next_expiry: StatementExpiry | None = None


class StatementLine(Answer, frozen=True, kw_only=True):
    """One entry and one product; `balance` is what was unspent of that product after it."""

    at: Instant
    entry: str
    kind: EntryKind
    product: str
    title: str
    reference: str
    actor: str
    change: int
    balance: int
    learner: str | None = None


class StatementLot(StatementSums, frozen=True, kw_only=True):
    """A lot that had credits in the period or was moved in it, before and after.

    What was left of it may have gone on in other lots, as a case decided: `reissued_to`, and there
    `reissued_from`.
    """

    lot: str
    product: str
    credits: int
    granted_at: Instant
    expires_on: date
    expires_at: Instant
    days_left: int
    opening: Balance
    closing: Balance
    paid_minor: int
    unspent_paid_minor: int
    currency: str
    reissued_to: tuple[str, ...]
    reissued_from: str | None = None
    sales_order: str | None = None


class StatementAnswer(Answer, frozen=True, kw_only=True):
    """One account over [start, end), as it was at `as_of`: the end, or now while it runs.

    Of each product, and of each lot, opening + all columns = closing. Two products are never added
    up.
    """

    account: str
    name: str | None
    time_zone: str
    start: Instant
    end: Instant
    as_of: Instant
    products: tuple[StatementProduct, ...]
    lines: tuple[StatementLine, ...]
    lots: tuple[StatementLot, ...]
    month: str | None = None
