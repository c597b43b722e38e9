"""The account's history says what became of it, and it became so (I15)."""

import re
from collections import defaultdict
from collections.abc import Iterator

from audit.facts import Found, Item, Partition, instant, later, lines

BECOMES = {"member_invited": "invited", "member_joined": "active", "member_removed": "removed"}
EDITED = re.compile(
    r"(?:(?:^|, )approval: (?P<approval>\w+))?(?:(?:^|, )four_eyes: (?P<four_eyes>\w+))?"
    r"(?:(?:^|, )card_kept: \w+)?(?:(?:^|, )automatic_below: (?P<automatic_below>\d+))?"
)


def laws(account: Partition) -> Iterator[Found]:
    """All of them; `told` are the lines of each kind."""
    told = defaultdict[str, list[Item]](list)
    for line in account.of("happening"):
        told[line["happening_kind"]].append(line)
        if line["sk"].split("#")[1] != line["at"]:
            yield account.says("I17", f"{line['sk']}: it does not stand where it is dated")
    for header in account.of("account"):
        if not _any(told["account_opened"], header["opened_at"]):
            yield account.says("I15", "the account was opened, and no line says so")
        yield from _header(account, header, told)
    for member in account.of("member"):
        yield from _member(account, member, told)
    here = {member["email"] for member in account.of("member")}
    for kind in BECOMES:
        for email in sorted({line["about"] for line in told[kind]} - here):
            yield account.says("I15", f"member {email}: told of as {kind}, and is not there")
    yield from _codes(account, told)
    yield from _cases(account, told["case_moved"])
    yield from _bookings(account, told)
    yield from _plans(account, told["plan_changed"])
    yield from _budgets(account, told)


def _any(found: list[Item], at: str, about: str | None = None) -> bool:
    return any(one["at"] == at and about in (None, one["about"]) for one in found)


def _newest(account: Partition, found: list[Item]) -> list[Item]:
    """The last line, and those so shortly before it that theirs may be what was written last."""
    last = max((one["at"] for one in found), default="")
    return [one for one in found if later(one["at"], account.bounds.race) >= last]


def _header(account: Partition, header: Item, told: dict[str, list[Item]]) -> Iterator[Found]:
    """What was edited last is what is kept."""
    edits = defaultdict[str, list[Item]](list)
    for line in told["account_edited"]:
        for field, value in _edited(header, line["detail"]):
            edits[field].append({"at": line["at"], "value": value})
    for field, said in edits.items():
        values = {one["value"] for one in _newest(account, said)}
        if str(header.get(field, 0)) not in values:
            words = f"{field} is {header.get(field)!r}, last edited to {sorted(values)}"
            yield account.says("I15", words)
    yield from _contacts(account, header, told["contact_named"])
    yield from _agreements(account, header, told["agreement_set"])


def _contacts(account: Partition, header: Item, told: list[Item]) -> Iterator[Found]:
    for contact in header["contacts"]:
        mine = [o for o in told if o["about"].startswith(f"{contact['role']}: ")]
        named = {one["about"] for one in _newest(account, mine)}
        if f"{contact['role']}: {contact['email']}" not in named:
            yield account.says("I15", f"contact {contact['email']}: nobody has named them")
    roles = {contact["role"] for contact in header["contacts"]}
    if {one["about"].partition(":")[0] for one in told} - roles:
        yield account.says("I15", "a contact was named, and is not there")


def _agreements(account: Partition, header: Item, told: list[Item]) -> Iterator[Found]:
    for detail, field in (("in force", "agreement"), ("waits for", "proposed")):
        said = [one for one in told if one["detail"].startswith(detail)]
        kept = header.get(field)
        if kept and not any(one["about"] == _agreed(kept) for one in _newest(account, said)):
            yield account.says("I15", f"{field}: nobody has set {_agreed(kept)}")
        if said and not kept and field == "agreement":
            yield account.says("I15", "an agreement was set, and is not there")


def _edited(header: Item, detail: str) -> Iterator[tuple[str, str]]:
    """What a line says was edited; of a name that is no longer nobody knows where it ends."""
    if detail.startswith("name: "):
        rest = detail.removeprefix(f"name: {header['name']}")
        yield "name", header["name"] if rest != detail else "another"
        detail = rest.removeprefix(", ")
    match = EDITED.fullmatch(detail)
    for field, value in match.groupdict().items() if match else ():
        if value is not None:
            yield field, value


def _agreed(kept: Item) -> str:
    return f"{kept['percent']}% from {kept['starts_on']} to {kept['ends_on']}"


def _member(account: Partition, member: Item, told: dict[str, list[Item]]) -> Iterator[Found]:
    email, opened = member["email"], told["account_opened"]
    for kind, field in zip(BECOMES, ("added_at", "accepted_at", "removed_at"), strict=True):
        at = member.get(field)
        first = kind != "member_removed" and _any(opened, at or "", email)
        if at and not first and not _any(told[kind], at, email):
            yield account.says("I15", f"member {email}: no line says {kind} at {at}")
    about = [one for kind in BECOMES for one in told[kind] if one["about"] == email]
    states = {BECOMES[one["happening_kind"]] for one in _newest(account, about)}
    if states and member["state"] not in states:
        yield account.says("I15", f"member {email}: {member['state']}, last told {sorted(states)}")
    named = [
        one
        for one in told["deputy_named"]
        if one["about"] == email and one["at"] >= member["added_at"]
    ]
    until = member.get("decides_until")
    due = f"until {until}" if until else "no longer"
    if (named or until) and due not in {one["detail"] for one in _newest(account, named)}:
        yield account.says("I15", f"member {email}: deputy {due}, and no line says so")


