"""The laws of what is booked: given back once, or delivered once, and never both."""

from collections.abc import Iterator, Mapping, Sequence

from training_credits.domain.model import (
    Entry,
    EntryKind,
    Line,
    LineState,
    Lot,
    Redemption,
    State,
)

AFTER = (EntryKind.RETURN, EntryKind.DELIVER)


def of_bookings(
    lots: Mapping[str, Lot], redemption: Redemption, entries: Sequence[Entry]
) -> Iterator[str]:
    """`entries` are those of one request; each line has at most one of these kinds."""
    about = [entry for entry in entries if entry.kind in AFTER]
    refuted = [entry for entry in entries if entry.kind is EntryKind.REFUTE]
    if refuted:
        yield from _of_refuted(lots, redemption, refuted, about)
        return
    for number, line in enumerate(redemption.lines, start=1):
        name = f"{redemption.redemption_id}-{number}"
        mine = [entry for entry in about if entry.entry_id == f"{entry.kind}-{name}"]
        yield from _of_line(name, line, mine)
        about = [entry for entry in about if entry not in mine]
    for entry in about:
        yield f"booking: {entry.entry_id} is about no line"
    for entry in about:
        if entry.kind is EntryKind.RETURN:
            yield from _of_return(lots, entry)


def _of_refuted(
    lots: Mapping[str, Lot],
    redemption: Redemption,
    refuted: Sequence[Entry],
    about: Sequence[Entry],
) -> Iterator[str]:
    """All of it came back once, by returns before and by one refutation."""
    name, came = redemption.redemption_id, 0
    for entry in (*about, *refuted):
        if entry.kind is not EntryKind.DELIVER:
            came += sum(movement.credits for movement in entry.movements)
            yield from _of_return(lots, entry)
    if len(refuted) > 1 or came != redemption.credits:
        yield f"refuted: {came} of {name} came back, {redemption.credits} were spent"
    if any(
        line.state is not LineState.RETURNED or line.returned != line.credits
        for line in redemption.lines
    ):
        yield f"refuted: lines of {name} are {[line.state for line in redemption.lines]}"


def _of_line(name: str, line: Line, entries: Sequence[Entry]) -> Iterator[str]:
    moved = {entry.kind: sum(m.credits for m in entry.movements) for entry in entries}
    due = {
        LineState.BOOKED: {},
        LineState.RETURNED: {EntryKind.RETURN: line.returned},
        LineState.DELIVERED: {EntryKind.DELIVER: line.credits},
    }[line.state]
    if moved != {kind: credits for kind, credits in due.items() if credits}:
        yield f"booking: {name} is {line.state}, {line.returned} came back, and has {moved}"
    if line.returned > line.credits or (line.returned and line.state is not LineState.RETURNED):
        yield f"booking: {name} is {line.state}, and {line.returned} of {line.credits} came back"


def _of_return(lots: Mapping[str, Lot], entry: Entry) -> Iterator[str]:
    for movement in entry.movements:
        alive = entry.at < lots[movement.lot_id].expires_at
        if movement.target is not (State.AVAILABLE if alive else State.EXPIRED):
            yield f"booking: {entry.entry_id} gave back to {movement.target}"
