"""Cases, and lots that live on in others: nothing is granted twice, or unasked (I15)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from audit.facts import Found, Item, Partition, instant

KINDS = {"reissue": "reissue", "extension": "extend", "dispute": "refute"}
GRANTED = {"approved", "upheld"}
WAITING = {"submitted", "open", "in_review"}
FINAL = {*GRANTED, "rejected", "withdrawn"}
ANSWERS = {"rejected", "withdrawn"}
FOLLOWING = {
    "draft": {"submitted", "withdrawn", "draft"},
    "submitted": {"in_review", "withdrawn"},
    "open": {"in_review", "withdrawn"},
    "in_review": GRANTED | ANSWERS,
}


def laws(account: Partition) -> Iterator[Found]:
    """All of them."""
    yield from _chains(account)
    yield from _newest(account)
    moved = {
        entry["entry_id"]: sum(m["credits"] for m in entry["movements"] if m["from"] != "issued")
        for entry in account.of("entry")
        if entry["entry_kind"] in KINDS.values()
    }
    there = {lot["lot_id"] for lot in account.of("lot")}
    entries = {entry["entry_id"] for entry in account.of("entry")}
    for case in account.of("case"):
        name, kind, states = case["case_id"], case["case_kind"], _states(case)
        granted = states[-1] in GRANTED
        due = case["credits"] if granted else None
        if moved.pop(f"{KINDS[kind]}-{name}", None) != due:
            yield account.says("I7", f"case {name}: {states[-1]}, and its entry says otherwise")
        if (case.get("new_lot_id") in there) is not (states[-1] == "approved"):
            words = f"case {name}: {states[-1]}, with the lot {case.get('new_lot_id')}"
            yield account.says("I7", words)
        if case.get("lot_id") is not None and case["lot_id"] not in there:
            yield account.says("I7", f"case {name}: its lot is not there")
        if case.get("entry_id") is not None and case["entry_id"] not in entries:
            yield account.says("I7", f"case {name}: what is disputed is not there")
        yield from _trail(account, case, states)
        yield from _worklist(account, case, states[-1])
    for entry_id in sorted(moved):
        yield account.says("I7", f"entry {entry_id}: nobody asked for it")


def _states(case: Item) -> list[str]:
    return [step["state"] for step in case["trail"]] or ["none"]


def _trail(account: Partition, case: Item, states: list[str]) -> Iterator[Found]:
    name = case["case_id"]
    if any(two not in FOLLOWING.get(one, ()) for one, two in pairwise(states)):
        yield account.says("I15", f"case {name}: has come by {states}")
    granting = "upheld" if case["case_kind"] == "dispute" else "approved"
    if states[-1] in GRANTED and states[-1] != granting:
        yield account.says("I15", f"case {name}: a {case['case_kind']} is {states[-1]}")
    told = [instant(step["at"]) for step in case["trail"]]
    if told != sorted(told):
        yield account.says("I17", f"case {name}: a step back in time")
    asked = {step["by"] for step in case["trail"] if step["state"] in ("submitted", "open")}
    answered = {s["by"] for s in case["trail"] if s["state"] in {"in_review", "rejected", *GRANTED}}
    if ({case["opened_by"][1]} | asked) & answered:
        yield account.says("I15", f"case {name}: answered by who asked")


def _worklist(account: Partition, case: Item, state: str) -> Iterator[Found]:
    waits = f"{account.program}#CASES" if state in WAITING else None
    due = f"{case.get('due_on')}#{account.name}#{case['case_id']}" if waits else None
    if case.get("worklist") != waits or case.get("due") != due:
        words = f"case {case['case_id']}: {state}, which the worklist does not know"
        yield account.says("I20", words)


def _newest(account: Partition) -> Iterator[Found]:
    """Of a lot one case of a kind is open at a time: the one that was opened last."""
    kept = {one["sk"]: one["case_id"] for one in account.of("newest")}
    of = defaultdict[str, list[tuple[str, Item]]](list)
    for case in account.of("case"):
        if case.get("lot_id") is not None:
            place = f"NEWEST#{case['case_kind']}#{case['lot_id']}"
            of[place].append((instant(case["trail"][0]["at"]), case))
    for place, cases in of.items():
        last = max(at for at, _ in cases)
        newest = {case["case_id"] for at, case in cases if at == last}
        if kept.pop(place, None) not in newest:
            yield account.says("I15", f"{place}: it does not name the newest case")
        for at, case in cases:
            if at < last and _states(case)[-1] not in FINAL:
                yield account.says(
                    "I15", f"case {case['case_id']}: open beside another of its kind"
                )
    for place in sorted(kept):
        yield account.says("I15", f"{place}: there is no such case")


def _chains(account: Partition) -> Iterator[Found]:
    """What has left a lot begins in those that name it."""
    came: Counter[str] = Counter()
    known = {lot["lot_id"]: lot for lot in account.of("lot")}
    for lot in known.values():
        before = known.get(lot.get("reissued_from", lot["lot_id"]))
        if before is lot:
            continue
        if before is None:
            yield account.says("I3", f"lot {lot['lot_id']}: what it comes from is not there")
            continue
        came[before["lot_id"]] += lot["credits"]
        follows = lot["renewals"] == before.get("renewals", 0) + 1
        same = (lot["order_id"], lot["product"]) == (before["order_id"], before["product"])
        if not (follows and same) or lot["granted_at"] < before["granted_at"]:
            yield account.says("I3", f"lot {lot['lot_id']}: does not follow {before['lot_id']}")
    for name, lot in known.items():
        left = lot.get("reissued", 0)
        if left != came[name]:
            yield account.says("I1", f"lot {name}: {left} left it, {came[name]} began elsewhere")
