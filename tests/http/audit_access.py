"""What must hold of whoever and whatever lets somebody at an account: members, seats, codes."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.http.audit_lines import lines, part
from training_credits.programs import program_versions

Item = dict[str, Any]


def owners(accounts: list[Item], members: list[Item]) -> Iterator[str]:
    """Counted rightly; none only where none has ever come."""
    owning = [member for member in members if member["role"] == "owner"]
    counted = Counter(member["pk"] for member in owning if member["state"] == "active")
    joined = {member["pk"] for member in owning if "accepted_at" in member}
    for account in accounts:
        pk = account["pk"]
        if account["owners"] != counted[pk] or (pk in joined and not counted[pk]):
            yield f"account {account['account_id']}: owners are counted wrongly, or are none"


def seats(members: list[Item], taken: list[Item], invitations: list[Item]) -> Iterator[str]:
    """What a person is told of their accounts is what the accounts say."""
    by_state: dict[str, set[tuple[str, str, str, str]]] = {"active": set(), "invited": set()}
    for member in members:
        program, _, account = member["pk"].split("#")
        who = (program, member["email"], account, member["role"])
        by_state.setdefault(member["state"], set()).add(who)
        if ("book" in member) is (member["state"] == "removed"):
            yield f"member {member['email']}: {member['state']}, and the book says otherwise"
    for who in sorted(
        {_place(seat) for seat in taken if "account_id" in seat} ^ by_state["active"]
    ):
        yield f"member {who}: has a seat, or is a member, and not both"
    for who in sorted({_place(one) for one in invitations if one["open"]} ^ by_state["invited"]):
        yield f"member {who}: has an invitation, or is invited, and not both"


def _place(item: Item) -> tuple[str, str, str, str]:
    program, _, email = item["pk"].split("#", 2)
    return program, email, item["account_id"], item["role"]


def codes(cards: list[Item], openers: list[Item]) -> Iterator[str]:
    """Each code is opened by one text, and by the ones before it only until an end."""
    opened: dict[tuple[str, str], list[Item]] = {}
    for opener in openers:
        program = opener["pk"].split("#")[0]
        place = (f"{program}#ACCOUNT#{opener['account_id']}", opener["code_id"])
        opened.setdefault(place, []).append(opener)
    for card in cards:
        program = card["pk"].split("#")[0]
        now = [o["pk"] for o in opened.pop((card["pk"], card["code_id"]), []) if "ends_at" not in o]
        if now != [f"{program}#CODE#{card['digest']}"]:
            yield f"code {card['code_id']}: opened by {len(now)} texts, or by another"
    if opened:
        yield "a text opens a code that is not there"


def code_counts(
    accounts: list[Item], cards: list[Item], lots: list[Item], history: list[Item]
) -> Iterator[str]:
    """Codes were made by somebody, which is counted and noted, or came with an order."""
    cards_of, lots_of = (Counter(item["pk"] for item in items) for items in (cards, lots))
    noted = Counter(line["pk"] for line in history if line["happening_kind"] == "code_issued")
    for account in accounts:
        pk = account["pk"]
        came = lots_of[pk] if program_versions(account["program"])[-1].codes.mailed else 0
        if account["codes"] != noted[pk] or cards_of[pk] != noted[pk] + came:
            yield f"account {account['account_id']}: codes are counted wrongly"


def uses(cards: list[Item], used: list[Item], requests: list[Item]) -> Iterator[str]:
    """What codes with limits have counted is what was asked for with them, and not given back."""
    total: Counter[tuple[str, str]] = Counter()
    each: Counter[tuple[str, str]] = Counter()
    for request in requests:
        pk, learner = request["pk"], request["learner"][0]
        for code_id, credits in _counted(request):
            total[pk, code_id] += credits
            each[pk, f"USE#{code_id}#{learner}"] += credits
    counts_each = {card["code_id"] for card in cards if "limit_each" in card}
    for card in cards:
        if card["used"] != total[card["pk"], card["code_id"]]:
            yield f"code {card['code_id']}: what was used is counted wrongly"
    expected = {p: n for p, n in each.items() if p[1].split("#")[1] in counts_each}
    counted = {(use["pk"], use["sk"]): use["used"] for use in used}
    for place in sorted(expected.keys() | counted.keys()):
        if expected.get(place, 0) != counted.get(place, 0):
            yield f"{place[1]}: what one learner used is counted wrongly"


def _counted(request: Item) -> Iterator[tuple[str, int]]:
    """What counts against each code with limits, if the request has not come to nothing."""
    if request["state"] in {"denied", "cancelled", "lapsed"}:
        return
    for line in lines(request):
        for tender in line["tenders"]:
            if tender["limited"]:
                yield tender["code_id"], part(line, tender)
