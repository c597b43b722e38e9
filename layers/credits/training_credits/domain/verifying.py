"""Whether an export of the journal is what was sealed, and if not, where it first differs.

It is measured by itself, and by the heads if there are any: what was kept of each month where
nobody can alter it. Without heads nobody can tell that the newest months are missing, or that a
whole chain was made anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from training_credits.domain.findings import (
    Chain,
    Finding,
    Kind,
    Wrong,
    chain_of,
    first_difference,
    of_entry,
    of_month,
    readable,
)
from training_credits.domain.journal import (
    FORM,
    GENESIS,
    Facts,
    Leaf,
    block_digest,
    leaf_of,
    list_digest,
)

Heads = dict[tuple[Chain, str], Facts]
UNSPENT = ("available", "held")
ISSUED = "issued"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What was looked at, up to the first finding."""

    accounts: int
    months: int
    entries: int
    finding: Finding | None = None


@dataclass(slots=True)
class _Month:
    """A block of the export, and what follows it."""

    block: Facts
    leaves: list[Leaf] | None
    entries: list[Facts] = field(default_factory=list)


@dataclass(slots=True)
class _Link:
    """Where the chain of an account has come to."""

    digest: str = GENESIS
    end: str | None = None
    lots: dict[str, dict[str, int]] = field(default_factory=dict)
    months: set[str] = field(default_factory=set)

    @property
    def unspent(self) -> int:
        """All credits that can be spent."""
        return sum(lot.get(state, 0) for lot in self.lots.values() for state in UNSPENT)


def verify(items: Iterable[Facts], heads: Heads | None = None) -> Verdict:
    """Read an export to its end, or to the first thing that is wrong."""
    reading = _Reading(heads)
    found = None
    try:
        for item in items:
            reading.read(item)
        reading.finish()
    except Wrong as wrong:
        found = wrong.finding
    return reading.verdict(found)


def heads_of(items: Iterable[Facts]) -> Heads:
    """Heads by account and month, from the lines in which they are kept."""
    return {(chain_of(item["block"]), item["block"]["month"]): item for item in items}


class _Reading:
    """One pass over an export; one month at a time is kept in mind."""

    def __init__(self, heads: Heads | None) -> None:
        self._heads = heads
        self._links: dict[Chain, _Link] = {}
        self._month: _Month | None = None
        self._entries = 0

    def verdict(self, finding: Finding | None) -> Verdict:
        """What was looked at so far."""
        months = sum(len(link.months) for link in self._links.values())
        return Verdict(
            accounts=len(self._links), months=months, entries=self._entries, finding=finding
        )

    def read(self, item: Facts) -> None:
        """The next block, or the next entry of the last one."""
        if "block" in item and "entry" not in item:
            self._end_month()
            with readable(item["block"]):
                leaves = item.get("leaves")
                self._begin(item["block"], None if leaves is None else _leaves(leaves))
            return
        month, entry = self._month, item.get("entry")
        if month is None or not isinstance(entry, dict) or chain_of(entry) != chain_of(month.block):
            about = entry if isinstance(entry, dict) else {}
            raise Wrong(of_entry(Kind.SURPLUS, about, "it stands in no month of its account"))
        month.entries.append(entry)
        self._entries += 1

    def finish(self) -> None:
        """The export has ended: so does its last month, and no head of its accounts may be left.

        Heads of accounts that are not in the export are passed over: it may be of one account.
        """
        self._end_month()
        for chain, month in sorted(self._heads or {}):
            link = self._links.get(chain)
            if link is not None and month not in link.months:
                about = {"account": chain[1], "month": month}
                raise Wrong(of_month(Kind.MISSING, about, "its head is kept, it is not here"))

    def _begin(self, block: Facts, leaves: list[Leaf] | None) -> None:
        """Its own digest, and whether it follows the month before."""
        if block["form"] != FORM:
            raise Wrong(of_month(Kind.UNREADABLE, block, f"form {block['form']} is not known"))
        if block_digest(block) != block["digest"]:
            raise Wrong(of_month(Kind.ALTERED, block, "its digest is that of something else"))
        link = self._links.setdefault(chain_of(block), _Link())
        if block["previous"] != link.digest or link.end not in (None, block["start"]):
            because = "the month before it was altered, is missing, or stands elsewhere"
            raise Wrong(of_month(Kind.UNLINKED, block, because))
        if block["opening"] != link.unspent:
            because = "it does not begin with what the month before ended with"
            raise Wrong(of_month(Kind.UNBALANCED, block, because))
        self._month = _Month(block=block, leaves=leaves)

    def _end_month(self) -> None:
        """Its entries, what they make of the lots, and its head."""
        month, self._month = self._month, None
        if month is None:
            return
        block, link = month.block, self._links[chain_of(month.block)]
        head = None if self._heads is None else self._heads.get((chain_of(block), block["month"]))
        with readable(block):
            _check_entries(month, head)
            _check_balances(month, link)
        if self._heads is not None:
            _check_head(block, head)
        link.digest, link.end = block["digest"], block["end"]
        link.months.add(block["month"])


def _check_entries(month: _Month, head: Facts | None) -> None:
    """By the list in the head if there is one, else by that of the export, if it is the one."""
    block, found = month.block, [leaf_of(entry) for entry in month.entries]
    own = None if month.leaves is None else list_digest(month.leaves) == block["listed"]
    sealed = _list_in(head) or (month.leaves if own else None)
    different = None if sealed is None else first_difference(sealed, found)
    if different is not None:
        raise Wrong(
            Finding(
                kind=different.kind,
                account=block["account"],
                month=block["month"],
                place=different.place,
                because="it is not what was sealed there",
            )
        )
    if list_digest(found) != block["listed"] or len(found) != block["entries"] or own is False:
        because = "its entries, or the list of them, are not those it was sealed over"
        raise Wrong(of_month(Kind.ALTERED, block, because))


def _check_balances(month: _Month, link: _Link) -> None:
    """What the entries make of the lots is what the block says."""
    for entry in month.entries:
        for moved in entry["movements"]:
            lot = link.lots.setdefault(moved["lot"], {})
            lot[moved["to"]] = lot.get(moved["to"], 0) + moved["credits"]
            if moved["from"] != ISSUED:
                lot[moved["from"]] = lot.get(moved["from"], 0) - moved["credits"]
    said = month.block["lots"]
    made = {name: {s: n for s, n in lot.items() if n} for name, lot in link.lots.items()}
    if made != said or link.unspent != month.block["closing"]:
        because = "its entries do not make what it closes with"
        raise Wrong(of_month(Kind.UNBALANCED, month.block, because))


def _check_head(block: Facts, head: Facts | None) -> None:
    if head is None:
        raise Wrong(of_month(Kind.SURPLUS, block, "no head of it is kept"))
    if head["block"]["digest"] != block["digest"]:
        raise Wrong(of_month(Kind.ALTERED, block, "its head was kept with another digest"))


def _list_in(head: Facts | None) -> list[Leaf] | None:
    """The list of a head that is true to itself."""
    if head is None or "leaves" not in head:
        return None
    leaves = _leaves(head["leaves"])
    return leaves if list_digest(leaves) == head["block"]["listed"] else None


def _leaves(lines: list[str]) -> list[Leaf]:
    """Each line is a place, which may hold spaces, and a digest."""
    parts = (line.rpartition(" ") for line in lines)
    return [Leaf(place=place, digest=digest) for place, _, digest in parts]
