"""A journal of a few months to look at, as an export has it, and its heads."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from training_credits.domain.journal import Facts, block_facts, entry_facts, seal, sealed_text
from training_credits.domain.model import Block, Entry, EntryKind, Month, Movement, State

PROGRAM, ACCOUNT = "cisco", "0000000000ACC001"
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
BOUNDS = tuple(datetime(2026, n, 1, tzinfo=UTC) for n in range(1, 6))
AVAILABLE, HELD, REDEEMED = State.AVAILABLE, State.HELD, State.REDEEMED
EXPIRED, ISSUED = State.EXPIRED, State.ISSUED


def entry(at: datetime, entry_id: str, kind: EntryKind, *moved: tuple[Any, ...]) -> Entry:
    movements = tuple(
        Movement(lot_id=lot_id, source=source, target=target, credits=credits)
        for lot_id, source, target, credits in moved
    )
    return Entry(
        entry_id=entry_id,
        account_id=ACCOUNT,
        kind=kind,
        at=at,
        movements=movements,
        reference="R-1",
        title=f"Grundkurs für {entry_id}",
        actor="ann@acme.example",
        learner="lee@acme.example" if kind is EntryKind.REDEEM else None,
    )


def month_of_entries(number: int) -> list[Entry]:
    """A purchase, spending, a return; and of the third month nothing."""
    start, lot = BOUNDS[number], f"L{number}"
    if MONTHS[number] == "2026-03":
        return []
    at = [start + timedelta(days=n, microseconds=n) for n in range(6)]
    return [
        entry(start, f"purchase-{lot}", EntryKind.PURCHASE, (lot, ISSUED, AVAILABLE, 100)),
        entry(at[1], f"hold-{number}", EntryKind.HOLD, (lot, AVAILABLE, HELD, 40)),
        entry(at[2], f"redeem-{number}", EntryKind.REDEEM, (lot, HELD, REDEEMED, 39)),
        entry(at[2], f"release-{number}", EntryKind.RELEASE, (lot, HELD, AVAILABLE, 1)),
        entry(at[3], f"return-{number}", EntryKind.RETURN, (lot, REDEEMED, AVAILABLE, 5)),
        entry(at[4], f"expire-{number}", EntryKind.EXPIRE, (lot, AVAILABLE, EXPIRED, 7)),
        entry(at[5], f"again-{number}", EntryKind.REDEEM, (lot, AVAILABLE, REDEEMED, 2)),
    ]


@cache
def sealed_lines() -> tuple[str, ...]:
    """The seals of all months, as they are kept under lock."""
    return tuple(line for _, line in _chain())


@cache
def _chain() -> tuple[tuple[Block, str], ...]:
    before: Block | None = None
    found = []
    for number, (start, end) in enumerate(pairwise(BOUNDS)):
        month = Month(name=MONTHS[number], start=start, end=end)
        sealed = seal(PROGRAM, ACCOUNT, month, before, month_of_entries(number))
        before = sealed.block
        found.append((sealed.block, sealed_text(sealed).decode()))
    return tuple(found)


def export(*, leaves: bool = True) -> list[Facts]:
    """What the route gives: each block, then its entries."""
    items: list[Facts] = []
    for number, (block, line) in enumerate(_chain()):
        listed = {"leaves": json.loads(line)["leaves"]} if leaves else {}
        items.append({"block": block_facts(block), **listed})
        items += [{"entry": entry_facts(PROGRAM, one)} for one in month_of_entries(number)]
    copy: list[Facts] = json.loads(json.dumps(items))
    return copy


def heads() -> list[Facts]:
    return [json.loads(line) for line in sealed_lines()]


def places(items: Iterable[Facts]) -> list[str]:
    """Of every entry, in their order."""
    said = (item["entry"] for item in items if "entry" in item)
    return [f"{one['at']}#{one['entry']}" for one in said]


def numbers(items: Sequence[Facts], kind: str) -> list[int]:
    """Where the blocks are, or the entries."""
    return [n for n, item in enumerate(items) if kind in item]
