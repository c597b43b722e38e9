"""March in the sealed journal, as far as one page shows it."""

import msgspec

from openapi.examples import names as n
from training_credits.domain import model
from training_credits.domain.calendar import month_bounds
from training_credits.domain.journal import block_facts, entry_facts, seal
from training_credits.domain.model import Entry, EntryKind, Movement, State
from training_credits.edge import schemas


def _entry(
    kind: EntryKind, at: str, source: State, target: State, credits: int, reference: str
) -> Entry:
    return Entry(
        entry_id=f"{kind}-{reference}",
        account_id=n.ACCOUNT,
        kind=kind,
        at=msgspec.convert(at, type=type(n.BOUGHT)),
        movements=(Movement(lot_id=n.LOT, source=source, target=target, credits=credits),),
        reference=reference,
        title=n.TITLE if kind is EntryKind.REDEEM else f"Purchase of {credits} credits",
        actor=n.OWNER,
        learner=n.LEARNER if kind is EntryKind.REDEEM else None,
    )


_entries = (
    _entry(
        EntryKind.PURCHASE,
        "2026-03-02T09:34:00Z",
        State.ISSUED,
        State.AVAILABLE,
        20_000,
        n.LOT,
    ),
    _entry(
        EntryKind.REDEEM,
        "2026-03-11T08:00:00Z",
        State.AVAILABLE,
        State.REDEEMED,
        300,
        n.REQUEST,
    ),
)
_start, _end = month_bounds(2026, 3, "UTC")
_march = model.Month(name="2026-03", start=_start, end=_end)
_sealed = seal(n.PROGRAM, n.ACCOUNT, _march, None, _entries)
_items = [
    {
        "block": block_facts(_sealed.block),
        "leaves": [f"{leaf.place} {leaf.digest}" for leaf in _sealed.leaves],
    },
    *({"entry": entry_facts(n.PROGRAM, entry)} for entry in _entries),
]
page = msgspec.convert({"items": _items}, schemas.JournalPage)
