"""Entries told one after the other: what each lot holds after them, and in which order they went.

An entry is dated when its attempt began, and committed up to some seconds later. Two that overlap
may have been committed the other way round: the date alone does not say what depended on what, but
the lots do, for nothing can be taken from them that has not been there.
"""

from collections.abc import Iterable, Mapping

from training_credits.domain.model import Balance, Entry, State

NOTHING: Mapping[str, Balance] = {}


def by_lot(
    entries: Iterable[Entry], opening: Mapping[str, Balance] = NOTHING
) -> dict[str, Balance]:
    """What each lot holds after these entries."""
    balances = dict(opening)
    for entry in entries:
        balances.update(_after(entry, balances))
    return balances


def in_turn(
    entries: Iterable[Entry], opening: Mapping[str, Balance] = NOTHING
) -> tuple[list[Entry], list[Entry]]:
    """Entries by their date, each as soon as the lots have what it takes; and those still waiting.

    So no balance is below zero between two lines because one was asked for before the other.
    """
    balances = dict(opening)
    told: list[Entry] = []
    waiting: list[Entry] = []
    for entry in sorted(entries, key=lambda each: (each.at, each.entry_id)):
        waiting.append(entry)
        while (found := _first_possible(waiting, balances)) is not None:
            waiting.remove(found)
            balances.update(_after(found, balances))
            told.append(found)
    return told, waiting


def _first_possible(waiting: list[Entry], balances: Mapping[str, Balance]) -> Entry | None:
    return next((entry for entry in waiting if _possible(entry, balances)), None)


def _possible(entry: Entry, balances: Mapping[str, Balance]) -> bool:
    after = _after(entry, balances)
    taken = (m for m in entry.movements if m.source is not State.ISSUED)
    return all(getattr(after[m.lot_id], m.source) >= 0 for m in taken)


def _after(entry: Entry, balances: Mapping[str, Balance]) -> dict[str, Balance]:
    """The lots that an entry moves, as it leaves them."""
    after: dict[str, Balance] = {}
    for movement in entry.movements:
        lot_id = movement.lot_id
        before = after.get(lot_id) or balances.get(lot_id) or Balance()
        after[lot_id] = before.moved(movement)
    return after
