"""Corruptions of all that is not credits: codes, months, requests, people, places, time."""

from typing import Any

from tests.engines import Dump
from tests.proof.audit.damage import add, drop, every, line, moved, one, part, resealed
from tests.proof.audit.plants import (
    CISCO,
    FAR,
    LATER,
    PAST,
    Plant,
    entry,
    lot,
    newest,
    request,
)


def many_lots(table: Dump) -> None:
    spent = entry(table, "redeem")
    (move, *_) = spent["movements"]
    spent["movements"] = [move | {"lot": f"L{number}"} for number in range(21)]


def of_another(table: Dump) -> None:
    """An entry of one account in the partition of another vendor's."""
    spent, other = entry(table, "redeem"), one(table, kind="account", **CISCO)
    moved(table, spent, pk=other["pk"])


def of_nothing(table: Dump) -> None:
    made = one(table, kind="submission", operation="redeem")
    add(table, made, sk="SUBMISSION#redeem#k-9", key="k-9", at=LATER)


def happening(table: Dump, kind: str) -> dict[str, Any]:
    return one(table, kind="happening", happening_kind=kind)


def untold(table: Dump, kind: str) -> None:
    drop(table, kind="happening", happening_kind=kind)


def first_month(table: Dump) -> dict[str, Any]:
    return one(table, kind="block", **CISCO)


def sealed(table: Dump) -> dict[str, Any]:
    """An entry of a month that is filed."""
    return entry(table, "redeem", pk=first_month(table)["pk"])


def second(table: Dump) -> dict[str, Any]:
    return every(table, kind="block", **CISCO)[1]


def back_in_time(table: Dump) -> None:
    order = one(table, kind="order", state="activated", channel="direct")
    part(order, "trail", lambda steps: [*steps[1:-1], steps[0], steps[-1]])


def leapt(table: Dump) -> None:
    """Granted, and nobody had looked."""
    case = one(table, kind="case", case_kind="reissue")
    part(case, "trail", lambda steps: [steps[0], steps[-1]])


def by_who_asked(table: Dump) -> None:
    case = one(table, kind="case", case_kind="reissue")
    part(case, "trail", lambda steps: [step | {"by": "ann@acme.example"} for step in steps])


def mail(table: Dump, about: str, pk: str) -> None:
    program = pk.partition("#")[0]
    item = {"pk": f"{program}#MAIL#{about}#ann@acme.example", "sk": "SENT", "kind": "sent"}
    add(table, item | {"released": False})


def wrong_mail(table: Dump) -> None:
    denied = request(table, "denied")
    mail(table, f"RedemptionApproved-{denied['redemption_id']}", denied["pk"])


def huge(table: Dump) -> None:
    request(table)["note"] = "x" * 200_000


def budgets_of(table: Dump) -> dict[str, Any]:
    return one(table, kind="budget", name="Team")


