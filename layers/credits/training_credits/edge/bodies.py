"""From the bodies of requests to what use cases take."""

from dataclasses import replace

import msgspec

from training_credits.domain.decisions import orders
from training_credits.domain.decisions.accounts import Edit
from training_credits.domain.decisions.cases import Asking, Draft, NextCaseStep
from training_credits.domain.decisions.sales_orders import canonical
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import (
    Agreement,
    Attendee,
    Billing,
    Caller,
    CaseKind,
    Contact,
    PlanItem,
    PlannedUse,
    Role,
    Sale,
)
from training_credits.edge import schemas
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.use_cases.payments import Means
from training_credits.use_cases.purchase import Basket

# What each kind of case has to name, and what it may.
CASE_FIELDS = {
    schemas.CaseWish.REISSUE: (("lot",), ("plan", "draft")),
    schemas.CaseWish.EXTENSION: (("lot",), ("days", "draft")),
    schemas.CaseWish.DISPUTE: (("entry", "at"), ()),
}
CASE_ABOUT = {"lot", "days", "plan", "entry", "at", "draft"}


def contact(role: str, body: schemas.NewContact) -> Contact:
    """Somebody of the vendor's."""
    return Contact(role=Role(role), name=body.name, email=body.email.lower())


def edit(body: schemas.AccountEdit) -> Edit:
    """What is to change on an account."""
    if body.card_kept:
        raise BadRequest(BadInput.NOT_ALLOWED, "`card_kept` can only be false.")
    return Edit(**msgspec.structs.asdict(body))


def holder(body: schemas.NewHolder) -> Attendee:
    """Who is to have a voucher."""
    return Attendee(email=body.email.lower(), name=body.name)


def agreement(caller: Caller, body: schemas.NewAgreement) -> Agreement:
    """What was negotiated, as this operator says."""
    return Agreement(**msgspec.structs.asdict(body), made_by=caller.person.email)


def means(body: schemas.NewPayment) -> Means:
    """How a card order is paid: in the browser, with a method, or with the kept card."""
    if body.keep and body.method is None:
        raise Refused(Reason.CARD_NOT_KEPT, "To keep a card, name it as `method`.")
    if body.kept and body.method is not None:
        raise Refused(Reason.CARD_NOT_KEPT, "Pay with `method`, or with the `kept` card.")
    return Means(method_id=body.method, keep=body.keep, kept=body.kept)


def wishes(body: schemas.NewPlan) -> tuple[PlanItem, ...]:
    """A training plan."""
    return tuple(PlanItem(**msgspec.structs.asdict(item)) for item in body.items)


def case(body: schemas.NewCase) -> Asking:
    """What is asked of the vendor; each kind is about a thing of its own, and no other."""
    needed, allowed = CASE_FIELDS[body.kind]
    said = msgspec.structs.asdict(body)
    missing = [name for name in needed if said[name] is None]
    if missing:
        raise BadRequest(BadInput.MISSING_FIELD, f"A {body.kind} names its `{missing[0]}`.")
    surplus = [name for name in CASE_ABOUT - {*needed, *allowed} if said[name]]
    if surplus:
        raise BadRequest(BadInput.NOT_ALLOWED, f"A {body.kind} has no `{min(surplus)}`.")
    return Asking(
        kind=CaseKind(body.kind),
        draft=draft(body),
        asked=not body.draft,
        lot_id=body.lot,
        entry_id=body.entry,
        entry_at=body.at,
    )


def draft(body: schemas.NewCase | schemas.CaseEdit) -> Draft:
    """What may change while nobody has asked yet."""
    plan = tuple(PlannedUse(**msgspec.structs.asdict(use)) for use in body.plan)
    return Draft(reason=body.reason, days=body.days, plan=plan)


def case_step(body: schemas.NewCaseMove) -> NextCaseStep:
    """Where a case goes on to, and why."""
    return NextCaseStep(to=body.to, note=body.note, days=body.days)


def basket(body: schemas.NewOrder) -> Basket:
    """What a customer wants to buy."""
    return Basket(
        credits=body.credits,
        channel=body.channel,
        billing=_billing(body.billing),
        product_id=body.product,
        promo=body.promo_code,
    )


def sold(body: schemas.NewSale) -> Basket:
    """What the vendor has sold."""
    return Basket(
        credits=body.credits,
        channel=body.channel,
        billing=_billing(body.billing),
        product_id=body.product,
        sale=_sale(body.sale),
        booked_on=body.booked_on,
        total_minor=body.total_minor,
        buyer=body.sale.buyer.lower() if body.sale.buyer is not None else None,
    )


def step(body: schemas.NewMove) -> orders.NextStep:
    """The next step of an order."""
    return orders.NextStep(
        to=body.to,
        on=body.on,
        note=body.note,
        total_minor=body.total_minor,
        sale=_sale(body.sale) if body.sale is not None else None,
    )


def _billing(body: schemas.BillingBody) -> Billing:
    return Billing(**msgspec.structs.asdict(body))


def _sale(body: schemas.SaleBody) -> Sale:
    said = msgspec.structs.asdict(body)
    said.pop("buyer", None)  # of the order, not of the sale
    sale = Sale(**said)
    number = sale.sales_order
    return replace(sale, sales_order=canonical(number)) if number else sale
