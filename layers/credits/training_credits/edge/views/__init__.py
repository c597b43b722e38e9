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
    statement,
    transactions,
)
from training_credits.edge.views.orders import (
    order,
    order_of,
    orders,
    payment,
)
from training_credits.edge.views.redeeming import (
    cart,
    cost,
    funding,
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
from training_credits.edge.views.vouchers import (
    voucher,
    voucher_export,
    voucher_of,
    vouchers,
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
    "code",
    "cost",
    "decisions",
    "encoded",
    "funding",
    "history",
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
    "program",
    "redemption",
    "request",
    "requests",
    "seats",
    "sessions",
    "signed_in",
    "statement",
    "transactions",
    "uses",
    "voucher",
    "voucher_export",
    "voucher_of",
    "vouchers",
]
