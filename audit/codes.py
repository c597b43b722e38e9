"""Codes are opened by their one text, counted, and used within their limits (I8)."""

from collections import Counter
from collections.abc import Iterator

from audit.facts import ENDED, Found, Item, Partition, later, lines, part, stamp


def laws(account: Partition) -> Iterator[Found]:
    """All of them."""
    lots = {lot["lot_id"]: lot for lot in account.of("lot")}
    cards = {card["code_id"]: card for card in account.of("code")}
    made = sum(h["happening_kind"] == "code_issued" for h in account.of("happening"))
    came = len({card["lot_id"] for card in cards.values() if _came_with(card, lots)})
    for header in account.of("account"):
        if header["codes"] != made or len(cards) != made + came:
            words = f"account {header['account_id']}: codes are counted wrongly"
            yield account.says("I8", words)
    voided = {e["reference"]: e["at"] for e in account.of("entry") if e["entry_kind"] == "void"}
    for card in cards.values():
        yield from _card(account, card)
        over = voided.get(card.get("lot_id", ""), "")
        if later(card["made_at"], account.bounds.race) < over and "ends_at" not in card:
            yield account.says("I8", f"code {card['code_id']}: its lot is void, and it works")
    yield from _uses(account, cards)


def _came_with(card: Item, lots: dict[str, Item]) -> bool:
    """Whether it came with an order: made with its lot, under the name of both."""
    lot = lots.get(card.get("lot_id") or "")
    return lot is not None and "label" not in card and card["made_at"] == lot["granted_at"]


def _card(account: Partition, card: Item) -> Iterator[Found]:
    name, here = card["code_id"], f"{account.name}|{card['code_id']}"
    yield account.has(f"code|{here}")
    yield account.has(f"code of now|{here}|{card['digest']}")
    for role in ("digest", "previous"):
        if role in card:
            which = "text" if role == "digest" else "text of before"
            words = f"code {name}: no {which} opens it"
            yield account.needs("I8", f"text of {role}|{here}|{card[role]}", words)
    ended = card.get("ends_at")
    if ended is None and card.get("book") != card["sk"]:
        yield account.says("I8", f"code {name}: it works, and stands at {card.get('book')}")
    now = account.bounds.now
    old = str(card.get("book", "")).startswith("OLD#")
    if now is not None and old and (ended is None or stamp(now) < ended):
        yield account.says("I8", f"code {name}: revoked, and works until {ended}")


def opener(text: Partition) -> Iterator[Found]:
    """Each code is opened by one text, and by the ones before it only until an end."""
    for item in text.of("opener"):
        here = f"{item['account_id']}|{item['code_id']}"
        if item["digest"] != text.name:
            yield text.says("I8", "the text stands under another")
        words = "a text opens a code that is not there, or has another"
        if "ends_at" in item:
            yield text.has(f"text of previous|{here}|{item['digest']}")
            yield text.needs("I8", f"code|{here}", words)
        else:
            yield text.has(f"text of digest|{here}|{item['digest']}")
            yield text.needs("I8", f"code of now|{here}|{item['digest']}", words)


def _uses(account: Partition, cards: dict[str, Item]) -> Iterator[Found]:
    """What codes with limits have counted is what was asked for with them, and not given back."""
    total, each = Counter[str](), Counter[str]()
    for request in account.of("redemption"):
        learner = request["learner"][0]
        for code_id, credits, limited in _paid(request):
            card = cards.get(code_id)
            if card is None:
                name = request["redemption_id"]
                yield account.says("I8", f"request {name}: asked with {code_id}, which is no code")
                continue
            yield from _works(account, card, request)
            if limited and request["state"] not in ENDED:
                total[code_id] += credits
                each[f"USE#{code_id}#{learner}"] += credits
    yield from _counted(account, cards, total, each)


def _counted(
    account: Partition, cards: dict[str, Item], total: Counter[str], each: Counter[str]
) -> Iterator[Found]:
    for name, card in cards.items():
        if card["used"] != total[name]:
            yield account.says("I8", f"code {name}: what was used is counted wrongly")
        if card["used"] > card.get("limit", card["used"]):
            yield account.says("I8", f"code {name}: used beyond its limit")
    most = {name: card["limit_each"] for name, card in cards.items() if "limit_each" in card}
    expected = Counter({sk: n for sk, n in each.items() if sk.split("#")[1] in most})
    counted = Counter({use["sk"]: use["used"] for use in account.of("use")})
    for place in sorted(expected.keys() | counted.keys()):
        if expected[place] != counted[place]:
            yield account.says("I8", f"{place}: what one learner used is counted wrongly")
        if counted[place] > most.get(place.split("#")[1], 0):
            yield account.says("I8", f"{place}: one learner used more than they may")


def _works(account: Partition, card: Item, request: Item) -> Iterator[Found]:
    """It had not ended when it was asked with, and serves whoever asked."""
    name, at = request["redemption_id"], request["requested_at"]
    if later(str(card.get("ends_at", at)), account.bounds.race) < at:
        yield account.says("I8", f"request {name}: asked with {card['code_id']} after its end")
    domain = request["learner"][1].rpartition("@")[2]
    if card["domains"] and domain not in card["domains"]:
        yield account.says("I8", f"request {name}: {card['code_id']} does not serve {domain}")


def _paid(request: Item) -> Iterator[tuple[str, int, bool]]:
    """What each code pays of a request, and whether that counts against its limits."""
    for line in lines(request):
        for tender in line["tenders"]:
            if tender.get("code_id") is not None:
                yield tender["code_id"], part(line, tender), bool(tender.get("limited"))
