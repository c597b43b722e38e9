"""From domain values to answers."""

from training_credits.edge.views.accounts import (
    account,
    account_page,
    agreement,
    code,
    history,
    member,
    new_code,
    plan,
    program,
    seats,
    signed_in,
)
from training_credits.edge.views.base import (
    encoded,
)
from training_credits.edge.views.budgets import (
    budget,
    budgets,
)
from training_credits.edge.views.cases import (
    case,
    case_of,
    cases,
)
from training_credits.edge.views.catalogue import (
    brought,
    offering,
    offerings,
    sessions,
)
from training_credits.edge.views.credits import (
    balance,
    balances,
    lot_answer,
    next_expiry,
    transactions,
)
from training_credits.edge.views.documents import document
from training_credits.edge.views.journal import journal
from training_credits.edge.views.orders import (
    order,
    order_of,
    orders,
    payment,
)
from training_credits.edge.views.preferences import preferences
from training_credits.edge.views.redeeming import (
    cart,
    cost,
    funding,
)
from training_credits.edge.views.reports import (
    forecast,
    report,
    snapshot,
)
from training_credits.edge.views.spending import (
    REQUEST_STATES,
    RequestState,
    decisions,
    redemption,
    request,
    requests,
    uses,
)
from training_credits.edge.views.statements import statement
from training_credits.edge.views.vouchers import (
    voucher,
    voucher_export,
    voucher_of,
    vouchers,
)
from training_credits.edge.views.webhooks import (
    deliveries,
    delivery,
    webhook,
    webhooks,
    with_secret,
)

__all__ = [
    "REQUEST_STATES",
    "RequestState",
    "account",
    "account_page",
    "agreement",
    "balance",
    "balances",
    "brought",
    "budget",
    "budgets",
    "cart",
    "case",
    "case_of",
    "cases",
    "code",
    "cost",
    "decisions",
    "deliveries",
    "delivery",
    "document",
    "encoded",
    "forecast",
    "funding",
    "history",
    "journal",
    "lot_answer",
    "member",
    "new_code",
    "next_expiry",
    "offering",
    "offerings",
    "order",
    "order_of",
    "orders",
    "payment",
    "plan",
    "preferences",
    "program",
    "redemption",
    "report",
    "request",
    "requests",
    "seats",
    "sessions",
    "signed_in",
    "snapshot",
    "statement",
    "transactions",
    "uses",
    "voucher",
    "voucher_export",
    "voucher_of",
    "vouchers",
    "webhook",
    "webhooks",
    "with_secret",
]
