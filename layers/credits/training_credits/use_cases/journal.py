"""The sealed journal of an account, page by page, as whoever verifies it reads it."""

import json
from dataclasses import dataclass

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.journal import Facts, block_facts, entry_facts
from training_credits.domain.model import Block, Caller, Permission
from training_credits.ports import Clock, Documents, Ledger, Page
from training_credits.use_cases.filing import seal_key
from training_credits.use_cases.rights import check_right

BETWEEN = "~"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Where a page begins: at a month, by the cursor that leads to it, and maybe within it."""

    month: str | None = None
    within: str | None = None


def journal(
    ledger: Ledger,
    seals: Documents,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    cursor: str | None,
    limit: int,
) -> Page[Facts]:
    """One month at most: its block with the list that was sealed, then its entries as they are.

    Entries after the newest filed month are not in it.
    """
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    place = _place(cursor)
    months = ledger.blocks(caller.program, account_id, place.month, 1)
    if not months.items:
        return Page(items=())
    block = months.items[0]
    entries = ledger.entries(
        caller.program, account_id, block.start, block.end, place.within, limit
    )
    items = [{"entry": entry_facts(caller.program, entry)} for entry in entries.items]
    if place.within is None:
        items.insert(0, {"block": block_facts(block), **_list_of(seals, block)})
    if entries.cursor is not None:
        return Page(items=tuple(items), cursor=_cursor(place.month, entries.cursor))
    following = None if months.cursor is None else _cursor(months.cursor, None)
    return Page(items=tuple(items), cursor=following)


def _list_of(seals: Documents, block: Block) -> Facts:
    """What is under lock says what each entry was; without it an export is still checked whole."""
    text = seals.get(seal_key(block.program, block.account_id, block.month))
    return {} if text is None else {"leaves": json.loads(text)["leaves"]}


def _cursor(month: str | None, within: str | None) -> str:
    return f"{month or ''}{BETWEEN}{within or ''}"


def _place(cursor: str | None) -> _Place:
    if cursor is None:
        return _Place()
    month, between, within = cursor.partition(BETWEEN)
    if not between or not (month or within):
        raise Refused(Reason.INVALID_CURSOR, "This cursor does not belong to this list.")
    return _Place(month=month or None, within=within or None)
