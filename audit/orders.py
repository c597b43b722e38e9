"""One lot for each order that came to its end, none for any other; and how it came there (I15)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from audit.facts import Found, Item, Partition, instant

FINISHED = {"activated", "cancelled"}
CHAIN = [
    "requested",
    "quoted",
    "accepted",
    "booked",
    "approved",
    "invoiced",
    "paid",
    "activated",
    "cancelled",
]


def laws(account: Partition) -> Iterator[Found]:
    """All of them."""
    lots = [lot for lot in account.of("lot") if "reissued_from" not in lot]
    bought = defaultdict[str, list[Item]](list)
    for lot in lots:
        bought[lot["order_id"]].append(lot)
    for order in account.of("order"):
        yield from _trail(account, order)
        yield from _worklist(account, order)
        yield from _number(account, order)
        yield from _lot(account, order, bought.pop(order["order_id"], []))
    for name in sorted(bought):
        yield account.says("I3", f"lot of order {name}: there is no such order")
    booked = Counter(e["reference"] for e in account.of("entry") if e["entry_kind"] == "purchase")
    for lot in lots:
        if booked.pop(lot["order_id"], 0) != 1:
            yield account.says("I7", f"lot {lot['lot_id']}: its purchase is not booked once")
    for name in sorted(booked):
        yield account.says("I7", f"order {name}: a purchase is booked, and has no lot")


def _lot(account: Partition, order: Item, lots: list[Item]) -> Iterator[Found]:
    name, state = order["order_id"], order["state"]
    activated = any(step["state"] == "activated" for step in order["trail"])
    if len(lots) != activated:
        yield account.says("I7", f"order {name}: {state}, with {len(lots)} lots")
    for lot in lots:
        if activated and (state == "cancelled") is not bool(lot["voided"]):
            yield account.says("I7", f"order {name}: {state}, and its lot says otherwise")
        if (lot["credits"], lot["product"]) != (order["credits"], order["product"]):
            yield account.says("I3", f"order {name}: its lot has {lot['credits']} credits")
        paid = order["list_minor"] - order["discount_minor"]
        if (lot["face_minor"], lot["paid_minor"]) != (order["list_minor"], paid):
            yield account.says("I3", f"order {name}: paid {paid}, its lot says otherwise")
        granted = [s["at"] for s in order["trail"] if s["state"] == "activated"]
        if granted and instant(granted[-1]) != lot["granted_at"]:
            yield account.says("I17", f"order {name}: activated when its lot was not granted")


def _trail(account: Partition, order: Item) -> Iterator[Found]:
    name, steps = order["order_id"], order["trail"]
    states = [step["state"] for step in steps]
    if not steps or states[-1] != order["state"]:
        yield account.says("I15", f"order {name}: not where its last step has brought it")
    for part in ("at", "on"):
        told = [step[part] for step in steps]
        if told != sorted(told, key=instant if part == "at" else None):
            yield account.says("I17", f"order {name}: a step back in time")
    card = order["channel"] == "card"
    if not all(_follows(one, two, card=card) for one, two in pairwise(states)):
        yield account.says("I15", f"order {name}: has come by {states}")
    if steps and instant(steps[0]["at"]) != order["placed_at"]:
        yield account.says("I17", f"order {name}: placed when its trail does not begin")


def _follows(one: str, two: str, *, card: bool) -> bool:
    """A step onward, another quote, or money that came for what was withdrawn."""
    if one == "cancelled":
        return card and two == "paid"
    if one == two:
        return one == "quoted"
    return one in CHAIN and two in CHAIN and CHAIN.index(one) < CHAIN.index(two)


def _worklist(account: Partition, order: Item) -> Iterator[Found]:
    waiting = order["state"] not in FINISHED and order["channel"] != "card"
    waits = f"{account.program}#ORDERS" if waiting else None
    due = f"{order.get('due_on')}#{account.name}#{order['order_id']}" if waiting else None
    if order.get("worklist") != waits or order.get("due") != due:
        words = f"order {order['order_id']}: {order['state']}, which the worklist does not know"
        yield account.says("I20", words)


def _number(account: Partition, order: Item) -> Iterator[Found]:
    number = order["sale"].get("sales_order")
    if number and order["state"] != "cancelled":
        here = f"{number}|{account.name}|{order['order_id']}"
        yield account.has(f"order of number|{here}")
        words = f"order {order['order_id']}: its number {number} does not lead to it"
        yield account.needs("I3", f"number|{here}", words)


def number(of: Partition) -> Iterator[Found]:
    """A sales order number leads to the one order that has it, unless that was taken back."""
    for item in of.of("sales_order"):
        if "order_id" in item:
            here = f"{of.name}|{item.get('account_id')}|{item['order_id']}"
            yield of.has(f"number|{here}")
            words = f"a number and the order {item['order_id']} do not agree"
            yield of.needs("I3", f"order of number|{here}", words)
