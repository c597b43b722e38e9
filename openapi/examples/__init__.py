"""The examples of docs/openapi.yaml: one company's March, in structs, so that no field can rot."""

from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from openapi.examples import (
    accounts,
    bookings,
    budgets,
    cases,
    catalogue,
    documents,
    journal,
    orders,
    preferences,
    reports,
    spending,
    vouchers,
    webhooks,
)
from openapi.examples import names as n
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Approval, OrderState, Role, Verdict
from training_credits.edge import problems, routes, schemas

PATH = {
    "account": n.ACCOUNT,
    "order": n.LOT,
    "offering": n.OFFERING,
    "lot": n.LOT,
    "code": n.CODE,
    "budget": n.TEAM,
    "redemption": n.REQUEST,
    "case": n.CASE,
    "voucher": n.VOUCHER,
    "webhook": n.WEBHOOK,
    "delivery": n.DELIVERY,
    "email": n.SECOND,
    "month": "2026-03",
    "role": "advisor",
}
QUERY: dict[str, Any] = {
    "from": "2026-03-01T00:00:00Z",
    "to": "2026-04-01T00:00:00Z",
    "at": "2026-03-31T12:00:00Z",
    "collection": "administrator",
    "language": "de",
    "currency": "EUR",
}
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
    routes.SET_PREFERENCES.operation: preferences.wanted,
    routes.INVITE.operation: schemas.NewMember(email=n.SECOND, role=Role.BUYER),
    routes.NAME_DEPUTY.operation: schemas.NewDeputy(until=date(2026, 3, 16)),
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
    routes.IMPORT.operation: catalogue.sent,
    routes.CART.operation: spending.asked,
    routes.ADD_BUDGET.operation: schemas.NewBudget(
        name="Support team", limit=2_000, learners=(n.LEARNER, n.SECOND)
    ),
    routes.EDIT_BUDGET.operation: schemas.BudgetEdit(limit=2_500),
    routes.TRANSFER.operation: schemas.NewTransfer(source=n.SPARE, target=n.TEAM, credits=500),
    routes.REDEEM.operation: spending.asked,
    routes.CONFIRM.operation: schemas.Confirmation(),
    routes.CANCEL.operation: schemas.Cancellation(),
    routes.RETURN_LINE.operation: schemas.NewReturn(line=1),
    routes.MOVE_LINE.operation: schemas.NewLineMove(line=1, session=n.LATER),
    routes.FULFIL_LINE.operation: schemas.NewFulfilment(
        line=1, completed=True, reference=n.REFERENCE
    ),
    routes.OPEN_CASE.operation: cases.asked,
    routes.REDRAFT_CASE.operation: cases.draft,
    routes.MOVE_CASE.operation: cases.answered,
    routes.EXPORT_VOUCHERS.operation: schemas.NewVoucherExport(),
    routes.ASSIGN_VOUCHER.operation: vouchers.holder,
    routes.USE_VOUCHER.operation: schemas.NewVoucherUse(holder=vouchers.holder),
    routes.MAKE_DOCUMENT.operation: documents.asked,
    routes.ADD_WEBHOOK.operation: webhooks.asked,
    routes.EDIT_WEBHOOK.operation: webhooks.edited,
    routes.ROTATE_SECRET.operation: schemas.NewSecretRotation(),
    routes.REDELIVER.operation: schemas.NewRedelivery(),
    routes.TEST_WEBHOOK.operation: schemas.NewWebhookTest(),
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
    routes.READ_PREFERENCES.operation: preferences.chosen,
    routes.SET_PREFERENCES.operation: preferences.chosen,
    routes.INVITE.operation: accounts.invited,
    routes.NAME_DEPUTY.operation: accounts.deputy,
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
    routes.BROWSE.operation: schemas.OfferingList(offerings=(catalogue.offering,)),
    routes.READ_OFFERING.operation: catalogue.page,
    routes.IMPORT.operation: catalogue.tried,
    routes.HEAR.operation: schemas.Heard(booked=True),
    routes.LIST_BUDGETS.operation: schemas.BudgetList(budgets=(budgets.team, budgets.spare)),
    routes.ADD_BUDGET.operation: budgets.made,
    routes.EDIT_BUDGET.operation: budgets.raised,
    routes.TRANSFER.operation: schemas.BudgetList(budgets=(budgets.given, budgets.raised)),
    routes.REDEEM.operation: spending.pending,
    routes.READ_REDEMPTION.operation: spending.pending,
    routes.CONFIRM.operation: spending.booked,
    routes.CANCEL.operation: spending.cancelled,
    routes.RETURN_LINE.operation: bookings.returned,
    routes.MOVE_LINE.operation: bookings.moved,
    routes.FULFIL_LINE.operation: bookings.delivered,
    routes.OPEN_CASE.operation: cases.submitted,
    routes.LIST_CASES.operation: schemas.CaseList(cases=(cases.granted, cases.disputed)),
    routes.READ_CASE.operation: cases.granted,
    routes.REDRAFT_CASE.operation: cases.drafted,
    routes.MOVE_CASE.operation: cases.granted,
    routes.OPEN_CASES.operation: schemas.CaseList(cases=(cases.submitted, cases.disputed)),
    routes.LIST_VOUCHERS.operation: schemas.VoucherList(vouchers=(vouchers.assigned,)),
    routes.EXPORT_VOUCHERS.operation: vouchers.exported,
    routes.ASSIGN_VOUCHER.operation: vouchers.assigned,
    routes.UNASSIGN_VOUCHER.operation: vouchers.issued,
    routes.USE_VOUCHER.operation: vouchers.used,
    routes.FUNDING.operation: spending.funding,
    routes.CART.operation: spending.cart,
    routes.LIST_REQUESTS.operation: schemas.RequestList(
        requests=(spending.request,),
        total_credits=300,
        available_credits=20_000,
        left_credits=19_700,
    ),
    routes.ADD_WEBHOOK.operation: webhooks.added,
    routes.LIST_WEBHOOKS.operation: schemas.WebhookList(webhooks=(webhooks.plain,)),
    routes.READ_WEBHOOK.operation: webhooks.plain,
    routes.EDIT_WEBHOOK.operation: webhooks.every,
    routes.ROTATE_SECRET.operation: webhooks.rotated,
    routes.LIST_DELIVERIES.operation: webhooks.log,
    routes.REDELIVER.operation: webhooks.again,
    routes.TEST_WEBHOOK.operation: webhooks.tested,
    routes.READ_REQUEST.operation: spending.request,
    routes.DECIDE.operation: spending.decision,
    routes.TRANSACTIONS.operation: spending.transactions,
    routes.JOURNAL.operation: journal.page,
    routes.READ_BALANCES.operation: reports.balances,
    routes.READ_REPORT.operation: reports.report,
    routes.READ_FORECAST.operation: reports.forecast,
    routes.MAKE_DOCUMENT.operation: documents.made,
    routes.STATEMENT.operation: spending.statement,
    routes.STATEMENT_OF_PERIOD.operation: spending.statement_of_period,
}
PROBLEM = problems.body_of(
    Refused(
        Reason.INSUFFICIENT_CREDITS,
        "50 credits are missing.",
        credits=300,
        missing=50,
        lots=[{"lot": n.LOT, "expires_on": "2027-03-02", "available": 250, "why": "not_enough"}],
    ),
    None,
) | {"rule": "AT-39"}
