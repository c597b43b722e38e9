"""The examples of docs/openapi.yaml: one company's March, in structs, so that no field can rot."""

from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from openapi.examples import accounts, orders, spending
from openapi.examples import names as n
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Approval, OrderState, Role, Verdict
from training_credits.edge import problems, routes, schemas

PATH = {
    "account": n.ACCOUNT,
    "order": n.LOT,
    "lot": n.LOT,
    "code": n.CODE,
    "redemption": n.REQUEST,
    "email": n.SECOND,
    "month": "2026-03",
    "role": "advisor",
}
QUERY: dict[str, Any] = {"from": "2026-03-01T00:00:00Z", "to": "2026-04-01T00:00:00Z"}
KEY = "order-2026-03-02-0001"
# What a payment provider sends to the public operation: its own shape, and signed.
HEARD = {"id": "evt_0001", "object": "event", "type": "payment_intent.succeeded", "data": {}}
SIGNED = "t=1772443980,v1=0a1b2c"

BODIES: dict[str, schemas.Request] = {
    routes.OPEN_ACCOUNT.operation: schemas.NewAccount(name="Acme", approval=Approval.MANUAL),
    routes.EDIT_ACCOUNT.operation: schemas.AccountEdit(approval=Approval.AUTOMATIC),
    routes.NAME_CONTACT.operation: schemas.NewContact(name="Kim Lee", email=n.ADVISOR),
    routes.SET_AGREEMENT.operation: schemas.NewAgreement(
        percent=15, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    ),
    routes.CHANGE_PLAN.operation: schemas.NewPlan(items=(accounts.wish,)),
    routes.SIGN_IN.operation: schemas.SignIn(),
    routes.ACCEPT_TERMS.operation: schemas.NewAcceptance(version="2026-01"),
    routes.INVITE.operation: schemas.NewMember(email=n.SECOND, role=Role.BUYER),
    routes.ISSUE_CODE.operation: schemas.NewCode(
        label="Spring classes", limit=5_000, domains=("acme.example",)
    ),
    routes.ROTATE_CODE.operation: schemas.NewRotation(grace_hours=24),
    routes.PURCHASE.operation: schemas.NewOrder(credits=20_000, billing=accounts.billing),
    routes.ENTER_ORDER.operation: schemas.NewSale(
        credits=1_000,
        billing=orders.sold.billing,
        channel="reseller",
        sale=orders.entered,
        booked_on=date(2026, 3, 2),
    ),
    routes.MOVE_ORDER.operation: schemas.NewMove(to=OrderState.QUOTED, total_minor=450_000),
    routes.PAY.operation: schemas.NewPayment(),
    routes.REDEEM.operation: schemas.NewRedemption(
        code="7KXM-3QP2-49F2K", title=n.TITLE, credits=300
    ),
    routes.CANCEL.operation: schemas.Cancellation(),
    routes.DECIDE.operation: schemas.Decision(verdict=Verdict.APPROVE, redemptions=(n.REQUEST,)),
}
ANSWERS: dict[str, msgspec.Struct] = {
    routes.READ_PROGRAM.operation: accounts.program,
    routes.OPEN_ACCOUNT.operation: accounts.account,
    routes.LIST_ACCOUNTS.operation: schemas.AccountList(accounts=(accounts.seat,)),
    routes.READ_ACCOUNT.operation: accounts.page,
    routes.EDIT_ACCOUNT.operation: replace(accounts.account, approval=Approval.AUTOMATIC),
    routes.READ_HISTORY.operation: accounts.history,
    routes.NAME_CONTACT.operation: accounts.advised,
    routes.SET_AGREEMENT.operation: accounts.agreement,
    routes.READ_PLAN.operation: accounts.plan,
    routes.CHANGE_PLAN.operation: accounts.plan,
    routes.SIGN_IN.operation: accounts.signed_in,
    routes.ACCEPT_TERMS.operation: schemas.NewAcceptance(version="2026-01"),
    routes.INVITE.operation: accounts.invited,
    routes.ISSUE_CODE.operation: accounts.new_code,
    routes.LIST_CODES.operation: schemas.CodeList(codes=(accounts.code,)),
    routes.ROTATE_CODE.operation: accounts.new_code,
    routes.LIST_USES.operation: accounts.uses,
    routes.PURCHASE.operation: orders.accepted,
    routes.ENTER_ORDER.operation: orders.sold,
    routes.LIST_ORDERS.operation: schemas.OrderList(orders=(orders.quoted,)),
    routes.READ_ORDER.operation: orders.activated,
    routes.MOVE_ORDER.operation: orders.quoted,
    routes.OPEN_ORDERS.operation: schemas.OrderList(orders=(orders.sold, orders.quoted)),
    routes.PAY.operation: orders.payment,
    routes.HEAR.operation: schemas.Heard(booked=True),
    routes.REDEEM.operation: spending.pending,
    routes.READ_REDEMPTION.operation: spending.pending,
    routes.CANCEL.operation: spending.cancelled,
    routes.LIST_REQUESTS.operation: schemas.RequestList(
        requests=(spending.request,), total_credits=300
    ),
    routes.DECIDE.operation: spending.decision,
    routes.TRANSACTIONS.operation: spending.transactions,
    routes.STATEMENT.operation: spending.statement,
}
PROBLEM = problems.body_of(
    Refused(
        Reason.INSUFFICIENT_CREDITS,
        "50 credits are missing.",
        credits=300,
        missing=50,
        lots=[{"lot": n.LOT, "expires_on": "2027-03-02", "available": 250, "why": "not_enough"}],
    ),
    {Reason.INSUFFICIENT_CREDITS: "AT-39"},
)
