"""What must hold of each line of a request: the lots that pay for it, and the codes."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]
BACK = {"return", "refute"}


def lines(request: Item) -> list[Item]:
    """All that was asked for, as it is kept."""
    kept: list[Item] = json.loads(request["lines"])
    return kept


def paid(request: str, line: Item, roots: dict[str, str], *, drawn: bool) -> Iterator[str]:
    """Its draws are its price, if any are due; one lot alone pays what is bound to it.

    Or what was reissued of it: `roots` name the lot of each one's order.
    """
    draws = Counter[str]()
    for draw in line["draws"]:
        draws[roots.get(draw["lot_id"], draw["lot_id"])] += draw["credits"]
    if (drawn or draws) and draws.total() != line["credits"]:
        yield f"request {request}: its lots do not pay its price"
    bound = Counter[str]()
    for tender in line["tenders"]:
        if tender["lot_id"] is not None:
            bound[tender["lot_id"]] += part(line, tender)
    freely = any(tender["lot_id"] is None for tender in line["tenders"])
    if draws and (bound - draws or (not freely and draws != bound)):
        yield f"request {request}: paid by another lot than may"


def part(line: Item, tender: Item) -> int:
    """What a tender pays: all of the line, unless it says how much."""
    credits: int = line["credits"] if tender["credits"] is None else tender["credits"]
    return credits


def settled(request: Item, entries: list[Item]) -> Iterator[str]:
    """What came back of a line, or was delivered, is what its one entry says."""
    moved = Counter[str]()
    for entry in entries:
        if entry["reference"] == request["redemption_id"]:
            moved[entry["entry_id"]] += sum(move["credits"] for move in entry["movements"])
    if any(e["reference"] == request["redemption_id"] for e in entries if _refutes(e)):
        yield from _refuted(request, entries)
        return
    for number, line in enumerate(lines(request), start=1):
        name = f"{request['redemption_id']}-{number}"
        delivered = line["credits"] if line["state"] == "delivered" else 0
        if (moved[f"return-{name}"], moved[f"deliver-{name}"]) != (line["returned"], delivered):
            yield f"line {name}: {line['state']}, and its entries say otherwise"
        if line["returned"] and line["state"] != "returned":
            yield f"line {name}: {line['state']}, and something came back"


def _refutes(entry: Item) -> bool:
    return bool(entry["entry_kind"] == "refute")


def _refuted(request: Item, entries: list[Item]) -> Iterator[str]:
    """All that was spent has come back, by returns before and by the refutation."""
    name, every = request["redemption_id"], lines(request)
    mine = [e for e in entries if e["reference"] == name and e["entry_kind"] in BACK]
    back = sum(move["credits"] for entry in mine for move in entry["movements"])
    spent = sum(line["credits"] for line in every)
    if back != spent or spent != sum(line["returned"] for line in every):
        yield f"request {name}: {back} of {spent} have come back"
    if any(line["state"] != "returned" for line in every):
        yield f"request {name}: refuted, and its lines say otherwise"
