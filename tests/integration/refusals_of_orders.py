"""How to come by each no that has to do with buying and paying."""

from functools import partial
from typing import Any

from tests.fakes.payments import DECLINED, GOOD
from tests.http.people import BILLING, Company, company
from tests.integration.refusals import Ask, Case, Scenario
from training_credits.domain.errors import Reason
from training_credits.edge import wiring

MONTH = 31 * 86_400
IN_BRAZIL = {**BILLING, "country": "BR"}


def orders(credits: int = 1, program: str = "atlassian", **more: Any) -> Scenario:
    """An order that is refused at once."""
    return lambda case: partial(company(case.wire, program=program).orders, credits, **more)


def sells(credits: int = 1, **more: Any) -> Scenario:
    """The same of what the vendor enters."""
    return lambda case: partial(company(case.wire, program="cisco").sells, credits, **more)


def waiting(case: Case) -> tuple[Company, str]:
    """An order that waits for a card."""
    made = case.acme
    return made, made.orders(5).json["order"]


def pays(made: Company, order: str, **how: Any) -> Ask:
    return partial(made.owner.post, f"{made.path}/orders/{order}/payment", how)


def opened(case: Case) -> tuple[Company, str]:
    """The same with a payment under way at the provider."""
    made, order = waiting(case)
    assert pays(made, order)().status == 200
    return made, order


def second_operator(case: Case) -> Ask:
    """USD 250,000 and more are not made by one operator alone."""
    made = company(case.wire, program="cisco")
    order = made.sells(2_500).json["order"]
    for step in ("approved", "invoiced"):
        assert made.moves(order, step, made.staff[0]).status == 200
    return partial(made.moves, order, "activated", made.staff[0])


def taken(case: Case) -> Ask:
    made, other = (company(case.wire, program="cisco") for _ in range(2))
    assert made.sells(5, sale={"sales_order": "SO-5001"}).status == 201
    return partial(other.sells, 5, sale={"sales_order": "SO-5001"})


def step_not_next(case: Case) -> Ask:
    made = company(case.wire, program="cisco")
    return partial(made.moves, made.sells(5).json["order"], "activated")


def date_not_possible(case: Case) -> Ask:
    made = company(case.wire, program="cisco")
    return partial(made.moves, made.sells(5).json["order"], "approved", on="2026-01-05")


def reason_required(case: Case) -> Ask:
    made, order = waiting(case)
    return partial(made.moves, order, "cancelled")


def quote_expired(case: Case) -> Ask:
    made, order = waiting(case)
    case.later(MONTH)
    return pays(made, order)


def order_moved(case: Case) -> Ask:
    """Paid with an invoice, not with a card."""
    made = case.acme
    return pays(made, made.orders(5, channel="invoice").json["order"])


def not_refundable(case: Case) -> Ask:
    made = case.acme
    return partial(made.moves, made.buys(5)["order"], "cancelled", made.owner)


def in_use(case: Case) -> Ask:
    made = company(case.wire, program="salesforce", credits=10)
    order = made.owner.get(f"{made.path}/orders").json["orders"][0]["order"]
    assert made.wants(1).status == 201
    return partial(made.moves, order, "cancelled", note="A typing error.")


def card_not_kept(case: Case) -> Ask:
    return pays(*opened(case), kept=True)


def declined(case: Case) -> Ask:
    return pays(*opened(case), method=DECLINED)


def under_way(case: Case) -> Ask:
    """The card is charged, and the provider has not told us yet."""
    made, order = opened(case)
    assert pays(made, order, method=GOOD)().json["state"] == "succeeded"
    return partial(made.moves, order, "cancelled", made.owner)


def unavailable(case: Case) -> Ask:
    made, order = waiting(case)
    case.patch.setattr(wiring, "payments", wiring.NoPayments)
    return pays(made, order)


SCENARIOS: dict[str, Scenario] = {
    Reason.PRODUCT_UNKNOWN: orders(product="VLC"),
    Reason.CHANNEL_NOT_OFFERED: orders(program="cisco"),
    Reason.COUNTRY_NOT_SALEABLE: orders(
        program="salesforce", channel="assisted", billing=IN_BRAZIL
    ),
    Reason.ORDER_TOO_LARGE: sells(1_000_001),
    Reason.PROMO_UNKNOWN: orders(20_000, promo_code="halfoff"),
    Reason.BELOW_THRESHOLD: orders(19_999, promo_code="twentyoffTC"),
    Reason.PRICE_NOT_POSSIBLE: sells(1, total_minor=10_001),
    Reason.RESELLER_MISMATCH: sells(channel="reseller"),
    Reason.SALES_ORDER_REQUIRED: sells(sale={}),
    Reason.SALES_ORDER_TAKEN: taken,
    Reason.SECOND_OPERATOR_NEEDED: second_operator,
    Reason.STEP_NOT_NEXT: step_not_next,
    Reason.DATE_NOT_POSSIBLE: date_not_possible,
    Reason.REASON_REQUIRED: reason_required,
    Reason.QUOTE_EXPIRED: quote_expired,
    Reason.ORDER_MOVED: order_moved,
    Reason.NOT_REFUNDABLE: not_refundable,
    Reason.CREDITS_IN_USE: in_use,
    Reason.CARD_NOT_KEPT: card_not_kept,
    Reason.PAYMENT_DECLINED: declined,
    Reason.PAYMENT_UNDER_WAY: under_way,
    Reason.PAYMENTS_UNAVAILABLE: unavailable,
}
