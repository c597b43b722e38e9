"""What the audit expects of each kind of item is what the product writes."""

from typing import Any

import pytest
from pynamodb.attributes import Attribute

from audit.facts import GRACE, RACE, Bounds, Partition
from audit.shapes import BYTES_MAX, PARTS, SCHEMA, _kinds, bounded
from training_credits.dynamodb import items
from training_credits.dynamodb.attributes import Json
from training_credits.dynamodb.items import Item

# Every item has them; what a kind is must be there to be looked up at all.
COMMON = {"pk", "sk", "kind", "v", "book", "worklist", "due"}
KINDS: dict[str, type[Item]] = {
    str(kind._get_discriminator_attribute().get_discriminator(kind)): kind  # type: ignore[union-attr]  # noqa: SLF001
    for kind in vars(items).values()
    if isinstance(kind, type) and issubclass(kind, Item) and kind not in (Item, items.Stored)
}


def attributes(kind: type[Item]) -> dict[str, Attribute[Any]]:
    return {a.attr_name: a for a in kind.get_attributes().values() if a.attr_name not in COMMON}


def test_the_audit_knows_every_kind() -> None:
    assert _kinds().keys() == KINDS.keys()
    assert items.SCHEMA == SCHEMA


@pytest.mark.parametrize("name", sorted(KINDS))
def test_it_asks_for_what_is_always_written(name: str) -> None:
    """What may be absent, or has a value where an item of before has none, it does not ask for."""
    found = attributes(KINDS[name])
    always = {one for one, a in found.items() if not a.null and a.default is None}
    _, _, asked = _kinds()[name]
    assert asked <= always
    assert always - asked <= {"lines"}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_it_reads_as_parts_what_is_kept_so(name: str) -> None:
    kept = {one for one, a in attributes(KINDS[name]).items() if isinstance(a, Json)}
    assert kept <= PARTS


@pytest.mark.parametrize(("letter", "found"), [("e", 0), ("é", 1)])
def test_an_item_is_as_large_as_its_bytes(letter: str, found: int) -> None:
    partition = Partition("atlassian#ACCOUNT#A1", Bounds(None, RACE, GRACE))
    item = {"sk": "ACCOUNT", "name": letter * (BYTES_MAX - 1_000)}
    assert len([*bounded(partition, item)]) == found
