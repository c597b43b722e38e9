"""What was carried out is kept with its effect: neither is there without the other (I13).

Both are of one instant, for they were decided at once and written in one transaction.
"""

import re
from collections.abc import Iterator

from audit.facts import ID, Found, Item, Partition, instant
from training_credits.domain.identity import derived

# What these made is dated, and its date stays.
MAKING = frozenset(
    {
        "openAccount",
        "purchase",
        "enterOrder",
        "moveOrder",
        "redeem",
        "confirmRedemption",
        "cancelRedemption",
        "issueCode",
        "rotateCode",
        "inviteMember",
        "returnLine",
        "moveLine",
        "exportVouchers",
        "addBudget",
        "transferBudget",
        "openCase",
        "addWebhook",
        "testWebhook",
    }
)
# An answer says where an order went: of two steps at once, one may be dated as the other.
MOVED = re.compile(r'"order":"(\w+)".*?"state":"(\w+)"')
KEYED_ENTRIES = frozenset({"return", "deliver", "reissue", "extend", "refute", "void", "purchase"})
KEYED_LINES = frozenset(
    {"account_opened", "member_invited", "code_issued", "code_rotated", "budget_moved"}
    | {"booking_moved", "vouchers_exported"}
)


def caller(of: Partition) -> Iterator[Found]:
    """Each submission stands where it is looked for, and has its effect."""
    for item in of.of("submission"):
        name, at = item["sk"], item["at"]
        place = f"SUBMISSION#{item['operation']}#{item['key']}"
        if (item["subject"], place) != (of.name, name):
            yield of.says("I13", f"{name}: it is of another request")
        yield of.has(f"carried out|{at}")
        moved = MOVED.search(item["answer"]) if item["operation"] == "moveOrder" else None
        if moved:
            words = f"{name}: order {moved[1]} was never {moved[2]}"
            yield of.needs("I13", f"stepped|{moved[1]}|{moved[2]}", words)
        elif item["operation"] in MAKING:
            words = f"{name}: carried out at {at}, and nothing is dated so"
            yield of.needs("I13", f"dated|{at}", words)
        for named in ID.findall(item["answer"]):
            yield of.has(f"answered|{item['operation']}|{named}")
        # The id of a decision is the same whatever its operation is called.
        decision = derived("decision", of.program, item["subject"], item["key"])
        yield of.has(f"decision|{decision}")
        if item["operation"] == "useVoucher":
            for named in _vouchers(item["answer"]):
                yield of.needs("I13", f"used|{named}", f"{name}: {named} is not used")
        if item["operation"] == "decide":
            words = f"{name}: a decision of nothing"
            yield of.needs("I13", f"decided|{decision}", words)


def _vouchers(answer: str) -> list[str]:
    """Which voucher an answer is about."""
    found = re.search(r'"voucher":"(\w+)"', answer)
    return [found[1]] if found else ID.findall(answer)[:1]


def laws(account: Partition) -> Iterator[Found]:
    """Everything that somebody has asked for under a key was carried out."""
    for what in sorted({*_dated(account), *_stepped(account)}):
        yield account.has(what)
    for what, at in _keyed(account):
        words = f"{what}: it is of {at}, and no request was carried out then"
        yield account.needs("I13", f"carried out|{at}", words)
    for what, named in _named(account):
        if what.startswith("voucher"):
            yield account.has(f"used|{named}")
        operation = "useVoucher" if what.startswith("voucher") else "addBudget"
        if ID.fullmatch(named):
            words = f"{what}: nobody was answered so"
            yield account.needs("I13", f"answered|{operation}|{named}", words)
    for request in account.of("redemption"):
        for name in ("decision", "clearance"):
            if name in request:
                about = request[name]
                yield account.has(f"decided|{about}")
                words = f"request {request['redemption_id']}: decided by a request that is nowhere"
                yield account.needs("I13", f"decision|{about}", words)


def _dated(account: Partition) -> Iterator[str]:
    """Every instant at which something was decided."""
    for header in account.of("account"):
        yield f"dated|{header['opened_at']}"
    for kind, field in (
        ("happening", "at"),
        ("entry", "at"),
        ("redemption", "requested_at"),
        ("redemption", "decided_at"),
        ("code", "made_at"),
    ):
        yield from (f"dated|{item[field]}" for item in account.of(kind) if field in item)
    for kind in ("order", "case"):
        for item in account.of(kind):
            yield from (f"dated|{instant(step['at'])}" for step in item["trail"])


def _stepped(account: Partition) -> Iterator[str]:
    for order in account.of("order"):
        for step in order["trail"]:
            yield f"stepped|{order['order_id']}|{step['state']}"


def _keyed(account: Partition) -> Iterator[tuple[str, str]]:
    """What only a request under a key can have made, and when."""
    for request in account.of("redemption"):
        name = f"request {request['redemption_id']}"
        yield name, request["requested_at"]
        confirmed = request.get("reserve") and request["state"] == "approved"
        if request["state"] == "cancelled" or confirmed:
            yield name, request["decided_at"]
    for kind in ("order", "case"):
        for item in account.of(kind):
            yield from _steps(f"{kind} {item[f'{kind}_id']}", item["trail"])
    for entry in account.of("entry"):
        if entry["entry_kind"] in KEYED_ENTRIES:
            yield f"entry {entry['entry_id']}", entry["at"]
    for line in account.of("happening"):
        if line["happening_kind"] in KEYED_LINES:
            yield line["sk"], line["at"]


def _steps(name: str, trail: list[Item]) -> Iterator[tuple[str, str]]:
    """A clock that is behind dates a step as the one before; drafts are written without keys."""
    before = ""
    for step in trail:
        at = instant(step["at"])
        if at > before and (step["state"] != "draft" or not before):
            yield f"{name}: {step['state']}", at
        before = at


def _named(account: Partition) -> Iterator[tuple[str, str]]:
    """What is not dated, and is named by the answer to whoever asked for it."""
    for budget in account.of("budget"):
        yield f"budget {budget['name']}", budget["budget_id"]
    for voucher in account.of("voucher"):
        if voucher["state"] == "used":
            yield f"voucher {voucher['voucher_id']}: used", voucher["voucher_id"]


def endpoints(program: Partition) -> Iterator[Found]:
    """Webhooks are made under keys, as is each of their secrets but the first."""
    for item in program.of("endpoint"):
        yield program.has(f"dated|{item['made_at']}")
        for field in ("made_at", "rotated_at"):
            if field in item:
                words = f"webhook {item['endpoint_id']}: of {item[field]}, and nobody asked for it"
                yield program.needs("I13", f"carried out|{item[field]}", words)


def deliveries(endpoint: Partition) -> Iterator[Found]:
    """A test is made under a key."""
    for item in endpoint.of("delivery"):
        yield endpoint.has(f"dated|{item['made_at']}")
