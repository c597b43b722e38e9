"""F3: what belongs together comes in every order: the same ends, or it waits for its turn."""

from collections.abc import Callable
from datetime import datetime
from itertools import permutations
from typing import Any

import pytest

from tests import engines
from tests.http.people import Company, Reply, company, invoke, provider_says
from tests.http.stripe import signed_event
from tests.integration.cloud import Cloud
from tests.integration.delivery import expected
from tests.proof.figures import Counts
from training_credits.domain.identity import derived
from training_credits.edge import wiring

pytestmark = [pytest.mark.proves("F3", "T12"), pytest.mark.timeout(900)]
FEW = 24  # orders of four


@pytest.mark.parametrize("most", [3, pytest.param(5, marks=pytest.mark.proof)])
def test_events_of_one_request_are_told_of_alike_in_every_order(
    cloud: Cloud, figure: Counts, most: int
) -> None:
    acme = company(cloud.wire, credits=20)
    cloud.happens()
    asked = acme.wants(3).json["redemption"]
    acme.decides("approve", asked)
    acme.learner.post(f"/v1/redemptions/{asked}/returns", {"line": 1})
    events, _ = cloud.published(cloud.records())
    assert len(events) == 5, [event["detail-type"] for event in events]
    orders = list(permutations(events[:most]))
    ways = {frozenset(expected(order).items()) for order in orders}
    assert len(ways) == 1
    assert len(ways.pop()) >= 2
    figure("orders of the events of one request", len(orders), "≥ 120")


NEWS = {
    "declined": {"kind": "payment_intent.payment_failed", "event_id": "1", "problem": "expired"},
    "declined again": {"kind": "payment_intent.payment_failed", "event_id": "2"},
    "paid": {"event_id": "3"},
    "paid, told again": {"event_id": "4"},
}


def test_what_the_payment_provider_says_is_booked_alike_in_every_order(
    cloud: Cloud, figure: Counts
) -> None:
    acme, orders = company(cloud.wire), list(permutations(NEWS))
    for said in orders:
        placed = acme.orders(1).json
        facts = {"program": acme.program, "account": acme.account, "order": placed["order"]}
        for name in said:
            more: Any = NEWS[name] | {"event_id": f"{placed['order']}-{NEWS[name]['event_id']}"}
            event = signed_event(**facts, amount_minor=placed["total_minor"], **more)
            assert provider_says(cloud.wire, acme.program, event).status == 200
        found = acme.owner.get(f"{acme.path}/orders/{placed['order']}").json
        assert found["state"] == "activated", said
    assert acme.balance()["available"] == len(orders)
    figure("orders of a payment's news", len(orders), f"= {FEW}")


STEPS = ["buy", "ask", "approve", "give back", "dispute"]


@pytest.mark.parametrize("most", [3, pytest.param(5, marks=pytest.mark.proof)])
def test_whoever_asks_too_early_is_refused_and_asks_again_in_turn(
    cloud: Cloud, figure: Counts, most: int
) -> None:
    """Named beforehand, as ids come of keys; and what was refused leaves nothing behind."""
    seen, orders, too_early = set(), list(permutations(STEPS[:most])), list[str]()
    for number, order in enumerate(orders):
        acme = company(cloud.wire)
        acts = commands(acme, f"too-early-{number}")
        too_early += [name for name in order if acts[name]().status >= 300]
        # What had gone well is sent again too, and is answered as it was.
        for name in STEPS[:most]:
            reply = acts[name]()
            assert reply.status < 300, (order, name, reply)
        seen.add(tuple(acme.balance().items()))
    assert len(seen) == 1, seen
    assert len(too_early) > len(orders)
    figure("orders of what people ask", len(orders), "≥ 120")


def commands(acme: Company, key: str) -> dict[str, Callable[[], Reply]]:
    """What happens to one request, each under its key."""
    unique = derived("redemption", acme.program, f"s-{acme.learner.name}", f"{key}-ask")
    asked = f"{acme.account}-{unique}"

    def buy() -> Reply:
        return acme.pays(acme.orders(9, f"{key}-buy").json)

    def dispute() -> Reply:
        at = instant(f"redeem-{asked}")
        said = {"kind": "dispute", "entry": f"redeem-{asked}", "at": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"}
        return acme.owner.post(f"{acme.path}/cases", {"reason": "No.", **said}, f"{key}-dispute")

    return {
        "buy": buy,
        "ask": lambda: acme.wants(3, f"{key}-ask"),
        "approve": lambda: acme.decides("approve", asked, key=f"{key}-yes"),
        "give back": lambda: acme.learner.post(
            f"/v1/redemptions/{asked}/returns", {"line": 1}, f"{key}-back"
        ),
        "dispute": dispute,
    }


def instant(entry: str) -> datetime:
    """At which it was written; now, if it was not."""
    entries = (item for item in engines.dump("credits").values() if item["kind"] == "entry")
    found = (datetime.fromisoformat(item["at"]) for item in entries if item["entry_id"] == entry)
    return next(found, wiring.clock())


def test_a_sweep_that_comes_before_there_is_anything_changes_nothing(cloud: Cloud) -> None:
    before = engines.dump("credits")
    for function in ("expire", "lapse", "month_end", "digest"):
        assert invoke(function, {})["finished"]
    assert engines.dump("credits") == before
    acme = company(cloud.wire, credits=3)
    assert acme.balance()["available"] == 3
