"""Buying, as the rules have it, at the API."""

import pytest

from tests.http.audit import violations
from tests.http.people import BILLING, company, provider_says
from tests.http.stripe import WEBHOOK_SECRET, signed_event
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput


@pytest.mark.rule("AT-09")
def test_a_payment_that_is_told_of_twice_is_one_lot(own_wire: Wire, dump: Dumps) -> None:
    acme = company(own_wire)
    placed = acme.orders(500).json
    assert acme.pays(placed, event_id="evt_P1").json == {"booked": True}
    bought = acme.owner.get(f"{acme.path}/orders/{placed['order']}").json
    before = dump()
    for event in ("evt_P1", "evt_P1", "evt_P1_again"):
        assert acme.pays(placed, event_id=event).json == {"booked": False}
    assert dump() == before
    (lot,) = acme.owner.get(acme.path).json["lots"]
    assert (lot["credits"], lot["balance"]["available"]) == (500, 500)
    begun, ends = bought["steps"][-1]["on"], lot["expires_on"]
    assert (int(ends[:4]) - int(begun[:4]), ends[5:]) == (1, begun[5:].replace("02-29", "02-28"))
    assert violations(dump()) == []


def test_a_card_that_was_refused_leaves_an_order_that_can_be_paid(own_wire: Wire) -> None:
    acme = company(own_wire)
    placed = acme.orders(500).json
    failed = acme.pays(placed, kind="payment_intent.payment_failed", problem="card_declined")
    assert failed.json == {"booked": False}
    seen = acme.owner.get(f"{acme.path}/orders/{placed['order']}").json
    assert (seen["state"], seen["payment_problem"]) == ("accepted", "card_declined")
    assert acme.pays(placed).json == {"booked": True}
    seen = acme.owner.get(f"{acme.path}/orders/{placed['order']}").json
    assert (seen["state"], "payment_problem" in seen) == ("activated", False)


def test_only_the_provider_s_own_words_of_just_now_are_believed(
    own_wire: Wire, dump: Dumps
) -> None:
    acme = company(own_wire)
    placed = acme.orders(500).json
    facts = {"program": "atlassian", "account": acme.account, "order": placed["order"]}
    body, signature = signed_event(**facts, amount_minor=50_000)
    old = signed_event(**facts, amount_minor=50_000, at=1_000_000_000)
    other = signed_event(**facts, amount_minor=50_000, secret=f"not {WEBHOOK_SECRET}")
    before = dump()
    for said in (
        (body.replace(b"50000", b"50001"), signature),
        (body + b"\n", signature),
        (body, ""),
        (body, signature.replace("v1=", "v0=")),
        old,
        other,
    ):
        reply = provider_says(own_wire, "atlassian", said)
        assert (reply.status, reply.code, reply.heard) == (400, BadInput.SIGNATURE_INVALID, [])
    assert dump() == before
    assert provider_says(own_wire, "atlassian", (body, signature)).json == {"booked": True}


@pytest.mark.rule("AT-46")
def test_who_is_billed_comes_with_the_order_and_the_country_must_be_given(wire: Wire) -> None:
    acme = company(wire)
    nowhere = {name: value for name, value in BILLING.items() if name != "country"}
    refused = acme.orders(500, billing=nowhere)
    assert (refused.status, refused.code) == (400, BadInput.MISSING_FIELD)
    assert "country" in refused.json["detail"]
    order = acme.orders(500).json["order"]
    receipt = acme.owner.get(f"{acme.path}/orders/{order}").json
    assert receipt["billing"] == {"company": "Acme", "country": "US", "tax_id": "12-345"}
    assert (receipt["total_minor"], receipt["currency"]) == (50_000, "USD")


@pytest.mark.rule("SF-14")
def test_what_was_bought_is_not_given_back_but_an_error_is_undone_with_a_reason(
    own_wire: Wire, dump: Dumps
) -> None:
    acme = company(own_wire, program="salesforce", credits=1_000)
    (lot,) = acme.owner.get(acme.path).json["lots"]
    refused = acme.moves(lot["lot"], "cancelled", acme.owner, note="Give it back.")
    assert (refused.status, refused.code) == (403, Reason.NOT_REFUNDABLE)
    assert refused.json["rule"] == "SF-14"
    assert acme.moves(lot["lot"], "cancelled").code == Reason.REASON_REQUIRED
    done = acme.moves(lot["lot"], "cancelled", note="Typed twice.")
    assert (done.status, done.json["state"]) == (200, "cancelled")
    assert acme.balance() == {
        "available": 0,
        "held": 0,
        "redeemed": 0,
        "delivered": 0,
        "expired": 0,
        "voided": 1_000,
        "reissued": 0,
    }
    period = "from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00Z"
    bought, undone = acme.owner.get(f"{acme.path}/transactions", period).json["entries"]
    assert (bought["kind"], bought["change"]) == ("purchase", 1_000)
    assert (undone["kind"], undone["change"]) == ("void", -1_000)
    assert "Typed twice." in undone["title"]
    assert undone["actor"] == acme.staff[1].email
    assert violations(dump()) == []
