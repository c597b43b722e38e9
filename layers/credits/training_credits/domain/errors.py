"""Every way the answer can be no.

    Problem
    ├── NotFound       it does not exist, or not for this caller
    ├── Forbidden      the caller is known and may not do this
    ├── Refused        a rule of the program, or the balance, says no
    ├── Conflict       somebody else was first, or the key was used for something else
    └── Unavailable    nothing is wrong with the request: try again

`Stale` is not an answer: it sends a use case back to load and decide again.
"""

from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """The stable codes of every problem answer; clients may branch on them for ever."""

    # Who is asking.
    EMAIL_NOT_VERIFIED = "email_not_verified"
    EMAIL_NOT_USABLE = "email_not_usable"
    PROGRAM_UNKNOWN = "program_unknown"
    OWNER_ONLY = "owner_only"
    OPERATOR_ONLY = "operator_only"
    # What was asked for.
    ACCOUNT_NOT_FOUND = "account_not_found"
    ORDER_NOT_FOUND = "order_not_found"
    REDEMPTION_NOT_FOUND = "redemption_not_found"
    OWNER_NOT_FOUND = "owner_not_found"
    LOT_NOT_FOUND = "lot_not_found"
    CODE_NOT_ACCEPTED = "code_not_accepted"
    # Accounts, owners and codes.
    ALREADY_OWNER = "already_owner"
    LAST_OWNER = "last_owner"
    OWNER_REQUIRED = "owner_required"
    ROLE_CONFLICT = "role_conflict"
    TOO_MANY_OWNERS = "too_many_owners"
    APPROVAL_NOT_OFFERED = "approval_not_offered"
    CODE_EXISTS = "code_exists"
    CODE_NOT_OFFERED = "code_not_offered"
    # Buying.
    CHANNEL_NOT_OFFERED = "channel_not_offered"
    ORDER_TOO_LARGE = "order_too_large"
    PROMO_UNKNOWN = "promo_unknown"
    BELOW_THRESHOLD = "below_threshold"
    PAYMENT_DECLINED = "payment_declined"
    PAYMENTS_UNAVAILABLE = "payments_unavailable"
    # Spending.
    NO_CREDITS = "no_credits"
    CREDITS_EXPIRED = "credits_expired"
    INSUFFICIENT_CREDITS = "insufficient_credits"
    TOO_MANY_LOTS = "too_many_lots"
    ALREADY_DECIDED = "already_decided"
    # Time and repetition.
    PERIOD_IN_FUTURE = "period_in_future"
    PERIOD_REVERSED = "period_reversed"
    PERIOD_TOO_LONG = "period_too_long"
    INVALID_CURSOR = "invalid_cursor"
    KEY_REUSED = "idempotency_key_reused"
    BUSY = "busy"


class Problem(Exception):
    """A no with its reason, and facts: what would make it a yes."""

    def __init__(self, reason: StrEnum, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.facts = facts


class NotFound(Problem):
    """It does not exist, or not for this caller: the two look the same."""


class Forbidden(Problem):
    """The caller is known, and this is not theirs to do."""


class Refused(Problem):
    """The request is understood, and a rule or the balance says no."""


class Conflict(Problem):
    """The state it needs is gone: somebody was first."""


class Unavailable(Problem):
    """Nothing is wrong with the request: sent again, with the same key, it has one effect."""


class Stale(Exception):
    """A guard failed at commit: what was decided on has changed since it was read."""

    def __init__(self, write: object) -> None:
        super().__init__(type(write).__name__)
        self.write = write
