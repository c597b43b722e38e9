"""The laws of an account, checked over everything that was ever written to it.

`entries` are in the order of their writing. A law that is broken is named, with its case.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from tests.audit_bookings import of_bookings
from tests.audit_cases import root, rooted
from training_credits.domain.model import (
    Approval,
    Balance,
    Budget,
    Draw,
    Entry,
    EntryKind,
    Line,
    LineState,
    Lot,
    Redemption,
    RedemptionState,
    Session,
    State,
)

SPENT = (State.HELD, State.REDEEMED)
ENDED = (RedemptionState.DENIED, RedemptionState.CANCELLED, RedemptionState.LAPSED)
WAITING = (RedemptionState.REFERRED, RedemptionState.PENDING)
# What is not of one request as a whole: lots, and what becomes of single lines afterwards.
ELSEWHERE = (
    EntryKind.PURCHASE,
    EntryKind.EXPIRE,
    EntryKind.VOID,
    EntryKind.RETURN,
    EntryKind.DELIVER,
    EntryKind.REISSUE,
    EntryKind.EXTEND,
    EntryKind.REFUTE,
)


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
    decided on an older view, and is not asked for the order; nor is what the catalogue lists, for
    which a lot may be passed over with reason.
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
        if not drawn:
            continue
        lines = redemptions[entry.reference].lines
        moved = Counter({m.lot_id: m.credits for m in entry.movements})
        yield from _of_tenders(lots, entry.entry_id, lines, moved)
        freely = _freely(lots, lines, moved)
        if freely and entry.entry_id not in raced and not any(line.item for line in lines):
            last = max(_place(lots[lot_id]) for lot_id in freely)
            for lot in lots.values():
                waits = available[lot.lot_id] and entry.at < lot.expires_at
                if waits and _place(lot) < last:
                    yield f"order: {lot.lot_id} was passed over by {entry.entry_id}"


def _freely(lots: Mapping[str, Lot], lines: Sequence[Line], moved: Mapping[str, int]) -> set[str]:
    """Lots that were taken for what no one lot alone had to pay."""
    bound, found = _bound(lines), set[str]()
    for lot_id, credits in moved.items():
        named = root(lots, lot_id)
        if credits > bound[named]:
            found.add(lot_id)
        bound[named] -= min(credits, bound[named])
    return found


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
        if entry.kind not in ELSEWHERE:
            about[entry.reference].append(entry)
    for redemption_id, redemption in redemptions.items():
        kinds = [entry.kind for entry in about[redemption_id]]
        if kinds != _due(redemption, holds=holds):
            yield f"settled: {redemption_id} is {redemption.state} and has {kinds}"
        yield from _of_lines(lots, redemption, holds=holds)
        for entry in about[redemption_id]:
            yield from _of_entry(lots, redemption, entry, about[redemption_id][0])
        mine = [entry for entry in entries if entry.reference == redemption_id]
        yield from of_bookings(lots, redemption, mine)


def _of_lines(lots: Mapping[str, Lot], redemption: Redemption, *, holds: bool) -> Iterator[str]:
    """What is held or spent pays each line, by its own instruments; nothing else draws."""
    draws = holds if redemption.state in WAITING else redemption.state not in ENDED
    for place, line in enumerate(redemption.lines, start=1):
        name, drawn = f"line {place} of {redemption.redemption_id}", _sums(line.draws)
        if drawn.total() != (line.credits if draws else 0):
            yield f"draws: {name} is {redemption.state}, costs {line.credits}, {drawn} pay"
        if drawn:
            yield from _of_tenders(lots, name, [line], drawn)


def _of_tenders(
    lots: Mapping[str, Lot], name: str, lines: Sequence[Line], drawn: Counter[str]
) -> Iterator[str]:
    """A tender of one lot is paid by that lot only, or by what it was reissued into."""
    bound, drawn = _bound(lines), rooted(lots, drawn)
    if bound - drawn or (_all_bound(lines) and drawn != bound):
        yield f"order: {name} is paid by {drawn}, {bound} alone may"


def _bound(lines: Sequence[Line]) -> Counter[str]:
    """What one lot alone may pay, by lot."""
    bound = Counter[str]()
    for line in lines:
        for tender in line.tenders:
            if tender.lot_id is not None:
                bound[tender.lot_id] += line.credits if tender.credits is None else tender.credits
    return bound


def _all_bound(lines: Sequence[Line]) -> bool:
    return all(tender.lot_id is not None for line in lines for tender in line.tenders)


def _sums(draws: Sequence[Draw]) -> Counter[str]:
    drawn = Counter[str]()
    for draw in draws:
        drawn[draw.lot_id] += draw.credits
    return drawn


def with_code(redemption: Redemption, code_id: str) -> int | None:
    """What a code pays of a request; None if it is not asked for with it."""
    paid = [
        line.credits if tender.credits is None else tender.credits
        for line in redemption.lines
        for tender in line.tenders
        if tender.code_id == code_id
    ]
    return sum(paid) if paid else None


def _of_entry(
    lots: Mapping[str, Lot], redemption: Redemption, entry: Entry, first: Entry
) -> Iterator[str]:
    moved = Counter({m.lot_id: m.credits for m in entry.movements})
    if moved.total() != redemption.credits:
        yield f"credits: {entry.entry_id} moves {moved}, asked were {redemption.credits}"
    if moved != Counter({m.lot_id: m.credits for m in first.movements}):
        yield f"lots: {entry.entry_id} moves {moved}, and not what was held"
    if entry.kind is EntryKind.REDEEM:
        draws = _sums([draw for line in redemption.lines for draw in line.draws])
        if moved != draws:
            yield f"draws: {entry.entry_id} moves {moved}, the request says {draws}"
        source = State.AVAILABLE if entry is first else State.HELD
        if {m.source for m in entry.movements} != {source}:
            yield f"source: {entry.entry_id} does not post from {source}"
    if entry.kind is EntryKind.RELEASE:
        for movement in entry.movements:
            alive = entry.at < lots[movement.lot_id].expires_at
            if movement.target is not (State.AVAILABLE if alive else State.EXPIRED):
                yield f"release: {entry.entry_id} gave back to {movement.target}"


def _due(redemption: Redemption, *, holds: bool) -> list[EntryKind]:
    if not any(line.credits for line in redemption.lines):
        return []
    waited = redemption.approval is Approval.MANUAL or redemption.cleared_by is not None
    said_yes = redemption.approval is Approval.AUTOMATIC or redemption.approved_by is not None
    match redemption.state:
        case RedemptionState.REFERRED | RedemptionState.PENDING:
            return [EntryKind.HOLD] if holds else []
        case RedemptionState.RESERVED:
            return [EntryKind.HOLD]
        case RedemptionState.APPROVED:
            held = redemption.reserve or (holds and waited)
            return [EntryKind.HOLD, EntryKind.REDEEM] if held else [EntryKind.REDEEM]
        case _:
            held = holds or (redemption.reserve and said_yes)
            return [EntryKind.HOLD, EntryKind.RELEASE] if held else []


def of_held(lots: Mapping[str, Lot], redemptions: Mapping[str, Redemption]) -> Iterator[str]:
    """What is held of a lot is what open requests draw on it."""
    drawn = Counter[str]()
    for redemption in redemptions.values():
        if redemption.open:
            drawn.update(_sums(redemption.draws))
    for lot_id, lot in lots.items():
        if lot.balance.held != drawn[lot_id]:
            yield f"held: {lot.balance.held} of {lot_id}, open requests draw {drawn[lot_id]}"


def of_seats(sessions: Iterable[Session], redemptions: Iterable[Redemption]) -> Iterator[str]:
    """The seats that are taken are those that are booked, or set aside."""
    booked = Counter[tuple[str, str]]()
    for redemption in redemptions:
        if redemption.state in (RedemptionState.RESERVED, RedemptionState.APPROVED):
            for line in redemption.lines:
                if line.item and line.item.session and line.state is not LineState.RETURNED:
                    session = line.item.session
                    booked[session.offering_id, session.session_id] += line.item.quantity
    for session in sessions:
        due = booked[session.offering_id, session.session_id]
        if session.taken != due:
            yield f"seats: {session.taken} of {session.session_id} are taken, {due} are booked"


def of_budgets(budgets: Iterable[Budget], redemptions: Sequence[Redemption]) -> Iterator[str]:
    """What is left of a budget, and what is asked for against it, make its limit."""
    for budget in budgets:
        asked = sum(
            redemption.credits - sum(line.returned for line in redemption.lines)
            for redemption in redemptions
            if budget.budget_id in redemption.budgets and redemption.state not in ENDED
        )
        if budget.left < 0 or budget.left + asked != budget.limit:
            yield f"budget {budget.name}: {budget.left} left of {budget.limit}, {asked} asked for"


def _spends(source: State, target: State) -> bool:
    return source is State.AVAILABLE and target in SPENT


def _place(lot: Lot) -> tuple[object, ...]:
    return lot.expires_at, lot.granted_at, lot.lot_id
