"""Every way the answer can be no.

    Problem
    ├── NotFound       it does not exist, or not for this caller
    ├── Forbidden      the caller is known and may not do this
    ├── Refused        a rule of the program, or the balance, says no
    ├── Conflict       somebody else was first, or the key was used for something else
    ├── Throttled      too often; later it may be a yes
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
    TERMS_REQUIRED = "terms_required"
    NOT_PERMITTED = "not_permitted"
    OPERATOR_ONLY = "operator_only"
    SECOND_OPERATOR_NEEDED = "second_operator_needed"
    # What was asked for.
    ACCOUNT_NOT_FOUND = "account_not_found"
    ORDER_NOT_FOUND = "order_not_found"
    REDEMPTION_NOT_FOUND = "redemption_not_found"
    MEMBER_NOT_FOUND = "member_not_found"
    LOT_NOT_FOUND = "lot_not_found"
    CODE_NOT_FOUND = "code_not_found"
    CODE_NOT_ACCEPTED = "code_not_accepted"
    TOO_MANY_TRIES = "too_many_tries"
    PRODUCT_UNKNOWN = "product_unknown"
    # Accounts, members and codes.
    ALREADY_OWNER = "already_owner"
    ALREADY_MEMBER = "already_member"
    LAST_OWNER = "last_owner"
    OWNER_REQUIRED = "owner_required"
    ROLE_CONFLICT = "role_conflict"
    ROLE_NOT_OFFERED = "role_not_offered"
    INDIVIDUAL_ACCOUNT = "individual_account"
    TOO_MANY_MEMBERS = "too_many_members"
    TERMS_UNKNOWN = "terms_unknown"
    TERMS_NOT_TICKED = "terms_not_ticked"
    APPROVAL_NOT_OFFERED = "approval_not_offered"
    CODE_EXISTS = "code_exists"
    CODE_NOT_OFFERED = "code_not_offered"
    CODE_NOT_REPLACEABLE = "code_not_replaceable"
    CONDITIONS_NOT_OFFERED = "conditions_not_offered"
    SUCCESS_PLAN_UNKNOWN = "success_plan_unknown"
    PLAN_TOO_LARGE = "plan_too_large"
    # Buying.
    CHANNEL_NOT_OFFERED = "channel_not_offered"
    COUNTRY_NOT_SALEABLE = "country_not_saleable"
    ORDER_TOO_LARGE = "order_too_large"
    PROMO_UNKNOWN = "promo_unknown"
    BELOW_THRESHOLD = "below_threshold"
    PRICE_NOT_POSSIBLE = "price_not_possible"
    SALES_ORDER_TAKEN = "sales_order_taken"
    RESELLER_MISMATCH = "reseller_mismatch"
    SALES_ORDER_REQUIRED = "sales_order_required"
    STEP_NOT_NEXT = "step_not_next"
    DATE_NOT_POSSIBLE = "date_not_possible"
    REASON_REQUIRED = "reason_required"
    QUOTE_EXPIRED = "quote_expired"
    ORDER_MOVED = "order_moved"
    NOT_REFUNDABLE = "not_refundable"
    CREDITS_IN_USE = "credits_in_use"
    CARD_NOT_KEPT = "card_not_kept"
    PAYMENT_DECLINED = "payment_declined"
    PAYMENT_UNDER_WAY = "payment_under_way"
    PAYMENT_MISMATCH = "payment_mismatch"
    PAYMENTS_UNAVAILABLE = "payments_unavailable"
    # Spending.
    NO_CREDITS = "no_credits"
    CREDITS_EXPIRED = "credits_expired"
    INSUFFICIENT_CREDITS = "insufficient_credits"
    TOO_MANY_LOTS = "too_many_lots"
    CODE_LIMIT_REACHED = "code_limit_reached"
    COUNTRY_REQUIRED = "country_required"
    COUNTRY_NOT_REDEEMABLE = "country_not_redeemable"
    NOT_PAYABLE = "not_payable"
    NOT_ELIGIBLE = "not_eligible"
    WRONG_PRODUCT = "wrong_product"
    DELIVERY_COUNTRY = "delivery_country"
    DEADLINE_MISSED = "deadline_missed"
    ASSISTED_ONLY = "assisted_only"
    TOO_MANY_INSTRUMENTS = "too_many_instruments"
    TENDER_INCOMPLETE = "tender_incomplete"
    NOT_MOVABLE = "not_movable"
    NOT_RETURNABLE = "not_returnable"
    LINE_NOT_FOUND = "line_not_found"
    LINE_DONE = "line_done"
    NOT_BOOKED = "not_booked"
    SESSION_NEEDED = "session_needed"
    SESSION_FULL = "session_full"
    SESSION_PAST = "session_past"
    PRICE_GIVEN = "price_given"
    PRICE_NEEDED = "price_needed"
    STATEMENT_OF_WORK_REQUIRED = "statement_of_work_required"
    RESERVATIONS_NOT_OFFERED = "reservations_not_offered"
    NOT_RESERVED = "not_reserved"
    REQUEST_LAPSED = "request_lapsed"
    TOO_MANY_VOUCHERS = "too_many_vouchers"
    BUDGET_EXCEEDED = "budget_exceeded"
    BUDGET_NOT_FOUND = "budget_not_found"
    BUDGETS_TOO_LARGE = "budgets_too_large"
    BUDGET_IN_USE = "budget_in_use"
    TOO_MANY_BUDGETS = "too_many_budgets"
    OFFERING_NOT_FOUND = "offering_not_found"
    VOUCHER_NOT_FOUND = "voucher_not_found"
    VOUCHER_TAKEN = "voucher_taken"
    VOUCHER_DONE = "voucher_done"
    VOUCHERS_EXPORTED = "vouchers_exported"
    PARTNERS_NOT_ACCEPTED = "partners_not_accepted"
    TOO_MANY_OPEN_REQUESTS = "too_many_open_requests"
    OWN_REQUEST = "own_request"
    ALREADY_DECIDED = "already_decided"
    # Cases.
    CASE_NOT_FOUND = "case_not_found"
    CUSTOMER_ONLY = "customer_only"
    CASE_MOVED = "case_moved"
    REISSUE_NOT_ALLOWED = "reissue_not_allowed"
    REISSUE_LIMIT = "reissue_limit"
    OUTSIDE_WINDOW = "outside_window"
    PLAN_INCOMPLETE = "plan_incomplete"
    EXTENSION_NOT_ALLOWED = "extension_not_allowed"
    EXTENSION_TOO_LONG = "extension_too_long"
    TRANSFER_NOT_ALLOWED = "transfer_not_allowed"
    NOTHING_LEFT = "nothing_left"
    ENTRY_NOT_FOUND = "entry_not_found"
    NOT_DISPUTABLE = "not_disputable"
    ALREADY_DISPUTED = "already_disputed"
    ALREADY_ASKED = "already_asked"
    # Webhooks.
    WEBHOOK_NOT_FOUND = "webhook_not_found"
    DELIVERY_NOT_FOUND = "delivery_not_found"
    WEBHOOK_URL_REFUSED = "webhook_url_refused"
    WEBHOOK_DISABLED = "webhook_disabled"
    TOO_MANY_WEBHOOKS = "too_many_webhooks"
    EVENT_TYPE_UNKNOWN = "event_type_unknown"
    # Time and repetition.
    PERIOD_IN_FUTURE = "period_in_future"
    PERIOD_REVERSED = "period_reversed"
    PERIOD_TOO_LONG = "period_too_long"
    PERIOD_UNCLEAR = "period_unclear"
    FORMAT_NOT_OFFERED = "format_not_offered"
    TOO_MANY_DOCUMENTS = "too_many_documents"
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


class Throttled(Problem):
    """Asked too often: nothing was looked at, and asking again only makes it longer."""


class Unavailable(Problem):
    """Nothing is wrong with the request: sent again, with the same key, it has one effect."""


class Stale(Exception):
    """A guard failed at commit: what was decided on has changed since it was read."""

    def __init__(self, write: object) -> None:
        super().__init__(type(write).__name__)
        self.write = write
