"""The audit of a table is worth what it finds: each planted defect has to be named."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.engines import Dump
from tests.http.audit import violations
from tests.http.people import company
from tests.http.wire import Wire
from tests.integration.conftest import Dumps

Item = dict[str, Any]


@pytest.fixture(scope="module")
def whole(wire: Wire, dump: Dumps) -> Dump:
    """An order, a request that was approved, one denied, one pending, and two owners."""
    acme = company(wire, credits=100)
    for verdict in ("approve", "deny"):
        acme.decides(verdict, acme.wants(7).json["redemption"])
    acme.wants(3)
    return dump()


def one(table: Dump, **facts: Any) -> Item:
    return next(i for i in table.values() if facts.items() <= i.items())


def drop(table: Dump, **facts: Any) -> None:
    item = one(table, **facts)
    del table[item["pk"], item["sk"]]


def twice(table: Dump) -> None:
    entry = one(table, entry_kind="redeem")
    table[entry["pk"], f"{entry['sk']}-again"] = entry | {"sk": f"{entry['sk']}-again"}


PLANTED: dict[str, Callable[[Dump], object]] = {
    "is not what its entries say": lambda t: one(t, kind="lot").update(available=94),
    "credits were made": lambda t: one(t, kind="lot").update(credits=101),
    "is negative": lambda t: one(t, kind="lot").update(available=-1),
    "closed, and not finished": lambda t: one(t, kind="lot").update(closed=True),
    "a lot that is not there": lambda t: drop(t, kind="lot"),
    "denied, spent 1 times": lambda t: one(t, state="approved").update(state="denied"),
    "approved, spent 0 times": lambda t: drop(t, entry_kind="redeem"),
    "do not pay its price": lambda t: one(t, state="approved").update(credits=8),
    "without a request": lambda t: drop(t, state="approved"),
    "recorded 2 times": twice,
    "owners are counted wrongly": lambda t: one(t, kind="owner").update(active=False),
    "has not one lot": lambda t: one(t, kind="lot").update(order_id="other"),
}


def test_a_whole_table_is_clean(whole: Dump) -> None:
    assert violations(whole) == []


@pytest.mark.parametrize("finding", PLANTED)
def test_the_audit_can_fail(whole: Dump, finding: str) -> None:
    damaged = deepcopy(whole)
    PLANTED[finding](damaged)
    assert any(finding in violation for violation in violations(damaged))
