"""F13: two versions on one table: each reads what the other writes, or refuses it by name."""

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import pytest
from msgspec import ValidationError

from tests.compat.conftest import Marked
from tests.compat.older import BEFORE, NOW, Raw, older, read_before, read_now, values
from tests.proof.figures import Counts
from training_credits.dynamodb import keys
from training_credits.dynamodb.attributes import Choice
from training_credits.dynamodb.items import SCHEMA
from training_credits.dynamodb.reading import UnknownSchema, known

pytestmark = [pytest.mark.proves("F13", "G17", "T20"), pytest.mark.timeout(600)]
Table = tuple[Raw, ...]
# Written where nobody has told the items of: mails and quotas, or by functions that need a clock.
ELSEWHERE = {"digest", "made", "sent", "tries", "use"}
REFUSED = r"discriminator|is not a valid|Invalid enum value|Movement\("


def known_before(raw: Raw) -> bool:
    """Whether the version before has all the words for what it reads of it."""
    kind = BEFORE.get(raw["kind"]["S"])
    if kind is None:
        return False
    try:
        older([v for name, v in values(read_now(raw)).items() if name in kind.get_attributes()])
    except ValueError:
        return False
    return True


def test_the_table_holds_every_kind_of_item(table: Table) -> None:
    assert {raw["kind"]["S"] for raw in table} >= NOW.keys() - ELSEWHERE


def test_what_this_version_writes_the_one_before_reads_as_it_is_or_refuses(
    table: Table, figure: Counts
) -> None:
    read = refused = 0
    for raw in table:
        if known_before(raw):
            found = values(read_before(raw))
            mine = values(read_now(raw))
            assert found == {name: older(mine[name]) for name in found}, raw
            read += 1
        else:
            with pytest.raises((ValueError, ValidationError), match=REFUSED):
                read_before(raw)
            refused += 1
    assert refused > 5
    figure("items of this version, read by the one before or refused", read + refused, "≥ 200")


def test_what_the_version_before_writes_this_one_reads_with_what_was_not_said_then(
    table: Table, figure: Counts
) -> None:
    count = 0
    for raw in filter(known_before, table):
        written = read_before(raw).serialize()
        assert written.keys() <= raw.keys()
        mine = values(read_now(written))
        assert {n: mine[n] for n in values(read_before(written))} == {
            n: v for n, v in values(read_now(raw)).items() if n in values(read_before(written))
        }
        assert_whole(read_now(written), written)
        count += 1
    figure("items of the version before, read by this one", count, "≥ 150")


def assert_whole(item: Any, written: Raw) -> None:
    """A value of the domain, in which what is new is as it is where nobody has said it."""
    if not hasattr(item, "value"):
        return
    value = item.value()
    if not is_dataclass(value):
        return
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name not in item.get_attributes() or field.name in values(item):
            continue
        default = None if field.default is MISSING else field.default
        empty = () if field.default_factory is MISSING else field.default_factory()
        assert found in (default, empty, None), (field.name, written)


def test_parts_of_an_item_that_is_written_whole_have_no_names_the_version_before_drops(
    table: Table,
) -> None:
    """It would write them back without: then the schema has to rise."""
    for raw in filter(known_before, table):
        written = read_before(raw).serialize()
        assert {name: raw[name] for name in written} == written, raw["kind"]


RANGES = {
    "the page of an account": lambda raw: "ACCOUNT" <= place(raw, "book") < "REQUEST$",
    "requests in a state": lambda raw: place(raw, "book").startswith("SETTLED#"),
    "orders": lambda raw: place(raw, "book").startswith("SOLD#"),
    "sessions": lambda raw: place(raw, "book").startswith("SESSION#"),
    "lots": lambda raw: place(raw, "sk").startswith(keys.LOTS),
    "entries": lambda raw: place(raw, "sk").startswith("ENTRY#"),
    "history": lambda raw: place(raw, "sk").startswith(keys.HISTORY),
    "vouchers": lambda raw: place(raw, "sk").startswith("VOUCHER#"),
    "a person": lambda raw: "#PERSON#" in place(raw, "pk"),
    "the catalogue": lambda raw: place(raw, "pk").endswith("#CATALOGUE"),
    "what ends": lambda raw: "#EXPIRY#" in place(raw, "worklist"),
    "what waits": lambda raw: "#WAITING#" in place(raw, "worklist"),
    "orders that wait": lambda raw: place(raw, "worklist").endswith("#ORDERS"),
}


def place(raw: Raw, name: str) -> str:
    found: dict[str, str] = raw.get(name, {})
    return found.get("S", "")


@pytest.mark.parametrize("name", RANGES)
def test_where_the_version_before_reads_a_range_there_are_no_kinds_it_does_not_know(
    table: Table, name: str
) -> None:
    """One item that it refuses would cost it all others there."""
    found = {raw["kind"]["S"] for raw in table if RANGES[name](raw)}
    assert found
    assert found <= BEFORE.keys()


def test_a_newer_schema_is_refused_in_every_kind_of_item(table: Table) -> None:
    for raw in table:
        with pytest.raises(UnknownSchema):
            known(read_now(raw | {"v": {"N": str(SCHEMA + 1)}}))
    with pytest.raises(ValueError, match="discriminator"):
        read_now(table[0] | {"kind": {"S": "something of next year"}})


def test_a_word_nobody_knows_yet_is_refused_in_every_kind_of_item(
    table: Table, figure: Counts
) -> None:
    seen = set()
    for raw in table:
        for attribute in type(read_now(raw)).get_attributes().values():
            name = attribute.attr_name
            if isinstance(attribute, Choice) and name in raw:
                with pytest.raises(ValueError, match="is not a valid"):
                    read_now(raw | {name: {"S": "something of next year"}})
                seen.add((raw["kind"]["S"], name))
    assert len(seen) >= 12
    figure("kinds of words that are refused rather than guessed", len(seen), "≥ 12")


# A request that is carried out again is recorded anew, and so is a mail that is tried again.
RECORDED_ANEW = {"submission", "sent"}


def test_what_newer_code_has_added_to_an_item_is_there_after_every_operation(
    marked: Marked, figure: Counts
) -> None:
    assert [each for each in marked.lost if each[1] not in RECORDED_ANEW] == []
    figure("items whose unknown attribute was still there", marked.looked_at, "≥ 5_000")