def _codes(account: Partition, told: dict[str, list[Item]]) -> Iterator[Found]:
    cards, voids = account.of("code"), [e for e in account.of("entry") if e["entry_kind"] == "void"]
    hints = {card["hint"] for card in cards}
    for line in told["code_rotated"]:
        old, _, new = line["about"].partition(" by ")
        again = any(o["about"].startswith(f"{new} by ") for o in told["code_rotated"])
        if new not in hints and not again:
            yield account.says("I15", f"code {old}: replaced by {new}, which is not there")
    for line in told["code_revoked"]:
        ended = [c for c in cards if c["hint"] == line["about"] and c.get("ends_at") == line["at"]]
        if not ended:
            yield account.says("I15", f"code {line['about']}: revoked at {line['at']}, and works")
    for card in cards:
        name, ended = card["code_id"], card.get("ends_at", "")
        if "previous" in card and not any(
            one["about"].endswith(f" by {card['hint']}") for one in told["code_rotated"]
        ):
            yield account.says("I15", f"code {name}: it was replaced, and no line says so")
        revoked = _any(told["code_revoked"], ended) or any(one["at"] == ended for one in voids)
        if str(card.get("book", "")).startswith("OLD#") and not revoked:
            yield account.says("I15", f"code {name}: it was revoked, and no line says so")
        if "label" in card and not _any(told["code_issued"], card["made_at"]):
            yield account.says("I15", f"code {name}: it was issued, and no line says so")


def _cases(account: Partition, told: list[Item]) -> Iterator[Found]:
    steps = {
        (case["case_id"], instant(step["at"]), step["state"])
        for case in account.of("case")
        for step in case["trail"]
    }
    said = {(line["about"], line["at"], line["detail"].split(":")[0].split()[-1]) for line in told}
    for name, at, state in sorted(said - steps):
        yield account.says("I15", f"case {name}: {state} at {at}, which it never was")
    for name, at, state in sorted(steps - said):
        if state != "draft" or not any(one[0] == name for one in said):
            yield account.says("I15", f"case {name}: {state} at {at}, and no line says so")


def _bookings(account: Partition, told: dict[str, list[Item]]) -> Iterator[Found]:
    moves: dict[str, int] = defaultdict(int)
    for line in told["booking_moved"]:
        moves[line["about"]] += 1
    for request in account.of("redemption"):
        name, out = request["redemption_id"], request.get("exported_at")
        for number, line in enumerate(lines(request), start=1):
            due = moves.pop(f"{name}-{number}", 0)
            if line.get("moves", 0) != due:
                words = f"line {name}-{number}: moved {line.get('moves', 0)} times, told {due}"
                yield account.says("I15", words)
        exports = [one for one in told["vouchers_exported"] if one["about"] == name]
        if [one["at"] for one in exports] != ([out] if out else []):
            yield account.says("I15", f"request {name}: vouchers went out at {out}, or did not")
    for name in sorted(moves):
        yield account.says("I15", f"line {name}: it was moved, and is not there")


def _plans(account: Partition, told: list[Item]) -> Iterator[Found]:
    plans = {one["sk"].partition("#")[2]: one["wishes"] for one in account.of("plan")}
    for lot in sorted({one["about"] for one in told} | plans.keys()):
        newest = _newest(account, [one for one in told if one["about"] == lot])
        planned = sum(wish["credits"] for wish in plans.get(lot, ()))
        said = {one["detail"].split()[0] for one in newest}
        if lot not in plans or str(planned) not in said:
            yield account.says("I15", f"plan of {lot}: {planned} credits, last told {sorted(said)}")


def _budgets(account: Partition, told: dict[str, list[Item]]) -> Iterator[Found]:
    """What is there was set so; what was set last is there so, unless it was moved since."""
    moved = max((one["at"] for one in told["budget_moved"]), default="")
    said = {(one["about"], one["detail"]) for one in told["budget_set"]}
    names = {one["about"] for one in told["budget_set"]}
    kept = set[tuple[str, str]]()
    for budget in account.of("budget"):
        name, learners = budget["name"], len(budget["learners"])
        as_told = name, f"limit: {budget['limit']}, learners: {learners}"
        kept.add(as_told)
        if name not in names or not (moved or as_told in said):
            yield account.says("I15", f"budget {name}: nobody has set it so")
    newest = _newest(account, told["budget_set"])
    if len(newest) == 1 and newest[0]["at"] > moved:
        (line,) = newest
        if (line["about"], line["detail"]) not in kept:
            words = f"budget {line['about']}: set to {line['detail']}, which it is not"
            yield account.says("I15", words)
