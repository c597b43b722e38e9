"""Whoever and whatever lets somebody at an account: members, seats, invitations (I15)."""

from collections.abc import Iterator

from audit.facts import Found, Item, Partition


def laws(account: Partition) -> Iterator[Found]:
    """Owners are counted rightly, and none only where none has ever come."""
    members = account.of("member")
    owning = [member for member in members if member["role"] == "owner"]
    active = sum(member["state"] == "active" for member in owning)
    joined = any("accepted_at" in member for member in owning)
    for header in account.of("account"):
        if header["owners"] != active or (joined and not active):
            name = header["account_id"]
            yield account.says("I3", f"account {name}: owners are counted wrongly, or are none")
    if not account.of("account") and account.kinds:
        yield account.says("F19", "the account itself is not there")
    for member in members:
        yield from _member(account, member)


def _member(account: Partition, member: Item) -> Iterator[Found]:
    email, state = member["email"], member["state"]
    if member["sk"] != f"MEMBER#{email}" or state not in ("invited", "active", "removed"):
        yield account.says("I15", f"member {email}: {state} at {member['sk']}")
    if ("book" in member) is (state == "removed"):
        yield account.says("I15", f"member {email}: {state}, and the book says otherwise")
    if state == "active" and "accepted_at" not in member:
        yield account.says("I15", f"member {email}: active, and never came")
    if (state == "removed") is not ("removed_at" in member):
        yield account.says("I15", f"member {email}: {state}, and when they left says otherwise")
    place = f"{account.name}|{email}|{member['role']}"
    if state == "active":
        yield account.has(f"active|{place}")
        yield account.needs("I15", f"seat|{place}", f"member {email}: active, and has no seat")
    if state == "invited":
        yield account.has(f"invited|{place}")
        words = f"member {email}: invited, and has no invitation"
        yield account.needs("I15", f"invitation|{place}", words)


def person(of: Partition) -> Iterator[Found]:
    """What a person is told of their accounts is what the accounts say."""
    email = of.name
    for seat in of.of("seat"):
        if "account_id" in seat:
            place = f"{seat['account_id']}|{email}|{seat['role']}"
            yield of.has(f"seat|{place}")
            words = f"{email} has a seat at {seat['account_id']}, and is no member"
            yield of.needs("I15", f"active|{place}", words)
    for asked in of.of("invitation"):
        place = f"{asked['account_id']}|{email}|{asked['role']}"
        if asked["open"]:
            yield of.has(f"invitation|{place}")
            words = f"{email} has an invitation to {asked['account_id']}, and is not invited"
            yield of.needs("I15", f"invited|{place}", words)
