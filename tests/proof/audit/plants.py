"""Corruptions of a table, each with the law that it breaks and words of what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.engines import Dump
from tests.proof.audit.damage import add, drop, every, line, one, redate, resealed

FAR = datetime(2090, 1, 1, tzinfo=UTC)
PAST, LATER = "2026-01-01T00:00:00.000000Z", "2089-01-01T00:00:00.000000Z"
ATLASSIAN, CISCO = {"program": "atlassian"}, {"program": "cisco"}
Act = Callable[[Dump], object]


@dataclass(frozen=True)
class Plant:
    """What is done; `now` where the damage is that something was not."""

    law: str
    words: str
    act: Act
    now: datetime | None = None


def entry(table: Dump, kind: str, **facts: Any) -> dict[str, Any]:
    return one(table, kind="entry", entry_kind=kind, **facts)


def lot(table: Dump, **facts: Any) -> dict[str, Any]:
    return one(table, kind="lot", **facts)


def request(table: Dump, state: str = "approved", **facts: Any) -> dict[str, Any]:
    return one(table, kind="redemption", state=state, **facts)


def newest(table: Dump) -> dict[str, Any]:
    return every(table, kind="block", program="cisco")[-1]


def passed_over(table: Dump) -> None:
    """Drawn from the lot that ends last, while another has credits."""
    spent = next(
        e
        for e in every(table, kind="entry", entry_kind="redeem")
        if e["pk"].startswith("atlassian") and len(e["movements"]) == 1
    )
    lots = [each for each in every(table, kind="lot", pk=spent["pk"]) if not each.get("renewals")]
    early, late = sorted(lots, key=lambda each: str(each["expires_at"]))
    (move,) = spent["movements"]
    move["lot"] = late["lot_id"]
    for each, by in ((early, move["credits"]), (late, -move["credits"])):
        each["redeemed"] -= by
        each["available"] += by
    asked = one(table, kind="redemption", redemption_id=spent["reference"])
    line(asked, draws=[{"lot_id": late["lot_id"], "credits": move["credits"]}])


def unclosed(table: Dump) -> None:
    """As if the sweep had never come by."""
    closed = one(table, kind="lot", closed=True)
    closed.update(closed=False, book=closed["book"].replace("PAST#", "LOT#"))


MONEY = (
    Plant("I1", "credits were made or lost", lambda t: lot(t).update(credits=1_001)),
    Plant("I1", "no whole number", lambda t: lot(t).update(available=0.5)),
    Plant("I1", "began elsewhere", lambda t: one(t, kind="lot", renewals=1).update(credits=1)),
    Plant(
        "I1",
        "begin anew",
        lambda t: entry(t, "reissue")["movements"][-1].update(credits=1),
    ),
    Plant("I2", "unbalanced", lambda t: resealed(t, newest(t), closing=newest(t)["closing"] + 1)),
    Plant("I2", "unbalanced", lambda t: resealed(t, newest(t), opening=newest(t)["opening"] + 1)),
    Plant("I2", "unbalanced", lambda t: resealed(t, newest(t), lots='{"L1": {"available": 1}}')),
    Plant("I2", "available is not what its entries say", lambda t: lot(t).update(available=1)),
    Plant("I2", "delivered is not what its entries say", lambda t: lot(t).update(delivered=1)),
    Plant("I3", "it is not there", lambda t: drop(t, kind="lot")),
    Plant("I3", "its lot says otherwise", lambda t: lot(t, renewals=0).update(paid_minor=1)),
    Plant("I3", "voided in part", lambda t: one(t, kind="lot", voided=40).update(voided=39)),
    Plant("I3", "there is no such order", lambda t: drop(t, kind="order", state="activated")),
    Plant("I4", "recorded 2 times", lambda t: add(t, entry(t, "hold"), sk=f"ENTRY#{PAST}#again")),
    Plant("I4", "does not move", lambda t: entry(t, "hold")["movements"][0].update(to="voided")),
    Plant("I4", "does not move", lambda t: entry(t, "hold").update(entry_kind="gift")),
    Plant("I4", "no whole number", lambda t: entry(t, "hold")["movements"][0].update(credits=0)),
    Plant(
        "I4",
        "in it twice",
        lambda t: entry(t, "hold").update(
            movements=2 * one(t, kind="entry", entry_kind="hold")["movements"]
        ),
    ),
    Plant("I5", "is negative", lambda t: lot(t).update(available=-1)),
    Plant("I5", "what was not there", lambda t: redate(t, entry(t, "hold"), PAST)),
    Plant("I5", "what was not there", lambda t: redate(t, entry(t, "purchase"), LATER)),
    Plant("I6", "are held, open requests draw", lambda t: lot(t).update(held=3)),
    Plant(
        "I6",
        "held 0, released 1",
        lambda t: drop(
            t,
            kind="entry",
            entry_kind="hold",
            sk=entry(t, "hold", reference=entry(t, "release")["reference"])["sk"],
        ),
    ),
    Plant("I6", "held 1, released 0", lambda t: drop(t, kind="entry", entry_kind="release")),
    Plant(
        "I6", "not what was held", lambda t: entry(t, "release")["movements"][0].update(credits=1)
    ),
    Plant("I7", "spent 0 times", lambda t: drop(t, kind="entry", entry_kind="redeem")),
    Plant("I7", "denied, spent 1 times", lambda t: request(t).update(state="denied")),
    Plant("I7", "it is not there", lambda t: drop(t, kind="redemption", state="approved")),
    Plant("I7", "do not pay its price", lambda t: line(request(t), credits=99)),
    Plant(
        "I7",
        "by another lot than may",
        lambda t: line(
            request(t),
            tenders=[{"code_id": None, "lot_id": "another", "credits": None, "limited": False}],
        ),
    ),
    Plant("I7", "its entries say otherwise", lambda t: drop(t, kind="entry", entry_kind="return")),
    Plant("I7", "have come back", lambda t: entry(t, "refute")["movements"][0].update(credits=1)),
    Plant("I7", "voucher 1 is not there", lambda t: drop(t, kind="voucher")),
    Plant(
        "I7",
        "nobody has paid",
        lambda t: add(
            t, one(t, kind="voucher"), sk="VOUCHER#x-y#001#V", voucher_id="V", redemption_id="x-y"
        ),
    ),
    Plant(
        "I7",
        "void, its line is booked",
        lambda t: one(t, kind="voucher", state="used").update(state="void", holder="null"),
    ),
    Plant("I7", "with 0 lots", lambda t: drop(t, kind="lot", renewals=0)),
    Plant("I7", "nobody asked for it", lambda t: drop(t, kind="case", case_kind="dispute")),
    Plant(
        "I9",
        "its end is booked at",
        lambda t: add(
            t, entry(t, "expire"), entry_id="expire-2", sk=f"ENTRY#{LATER}#expire-2", at=LATER
        ),
    ),
    Plant("I9", "its end is booked at", lambda t: redate(t, entry(t, "expire"), LATER)),
    Plant("I9", "spent of the dead", lambda t: redate(t, entry(t, "hold"), LATER)),
    Plant("I9", "gave back to available", lambda t: redate(t, entry(t, "return"), LATER)),
    Plant("I9", "not finished", lambda t: one(t, kind="lot", closed=True).update(available=1)),
    Plant("I9", "over, and not closed", unclosed),
    Plant("I9", "which nobody has booked", lambda t: lot(t, renewals=1).update(), FAR),
    Plant("I10", "was passed over", passed_over),
)
