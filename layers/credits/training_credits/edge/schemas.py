"""The shapes of requests and answers. Unknown fields are refused, numbers are whole.

Credits are whole numbers; money is in minor units beside its currency; times are RFC 3339 UTC.
"""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from training_credits.domain.model import (
    Approval,
    EntryKind,
    OrderState,
    RedemptionState,
    State,
    Verdict,
)

CREDITS_MAX = 10_000_000
ONE_LINE = r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$(?!\n)"
LOCAL_PART = r"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]{1,64}"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DOMAIN = rf"{LABEL}(?:\.{LABEL})+"
# ASCII only: in Unicode, two different addresses can have one lower case.
EMAIL = rf"^{LOCAL_PART}@{DOMAIN}$(?!\n)"

Instant = Annotated[datetime, Meta(tz=True)]
Credits = Annotated[int, Meta(ge=1, le=CREDITS_MAX)]
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)]
Email = Annotated[str, Meta(max_length=254, pattern=EMAIL)]
Token = Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body a client sends."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A body a client gets; a member that says nothing is left out."""


class NewAccount(Request, frozen=True, kw_only=True):
    """`name` defaults to the creator's; `owner` is for operators, who open it for a customer."""

    name: Name | None = None
    approval: Approval | None = None
    owner: Email | None = None


class AccountEdit(Request, frozen=True, kw_only=True):
    """What is left out stays as it is."""

    name: Name | None = None
    approval: Approval | None = None


class NewOwner(Request, frozen=True, kw_only=True):
    """By the address they sign in with."""

    email: Email


class NewCode(Request, frozen=True, kw_only=True):
    """`lot` only where a code of the program opens one lot."""

    lot: Token | None = None


class NewOrder(Request, frozen=True, kw_only=True):
    """An order paid by card."""

    credits: Credits
    promo_code: Token | None = None


class NewRedemption(Request, frozen=True, kw_only=True):
    """`credits` is the price of what `title` names."""

    code: Token
    title: Line
    credits: Credits


class Cancellation(Request, frozen=True, kw_only=True):
    """Nothing needs to be said to withdraw a request."""


class Decision(Request, frozen=True, kw_only=True):
    """One verdict on one request or many; `note` goes with a denial."""

    verdict: Verdict
    redemptions: Annotated[tuple[Token, ...], Meta(min_length=1, max_length=20)]
    note: Line | None = None


class Balance(Answer, frozen=True, kw_only=True):
    """Credits by state; together they are all credits ever bought."""

    available: int
    held: int
    redeemed: int
    delivered: int
    expired: int
    voided: int


class LotAnswer(Answer, frozen=True, kw_only=True):
    """What one order line bought. From `expires_at` on nothing of it can be spent."""

    lot: str
    product: str
    credits: int
    paid_minor: int
    currency: str
    granted_at: Instant
    expires_on: date
    expires_at: Instant
    days_left: int
    balance: Balance


class NextExpiry(Answer, frozen=True, kw_only=True):
    """What ends next if nobody spends it (AT-33)."""

    expires_on: date
    credits: int
    days_left: int


class OwnerAnswer(Answer, frozen=True, kw_only=True):
    """An owner and who added them."""

    email: str
    added_by: str
    added_at: Instant


class AccountAnswer(Answer, frozen=True, kw_only=True):
    """An account's header. `code_hint` is the end of its redemption code."""

    account: str
    program: str
    name: str
    approval: Approval
    opened_by: str
    opened_at: Instant
    code_hint: str | None = None


class AccountPage(AccountAnswer, frozen=True, kw_only=True):
    """The account as its owners see it, lots in spending order."""

    balance: Balance
    next_expiry: NextExpiry | None = None
    lots: tuple[LotAnswer, ...] = ()
    owners: tuple[OwnerAnswer, ...] = ()


class AccountList(Answer, frozen=True, kw_only=True):
    """Ids of the accounts the caller owns."""

    accounts: tuple[str, ...]


class CodeAnswer(Answer, frozen=True, kw_only=True):
    """The redemption code, shown this once."""

    code: str
    hint: str


class OrderAnswer(Answer, frozen=True, kw_only=True):
    """An order and the lot it became. `cheaper_credits` would have cost less in all."""

    order: str
    state: OrderState
    product: str
    credits: int
    list_minor: int
    discount_minor: int
    paid_minor: int
    currency: str
    placed_at: Instant
    lot: str
    expires_on: date
    expires_at: Instant
    buyer: str
    cheaper_credits: int | None = None


class DrawAnswer(Answer, frozen=True, kw_only=True):
    """How many credits of which lot."""

    lot: str
    credits: int


class RedemptionAnswer(Answer, frozen=True, kw_only=True):
    """A request as its learner sees it."""

    redemption: str
    state: RedemptionState
    title: str
    credits: int
    requested_at: Instant
    decided_at: Instant | None = None
    note: str | None = None


class RequestAnswer(RedemptionAnswer, frozen=True, kw_only=True):
    """A request as owners see it: who asks, who decided, which lots pay."""

    learner: str
    learner_email: str
    decided_by: str | None = None
    lots: tuple[DrawAnswer, ...] = ()


class RequestList(Answer, frozen=True, kw_only=True):
    """Requests in one state, oldest first; `total_credits` is the sum of what is listed."""

    requests: tuple[RequestAnswer, ...]
    total_credits: int
    cursor: str | None = None


class Problem(Answer, frozen=True, kw_only=True):
    """Problem details (RFC 9457). Further members say what would make it a yes."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    rule: str | None = None


class OutcomeAnswer(Answer, frozen=True, kw_only=True):
    """What became of one request of a batch: the request, or the problem."""

    redemption: str
    request: RequestAnswer | None = None
    problem: dict[str, Any] | None = None


class DecisionAnswer(Answer, frozen=True, kw_only=True):
    """Outcomes in the order asked; `decided_credits` is the sum of what was decided."""

    outcomes: tuple[OutcomeAnswer, ...]
    decided_credits: int


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


class StatementLine(Answer, frozen=True, kw_only=True):
    """`balance` is what was unspent after this line."""

    at: Instant
    kind: EntryKind
    title: str
    change: int
    balance: int
    learner: str | None = None


class StatementLot(Answer, frozen=True, kw_only=True):
    """A lot at the end of the period."""

    lot: str
    credits: int
    unspent: int
    expires_on: date
    days_left: int


class StatementAnswer(Answer, frozen=True, kw_only=True):
    """opening + the sum of all changes = closing; credits that are available or held count."""

    account: str
    month: str
    start: Instant
    end: Instant
    opening: int
    lines: tuple[StatementLine, ...]
    sums: dict[EntryKind, int]
    closing: int
    lots: tuple[StatementLot, ...]
