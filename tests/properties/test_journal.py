"""Whatever is changed in an export is found, and named; what is not changed is as it was sealed."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journals import ACCOUNT, MONTHS, PROGRAM, export, heads, numbers, places
from training_credits.domain.findings import Finding, Kind
from training_credits.domain.journal import Facts, block_digest, leaf_of, list_digest
from training_credits.domain.verifying import heads_of, verify

pytestmark = pytest.mark.proves("G13", "I12")

Items = list[Facts]
ENTRIES = numbers(export(), "entry")
BLOCKS = numbers(export(), "block")
FIRST, MIDDLE, LAST = ENTRIES[0], ENTRIES[9], ENTRIES[-1]


def found_in(items: Items, *, with_heads: bool = True) -> Finding | None:
    return verify(items, heads_of(heads()) if with_heads else None).finding


@pytest.mark.parametrize("leaves", [True, False])
@pytest.mark.parametrize("with_heads", [True, False])
def test_an_untouched_export_is_as_it_was_sealed(*, leaves: bool, with_heads: bool) -> None:
    verdict = verify(export(leaves=leaves), heads_of(heads()) if with_heads else None)
    assert verdict.finding is None
    assert (verdict.accounts, verdict.months, verdict.entries) == (1, 4, 21)


ALTERED: list[tuple[str, Callable[[Facts], Any]]] = [
    ("more credits", lambda e: e["movements"][0].update(credits=e["movements"][0]["credits"] + 1)),
    ("another lot", lambda e: e["movements"][0].update(lot="L9")),
    ("another way", lambda e: e["movements"][0].update(to="voided")),
    ("another title", lambda e: e.update(title="Advanced")),
    ("another kind", lambda e: e.update(kind="void")),
    ("another actor", lambda e: e.update(actor="eve@acme.example")),
    ("another learner", lambda e: e.update(learner="eve@acme.example")),
    ("another reference", lambda e: e.update(reference="R-2")),
    ("one movement more", lambda e: e["movements"].append(e["movements"][0])),
    ("no movement", lambda e: e.update(movements=[])),
    ("something added", lambda e: e.update(note="")),
    ("a fraction", lambda e: e["movements"][0].update(credits=1.0)),
]


@pytest.mark.parametrize("n", [FIRST, MIDDLE, LAST])
@pytest.mark.parametrize(("how", "alter"), ALTERED, ids=[how for how, _ in ALTERED])
@pytest.mark.parametrize("with_heads", [True, False])
def test_an_altered_entry_is_named(
    n: int, how: str, alter: Callable[[Facts], Any], *, with_heads: bool
) -> None:
    items = export()
    place = place_of(items[n])
    alter(items[n]["entry"])
    found = found_in(items, with_heads=with_heads)
    assert found is not None, how
    assert (found.kind, found.place, found.account) == (Kind.ALTERED, place, ACCOUNT)


@pytest.mark.parametrize("n", ENTRIES)
def test_an_entry_that_was_dropped_is_named(n: int) -> None:
    items = export()
    gone = items.pop(n)
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.place) == (Kind.MISSING, place_of(gone))


@pytest.mark.parametrize("n", ENTRIES)
def test_an_entry_that_is_there_twice_is_named(n: int) -> None:
    items = export()
    items.insert(n, copy.deepcopy(items[n]))
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.place) == (Kind.SURPLUS, place_of(items[n]))


@pytest.mark.parametrize("n", [*ENTRIES, LAST + 1])
def test_an_entry_that_was_added_is_named(n: int) -> None:
    items = export()
    added = copy.deepcopy(items[n - 1] if "entry" in items[n - 1] else items[n])
    added["entry"]["entry"] = "forged"
    items.insert(n, added)
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.place) == (Kind.SURPLUS, place_of(added))


@pytest.mark.proves("I17")
@pytest.mark.parametrize("n", [n for n in ENTRIES if n + 1 in ENTRIES])
def test_two_entries_in_the_wrong_order_are_named(n: int) -> None:
    items = export()
    items[n], items[n + 1] = items[n + 1], items[n]
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.place) == (Kind.REORDERED, place_of(items[n]))


@pytest.mark.parametrize("n", ENTRIES)
def test_an_entry_with_another_date_is_named(n: int) -> None:
    items = export()
    place = place_of(items[n])
    items[n]["entry"]["at"] = items[n]["entry"]["at"].replace("00Z", "99Z").replace("T00", "T01")
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.place) == (Kind.ALTERED, place)


def test_an_entry_in_another_month_is_named_where_it_is_first_seen() -> None:
    items = export()
    moved = items.pop(MIDDLE)
    items.insert(BLOCKS[3], moved)
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.place) == (Kind.MISSING, place_of(moved))


FACTS_OF_BLOCKS: list[tuple[str, Any]] = [
    ("month", "2025-12"),
    ("start", "2026-01-02T00:00:00.000000Z"),
    ("end", "2026-05-02T00:00:00.000000Z"),
    ("previous", "9" * 64),
    ("entries", 99),
    ("listed", "9" * 64),
    ("opening", 1),
    ("closing", 1),
    ("lots", {}),
    ("digest", "9" * 64),
    ("account", "0000000000ACC002"),
    ("program", "atlassian"),
    ("more", 1),
]


@pytest.mark.parametrize("n", BLOCKS)
@pytest.mark.parametrize(("name", "value"), FACTS_OF_BLOCKS)
def test_an_altered_block_is_named(n: int, name: str, value: Any) -> None:
    items = export()
    month = items[n]["block"]["month"]
    items[n]["block"][name] = value
    found = found_in(items, with_heads=False)
    assert found is not None
    assert found.kind is Kind.ALTERED
    assert found.month == (value if name == "month" else month)


@pytest.mark.parametrize("n", range(3))
def test_after_a_month_that_was_dropped_the_next_one_is_named(n: int) -> None:
    items = without_month(n)
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.month) == (Kind.UNLINKED, MONTHS[n + 1])


def test_the_newest_month_is_missed_by_its_head_alone() -> None:
    items = without_month(3)
    assert found_in(items, with_heads=False) is None
    found = found_in(items)
    assert found is not None
    assert (found.kind, found.month, found.account) == (Kind.MISSING, "2026-04", ACCOUNT)


@pytest.mark.parametrize("n", range(3))
def test_months_in_the_wrong_order_are_named(n: int) -> None:
    months = by_month()
    months[n], months[n + 1] = months[n + 1], months[n]
    found = found_in([item for month in months for item in month], with_heads=False)
    assert found is not None
    assert (found.kind, found.month) == (Kind.UNLINKED, MONTHS[n + 1])


@pytest.mark.parametrize("n", range(4))
def test_a_month_that_is_there_twice_is_named(n: int) -> None:
    months = by_month()
    months.insert(n + 1, copy.deepcopy(months[n]))
    found = found_in([item for month in months for item in month], with_heads=False)
    assert found is not None
    assert (found.kind, found.month) == (Kind.UNLINKED, MONTHS[n])


def resealed(items: Items, n: int) -> None:
    """Whoever alters an entry makes the digests anew, as far as they can reach."""
    block = items[n]["block"]
    entries = []
    for item in items[n + 1 :]:
        if "block" in item:
            break
        entries.append(item["entry"])
    leaves = [leaf_of(one) for one in entries]
    items[n]["leaves"] = [f"{leaf.place} {leaf.digest}" for leaf in leaves]
    block["listed"], block["entries"] = list_digest(leaves), len(leaves)
    block["digest"] = block_digest(block)


def test_a_list_made_anew_does_not_hide_an_entry_that_was_altered() -> None:
    items = export()
    items[MIDDLE]["entry"]["title"] = "Advanced"
    items[BLOCKS[1]]["leaves"] = [
        f"{leaf.place} {leaf.digest}"
        for leaf in (leaf_of(item["entry"]) for item in by_month()[1][1:])
    ]
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.month) == (Kind.ALTERED, "2026-02")
    named = found_in(items)
    assert named is not None
    assert named.place == place_of(export()[MIDDLE])


@pytest.mark.parametrize("change", [("#redeem", "#forged"), ("2026-02-0", "2026-02-1"), ("a", "b")])
@pytest.mark.parametrize("with_heads", [True, False])
def test_a_list_that_was_altered_accuses_nobody(
    change: tuple[str, str], *, with_heads: bool
) -> None:
    items = export()
    leaves = items[BLOCKS[1]]["leaves"]
    leaves[2] = leaves[2].replace(*change)
    assert leaves != export()[BLOCKS[1]]["leaves"]
    found = found_in(items, with_heads=with_heads)
    assert found is not None
    assert (found.kind, found.month, found.place) == (Kind.ALTERED, "2026-02", None)


def test_a_month_made_anew_breaks_the_chain_and_its_head_names_the_entry() -> None:
    items = export()
    items[MIDDLE]["entry"]["title"] = "Advanced"
    resealed(items, BLOCKS[1])
    found = found_in(items, with_heads=False)
    assert found is not None
    assert (found.kind, found.month) == (Kind.UNLINKED, "2026-03")
    named = found_in(items)
    assert named is not None
    assert (named.kind, named.place) == (Kind.ALTERED, place_of(export()[MIDDLE]))


def test_the_newest_month_made_anew_is_betrayed_by_its_head() -> None:
    items = export()
    items[LAST]["entry"]["title"] = "Advanced"
    resealed(items, BLOCKS[3])
    assert found_in(items, with_heads=False) is None
    short = [{"block": head["block"]} for head in heads()]
    found = verify(items, heads_of(short)).finding
    assert found is not None
    assert (found.kind, found.month) == (Kind.ALTERED, "2026-04")


def test_a_month_without_a_head_is_surplus() -> None:
    found = verify(export(), heads_of(heads()[:3])).finding
    assert found is not None
    assert (found.kind, found.month) == (Kind.SURPLUS, "2026-04")


def test_a_month_that_does_not_add_up_is_found_even_if_it_was_sealed_so() -> None:
    for name, value in (("closing", 1), ("lots", {}), ("opening", 1)):
        items = export()
        items[BLOCKS[3]]["block"][name] = value
        resealed(items, BLOCKS[3])
        found = found_in(items, with_heads=False)
        assert found is not None
        assert (found.kind, found.month) == (Kind.UNBALANCED, "2026-04")


@pytest.mark.parametrize(
    "stray",
    [
        {"entry": export()[MIDDLE]["entry"]},
        {"entry": {}},
        {"entry": {"account": "0000000000ACC002", "program": PROGRAM}},
    ],
)
def test_an_entry_before_every_month_is_surplus(stray: Facts) -> None:
    found = found_in([stray, *export()], with_heads=False)
    assert found is not None
    assert found.kind is Kind.SURPLUS


@pytest.mark.parametrize("n", BLOCKS)
@pytest.mark.parametrize("broken", [{}, {"form": 2}, {"form": 1}])
def test_a_block_that_nobody_can_read_is_named_as_such(n: int, broken: Facts) -> None:
    items = export()
    items[n]["block"] = broken
    found = found_in(items, with_heads=False)
    assert found is not None
    assert found.kind is Kind.UNREADABLE


def test_two_forms_of_one_letter_are_one_text() -> None:
    items = export()
    told = json.dumps(items, ensure_ascii=False)
    apart = told.replace("ü", "u\u0308")
    assert apart != told
    assert found_in(json.loads(apart)) is None


@settings(deadline=None)
@given(data=st.data())
def test_whatever_is_changed_is_found(data: st.DataObject) -> None:
    items = export(leaves=data.draw(st.booleans()))
    n = data.draw(st.sampled_from(range(len(items))))
    match data.draw(st.sampled_from(["drop", "double", "swap", "alter"])):
        case "drop":
            del items[n]
        case "double":
            items.insert(data.draw(st.integers(0, len(items))), copy.deepcopy(items[n]))
        case "swap":
            m = data.draw(st.sampled_from([k for k in range(len(items)) if k != n]))
            items[n], items[m] = items[m], items[n]
        case _:
            facts = items[n].get("block") or items[n]["entry"]
            name = data.draw(st.sampled_from(sorted(facts)))
            facts[name] = data.draw(st.one_of(st.none(), st.integers(), st.text()))
    # One that is put back where it came from has changed nothing.
    assert (found_in(items) is None) == (_bare(items) == _bare(export()))


def _bare(items: Items) -> list[Any]:
    return [item.get("block") or item["entry"] for item in items]


def place_of(item: Facts) -> str:
    return places([item])[0]


def month_of(item: Facts) -> str:
    return str(item["block"]["month"] if "block" in item else item["entry"]["at"][:7])


def by_month() -> list[Items]:
    return [[item for item in export() if month_of(item) == month] for month in MONTHS]


def without_month(n: int) -> Items:
    return [item for item in export() if month_of(item) != MONTHS[n]]