CODES = (
    Plant("I8", "no text opens it", lambda t: drop(t, kind="opener")),
    Plant(
        "I8",
        "is not there, or has another",
        lambda t: one(t, kind="opener").update(code_id="another"),
    ),
    Plant(
        "I8", "what was used is counted", lambda t: one(t, kind="code", limit=600).update(used=1)
    ),
    Plant("I8", "beyond its limit", lambda t: one(t, kind="code", limit=600).update(limit=1)),
    Plant("I8", "one learner used is counted", lambda t: one(t, kind="use").update(used=1)),
    Plant(
        "I8",
        "more than they may",
        lambda t: one(t, kind="code", limit_each=500).update(limit_each=1),
    ),
    Plant(
        "I8",
        "no text of before opens it",
        lambda t: one(t, kind="code", limit=600).update(previous="0" * 64),
    ),
    Plant("I8", "codes are counted wrongly", lambda t: one(t, kind="account").update(codes=9)),
    Plant("I8", "after its end", lambda t: one(t, kind="code").update(ends_at=PAST)),
    Plant("I8", "does not serve", lambda t: one(t, kind="code").update(domains='["example.net"]')),
    Plant("I8", "which is no code", lambda t: drop(t, kind="code")),
)
MONTHS = (
    Plant("I11", "nobody files its months", lambda t: drop(t, kind="filing")),
    Plant(
        "I11",
        "dated before the first month",
        lambda t: moved(t, sealed(t), at=PAST, sk=f"ENTRY#{PAST}#{sealed(t)['entry_id']}"),
    ),
    Plant(
        "I11", "is due again", lambda t: one(t, kind="filing", pk=newest(t)["pk"]).update(due=PAST)
    ),
    Plant("I12", "unlinked", lambda t: drop(t, kind="block", sk=second(t)["sk"], **CISCO)),
    Plant("I12", "unlinked", lambda t: resealed(t, newest(t), previous="1" * 64)),
    Plant(
        "I12",
        "the one that is known",
        lambda t: one(t, kind="filing", pk=newest(t)["pk"]).update(head="1" * 64),
    ),
    Plant("I14", "altered", lambda t: sealed(t).update(title="Something else")),
    Plant("I14", "altered", lambda t: sealed(t).update(actor="mallory@acme.example")),
    Plant("I14", "altered", lambda t: drop(t, kind="entry", sk=sealed(t)["sk"])),
    Plant("I14", "altered", lambda t: newest(t).update(digest="1" * 64)),
)
SUBMITTED = (
    Plant(
        "I13",
        "no request was carried out",
        lambda t: drop(t, kind="submission", operation="redeem"),
    ),
    Plant("I13", "nothing is dated so", of_nothing),
    Plant("I13", "decided by a request", lambda t: drop(t, kind="submission", operation="decide")),
    Plant("I13", "of another request", lambda t: one(t, kind="submission").update(key="k-9")),
    Plant("I13", "a decision of nothing", lambda t: request(t, "denied").pop("decision")),
    Plant(
        "I13",
        "is not used",
        lambda t: one(t, kind="voucher", state="used").update(state="issued", holder="null"),
    ),
)
STATES = (
    Plant(
        "I15",
        "its last step has brought",
        lambda t: one(t, kind="order", state="activated").update(state="paid"),
    ),
    Plant("I15", "has come by", leapt),
    Plant("I15", "answered by who asked", by_who_asked),
    Plant("I15", "has no seat", lambda t: drop(t, kind="seat")),
    Plant(
        "I15",
        "is no member",
        lambda t: one(t, kind="member", state="active").update(state="invited"),
    ),
    Plant("I15", "the book says otherwise", lambda t: one(t, state="active").pop("book")),
    Plant(
        "I15", "last told", lambda t: one(t, kind="member", state="removed").update(state="active")
    ),
    Plant("I15", "no line says so", lambda t: untold(t, "case_moved")),
    Plant("I15", "no line says member_joined", lambda t: untold(t, "member_joined")),
    Plant("I15", "last edited to", lambda t: one(t, kind="account").update(approval="never")),
    Plant("I15", "which it never was", lambda t: happening(t, "case_moved").update(at=PAST)),
    Plant("I15", "moved 1 times, told 0", lambda t: untold(t, "booking_moved")),
    Plant("I15", "nobody has set it so", lambda t: budgets_of(t).update(name="Another")),
    Plant("I15", "the newest case", lambda t: one(t, kind="newest").update(case_id="another")),
    Plant("I15", "the book says", lambda t: request(t).update(book="SETTLED#denied#x")),
    Plant("I15", "not listed", lambda t: drop(t, kind="listed")),
)
TOLD = (
    Plant("I16", "which is nowhere", lambda t: mail(t, "OrderPaid-0123456789ABCDEF", "cisco#")),
    Plant("I16", "a mail says approved of", wrong_mail),
    Plant("I16", "nobody is there to be told", lambda t: drop(t, kind="endpoint")),
    Plant("I17", "does not stand where", lambda t: entry(t, "hold").update(at=LATER)),
    Plant("I17", "a step back in time", back_in_time),
    Plant("I17", "settled", lambda t: request(t).update(decided_at=LATER)),
    Plant("I17", "its lot was not granted", lambda t: lot(t, renewals=0).update(granted_at=PAST)),
    Plant("I17", "before its credits", lambda t: lot(t, renewals=0).update(granted_at=LATER)),
)
PLACES = (
    Plant("I18", "it is of account", lambda t: lot(t).update(account_id="another")),
    Plant("I18", "of program", lambda t: one(t, kind="account").update(program="cisco-2")),
    Plant("I18", "under another's name", lambda t: moved(t, request(t), sk="REDEMPTION#x")),
    Plant("I18", "it is of account", of_another),
    Plant("I19", "bytes", huge),
    Plant("I19", "more than 20 lots", many_lots),
    Plant(
        "I19",
        "and is not counted",
        lambda t: one(t, kind="asked", pk=request(t, "pending")["pk"]).pop("redemptions"),
    ),
    Plant("I20", "or never", lambda t: lot(t, closed=False).pop("worklist")),
    Plant("I20", "it is due at", lambda t: one(t, kind="filing").pop("worklist")),
    Plant("I20", "which the worklist", lambda t: one(t, kind="order", state="accepted").pop("due")),
    Plant("I20", "nobody has seen to it", lambda t: one(t, kind="filing").update(), FAR),
    Plant("I20", "pending since", lambda t: one(t, kind="delivery").update(), FAR),
    Plant("F19", "lacks movements", lambda t: entry(t, "hold").pop("movements")),
    Plant("F19", "Unterminated", lambda t: request(t).update(lines='[{"title": "Ji')),
    Plant("F19", "nobody knows the kind", lambda t: lot(t).update(kind="lott")),
    Plant("F19", "newer code", lambda t: lot(t).update(v=3)),
    Plant("F19", "does not belong there", lambda t: moved(t, lot(t), sk="LOOT#1")),
    Plant("F19", "the account itself", lambda t: drop(t, kind="account")),
    Plant("F19", "no program", lambda t: moved(t, lot(t), pk="oracle#ACCOUNT#1")),
    Plant("F19", "no whole number", lambda t: line(request(t), credits=0.5)),
)
EVERYTHING_ELSE = (*CODES, *MONTHS, *SUBMITTED, *STATES, *TOLD, *PLACES)
