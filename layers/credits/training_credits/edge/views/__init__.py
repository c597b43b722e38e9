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
from training_credits.edge.views.spending import (
    RequestState,
    decisions,
    redemption,
    request,
    requests,
    uses,
)

__all__ = [
    "RequestState",
    "account",
    "account_page",
    "agreement",
    "balance",
    "balances",
    "code",
    "decisions",
    "encoded",
    "history",
    "lot_answer",
    "member",
    "new_code",
    "next_expiry",
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
    "signed_in",
    "statement",
    "transactions",
    "uses",
]
