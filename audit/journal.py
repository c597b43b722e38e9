"""What was sealed is what is there, month after month (I2, I11, I12, I14)."""

from collections.abc import Iterator
from typing import Any

from audit.facts import Found, Item, Partition
from training_credits.domain.findings import Kind
from training_credits.domain.journal import FORM, GENESIS
from training_credits.domain.verifying import verify

PLAIN = ("month", "start", "end", "previous", "entries", "listed", "opening", "closing", "digest")
SAID = ("at", "movements", "reference", "title", "actor")
LAWS = {
    Kind.ALTERED: "I14",
    Kind.MISSING: "I11",
    Kind.SURPLUS: "I11",
    Kind.UNLINKED: "I12",
    Kind.UNBALANCED: "I2",
}


def laws(account: Partition) -> Iterator[Found]:
    """The chain is read as whoever has an export reads it."""
    blocks = sorted(account.of("block"), key=lambda block: str(block["start"]))
    entries = sorted(account.of("entry"), key=lambda entry: str(entry["sk"]))
    if blocks:
        found = verify(_export(account, blocks, entries)).finding
        if found is not None:
            law, where = LAWS.get(found.kind, "I14"), f"month {found.month}"
            place = f", {found.place}" if found.place else ""
            yield account.says(law, f"{where}{place}: {found.kind}: {found.because}")
        early = [entry for entry in entries if entry["at"] < blocks[0]["start"]]
        for entry in early:
            yield account.says("I11", f"entry {entry['entry_id']}: dated before the first month")
    for block in blocks:
        if (block["program"], block["account_id"]) != (account.program, account.name):
            yield account.says("I18", f"month {block['month']}: it is of another account")
        if block["sk"] != f"BLOCK#{block['month']}":
            yield account.says("I12", f"month {block['month']}: it stands elsewhere")
    yield from _filing(account, blocks)


def _export(
    account: Partition, blocks: list[Item], entries: list[Item]
) -> Iterator[dict[str, Any]]:
    for block in blocks:
        whose = {"program": account.program, "account": account.name}
        lots = {name: {s: n for s, n in lot.items() if n} for name, lot in block["lots"].items()}
        facts = {name: block[name] for name in PLAIN}
        yield {"block": {"form": FORM, **whose, **facts, "lots": lots}}
        for entry in entries:
            if block["start"] <= entry["at"] < block["end"]:
                said = {name: entry[name] for name in SAID}
                more = {"entry": entry["entry_id"], "kind": entry["entry_kind"]}
                learner = {"learner": entry["learner"]} if "learner" in entry else {}
                yield {"entry": {**whose, **said, **more, **learner}}


def _filing(account: Partition, blocks: list[Item]) -> Iterator[Found]:
    """The account knows its newest month, and when the next one is due."""
    newest = blocks[-1]["digest"] if blocks else GENESIS
    for filing in account.of("filing"):
        if filing.get("head", GENESIS) != newest:
            yield account.says("I12", "the newest month is not the one that is known to be filed")
        due = str(filing.get("due", ""))
        if blocks and not due > blocks[-1]["end"]:
            yield account.says("I11", "a month that is filed is due again")
    # Accounts that were there before months were filed begin with the next lot they buy.
    new = any(lot.get("reissued") == 0 and "reissued_from" not in lot for lot in account.of("lot"))
    if (blocks or new) and not account.of("filing"):
        yield account.says("I11", "it has credits, and nobody files its months")
