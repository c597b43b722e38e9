"""What must hold of a whole table, whatever happened to it: each violation in words."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.engines import Dump

STATES = ("available", "held", "redeemed", "delivered", "expired", "voided")
Item = dict[str, Any]


def violations(table: Dump) -> list[str]:
    """Entries folded and compared with lots, owners counted, each request with its one entry."""
    items = list(table.values())
    by_kind: dict[str, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item["kind"], []).append(item)
    return [
        *_lots(by_kind.get("lot", []), by_kind.get("entry", [])),
        *_requests(by_kind.get("redemption", []), by_kind.get("entry", [])),
        *_entries(by_kind.get("entry", [])),
        *_owners(by_kind.get("account", []), by_kind.get("owner", [])),
        *_orders(by_kind.get("order", []), by_kind.get("lot", [])),
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
        if lot["closed"] and (lot["available"] or "worklist" in lot):
            yield f"lot {name}: closed, and not finished"
    if {(pk, lot) for pk, lot, _ in folded} - {(lot["pk"], lot["lot_id"]) for lot in lots}:
        yield "an entry moves credits of a lot that is not there"


def _requests(requests: list[Item], entries: list[Item]) -> Iterator[str]:
    spent = Counter(e["reference"] for e in entries if e["entry_kind"] == "redeem")
    known = {request["redemption_id"] for request in requests}
    for request in requests:
        name, approved = request["redemption_id"], request["state"] == "approved"
        if spent[name] != approved:
            yield f"request {name}: {request['state']}, spent {spent[name]} times"
        if approved and sum(d["credits"] for d in request["draws"]) != request["credits"]:
            yield f"request {name}: its lots do not pay its price"
    if spent.keys() - known:
        yield "credits were spent without a request"


def _entries(entries: list[Item]) -> Iterator[str]:
    for (_, name), times in Counter((e["pk"], e["entry_id"]) for e in entries).items():
        if times > 1:
            yield f"entry {name}: recorded {times} times"


def _owners(accounts: list[Item], owners: list[Item]) -> Iterator[str]:
    counted = Counter(owner["pk"] for owner in owners if owner["active"])
    for account in accounts:
        if not account["owners"] == counted[account["pk"]] >= 1:
            yield f"account {account['account_id']}: owners are counted wrongly, or are none"


def _orders(orders: list[Item], lots: list[Item]) -> Iterator[str]:
    bought = Counter((lot["pk"], lot["order_id"]) for lot in lots)
    for order in orders:
        if bought[order["pk"], order["order_id"]] != 1:
            yield f"order {order['order_id']}: has not one lot"
