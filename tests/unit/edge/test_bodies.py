"""From bodies to what use cases take: everything that was said, and nothing that was not."""

from datetime import date

import pytest

from training_credits.domain.decisions import orders
from training_credits.domain.model import (
    Billing,
    Contact,
    OrderState,
    PlanItem,
    Role,
    Sale,
)
from training_credits.edge import bodies, schemas
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.use_cases.purchase import Basket

BILLING = schemas.BillingBody(company="Acme", country="US", tax_id="T-1", address="1 Main St")
BILLED = Billing(company="Acme", country="US", tax_id="T-1", address="1 Main St")


def test_a_contact_is_known_by_their_address_in_lower_case() -> None:
    body = schemas.NewContact(name="K. Lee", email="K.Lee@Cisco.Example")
    assert bodies.contact("advisor", body) == Contact(
        role=Role.ADVISOR, name="K. Lee", email="k.lee@cisco.example"
    )


def test_a_customers_order_says_neither_a_price_nor_a_sale() -> None:
    body = schemas.NewOrder(credits=500, billing=BILLING, product="TC", promo_code="twentyoffTC")
    assert bodies.basket(body) == Basket(
        credits=500, channel="card", billing=BILLED, product_id="TC", promo="twentyoffTC"
    )


@pytest.mark.rule("CI-05")
def test_a_sale_says_what_the_sales_system_says() -> None:
    sale = schemas.SoldBody(
        sku="CLC-100", reseller="R1", sales_order="SO-5001", line=3, buyer="Bill@Acme.example"
    )
    body = schemas.NewSale(
        credits=100,
        billing=BILLING,
        channel="reseller",
        sale=sale,
        booked_on=date(2026, 3, 5),
        total_minor=900_000,
    )
    assert bodies.sold(body) == Basket(
        credits=100,
        channel="reseller",
        billing=BILLED,
        sale=Sale(sku="CLC-100", reseller="R1", sales_order="SO-5001", line=3),
        booked_on=date(2026, 3, 5),
        total_minor=900_000,
        buyer="bill@acme.example",
    )


def test_a_step_says_nothing_of_a_sale_unless_it_does() -> None:
    quoted = schemas.NewMove(to=OrderState.QUOTED, total_minor=1_600_000)
    assert bodies.step(quoted) == orders.NextStep(to=OrderState.QUOTED, total_minor=1_600_000)
    booked = schemas.NewMove(
        to=OrderState.BOOKED,
        on=date(2026, 7, 1),
        note="By case 7",
        sale=schemas.SaleBody(contact="TAE: J. Doe"),
    )
    assert bodies.step(booked) == orders.NextStep(
        to=OrderState.BOOKED,
        on=date(2026, 7, 1),
        note="By case 7",
        sale=Sale(contact="TAE: J. Doe"),
    )


@pytest.mark.parametrize("kept", [None, False])
def test_an_edit_drops_the_card_or_says_nothing_of_it(*, kept: bool | None) -> None:
    assert bodies.edit(schemas.AccountEdit(card_kept=kept)).card_kept is kept


def test_no_edit_keeps_a_card() -> None:
    with pytest.raises(BadRequest) as no:
        bodies.edit(schemas.AccountEdit(card_kept=True))
    assert no.value.reason is BadInput.NOT_ALLOWED


def test_a_plan_is_its_wishes_in_their_order() -> None:
    plan = schemas.NewPlan(
        items=(
            schemas.PlanWish(title="CCNA", month="2026-12", credits=40, person="Lee"),
            schemas.PlanWish(title="CCNP", month="2026-11", credits=40),
        )
    )
    assert bodies.wishes(plan) == (
        PlanItem(title="CCNA", month="2026-12", credits=40, person="Lee"),
        PlanItem(title="CCNP", month="2026-11", credits=40),
    )
