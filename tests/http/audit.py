"""What must hold of a whole table, whatever happened to it: each violation in words."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.engines import Dump
from tests.http import audit_access, audit_cases, audit_lines, audit_spending

STATES = ("available", "held", "redeemed", "delivered", "expired", "voided", "reissued")
FINISHED = {"activated", "cancelled"}
Item = dict[str, Any]


def violations(table: Dump) -> list[str]:
    """Entries folded and compared with lots, each order with its lot, each request with its entry;
    then who and what lets anybody in.
    """
    by_kind: dict[str, list[Item]] = {}
    for item in table.values():
        by_kind.setdefault(item["kind"], []).append(item)

    def of(kind: str) -> list[Item]:
        return by_kind.get(kind, [])

    return [
        *_lots(of("lot"), of("entry")),
        *_closed(of("lot")),
        *_requests(of("redemption"), of("entry"), audit_cases.roots(of("lot"))),
        *audit_cases.chains(of("lot")),
        *audit_cases.cases(of("case"), of("lot"), of("entry")),
        *audit_spending.held(of("lot"), of("redemption")),
        *audit_spending.seats(of("session"), of("redemption")),
        *audit_spending.budgets(of("budget"), of("redemption")),
        *_entries(of("entry")),
        *_orders(of("order"), of("lot")),
        *_trails(of("order")),
        *_numbers(of("order"), of("sales_order")),
        *audit_access.owners(of("account"), of("member")),
        *audit_access.seats(of("member"), of("seat"), of("invitation")),
        *audit_access.codes(of("code"), of("opener")),
        *audit_access.code_counts(of("account"), of("code"), of("lot"), of("happening")),
        *audit_access.uses(of("code"), of("use"), of("redemption")),
    ]


def _lots(lots: list[Item], entries: list[Item]) -> Iterator[str]:
    folded: Counter[tuple[str, str, str]] = Counter()
    for entry in entries:
        for move in entry["movements"]:
            folded[entry["pk"], move["lot"], move["from"]] -= move["credits"]
            folded[entry["pk"], move["lot"], move["to"]] += move["credits"]
    for lot in lots:
        name = lot["lot_id"]
        for state in STATES:
            if lot[state] != folded[lot["pk"], name, state]:
                yield f"lot {name}: {state} is not what its entries say"
            if lot[state] < 0:
                yield f"lot {name}: {state} is negative"
        if sum(lot[state] for state in STATES) != lot["credits"]:
            yield f"lot {name}: credits were made or lost"
    if {(pk, lot) for pk, lot, _ in folded} - {(lot["pk"], lot["lot_id"]) for lot in lots}:
        yield "an entry moves credits of a lot that is not there"


def _closed(lots: list[Item]) -> Iterator[str]:
    for lot in lots:
        if lot["closed"] and lot["available"]:
            yield f"lot {lot['lot_id']}: closed, and not finished"
        # Until its end it is looked at by then; after it, once more at the most, and later.
        due = lot["due"].partition("#")[0] if "worklist" in lot else None
        called = due is None or due > lot["expires_at"]
        if not called if lot["closed"] else (due is None or called):
            yield f"lot {lot['lot_id']}: the sweep would look at it for nothing, or never"
        if lot["voided"] not in {0, lot["credits"]}:
            yield f"lot {lot['lot_id']}: voided in part"


def _requests(requests: list[Item], entries: list[Item], roots: dict[str, str]) -> Iterator[str]:
    spent = Counter(e["reference"] for e in entries if e["entry_kind"] == "redeem")
    known = {request["redemption_id"] for request in requests}
    for request in requests:
        name, approved = request["redemption_id"], request["state"] == "approved"
        lines = audit_lines.lines(request)
        if spent[name] != (approved and any(line["credits"] for line in lines)):
            yield f"request {name}: {request['state']}, spent {spent[name]} times"
        for line in lines:
            yield from audit_lines.paid(
                name, line, roots, drawn=approved or request["state"] == "reserved"
            )
        yield from audit_lines.settled(request, entries)
    if spent.keys() - known:
        yield "credits were spent without a request"


def _entries(entries: list[Item]) -> Iterator[str]:
    for (_, name), times in Counter((e["pk"], e["entry_id"]) for e in entries).items():
        if times > 1:
            yield f"entry {name}: recorded {times} times"


def _orders(orders: list[Item], lots: list[Item]) -> Iterator[str]:
    """One lot for each order that came to its end, none for any other; voided if taken back."""
    bought = Counter((lot["pk"], lot["order_id"]) for lot in lots if "reissued_from" not in lot)
    voided = {(lot["pk"], lot["order_id"]) for lot in lots if lot["voided"]}
    for order in orders:
        place, name = (order["pk"], order["order_id"]), order["order_id"]
        activated = any(step["state"] == "activated" for step in _steps(order))
        if bought[place] != activated:
            yield f"order {name}: {order['state']}, with {bought[place]} lots"
        if activated and (order["state"] == "cancelled") is not (place in voided):
            yield f"order {name}: {order['state']}, and its lot says otherwise"
    if bought.keys() - {(order["pk"], order["order_id"]) for order in orders}:
        yield "a lot has no order"


def _trails(orders: list[Item]) -> Iterator[str]:
    for order in orders:
        name, steps = order["order_id"], _steps(order)
        if steps[-1]["state"] != order["state"]:
            yield f"order {name}: not where its last step has brought it"
        for part in ("at", "on"):
            if [step[part] for step in steps] != sorted(step[part] for step in steps):
                yield f"order {name}: a step back in time"
        waiting = order["state"] not in FINISHED and order["channel"] != "card"
        waits = order["pk"].split("#")[0] + "#ORDERS" if waiting else None
        if order.get("worklist") != waits or ("due" in order) is not (waits is not None):
            yield f"order {name}: {order['state']}, which the worklist does not know"


def _numbers(orders: list[Item], numbers: list[Item]) -> Iterator[str]:
    """A sales order number leads to the one order that has it, unless that was taken back."""
    led = {(n["pk"], n["account_id"], n["order_id"]) for n in numbers if "account_id" in n}
    found = set()
    for order in orders:
        number = json.loads(order["sale"]).get("sales_order")
        if number and order["state"] != "cancelled":
            program = order["pk"].split("#")[0]
            found.add((f"{program}#SO#{number}", order["account_id"], order["order_id"]))
    for pk, _, order_id in sorted(led ^ found):
        yield f"{pk}: a number and the order {order_id} do not agree"


def _steps(order: Item) -> list[dict[str, str]]:
    steps: list[dict[str, str]] = json.loads(order["trail"])
    return steps
