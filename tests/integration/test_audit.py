"""The audit of a table is worth what it finds: each planted defect has to be named."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.engines import Dump
from tests.http.audit import violations
from tests.http.people import company, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps

Item = dict[str, Any]


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


def one(table: Dump, **facts: Any) -> Item:
    return next(i for i in table.values() if facts.items() <= i.items())


def drop(table: Dump, **facts: Any) -> None:
    item = one(table, **facts)
    del table[item["pk"], item["sk"]]


def twice(table: Dump, sk: str = "", **facts: Any) -> None:
    item = one(table, **facts)
    place = (item["pk"], sk or f"{item['sk']}-again")
    table[place] = item | {"sk": place[1]}


def entry_twice(table: Dump) -> None:
    twice(table, entry_kind="redeem")


def lose(item: Item, name: str) -> None:
    del item[name]


def step_back(table: Dump) -> None:
    order = one(table, kind="order", state="activated", channel="direct")
    steps = json.loads(order["trail"])
    order["trail"] = json.dumps([*steps[1:-1], steps[0], steps[-1]])


def number_of_another(table: Dump) -> None:
    one(table, kind="sales_order")["order_id"] = "another"


def unactivated(table: Dump) -> None:
    order = one(table, kind="order", state="activated")
    steps = [step for step in json.loads(order["trail"]) if step["state"] != "activated"]
    order["trail"] = json.dumps(steps)


def of_its_line(request: Item, **facts: Any) -> Item:
    """A request whose only line says something else."""
    (line,) = json.loads(request["lines"])
    request["lines"] = json.dumps([line | facts])
    changed: Item = line | facts
    return changed


def another_lot(table: Dump) -> None:
    """Salesforce's codes draw on their own lot only."""
    limited = next(i for i in table.values() if '"limited":true' in i.get("lines", ""))
    (tender,) = of_its_line(limited)["tenders"]
    of_its_line(limited, tenders=[tender | {"lot_id": "another"}])


def without(lot: Item) -> None:
    """A voided lot that has its credits again."""
    lot.update(voided=0, available=9)


PLANTED: dict[str, Callable[[Dump], object]] = {
    "is not what its entries say": lambda t: one(t, kind="lot").update(available=94),
    "credits were made": lambda t: one(t, kind="lot").update(credits=101),
    "is negative": lambda t: one(t, kind="lot").update(available=-1),
    "closed, and not finished": lambda t: one(t, kind="lot").update(closed=True),
    "the sweep would look at it": lambda t: lose(one(t, kind="lot"), "worklist"),
    "voided in part": lambda t: one(t, kind="lot", voided=9).update(voided=8),
    "a lot that is not there": lambda t: drop(t, kind="lot"),
    "denied, spent 1 times": lambda t: one(t, state="approved").update(state="denied"),
    "approved, spent 0 times": lambda t: drop(t, entry_kind="redeem"),
    "do not pay its price": lambda t: of_its_line(one(t, state="approved"), credits=8),
    "paid by another lot than may": another_lot,
    "without a request": lambda t: drop(t, state="approved"),
    "recorded 2 times": entry_twice,
    "activated, with 0 lots": lambda t: drop(t, kind="lot"),
    "activated, with 2 lots": lambda t: twice(t, sk="LOT#2", kind="lot", closed=False),
    "activated, with 1 lots": unactivated,
    "cancelled, and its lot says otherwise": lambda t: without(one(t, kind="lot", voided=9)),
    "a lot has no order": lambda t: one(t, kind="lot").update(order_id="other"),
    "its last step has brought": lambda t: one(t, state="activated").update(state="paid"),
    "a step back in time": step_back,
    "activated, which the worklist": lambda t: one(t, kind="order", state="activated").update(
        worklist="atlassian#ORDERS", due="2026"
    ),
    "booked, which the worklist": lambda t: lose(one(t, state="booked"), "worklist"),
    "accepted, which the worklist": lambda t: one(t, state="accepted").update(
        worklist="atlassian#ORDERS", due="2026"
    ),
    "a number and the order": number_of_another,
    "owners are counted wrongly": lambda t: one(t, kind="account").update(owners=2),
    "owners are counted wrongly, or are none": lambda t: one(t, kind="member").update(
        state="removed"
    ),
    "has a seat, or is a member": lambda t: drop(t, kind="seat"),
    "has an invitation, or is invited": lambda t: drop(t, kind="invitation", open=True),
    "and the book says otherwise": lambda t: lose(one(t, state="active"), "book"),
    "codes are counted wrongly": lambda t: one(t, kind="account").update(codes=5),
    "opened by 0 texts": lambda t: drop(t, kind="opener"),
    "opened by 2 texts": lambda t: twice(t, kind="opener"),
    "opens a code that is not there": lambda t: drop(t, kind="code"),
    "what was used is counted wrongly": lambda t: one(t, kind="code", used=7).update(used=6),
    "one learner used is counted wrongly": lambda t: one(t, kind="use", used=3).update(used=2),
}


def test_a_whole_table_is_clean(whole: Dump) -> None:
    assert violations(whole) == []


@pytest.mark.parametrize("finding", PLANTED)
def test_the_audit_can_fail(whole: Dump, finding: str) -> None:
    damaged = deepcopy(whole)
    PLANTED[finding](damaged)
    assert any(finding in violation for violation in violations(damaged))
