"""Credits are never made and never lost: entries, lots, and what each lot held at every instant."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate

from audit.facts import Found, Item, Partition, later, stamp

STATES = ("available", "held", "redeemed", "delivered", "expired", "voided", "reissued")
BACK = {("redeemed", "available"), ("redeemed", "expired")}
RENEWED = {("available", "reissued"), ("expired", "reissued"), ("issued", "available")}
EDGES: dict[str, set[tuple[str, str]]] = {
    "purchase": {("issued", "available")},
    "hold": {("available", "held")},
    "release": {("held", "available"), ("held", "expired")},
    "redeem": {("available", "redeemed"), ("held", "redeemed")},
    "expire": {("available", "expired")},
    "void": {("available", "voided")},
    "return": BACK,
    "deliver": {("redeemed", "delivered")},
    "reissue": RENEWED,
    "extend": RENEWED,
    "refute": BACK | {("delivered", "available"), ("delivered", "expired")},
}
LOTS_MAX = 20
# A refuted transaction moves a lot along two edges: from what was redeemed, and what was delivered.
MOVEMENTS_MAX = 2 * LOTS_MAX


def laws(account: Partition) -> Iterator[Found]:
    """All of them."""
    entries = account.of("entry")
    for entry in entries:
        yield from _entry(account, entry)
    for (_, name), times in Counter((e["pk"], e["entry_id"]) for e in entries).items():
        if times > 1:
            yield account.says("I4", f"entry {name}: recorded {times} times")
    yield from _lots(account)
    yield from _replayed(account)
    moves = defaultdict[str, list[tuple[Item, Item]]](list)
    for entry in entries:
        for move in entry["movements"]:
            moves[move["lot"]].append((entry, move))
    for lot in account.of("lot"):
        yield from _end(account, lot, moves[lot["lot_id"]])


def _entry(account: Partition, entry: Item) -> Iterator[Found]:
    name, kind = entry["entry_id"], entry["entry_kind"]
    moves = [(m["from"], m["to"]) for m in entry["movements"]]
    if kind not in EDGES or not moves or not set(moves) <= EDGES[kind]:
        yield account.says("I4", f"entry {name}: {kind} does not move {moves}")
    if any(type(m["credits"]) is not int or m["credits"] < 1 for m in entry["movements"]):
        yield account.says("I4", f"entry {name}: it moves no whole number of credits")
    if any(n > 1 for n in Counter((m["lot"], m["from"]) for m in entry["movements"]).values()):
        yield account.says("I4", f"entry {name}: a lot is in it twice")
    if len({m["lot"] for m in entry["movements"]}) > LOTS_MAX or len(moves) > MOVEMENTS_MAX:
        yield account.says("I19", f"entry {name}: more than {LOTS_MAX} lots")
    if entry["sk"] != f"ENTRY#{entry['at']}#{name}":
        yield account.says("I17", f"entry {name}: it does not stand where it is dated")
    if kind in ("reissue", "extend"):
        gone = sum(m["credits"] for m in entry["movements"] if m["to"] == "reissued")
        new = sum(m["credits"] for m in entry["movements"] if m["from"] == "issued")
        if gone != new:
            yield account.says("I1", f"entry {name}: {gone} credits go, {new} begin anew")


def _lots(account: Partition) -> Iterator[Found]:
    folded: Counter[tuple[str, str]] = Counter()
    for entry in account.of("entry"):
        for move in entry["movements"]:
            folded[move["lot"], move["from"]] -= move["credits"]
            folded[move["lot"], move["to"]] += move["credits"]
    for lot in account.of("lot"):
        name = lot["lot_id"]
        for state in STATES:
            held = lot.get(state, 0)
            if held != folded[name, state]:
                yield account.says("I2", f"lot {name}: {state} is not what its entries say")
            if held < 0:
                yield account.says("I5", f"lot {name}: {state} is negative")
        if sum(lot.get(state, 0) for state in STATES) != lot["credits"]:
            yield account.says("I1", f"lot {name}: credits were made or lost")
    known = {lot["lot_id"] for lot in account.of("lot")}
    for name in sorted({lot for lot, _ in folded} - known):
        yield account.says("I3", f"lot {name}: an entry moves its credits, and it is not there")


def _replayed(account: Partition) -> Iterator[Found]:
    """Nothing is taken that was not there by then, nor dated before its lot.

    An entry is dated when its attempt began: what is dated `race` later may have been before it.
    """
    race = account.bounds.race
    came = defaultdict[tuple[str, str], list[tuple[str, int]]](list)
    gone = defaultdict[tuple[str, str], list[tuple[str, int, str]]](list)
    for entry in account.of("entry"):
        for move in entry["movements"]:
            came[move["lot"], move["to"]].append((entry["at"], move["credits"]))
            left = entry["at"], move["credits"], entry["entry_id"]
            gone[move["lot"], move["from"]].append(left)
    for where, taken in gone.items():
        if where[1] != "issued":
            yield from _short(account, sorted(came[where]), sorted(taken))
    granted = {lot["lot_id"]: lot["granted_at"] for lot in account.of("lot")}
    for entry in account.of("entry"):
        first = max((granted.get(m["lot"], "") for m in entry["movements"]), default="")
        if later(entry["at"], race) < first:
            yield account.says("I17", f"entry {entry['entry_id']}: dated before its credits")


def _short(
    account: Partition, came: list[tuple[str, int]], gone: list[tuple[str, int, str]]
) -> Iterator[Found]:
    """All that left a state by an instant came into it by then."""
    there = [0, *accumulate(credits for _, credits in came)]
    instants = [at for at, _ in came]
    taken = 0
    for place, (at, credits, name) in enumerate(gone):
        taken += credits
        last = place + 1 == len(gone) or gone[place + 1][0] != at
        if last and taken > there[bisect_right(instants, later(at, account.bounds.race))]:
            yield account.says("I5", f"entry {name}: it takes what was not there")


def _end(account: Partition, lot: Item, moves: list[tuple[Item, Item]]) -> Iterator[Found]:
    """It ends once, at its instant, and from then on nothing is spent of it (I9)."""
    name, end, closed = lot["lot_id"], lot["expires_at"], lot["closed"]
    for entry, move in moves:
        out, to, dead = move["from"], move["to"], entry["at"] >= end
        if dead and out == "available" and to in ("held", "redeemed"):
            yield account.says("I9", f"entry {entry['entry_id']}: spent of the dead lot {name}")
        comes = to in ("available", "expired") and out not in ("issued", "available")
        if comes and dead is (to == "available"):
            yield account.says("I9", f"entry {entry['entry_id']}: gave back to {to} of {name}")
    ends = [entry["at"] for entry, _ in moves if entry["entry_kind"] == "expire"]
    if ends not in ([], [end]):
        yield account.says("I9", f"lot {name}: its end is booked at {ends}")
    if (ends or lot["voided"]) and not closed:
        yield account.says("I9", f"lot {name}: over, and not closed")
    if closed and lot["available"]:
        yield account.says("I9", f"lot {name}: closed, and not finished")
    if lot["voided"] not in {0, lot["credits"]}:
        yield account.says("I3", f"lot {name}: voided in part")
    yield from _by_now(account, lot)


def _by_now(account: Partition, lot: Item) -> Iterator[Found]:
    now, end = account.bounds.now, lot["expires_at"]
    if now is None:
        return
    if lot["closed"] and stamp(now) < end and not lot["voided"]:
        yield account.says("I9", f"lot {lot['lot_id']}: closed before its end")
    if not lot["closed"] and later(end, account.bounds.grace) < stamp(now):
        yield account.says("I9", f"lot {lot['lot_id']}: it ended at {end}, which nobody has booked")
