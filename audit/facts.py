"""What the laws speak of: an account or another partition of the table, and what they find there.

A law sees one partition. What it says of another is a claim, which is settled when every partition
has been seen: so a table is judged part by part, whatever its size.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

Item = dict[str, Any]
RACE = timedelta(seconds=60)
GRACE = timedelta(hours=2)
# An id as they are derived: sixteen letters of base32.
ID = re.compile(r"(?<![0-9A-Z])[0-9A-HJKMNP-TV-Z]{16}(?![0-9A-Z])")
OPEN = frozenset({"referred", "pending", "reserved"})
ENDED = frozenset({"denied", "cancelled", "lapsed"})


@dataclass(frozen=True, order=True, slots=True)
class Violation:
    """A law that does not hold, by its number, where, and in words."""

    law: str
    place: str
    words: str

    def __str__(self) -> str:
        """As it is printed."""
        return f"{self.law} {self.place}: {self.words}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one partition says `about` something of another.

    Who `needs` something is wrong if nobody has it; what is added of one thing makes nothing.
    """

    about: str
    violation: Violation
    needs: bool = False
    adds: int = 0


Found = Violation | Claim


@dataclass(frozen=True, slots=True)
class Bounds:
    """When it is, if that is known: what had to be done `grace` before is. See `violations`."""

    now: datetime | None = None
    race: timedelta = RACE
    grace: timedelta = GRACE


@dataclass(slots=True)
class Partition:
    """All items of one partition, by their kind."""

    pk: str
    bounds: Bounds
    kinds: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))

    @property
    def program(self) -> str:
        """Whose tenant it is."""
        return self.pk.partition("#")[0]

    @property
    def family(self) -> str:
        """What it is a partition of: an ACCOUNT, a PERSON."""
        return self.pk.split("#")[1] if "#" in self.pk else ""

    @property
    def name(self) -> str:
        """Which account, or person."""
        return self.pk.split("#", 2)[-1]

    def of(self, kind: str) -> list[Item]:
        """Every item of a kind."""
        return self.kinds.get(kind, [])

    def says(self, law: str, words: str) -> Violation:
        """That a law is broken here."""
        return Violation(law, self.pk, words)

    def has(self, about: str) -> Claim:
        """That something is here."""
        return Claim(f"{self.program}|{about}", Violation("", self.pk, ""))

    def needs(self, law: str, about: str, words: str) -> Claim:
        """That something must be somewhere."""
        return Claim(f"{self.program}|{about}", self.says(law, words), needs=True)

    def adds(self, law: str, about: str, number: int, words: str) -> Claim:
        """What all partitions say of it together must be nothing."""
        return Claim(f"{self.program}|{about}", self.says(law, words), adds=number)


@lru_cache(maxsize=100_000)
def instant(text: str) -> str:
    """One spelling of an instant, which sorts as text."""
    at = datetime.fromisoformat(text).astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def later(text: str, by: timedelta) -> str:
    """An instant, so much later."""
    return instant((datetime.fromisoformat(text) + by).isoformat())


def stamp(at: datetime) -> str:
    """An instant as the table has it."""
    return instant(at.isoformat())


def lines(request: Item) -> list[Item]:
    """All that was asked for; a request of before has one line, in attributes of its own."""
    found: list[Item] = request.get("lines") or []
    if found:
        return found
    keys = {"code_id": request.get("code_id"), "lot_id": request.get("lot_id")}
    tender = keys | {"credits": None, "limited": request.get("limited", False)}
    draws = [{"lot_id": d["lot"], "credits": d["credits"]} for d in request.get("draws") or []]
    return [
        {
            "title": request.get("title", ""),
            "credits": request["credits"],
            "tenders": [tender],
            "draws": draws,
        }
    ]


def part(line: Item, tender: Item) -> int:
    """What a tender pays: all of the line, unless it says how much."""
    said = tender.get("credits")
    credits: int = line["credits"] if said is None else said
    return credits


def settled(claims: Iterable[Claim]) -> Iterator[Violation]:
    """What is needed and nowhere, and what does not add up."""
    has, sums = set[str](), dict[str, int]()
    needs: list[Claim] = []
    words: dict[str, Violation] = {}
    for claim in claims:
        if claim.needs:
            needs.append(claim)
        elif claim.adds:
            sums[claim.about] = sums.get(claim.about, 0) + claim.adds
            words.setdefault(claim.about, claim.violation)
        else:
            has.add(claim.about)
    yield from (claim.violation for claim in needs if claim.about not in has)
    yield from (words[about] for about, total in sums.items() if total)
