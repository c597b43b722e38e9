"""What stands beside requests: seats, budgets, vouchers, lists (I3, I7, I15)."""

from collections import Counter
from collections.abc import Iterator

from audit.facts import ENDED, OPEN, Found, Item, Partition, lines
from training_credits.domain.identity import derived
from training_credits.domain.model import Fulfilment
from training_credits.programs import program_versions

BOOKED = frozenset({"reserved", "approved"})
VOUCHERS = frozenset({"issued", "assigned", "used", "void", "expired"})


def laws(account: Partition) -> Iterator[Found]:
    """All of them."""
    yield from _budgets(account)
    for header in account.of("account"):
        voided = sum(lot["voided"] > 0 for lot in account.of("lot"))
        limits = sum(budget["limit"] for budget in account.of("budget"))
        if header.get("voided", 0) != voided:
            yield account.says("I3", f"{voided} lots are void, {header.get('voided')} are counted")
        if header.get("budgeted", 0) != limits:
            yield account.says("I3", f"budgets of {limits}, counted {header.get('budgeted')}")
    yield from _vouchers(account)
    for request in account.of("redemption"):
        for line in lines(request) if request["state"] in BOOKED else ():
            yield from _seat(account, line)


def _seat(account: Partition, line: Item) -> Iterator[Found]:
    item = line.get("item") or {}
    session = item.get("session")
    if session and line.get("state", "booked") != "returned":
        place = f"seats|{session['offering_id']}|{session['session_id']}"
        words = f"session {session['session_id']}: not as many seats taken as are booked"
        yield account.adds("I3", place, item.get("quantity", 1), words)


def shelf(offering: Partition) -> Iterator[Found]:
    """The seats that are taken are those that are booked, or set aside; what is listed is there."""
    for session in offering.of("session"):
        place = f"seats|{session['offering_id']}|{session['session_id']}"
        words = (
            f"session {session['session_id']}: {session['taken']} seats taken, not so many booked"
        )
        yield offering.adds("I3", place, -session["taken"], words)
        if session["taken"] < 0:
            yield offering.says("I5", f"session {session['session_id']}: fewer than no seats taken")
    for item in offering.of("offering"):
        name = item["offering_id"]
        yield offering.has(f"offering|{name}")
        for listed in ("ALL#", *(f"IN#{each}#" for each in item["collections"])):
            words = f"offering {name}: not listed in {listed}"
            yield offering.needs("I15", f"listed|{listed}{name}", words)


def catalogue(of: Partition) -> Iterator[Found]:
    """What is listed was offered once."""
    for item in of.of("listed"):
        yield of.has(f"listed|{item['sk']}")
        words = f"{item['sk']}: there is no such offering"
        yield of.needs("I15", f"offering|{item['offering_id']}", words)


def _budgets(account: Partition) -> Iterator[Found]:
    """What is left of a budget, and what is asked for against it, make its limit."""
    asked = Counter[str]()
    for request in account.of("redemption"):
        if request["state"] in ENDED:
            continue
        every = lines(request)
        credits = sum(line["credits"] - line.get("returned", 0) for line in every)
        for name in request.get("budgets") or ():
            asked[name] += credits
    for budget in account.of("budget"):
        due = asked.pop(budget["budget_id"], 0)
        if budget["left"] < 0 or budget["left"] + due != budget["limit"]:
            words = f"budget {budget['name']}: {budget['left']} left, {due} asked for"
            yield account.says("I3", words)
    for name in sorted(asked):
        yield account.says("I3", f"budget {name}: it is counted against, and not there")


def _vouchers(account: Partition) -> Iterator[Found]:
    """For each that was paid there is one; void if it was given back, and only then."""
    kept = {one["voucher_id"]: one for one in account.of("voucher")}
    for request in account.of("redemption"):
        name = request["redemption_id"]
        refuted = any(
            entry["entry_kind"] == "refute" and entry["reference"] == name
            for entry in (account.of("entry") if request["state"] == "approved" and kept else ())
        )
        for number, line in enumerate(lines(request), start=1):
            due = _due(account.program, line) if request["state"] == "approved" else 0
            for place in range(1, due + 1):
                voucher = kept.pop(derived("voucher", name, str(number), str(place)), None)
                if voucher is None:
                    yield account.says("I7", f"line {name}-{number}: voucher {place} is not there")
                else:
                    yield from _voucher(account, voucher, line, refuted=refuted)
    for name in sorted(kept):
        yield account.says("I7", f"voucher {name}: nobody has paid for it")


def _voucher(account: Partition, voucher: Item, line: Item, *, refuted: bool) -> Iterator[Found]:
    name, state = voucher["voucher_id"], voucher["state"]
    back = line.get("state") == "returned"
    if state not in VOUCHERS or (state == "assigned" and not voucher.get("holder")):
        yield account.says("I15", f"voucher {name}: {state}, and nobody has it")
    if state in ("issued", "void") and voucher.get("holder"):
        yield account.says("I15", f"voucher {name}: {state}, and somebody has it")
    if not refuted and (state == "void") is not back:
        yield account.says("I7", f"voucher {name}: {state}, its line is {line.get('state')}")


def _due(program: str, line: Item) -> int:
    """How many vouchers a line is worth."""
    item = line.get("item")
    if not item or line.get("usable_until") is None:
        return 0
    kinds = (
        each.spending.types.get(item["offering"]["type"]) for each in program_versions(program)
    )
    voucher = any(kind is not None and kind.fulfilment is Fulfilment.VOUCHER for kind in kinds)
    return int(item.get("quantity", 1)) if voucher else 0


def asked(account: Partition) -> Iterator[Found]:
    """Whoever has requests waiting is counted among those who ask."""
    requests = {request["redemption_id"]: request for request in account.of("redemption")}
    for item in account.of("asked"):
        for name in item.get("redemptions") or ():
            request = requests.get(name)
            if request is None or f"ASKED#{request['learner'][0]}" != item["sk"]:
                yield account.says("I7", f"{item['sk']}: {name} is no request of theirs")
    known = {item["sk"]: set(item.get("redemptions") or ()) for item in account.of("asked")}
    for name, request in requests.items():
        counted = known.get(f"ASKED#{request['learner'][0]}")
        if counted is not None and request["state"] in OPEN and name not in counted:
            yield account.says("I19", f"request {name}: it waits, and is not counted")
