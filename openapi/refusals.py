"""Which refusals an operation may answer with; tests/api holds us to it."""

from enum import StrEnum

from openapi.kinds import KINDS
from training_credits.domain.errors import Reason
from training_credits.edge import problems, routes
from training_credits.edge.http import NOT_FOUND
from training_credits.edge.problems import BadInput
from training_credits.edge.routes import Route

SIGNED_IN: set[StrEnum] = {
    BadInput.NOT_SIGNED_IN,
    Reason.EMAIL_NOT_VERIFIED,
    Reason.EMAIL_NOT_USABLE,
    Reason.PROGRAM_UNKNOWN,
}
EVERYWHERE = {*SIGNED_IN, Reason.BUSY}
WITH_KEY = {BadInput.KEY_MISSING, BadInput.KEY_INVALID, Reason.KEY_REUSED}
WITH_BODY = {*KINDS[problems.BadRequest]} - {*WITH_KEY, BadInput.SIGNATURE_INVALID}
WITH_QUERY = {BadInput.NOT_ALLOWED, BadInput.OUT_OF_RANGE}
# Of all path parameters only these could not be an id that is not there.
WRITTEN = ("{month}", "{role}")

SPENDING = {
    Reason.NO_CREDITS,
    Reason.CREDITS_EXPIRED,
    Reason.INSUFFICIENT_CREDITS,
    Reason.TOO_MANY_LOTS,
}
# What the catalogue and the lots say of an item, judged when it is asked for and again later.
OF_ITEMS = {
    Reason.NOT_PAYABLE,
    Reason.NOT_ELIGIBLE,
    Reason.WRONG_PRODUCT,
    Reason.DELIVERY_COUNTRY,
    Reason.DEADLINE_MISSED,
    Reason.SESSION_FULL,
}
ASKING = {
    *SPENDING,
    *OF_ITEMS,
    Reason.ASSISTED_ONLY,
    Reason.SESSION_NEEDED,
    Reason.SESSION_PAST,
    Reason.PRICE_GIVEN,
    Reason.PRICE_NEEDED,
    Reason.STATEMENT_OF_WORK_REQUIRED,
    Reason.TOO_MANY_INSTRUMENTS,
    Reason.TENDER_INCOMPLETE,
    Reason.RESERVATIONS_NOT_OFFERED,
    Reason.BUDGET_EXCEEDED,
    Reason.TOO_MANY_VOUCHERS,
    Reason.CODE_LIMIT_REACHED,
    Reason.TERMS_NOT_TICKED,
    Reason.COUNTRY_REQUIRED,
    Reason.COUNTRY_NOT_REDEEMABLE,
    Reason.PARTNERS_NOT_ACCEPTED,
}
# Before anything is judged: terms, tries, what is named, whose it is.
NAMING: set[StrEnum] = {
    Reason.TERMS_REQUIRED,
    Reason.TOO_MANY_TRIES,
    Reason.OFFERING_NOT_FOUND,
    Reason.CODE_NOT_ACCEPTED,
    Reason.ACCOUNT_NOT_FOUND,
    Reason.NOT_PERMITTED,
}
# A role that is lost between the look and the write leaves no account.
OF_BOOKED: set[StrEnum] = {Reason.LINE_NOT_FOUND, Reason.LINE_DONE, Reason.NOT_BOOKED}
HANDING = {Reason.NOT_PERMITTED, Reason.ACCOUNT_NOT_FOUND}
ORDERING = {
    Reason.PRODUCT_UNKNOWN,
    Reason.CHANNEL_NOT_OFFERED,
    Reason.COUNTRY_NOT_SALEABLE,
    Reason.ORDER_TOO_LARGE,
}
NUMBERED = {Reason.SALES_ORDER_REQUIRED, Reason.SALES_ORDER_TAKEN}
# What a remainder has to be, asked when it is asked for and again when it is granted.
RENEWING: set[StrEnum] = {
    Reason.LOT_NOT_FOUND,
    Reason.REISSUE_NOT_ALLOWED,
    Reason.REISSUE_LIMIT,
    Reason.EXTENSION_NOT_ALLOWED,
    Reason.EXTENSION_TOO_LONG,
    Reason.OUTSIDE_WINDOW,
    Reason.PLAN_INCOMPLETE,
    Reason.NOTHING_LEFT,
}
HOOKING: set[StrEnum] = {Reason.NOT_PERMITTED}
LEADING = {
    Reason.WEBHOOK_URL_REFUSED,
    Reason.EVENT_TYPE_UNKNOWN,
    Reason.TOO_MANY_WEBHOOKS,
}
OWN: dict[str, set[StrEnum]] = {
    routes.ADD_WEBHOOK.operation: {*HOOKING, *LEADING},
    routes.LIST_WEBHOOKS.operation: HOOKING,
    routes.READ_WEBHOOK.operation: HOOKING,
    routes.EDIT_WEBHOOK.operation: {*HOOKING, *LEADING},
    routes.DISABLE_WEBHOOK.operation: HOOKING,
    routes.ROTATE_SECRET.operation: HOOKING,
    routes.LIST_DELIVERIES.operation: {*HOOKING, Reason.INVALID_CURSOR},
    routes.REDELIVER.operation: {*HOOKING, Reason.WEBHOOK_DISABLED},
    routes.TEST_WEBHOOK.operation: {*HOOKING, Reason.WEBHOOK_DISABLED},
    routes.OPEN_ACCOUNT.operation: {
        Reason.OPERATOR_ONLY,
        Reason.ALREADY_OWNER,
        Reason.OWNER_REQUIRED,
        Reason.ROLE_CONFLICT,
        Reason.APPROVAL_NOT_OFFERED,
    },
    routes.EDIT_ACCOUNT.operation: {Reason.APPROVAL_NOT_OFFERED},
    routes.READ_HISTORY.operation: {Reason.INVALID_CURSOR},
    routes.SET_AGREEMENT.operation: {Reason.DATE_NOT_POSSIBLE, Reason.SUCCESS_PLAN_UNKNOWN},
    routes.CHANGE_PLAN.operation: {Reason.PLAN_TOO_LARGE},
    routes.ACCEPT_TERMS.operation: {Reason.TERMS_UNKNOWN},
    routes.INVITE.operation: {
        Reason.ALREADY_OWNER,
        Reason.ALREADY_MEMBER,
        Reason.ROLE_CONFLICT,
        Reason.ROLE_NOT_OFFERED,
        Reason.INDIVIDUAL_ACCOUNT,
        Reason.TOO_MANY_MEMBERS,
    },
    routes.REMOVE_MEMBER.operation: {Reason.LAST_OWNER},
    routes.NAME_DEPUTY.operation: {Reason.ROLE_CONFLICT, Reason.DATE_NOT_POSSIBLE},
    routes.ISSUE_CODE.operation: {
        Reason.LOT_NOT_FOUND,
        Reason.CODE_EXISTS,
        Reason.CODE_NOT_OFFERED,
        Reason.CONDITIONS_NOT_OFFERED,
        Reason.DATE_NOT_POSSIBLE,
    },
    routes.ROTATE_CODE.operation: {Reason.CODE_NOT_REPLACEABLE},
    routes.REVOKE_CODE.operation: {Reason.CODE_NOT_REPLACEABLE},
    routes.LIST_USES.operation: {Reason.INVALID_CURSOR},
    routes.PURCHASE.operation: {*ORDERING, Reason.PROMO_UNKNOWN, Reason.BELOW_THRESHOLD},
    routes.ENTER_ORDER.operation: {
        *ORDERING,
        *NUMBERED,
        Reason.MEMBER_NOT_FOUND,
        Reason.RESELLER_MISMATCH,
        Reason.DATE_NOT_POSSIBLE,
        Reason.PRICE_NOT_POSSIBLE,
    },
    routes.LIST_ORDERS.operation: {Reason.INVALID_CURSOR},
    routes.MOVE_ORDER.operation: {
        *NUMBERED,
        Reason.COUNTRY_NOT_SALEABLE,
        Reason.STEP_NOT_NEXT,
        Reason.DATE_NOT_POSSIBLE,
        Reason.QUOTE_EXPIRED,
        Reason.PRICE_NOT_POSSIBLE,
        Reason.SECOND_OPERATOR_NEEDED,
        Reason.CREDITS_EXPIRED,
        Reason.REASON_REQUIRED,
        Reason.NOT_REFUNDABLE,
        Reason.CREDITS_IN_USE,
        Reason.BUDGETS_TOO_LARGE,
        Reason.PAYMENT_UNDER_WAY,
    },
    routes.OPEN_ORDERS.operation: {Reason.OPERATOR_ONLY, Reason.INVALID_CURSOR},
    routes.PAY.operation: {
        Reason.ORDER_MOVED,
        Reason.QUOTE_EXPIRED,
        Reason.CARD_NOT_KEPT,
        Reason.PAYMENT_DECLINED,
        Reason.PAYMENTS_UNAVAILABLE,
    },
    routes.BROWSE.operation: {Reason.INVALID_CURSOR},
    routes.READ_OFFERING.operation: {Reason.INVALID_CURSOR},
    routes.IMPORT.operation: {Reason.OPERATOR_ONLY},
    routes.HEAR.operation: {BadInput.SIGNATURE_INVALID},
    routes.FUNDING.operation: {Reason.OFFERING_NOT_FOUND},
    routes.CART.operation: NAMING,
    routes.REDEEM.operation: {*NAMING, *ASKING, Reason.TOO_MANY_OPEN_REQUESTS},
    routes.CONFIRM.operation: {
        Reason.ACCOUNT_NOT_FOUND,
        Reason.NOT_RESERVED,
        Reason.REQUEST_LAPSED,
    },
    routes.CANCEL.operation: {Reason.ALREADY_DECIDED},
    routes.LIST_REQUESTS.operation: {Reason.INVALID_CURSOR},
    routes.DECIDE.operation: {
        *SPENDING,
        *OF_ITEMS,
        Reason.REQUEST_LAPSED,
        Reason.REDEMPTION_NOT_FOUND,
        Reason.ALREADY_DECIDED,
        Reason.OWN_REQUEST,
    },
    routes.RETURN_LINE.operation: {*OF_BOOKED, Reason.NOT_RETURNABLE, Reason.VOUCHER_DONE},
    routes.MOVE_LINE.operation: {
        *OF_BOOKED,
        *OF_ITEMS,
        Reason.NOT_MOVABLE,
        Reason.OFFERING_NOT_FOUND,
        Reason.SESSION_PAST,
        Reason.ASSISTED_ONLY,
    },
    routes.FULFIL_LINE.operation: OF_BOOKED,
    routes.OPEN_CASE.operation: {
        *RENEWING,
        Reason.CUSTOMER_ONLY,
        Reason.TRANSFER_NOT_ALLOWED,
        Reason.ENTRY_NOT_FOUND,
        Reason.NOT_DISPUTABLE,
        Reason.ALREADY_DISPUTED,
        Reason.ALREADY_ASKED,
    },
    routes.LIST_CASES.operation: {Reason.INVALID_CURSOR},
    routes.REDRAFT_CASE.operation: {Reason.CASE_MOVED},
    routes.MOVE_CASE.operation: {
        *RENEWING,
        Reason.CASE_MOVED,
        Reason.CUSTOMER_ONLY,
        Reason.OWN_REQUEST,
        Reason.REASON_REQUIRED,
        Reason.DATE_NOT_POSSIBLE,
    },
    routes.OPEN_CASES.operation: {Reason.OPERATOR_ONLY, Reason.INVALID_CURSOR},
    routes.ADD_BUDGET.operation: {Reason.BUDGETS_TOO_LARGE, Reason.TOO_MANY_BUDGETS},
    routes.EDIT_BUDGET.operation: {
        Reason.BUDGETS_TOO_LARGE,
        Reason.BUDGET_IN_USE,
        Reason.TOO_MANY_BUDGETS,
    },
    routes.TRANSFER.operation: {Reason.BUDGET_NOT_FOUND, Reason.BUDGET_IN_USE},
    routes.EXPORT_VOUCHERS.operation: {
        *HANDING,
        Reason.VOUCHER_NOT_FOUND,
        Reason.VOUCHERS_EXPORTED,
    },
    routes.ASSIGN_VOUCHER.operation: {*HANDING, Reason.VOUCHER_TAKEN, Reason.VOUCHER_DONE},
    routes.UNASSIGN_VOUCHER.operation: {*HANDING, Reason.VOUCHER_DONE},
    routes.USE_VOUCHER.operation: {Reason.NOT_PERMITTED, Reason.VOUCHER_DONE},
    routes.TRANSACTIONS.operation: {
        Reason.PERIOD_REVERSED,
        Reason.PERIOD_TOO_LONG,
        Reason.INVALID_CURSOR,
    },
    routes.JOURNAL.operation: {Reason.INVALID_CURSOR},
    routes.READ_BALANCES.operation: {Reason.PERIOD_IN_FUTURE, Reason.PERIOD_TOO_LONG},
    routes.READ_REPORT.operation: {
        Reason.PERIOD_REVERSED,
        Reason.PERIOD_IN_FUTURE,
        Reason.PERIOD_TOO_LONG,
    },
    routes.READ_FORECAST.operation: {Reason.PERIOD_TOO_LONG},
    routes.MAKE_DOCUMENT.operation: {
        Reason.PERIOD_UNCLEAR,
        Reason.PERIOD_REVERSED,
        Reason.PERIOD_IN_FUTURE,
        Reason.PERIOD_TOO_LONG,
        Reason.FORMAT_NOT_OFFERED,
        Reason.TOO_MANY_DOCUMENTS,
    },
    routes.STATEMENT.operation: {Reason.PERIOD_IN_FUTURE, Reason.PERIOD_TOO_LONG},
    routes.STATEMENT_OF_PERIOD.operation: {
        Reason.PERIOD_REVERSED,
        Reason.PERIOD_IN_FUTURE,
        Reason.PERIOD_TOO_LONG,
    },
}


def possible(route: Route) -> set[StrEnum]:
    """Every code the operation may answer with."""
    found = {*EVERYWHERE, *OWN.get(route.operation, ())}
    found |= {code for name, code in NOT_FOUND.items() if f"{{{name}}}" in route.path}
    if "{account}" in route.path:
        found.add(Reason.NOT_PERMITTED)
    if route.gated:
        found.add(Reason.TERMS_REQUIRED)
    if route.body is not None:
        found |= WITH_BODY
    if route.keyed:
        found |= WITH_KEY
    if route.query:
        found |= WITH_QUERY
    if any(name in route.path for name in WRITTEN):
        found.add(BadInput.NOT_ALLOWED)
    return found - SIGNED_IN if route.public else found
