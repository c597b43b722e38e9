"""Each request has exactly the entries of its state, for exactly its credits (I6, I7)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from audit.facts import ENDED, OPEN, Found, Item, Partition, lines, part

ABOUT = ("hold", "redeem", "release", "return", "deliver", "refute")
YES = frozenset({"reserved", "approved"})


def laws(account: Partition) -> Iterator[Found]:
    """All of them."""
    roots = {lot["lot_id"]: lot["order_id"] for lot in account.of("lot")}
    about = defaultdict[str, list[Item]](list)
    for entry in account.of("entry"):
        if entry["entry_kind"] in ABOUT:
            about[entry["reference"]].append(entry)
    for request in account.of("redemption"):
        entries = about.pop(request["redemption_id"], [])
        yield from _booked(account, request, entries)
        for line in lines(request):
            yield from _paid(account, request, line, roots)
        yield from _settled(account, request, entries)
    for name in sorted(about):
        yield account.says("I7", f"request {name}: credits moved for it, and it is not there")
    yield from _held(account)


def _booked(account: Partition, request: Item, entries: list[Item]) -> Iterator[Found]:
    """One debit if it is approved; what was held is posted or released, and held once."""
    name, state = request["redemption_id"], request["state"]
    costs = sum(line["credits"] for line in lines(request))
    kinds = Counter(entry["entry_kind"] for entry in entries)
    spent, held, back = kinds["redeem"], kinds["hold"], kinds["release"]
    if spent != (state == "approved" and costs > 0):
        yield account.says("I7", f"request {name}: {state}, spent {spent} times")
    if held > 1 or back != (held if state in ENDED else 0):
        yield account.says("I6", f"request {name}: {state}, held {held}, released {back} times")
    if state == "reserved" and held != (costs > 0):
        yield account.says("I6", f"request {name}: reserved, held {held} times")
    drawn = _sums(draw for line in lines(request) for draw in line["draws"])
    first = next((e for e in entries if e["entry_kind"] == "hold"), None)
    for entry in entries:
        if entry["entry_kind"] not in ("hold", "redeem", "release"):
            continue
        moved = _moved(entry)
        if moved.total() != costs or (drawn and moved != drawn):
            yield account.says("I7", f"entry {entry['entry_id']}: not what the request pays")
        if first is not None and moved != _moved(first):
            yield account.says("I6", f"entry {entry['entry_id']}: not what was held")
        source = "available" if entry is first or first is None else "held"
        if any(m["from"] != source for m in entry["movements"]):
            yield account.says("I6", f"entry {entry['entry_id']}: does not take from {source}")
        yield from _dated(account, request, entry)


def _dated(account: Partition, request: Item, entry: Item) -> Iterator[Found]:
    """It is booked as it is settled, by whoever settled it, and never before it was asked for."""
    hold, at = entry["entry_kind"] == "hold", entry["at"]
    settled = request.get("decided_at", request["requested_at"])
    if not hold and at != settled:
        yield account.says("I17", f"entry {entry['entry_id']}: dated {at}, settled {settled}")
    if hold and not request["requested_at"] <= at:
        yield account.says("I17", f"entry {entry['entry_id']}: dated before it was asked for")
    if entry["entry_id"] != f"{entry['entry_kind']}-{request['redemption_id']}":
        yield account.says("I7", f"entry {entry['entry_id']}: it is named after another request")


def _paid(account: Partition, request: Item, line: Item, roots: dict[str, str]) -> Iterator[Found]:
    """Its draws are its price, if any are due; one lot alone pays what is bound to it.

    Or what was reissued of it: `roots` name the lot of each one's order.
    """
    name, draws = request["redemption_id"], Counter[str]()
    for draw in line["draws"]:
        draws[roots.get(draw["lot_id"], draw["lot_id"])] += draw["credits"]
    if (request["state"] in YES or draws) and draws.total() != line["credits"]:
        yield account.says("I7", f"request {name}: its lots do not pay its price")
    if draws and request["state"] in ENDED:
        yield account.says("I6", f"request {name}: {request['state']}, and still draws")
    bound = Counter[str]()
    for tender in line["tenders"]:
        if tender.get("lot_id") is not None:
            bound[tender["lot_id"]] += part(line, tender)
    freely = any(tender.get("lot_id") is None for tender in line["tenders"])
    if draws and (bound - draws or (not freely and draws != bound)):
        yield account.says("I7", f"request {name}: paid by another lot than may")


def _settled(account: Partition, request: Item, entries: list[Item]) -> Iterator[Found]:
    """What came back of a line, or was delivered, is what its one entry says."""
    name, moved = request["redemption_id"], Counter[str]()
    for entry in entries:
        moved[entry["entry_id"]] += sum(move["credits"] for move in entry["movements"])
    refuted = [entry for entry in entries if entry["entry_kind"] == "refute"]
    known = {f"{kind}-{name}" for kind in ("hold", "redeem", "release")}
    for number, line in enumerate(lines(request), start=1):
        state, returned = line.get("state", "booked"), line.get("returned", 0)
        back, done = f"return-{name}-{number}", f"deliver-{name}-{number}"
        known |= {back, done}
        delivered = line["credits"] if state == "delivered" else 0
        if not refuted and (moved[back], moved[done]) != (returned, delivered):
            yield account.says("I7", f"line {name}-{number}: {state}, its entries say otherwise")
        if returned and state != "returned":
            yield account.says("I7", f"line {name}-{number}: {state}, and something came back")
    if refuted:
        yield from _refuted(account, request, entries)
    for entry in entries:
        if entry["entry_kind"] != "refute" and entry["entry_id"] not in known:
            yield account.says("I7", f"entry {entry['entry_id']}: it is about no line")


def _refuted(account: Partition, request: Item, entries: list[Item]) -> Iterator[Found]:
    """All that was spent has come back, by returns before and by one refutation."""
    name, every = request["redemption_id"], lines(request)
    mine = [e for e in entries if e["entry_kind"] in ("return", "refute")]
    back = sum(move["credits"] for entry in mine for move in entry["movements"])
    spent = sum(line["credits"] for line in every)
    if back != spent or spent != sum(line.get("returned", 0) for line in every):
        yield account.says("I7", f"request {name}: {back} of {spent} have come back")
    if any(line.get("state") != "returned" for line in every):
        yield account.says("I7", f"request {name}: refuted, and its lines say otherwise")


def _held(account: Partition) -> Iterator[Found]:
    """What is held of a lot is what open requests draw on it."""
    drawn = Counter[str]()
    for request in account.of("redemption"):
        for line in lines(request) if request["state"] in OPEN else ():
            drawn += _sums(line["draws"])
    for lot in account.of("lot"):
        due = drawn[lot["lot_id"]]
        if lot["held"] != due:
            words = f"lot {lot['lot_id']}: {lot['held']} are held, open requests draw {due}"
            yield account.says("I6", words)


def _moved(entry: Item) -> Counter[str]:
    moved = Counter[str]()
    for move in entry["movements"]:
        moved[move["lot"]] += move["credits"]
    return moved


def _sums(draws: Iterable[Item]) -> Counter[str]:
    drawn = Counter[str]()
    for draw in draws:
        drawn[draw["lot_id"]] += draw["credits"]
    return drawn
