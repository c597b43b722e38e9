"""What the API has written is clean, and whichever item of it is lost, the audit names that."""

from typing import Any

import pytest

from tests.engines import Dump
from tests.http.audit import violations
from tests.http.people import company, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps


@pytest.fixture(scope="module")
def whole(wire: Wire, dump: Dumps) -> Dump:
    """Orders in many states, requests in many, a code with limits, and people who come and go."""
    acme = company(wire, credits=100)
    for verdict in ("approve", "deny"):
        acme.decides(verdict, acme.wants(7).json["redemption"])
    acme.wants(3)
    acme.orders(5)
    acme.asks_in(someone(wire, "dan"))
    gone = someone(wire, "gus")
    acme.adds(gone)
    acme.removes(gone)
    limited = company(wire, program="salesforce", credits=50)
    code = limited.issues(lot=limited.buys(20)["lot"], limit=15, limit_each=10)["code"]
    assert limited.wants(4, code=code).status == 201
    assert limited.wants(3, code=code, who=someone(wire, "lou", program="salesforce")).status == 201
    wrong = limited.buys(9)["order"]
    assert limited.moves(wrong, "cancelled", note="A typing error.").status == 200
    company(wire, program="cisco", credits=10).sells(5)
    return dump()


def test_a_whole_table_is_clean(whole: Dump) -> None:
    assert violations(whole) == []


@pytest.mark.proves("T22", "F19")
def test_each_item_that_is_lost_is_named(whole: Dump) -> None:
    """But for what stands for itself: terms, counts that only bound, what was free again."""
    unnamed = [
        (item["kind"], place)
        for place, item in whole.items()
        if not _alone(item)
        and not violations({other: one for other, one in whole.items() if other != place})
    ]
    assert unnamed == []


def _alone(item: dict[str, Any]) -> bool:
    freed = {"seat": "account_id" not in item, "sales_order": "order_id" not in item}
    answered = item["kind"] == "invitation" and not item["open"]
    counts = item["kind"] in {"terms", "asked", "made", "tries"}
    return counts or answered or freed.get(item["kind"], False)
