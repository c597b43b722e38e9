"""What can be wrong with an export of the journal, and which entry it begins with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from training_credits.domain.journal import Facts, Leaf

Chain = tuple[str, str]


class Kind(StrEnum):
    """What can be wrong."""

    ALTERED = "altered"
    MISSING = "missing"
    SURPLUS = "surplus"
    REORDERED = "reordered"
    UNLINKED = "unlinked"
    UNBALANCED = "unbalanced"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """The first thing that is wrong: an entry by its place, or, without one, a whole month."""

    kind: Kind
    account: str
    month: str
    place: str | None = None
    because: str = ""


class Wrong(Exception):
    """Raised at the first thing that is wrong."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The first entry that is not what or where it was, by its place."""

    kind: Kind
    place: str


def first_difference(sealed: Sequence[Leaf], found: Sequence[Leaf]) -> Difference | None:
    """What the first difference is; None if there is none."""
    for n, leaf in enumerate(found):
        if n == len(sealed):
            return Difference(kind=Kind.SURPLUS, place=leaf.place)
        if leaf != sealed[n]:
            return _named(sealed, found, n)
    if len(found) < len(sealed):
        return Difference(kind=Kind.MISSING, place=sealed[len(found)].place)
    return None


def _named(sealed: Sequence[Leaf], found: Sequence[Leaf], n: int) -> Difference:
    """Entry `n` is not the one that was sealed there."""
    here, there = found[n], sealed[n]
    if here.place == there.place:
        return Difference(kind=Kind.ALTERED, place=there.place)
    expected = {leaf.place for leaf in sealed[n:]}
    to_come = {leaf.place for leaf in found[n:]}
    if there.place in to_come:
        kind = Kind.REORDERED if here.place in expected else Kind.SURPLUS
        return Difference(kind=kind, place=here.place)
    if _id_of(there.place) in {_id_of(place) for place in to_come}:
        # The same entry at another instant.
        return Difference(kind=Kind.ALTERED, place=there.place)
    return Difference(kind=Kind.MISSING, place=there.place)


def _id_of(place: str) -> str:
    return place.partition("#")[2]


@contextmanager
def readable(block: Facts) -> Iterator[None]:
    """What is not written as a journal is wrong, and no defect of whoever looks."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Wrong(of_month(Kind.UNREADABLE, block, repr(error))) from error


def chain_of(facts: Facts) -> Chain:
    """Program and account."""
    return str(facts.get("program", "")), str(facts.get("account", ""))


def of_month(kind: Kind, block: Facts, because: str) -> Finding:
    """About a month as a whole."""
    account, month = (str(block.get(name, "?")) for name in ("account", "month"))
    return Finding(kind=kind, account=account, month=month, because=because)


def of_entry(kind: Kind, entry: Facts, because: str) -> Finding:
    """About one entry."""
    at = str(entry.get("at", "?"))
    return Finding(
        kind=kind,
        account=str(entry.get("account", "?")),
        month=at[:7],
        place=f"{at}#{entry.get('entry', '?')}",
        because=because,
    )
