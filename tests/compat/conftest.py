"""A table in which every kind of item is, as this version writes it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests import engines
from tests.compat.older import Raw
from tests.compat.story import every_operation
from tests.http.world import functions_on
from tests.integration import snapshot

LATER = "later"
Place = tuple[str, str]


@dataclass
class Marked:
    """Every item gets an attribute of newer code; whoever loses it is named with the operation."""

    places: set[Place] = field(default_factory=set)
    lost: list[tuple[str, str, Place]] = field(default_factory=list)
    looked_at: int = 0

    def __call__(self, operation: str) -> None:
        table = snapshot.raw("credits")
        for place in self.places & table.keys():
            self.looked_at += 1
            if LATER not in table[place]:
                self.lost.append((operation, table[place]["kind"]["S"], place))
        self.places &= {place for place, item in table.items() if LATER in item}
        for place in table.keys() - self.places:
            snapshot.marked("credits", place, LATER)
            self.places.add(place)


@pytest.fixture(scope="module")
def marked() -> Iterator[Marked]:
    """After every operation there is."""
    with engines.moto(), functions_on("credits") as wire:
        marked = Marked()
        every_operation(wire, marked)
        yield marked


@pytest.fixture(scope="module")
def table(marked: Marked) -> tuple[Raw, ...]:
    del marked
    return tuple(snapshot.raw("credits").values())
