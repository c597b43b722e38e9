"""The laws of an account, checked over everything that was ever written to it.

`entries` are in the order of their writing. A law that is broken is named, with its case.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from training_credits.domain.model import (
    Approval,
    Balance,
    Entry,
    EntryKind,
    Lot,
    Redemption,
    RedemptionState,
    State,
)

SPENT = (State.HELD, State.REDEEMED)


def of_lots(lots: Mapping[str, Lot], entries: Sequence[Entry]) -> Iterator[str]:
    """Conservation, no negatives, one end for each lot; and the entries tell the same story."""
    folded = {lot_id: Balance() for lot_id in lots}
    for entry in entries:
        for movement in entry.movements:
            folded[movement.lot_id] = folded[movement.lot_id].moved(movement)
            if min(asdict(folded[movement.lot_id]).values()) < 0:
                yield f"negative after {entry.entry_id}"
    for lot_id, lot in lots.items():
        if lot.balance.total != lot.credits:
            yield f"conservation of {lot_id}: {lot.balance}"
        if min(asdict(lot.balance).values()) < 0:
            yield f"negative in {lot_id}: {lot.balance}"
        if lot.balance != folded[lot_id]:
            yield f"entries of {lot_id}: {folded[lot_id]} where {lot.balance} is kept"
        if lot.closed and lot.balance.available:
            yield f"available in the closed {lot_id}"
        ends = [e.at for e in entries if e.kind is EntryKind.EXPIRE and e.reference == lot_id]
        if ends not in ([], [lot.expires_at]):
            yield f"end of {lot_id}: booked at {ends}"


def of_spending(
    lots: Mapping[str, Lot],
    redemptions: Mapping[str, Redemption],
    entries: Sequence[Entry],
    raced: frozenset[str],
) -> Iterator[str]:
    """Nothing is spent from the dead, nor from a later lot while an earlier one had credits.

    What may be paid by one lot only is paid by that one. An entry that raced with another was
    decided on an older view, and is not asked for the order.
    """
    available = dict.fromkeys(lots, 0)
    for entry in entries:
        drawn = {m.lot_id for m in entry.movements if _spends(m.source, m.target)}
        for lot_id in drawn:
            if entry.at >= lots[lot_id].expires_at:
                yield f"dead {lot_id} spent by {entry.entry_id}"
        for movement in entry.movements:
            available[movement.lot_id] += movement.credits * (movement.target is State.AVAILABLE)
            available[movement.lot_id] -= movement.credits * (movement.source is State.AVAILABLE)
        only = redemptions[entry.reference].lot_id if drawn else None
        if only is not None and drawn != {only}:
            yield f"order: {entry.entry_id} is paid by {drawn}, {only} alone may"
        if drawn and only is None and entry.entry_id not in raced:
            last = max(_place(lots[lot_id]) for lot_id in drawn)
            for lot in lots.values():
                waits = available[lot.lot_id] and entry.at < lot.expires_at
                if waits and _place(lot) < last:
                    yield f"order: {lot.lot_id} was passed over by {entry.entry_id}"


def of_redemptions(
    lots: Mapping[str, Lot],
    redemptions: Mapping[str, Redemption],
    entries: Sequence[Entry],
    *,
    holds: bool,
) -> Iterator[str]:
    """Each request has exactly the entries of its state, for exactly its credits."""
    about: dict[str, list[Entry]] = {redemption_id: [] for redemption_id in redemptions}
    for entry in entries:
        if entry.kind not in (EntryKind.PURCHASE, EntryKind.EXPIRE, EntryKind.VOID):
            about[entry.reference].append(entry)
    for redemption_id, redemption in redemptions.items():
        kinds = [entry.kind for entry in about[redemption_id]]
        if kinds != _due(redemption, holds=holds):
            yield f"settled: {redemption_id} is {redemption.state} and has {kinds}"
        for entry in about[redemption_id]:
            yield from _of_entry(lots, redemption, entry, about[redemption_id][0])


def _of_entry(
    lots: Mapping[str, Lot], redemption: Redemption, entry: Entry, first: Entry
) -> Iterator[str]:
    moved = Counter({m.lot_id: m.credits for m in entry.movements})
    if moved.total() != redemption.credits:
        yield f"credits: {entry.entry_id} moves {moved}, asked were {redemption.credits}"
    if moved != Counter({m.lot_id: m.credits for m in first.movements}):
        yield f"lots: {entry.entry_id} moves {moved}, and not what was held"
    if entry.kind is EntryKind.REDEEM:
        if moved != Counter({draw.lot_id: draw.credits for draw in redemption.draws}):
            yield f"draws: {entry.entry_id} moves {moved}, the request says {redemption.draws}"
        source = State.AVAILABLE if entry is first else State.HELD
        if {m.source for m in entry.movements} != {source}:
            yield f"source: {entry.entry_id} does not post from {source}"
    if entry.kind is EntryKind.RELEASE:
        for movement in entry.movements:
            alive = entry.at < lots[movement.lot_id].expires_at
            if movement.target is not (State.AVAILABLE if alive else State.EXPIRED):
                yield f"release: {entry.entry_id} gave back to {movement.target}"


def _due(redemption: Redemption, *, holds: bool) -> list[EntryKind]:
    if redemption.approval is Approval.AUTOMATIC:
        return [EntryKind.REDEEM]
    before = [EntryKind.HOLD] if holds else []
    match redemption.state:
        case RedemptionState.PENDING:
            return before
        case RedemptionState.APPROVED:
            return [*before, EntryKind.REDEEM]
        case _:
            return [*before, EntryKind.RELEASE] if holds else []


def _spends(source: State, target: State) -> bool:
    return source is State.AVAILABLE and target in SPENT


def _place(lot: Lot) -> tuple[object, ...]:
    return lot.expires_at, lot.granted_at, lot.lot_id
