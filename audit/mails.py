"""A mail went out of something that was committed, and of nothing else (I16)."""

from collections.abc import Iterator

from audit.facts import ID, Found, Partition

FINAL = {
    "RedemptionApproved": "approved",
    "RedemptionDenied": "denied",
    "RedemptionCancelled": "cancelled",
    "RedemptionLapsed": "lapsed",
}
NAMED = ("account_id", "order_id", "lot_id", "case_id", "voucher_id", "code_id", "endpoint_id")


def sent(mail: Partition) -> Iterator[Found]:
    """Each names what it tells of: that is there, and in the state that is told."""
    kind, _, rest = mail.name.partition("-")
    about = rest.rpartition("#")[0]
    for item in mail.of("sent"):
        for name in ID.findall(about):
            went = "tried" if item.get("released") else "sent"
            words = f"a mail was {went} of {name}, which is nowhere"
            yield mail.needs("I16", f"id|{name}", words)
        if kind in FINAL and ID.search(about):
            words = f"a mail says {FINAL[kind]} of {about}, which is not"
            yield mail.needs("I16", f"state|{about}|{FINAL[kind]}", words)


def named(account: Partition) -> Iterator[Found]:
    """All that a mail may tell of."""
    names = {
        item[attribute]
        for items in account.kinds.values()
        for item in items
        for attribute in NAMED
        if isinstance(item.get(attribute), str)
    }
    for request in account.of("redemption"):
        names.update(ID.findall(request["redemption_id"]))
        yield account.has(f"state|{request['redemption_id']}|{request['state']}")
    for name in sorted(names):
        yield account.has(f"id|{name}")
