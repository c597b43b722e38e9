"""What is needed to damage a table: an item found by what it says, and its parts changed."""

import json
from collections.abc import Callable
from typing import Any

from tests.engines import Dump
from training_credits.domain.journal import FORM, block_digest

Item = dict[str, Any]
FACTS = ("month", "start", "end", "previous", "entries", "listed", "opening", "closing")


def every(table: Dump, **facts: Any) -> list[Item]:
    """All that say so, in the order of their keys; `sk` is where theirs begins."""
    start = facts.pop("sk", "")
    items = sorted(table.values(), key=lambda item: (item["pk"], item["sk"]))
    return [i for i in items if i["sk"].startswith(start) and facts.items() <= i.items()]


def one(table: Dump, **facts: Any) -> Item:
    """The first of them."""
    return every(table, **facts)[0]


def drop(table: Dump, **facts: Any) -> None:
    item = one(table, **facts)
    del table[item["pk"], item["sk"]]


def add(table: Dump, item: Item, **facts: Any) -> None:
    """The same again, but for what is said."""
    made = item | facts
    table[made["pk"], made["sk"]] = made


def moved(table: Dump, item: Item, **facts: Any) -> None:
    """The same elsewhere."""
    del table[item["pk"], item["sk"]]
    add(table, item, **facts)


def part(item: Item, name: str, change: Callable[[Any], Any]) -> None:
    """What is kept as text, changed."""
    found = json.loads(item[name])
    item[name] = json.dumps(change(found) or found)


def line(item: Item, **facts: Any) -> None:
    """The first line of a request says something else."""
    part(item, "lines", lambda lines: [lines[0] | facts, *lines[1:]])


def redate(table: Dump, entry: Item, at: str) -> None:
    """An entry of another instant, which stands where it is dated."""
    moved(table, entry, at=at, sk=f"ENTRY#{at}#{entry['entry_id']}")


def resealed(table: Dump, block: Item, **facts: Any) -> None:
    """A month that says something else, true to itself; and known as the newest."""
    block.update(facts)
    said = {name: block[name] for name in FACTS}
    lots = {k: {s: n for s, n in v.items() if n} for k, v in json.loads(block["lots"]).items()}
    whose = {"form": FORM, "program": block["program"], "account": block["account_id"]}
    block["digest"] = block_digest(whose | said | {"lots": lots})
    one(table, kind="filing", pk=block["pk"])["head"] = block["digest"]
