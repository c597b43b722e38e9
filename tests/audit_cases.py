"""The laws of cases, and of what lives on in another lot: nothing is made, and nothing twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from training_credits.domain.model import Case, CaseKind, CaseState, Entry, EntryKind, Lot, State

KINDS = {
    CaseKind.REISSUE: EntryKind.REISSUE,
    CaseKind.EXTENSION: EntryKind.EXTEND,
    CaseKind.DISPUTE: EntryKind.REFUTE,
}
GRANTED = (CaseState.APPROVED, CaseState.UPHELD)
FINAL = (*GRANTED, CaseState.REJECTED, CaseState.WITHDRAWN)


def root(lots: Mapping[str, Lot], lot_id: str) -> str:
    """The lot of the order: what opens it, opens what it was reissued into."""
    return lots[lot_id].order_id if lot_id in lots else lot_id


def rooted(lots: Mapping[str, Lot], drawn: Counter[str]) -> Counter[str]:
    """So many credits of each order's lot."""
    found = Counter[str]()
    for lot_id, credits in drawn.items():
        found[root(lots, lot_id)] += credits
    return found


def of_chains(lots: Mapping[str, Lot], entries: Iterable[Entry], most: int | None) -> Iterator[str]:
    """What left a lot is what begins in others, `most` times along a chain, and after it."""
    came = Counter[str]()
    for lot in lots.values():
        if lot.reissued_from is not None:
            came[lot.reissued_from] += lot.credits
            yield from _of_link(lots[lot.reissued_from], lot, most)
    for lot_id, lot in lots.items():
        if lot.balance.reissued != came[lot_id]:
            yield f"chain: {lot.balance.reissued} left {lot_id}, {came[lot_id]} began elsewhere"
    for entry in entries:
        if entry.kind in (EntryKind.REISSUE, EntryKind.EXTEND):
            gone = sum(m.credits for m in entry.movements if m.target is State.REISSUED)
            new = sum(m.credits for m in entry.movements if m.source is State.ISSUED)
            if gone != new:
                yield f"chain: {entry.entry_id} moves {gone}, and issues {new}"


def _of_link(before: Lot, lot: Lot, most: int | None) -> Iterator[str]:
    same = (lot.order_id, lot.product) == (before.order_id, before.product)
    if lot.renewals != before.renewals + 1 or not same:
        yield f"chain: {lot.lot_id} does not follow {before.lot_id}"
    if most is not None and lot.renewals > most:
        yield f"chain: {lot.lot_id} is the {lot.renewals}th"
    if lot.granted_at < before.granted_at or lot.expires_at <= lot.granted_at:
        yield f"chain: {lot.lot_id} was granted at {lot.granted_at}"


def of_cases(
    cases: Mapping[str, Case], lots: Mapping[str, Lot], entries: Sequence[Entry]
) -> Iterator[str]:
    """A yes has one entry for exactly its credits, nothing else has any; nobody skips a step."""
    made = {entry.entry_id: entry for entry in entries if entry.kind in KINDS.values()}
    for case_id, case in cases.items():
        entry = made.pop(f"{KINDS[case.kind]}-{case_id}", None)
        if (entry is not None) is not (case.state in GRANTED):
            yield f"case {case_id}: {case.state}, and its entry is {entry}"
        if entry is not None:
            back = sum(m.credits for m in entry.movements if m.source is not State.ISSUED)
            if back != case.credits:
                yield f"case {case_id}: {case.credits} credits, {back} moved"
        if (case.new_lot_id in lots) is not (case.state is CaseState.APPROVED):
            yield f"case {case_id}: {case.state}, and its lot is {case.new_lot_id}"
        yield from _of_trail(case)
    for entry_id in made:
        yield f"case: nobody asked for {entry_id}"


def _of_trail(case: Case) -> Iterator[str]:
    states = [step.state for step in case.trail]
    if len({*states}) != len(states) or any(state in FINAL for state in states[:-1]):
        yield f"case {case.case_id}: has come by {states}"
    if case.state in GRANTED and CaseState.IN_REVIEW not in states:
        yield f"case {case.case_id}: granted unseen"
    if any(one.at > two.at for one, two in pairwise(case.trail)):
        yield f"case {case.case_id}: a step back in time"
    waits = case.state in (CaseState.SUBMITTED, CaseState.OPEN, CaseState.IN_REVIEW)
    if (case.due_on is not None) is not waits:
        yield f"case {case.case_id}: {case.state}, due {case.due_on}"
    asked = [step for step in case.trail if step.state in (CaseState.SUBMITTED, CaseState.OPEN)]
    answered = [step for step in case.trail if step.state in (CaseState.IN_REVIEW, *GRANTED)]
    hands = {case.opened_by.email, *(step.by for step in asked)}
    if hands & {step.by for step in answered}:
        yield f"case {case.case_id}: answered by who asked"
