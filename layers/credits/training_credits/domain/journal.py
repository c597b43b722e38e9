"""The sealed journal: each month of an account is a block, and names the one before by its digest.

What is sealed is text that anybody can make again: JSON with sorted keys and no spaces, instants in
UTC with microseconds, text in Unicode's form C, and nothing where there is no value. An entry has
the SHA-256 of its text. A month has the list of its entries, a place and a digest each, and the
SHA-256 over that list, each place with its length before it: a flat Merkle tree. A tall one would
prove one entry without the others, which nobody asks for; a digest over the entries alone could
say that a month was altered, but not which of its entries.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from training_credits.domain.model import Balance, Block, Entry, Month

FORM = 1
GENESIS = "0" * 64
LENGTH_BYTES = 8
Facts = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """An entry in the list of its month: where it stands, and the digest of its text."""

    place: str
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """A block, with the list that its digest of the entries is made of."""

    block: Block
    leaves: tuple[Leaf, ...]


def canonical(value: Any) -> bytes:
    """The one text of a value."""
    text = json.dumps(_composed(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


def stamp(at: datetime) -> str:
    """An instant as it stands in what is sealed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_facts(program: str, entry: Entry) -> Facts:
    """All that an entry says."""
    facts = {
        "program": program,
        "account": entry.account_id,
        "entry": entry.entry_id,
        "at": stamp(entry.at),
        "kind": entry.kind.value,
        "movements": [
            {"lot": m.lot_id, "from": m.source.value, "to": m.target.value, "credits": m.credits}
            for m in entry.movements
        ],
        "reference": entry.reference,
        "title": entry.title,
        "actor": entry.actor,
    }
    return facts if entry.learner is None else {**facts, "learner": entry.learner}


def block_facts(block: Block) -> Facts:
    """All that a block says; a lot has the states in which it has credits."""
    return {
        "form": FORM,
        "program": block.program,
        "account": block.account_id,
        "month": block.month,
        "start": stamp(block.start),
        "end": stamp(block.end),
        "previous": block.previous,
        "entries": block.entries,
        "listed": block.listed,
        "opening": block.opening,
        "closing": block.closing,
        "lots": {lot_id: _filled(balance) for lot_id, balance in block.lots.items()},
        "digest": block.digest,
    }


def leaf_of(facts: Facts) -> Leaf:
    """Where an entry stands, and the digest of what it says."""
    return Leaf(place=f"{facts['at']}#{facts['entry']}", digest=_digest(canonical(facts)))


def list_digest(leaves: Iterable[Leaf]) -> str:
    """The digest of a list of entries, in its order."""
    running = hashlib.sha256()
    for leaf in leaves:
        place = leaf.place.encode()
        running.update(len(place).to_bytes(LENGTH_BYTES) + place + bytes.fromhex(leaf.digest))
    return running.hexdigest()


def block_digest(facts: Facts) -> str:
    """The digest of a block: of all it says but itself."""
    return _digest(canonical({name: said for name, said in facts.items() if name != "digest"}))


def sealed_text(sealed: Sealed) -> bytes:
    """What is kept where nobody can alter it: one line, as in an export."""
    leaves = [f"{leaf.place} {leaf.digest}" for leaf in sealed.leaves]
    return canonical({"block": block_facts(sealed.block), "leaves": leaves}) + b"\n"


def seal(
    program: str,
    account_id: str,
    month: Month,
    before: Block | None,
    entries: Iterable[Entry],
) -> Sealed:
    """The block of a month, and the list of its entries, which come oldest first."""
    lots = dict(before.lots) if before else {}
    opening = before.closing if before else 0
    closing = opening
    leaves: list[Leaf] = []
    for entry in entries:
        if not month.start <= entry.at < month.end:
            raise ValueError(entry)
        leaves.append(leaf_of(entry_facts(program, entry)))
        closing += entry.change
        for movement in entry.movements:
            lots[movement.lot_id] = lots.get(movement.lot_id, Balance()).moved(movement)
    if closing != sum(balance.unspent for balance in lots.values()):
        raise ValueError(lots)
    open_block = Block(
        program=program,
        account_id=account_id,
        month=month.name,
        start=month.start,
        end=month.end,
        previous=before.digest if before else GENESIS,
        entries=len(leaves),
        listed=list_digest(leaves),
        opening=opening,
        closing=closing,
        lots=lots,
        digest="",
    )
    block = replace(open_block, digest=block_digest(block_facts(open_block)))
    return Sealed(block=block, leaves=tuple(leaves))


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _filled(balance: Balance) -> dict[str, int]:
    return {state: credits for state, credits in asdict(balance).items() if credits}


def _composed(value: Any) -> Any:
    """Text in one form; two letters that look the same are the same."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case dict():
            return {_composed(name): _composed(said) for name, said in value.items()}
        case list() | tuple():
            return [_composed(one) for one in value]
        case _:
            return value
