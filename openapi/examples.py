"""The examples of docs/openapi.yaml: one company's March, in structs, so that no field can rot."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import (
    Approval,
    EntryKind,
    OrderState,
    RedemptionState,
    State,
    Verdict,
)
from training_credits.edge import problems, routes, schemas

ACCOUNT = "7Q2M9XK4T8RB0CDE"
LOT = "3FZ8H1WJ6N5PVAYG"
REQUEST = f"{ACCOUNT}-5D9KT2MX7RQ4HB8C"
OWNER, SECOND, LEARNER = "ann@acme.example", "bob@acme.example", "lee@acme.example"
TITLE = "Administration, part 1"
BOUGHT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ASKED = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
DECIDED = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
LAST_DAY = date(2027, 3, 2)
END = datetime(2027, 3, 3, tzinfo=UTC)

PATH = {
    "account": ACCOUNT,
    "order": LOT,
    "redemption": REQUEST,
    "email": SECOND,
    "month": "2026-03",
}
QUERY: dict[str, Any] = {"from": "2026-03-01T00:00:00Z", "to": "2026-04-01T00:00:00Z"}
KEY = "order-2026-03-02-0001"

account = schemas.AccountAnswer(
    account=ACCOUNT,
    program="northwind",
    name="Acme",
    approval=Approval.MANUAL,
    opened_by=OWNER,
    opened_at=BOUGHT,
)
balance = schemas.Balance(available=19_700, held=0, redeemed=300, delivered=0, expired=0, voided=0)
lot = schemas.LotAnswer(
    lot=LOT,
    product="TC",
    credits=20_000,
    paid_minor=1_600_000,
    currency="USD",
    granted_at=BOUGHT,
    expires_on=LAST_DAY,
    expires_at=END,
    days_left=336,
    balance=balance,
)
page = schemas.AccountPage(
    **{**msgspec.structs.asdict(account), "code_hint": "9F2K"},
    balance=balance,
    next_expiry=schemas.NextExpiry(expires_on=LAST_DAY, credits=19_700, days_left=336),
    lots=(lot,),
    owners=(schemas.OwnerAnswer(email=OWNER, added_by=OWNER, added_at=BOUGHT),),
)
order = schemas.OrderAnswer(
    order=LOT,
    state=OrderState.ACTIVATED,
    product="TC",
    credits=20_000,
    list_minor=2_000_000,
    discount_minor=400_000,
    paid_minor=1_600_000,
    currency="USD",
    placed_at=BOUGHT,
    lot=LOT,
    expires_on=LAST_DAY,
    expires_at=END,
    buyer=OWNER,
)
pending = schemas.RedemptionAnswer(
    redemption=REQUEST,
    state=RedemptionState.PENDING,
    title=TITLE,
    credits=300,
    requested_at=ASKED,
)
request = schemas.RequestAnswer(
    **msgspec.structs.asdict(pending), learner="Lee", learner_email=LEARNER
)
approved = msgspec.structs.replace(
    request,
    state=RedemptionState.APPROVED,
    decided_at=DECIDED,
    decided_by=OWNER,
    lots=(schemas.DrawAnswer(lot=LOT, credits=300),),
)
bought_entry = schemas.EntryAnswer(
    entry=f"purchase-{LOT}",
    at=BOUGHT,
    kind=EntryKind.PURCHASE,
    title="Purchase of 20000 credits",
    change=20_000,
    movements=(
        schemas.MovementAnswer(
            lot=LOT, source=State.ISSUED, target=State.AVAILABLE, credits=20_000
        ),
    ),
    actor=OWNER,
)
spent_entry = schemas.EntryAnswer(
    entry=f"redeem-{REQUEST}",
    at=DECIDED,
    kind=EntryKind.REDEEM,
    title=TITLE,
    change=-300,
    movements=(
        schemas.MovementAnswer(lot=LOT, source=State.AVAILABLE, target=State.REDEEMED, credits=300),
    ),
    actor=OWNER,
    learner="Lee",
)
statement = schemas.StatementAnswer(
    account=ACCOUNT,
    month="2026-03",
    start=datetime(2026, 3, 1, tzinfo=UTC),
    end=datetime(2026, 4, 1, tzinfo=UTC),
    opening=0,
    lines=(
        schemas.StatementLine(
            at=BOUGHT,
            kind=EntryKind.PURCHASE,
            title=bought_entry.title,
            change=20_000,
            balance=20_000,
        ),
        schemas.StatementLine(
            at=DECIDED,
            kind=EntryKind.REDEEM,
            title=TITLE,
            change=-300,
            balance=19_700,
            learner="Lee",
        ),
    ),
    sums={EntryKind.PURCHASE: 20_000, EntryKind.REDEEM: -300},
    closing=19_700,
    lots=(
        schemas.StatementLot(
            lot=LOT, credits=20_000, unspent=19_700, expires_on=LAST_DAY, days_left=335
        ),
    ),
)
transactions = schemas.TransactionList(entries=(bought_entry, spent_entry))

BODIES: dict[str, schemas.Request] = {
    routes.OPEN_ACCOUNT.operation: schemas.NewAccount(name="Acme", approval=Approval.MANUAL),
    routes.EDIT_ACCOUNT.operation: schemas.AccountEdit(approval=Approval.AUTOMATIC),
    routes.ADD_OWNER.operation: schemas.NewOwner(email=SECOND),
    routes.ISSUE_CODE.operation: schemas.NewCode(),
    routes.PURCHASE.operation: schemas.NewOrder(credits=20_000),
    routes.REDEEM.operation: schemas.NewRedemption(
        code="7KXM-3QP2-49F2K", title=TITLE, credits=300
    ),
    routes.CANCEL.operation: schemas.Cancellation(),
    routes.DECIDE.operation: schemas.Decision(verdict=Verdict.APPROVE, redemptions=(REQUEST,)),
}
ANSWERS: dict[str, msgspec.Struct] = {
    routes.OPEN_ACCOUNT.operation: account,
    routes.LIST_ACCOUNTS.operation: schemas.AccountList(accounts=(ACCOUNT,)),
    routes.READ_ACCOUNT.operation: page,
    routes.EDIT_ACCOUNT.operation: msgspec.structs.replace(account, approval=Approval.AUTOMATIC),
    routes.ADD_OWNER.operation: schemas.NewOwner(email=SECOND),
    routes.ISSUE_CODE.operation: schemas.CodeAnswer(code="7KXM-3QP2-49F2K", hint="9F2K"),
    routes.PURCHASE.operation: order,
    routes.READ_ORDER.operation: order,
    routes.REDEEM.operation: pending,
    routes.READ_REDEMPTION.operation: pending,
    routes.CANCEL.operation: msgspec.structs.replace(
        pending, state=RedemptionState.CANCELLED, decided_at=DECIDED
    ),
    routes.LIST_REQUESTS.operation: schemas.RequestList(requests=(request,), total_credits=300),
    routes.DECIDE.operation: schemas.DecisionAnswer(
        outcomes=(schemas.OutcomeAnswer(redemption=REQUEST, request=approved),),
        decided_credits=300,
    ),
    routes.TRANSACTIONS.operation: transactions,
    routes.STATEMENT.operation: statement,
}
PROBLEM = problems.body_of(
    Refused(
        Reason.INSUFFICIENT_CREDITS,
        "50 credits are missing.",
        credits=300,
        missing=50,
        lots=[{"lot": LOT, "expires_on": "2027-03-02", "available": 250, "why": "not_enough"}],
    ),
    {Reason.INSUFFICIENT_CREDITS: "AT-39"},
)
