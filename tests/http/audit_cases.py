"""What must hold of cases, and of lots that live on in others: each violation in words."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]
KINDS = {"reissue": "reissue", "extension": "extend", "dispute": "refute"}
GRANTED = {"approved", "upheld"}
WAITING = {"submitted", "open", "in_review"}
FINAL = {*GRANTED, "rejected", "withdrawn"}


def roots(lots: list[Item]) -> dict[str, str]:
    """Of each lot the order's own: what opens that one opens it."""
    return {lot["lot_id"]: lot["order_id"] for lot in lots}


def chains(lots: list[Item]) -> Iterator[str]:
    """What has left a lot begins in those that name it."""
    came: Counter[tuple[str, str]] = Counter()
    known = {(lot["pk"], lot["lot_id"]): lot for lot in lots}
    for lot in lots:
        if "reissued_from" in lot:
            place = lot["pk"], lot["reissued_from"]
            came[place] += lot["credits"]
            before = known[place]
            if (lot["renewals"], lot["order_id"]) != (before["renewals"] + 1, before["order_id"]):
                yield f"lot {lot['lot_id']}: does not follow {before['lot_id']}"
    for place, lot in known.items():
        if lot.get("reissued", 0) != came[place]:
            yield f"lot {lot['lot_id']}: {lot['reissued']} left it, {came[place]} began elsewhere"


def cases(kept: list[Item], lots: list[Item], entries: list[Item]) -> Iterator[str]:
    """A yes has one entry, for its credits; who waits for the vendor is on the worklist."""
    moved = {
        (entry["pk"], entry["entry_id"]): sum(
            move["credits"] for move in entry["movements"] if move["from"] != "issued"
        )
        for entry in entries
        if entry["entry_kind"] in KINDS.values()
    }
    there = {(lot["pk"], lot["lot_id"]) for lot in lots}
    for case in kept:
        name, states = case["case_id"], [step["state"] for step in json.loads(case["trail"])]
        granted = states[-1] in GRANTED
        due = case["credits"] if granted else None
        if moved.pop((case["pk"], f"{KINDS[case['case_kind']]}-{name}"), None) != due:
            yield f"case {name}: {states[-1]}, and its entry says otherwise"
        if ((case["pk"], case.get("new_lot_id")) in there) is not (states[-1] == "approved"):
            yield f"case {name}: {states[-1]}, with the lot {case.get('new_lot_id')}"
        if len({*states}) != len(states) or FINAL & {*states[:-1]}:
            yield f"case {name}: has come by {states}"
        waits = case["pk"].split("#")[0] + "#CASES" if states[-1] in WAITING else None
        if case.get("worklist") != waits or ("due" in case) is not (waits is not None):
            yield f"case {name}: {states[-1]}, which the worklist does not know"
    for _, entry_id in moved:
        yield f"entry {entry_id}: nobody asked for it"
