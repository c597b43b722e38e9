"""A block is made of its own month's entries, and only if they add up."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.journals import ACCOUNT, BOUNDS, MONTHS, PROGRAM, month_of_entries
from training_credits.domain.journal import block_facts, seal, sealed_text
from training_credits.domain.model import Month

JANUARY = next(
    Month(name=name, start=start, end=end)
    for name, (start, end) in zip(MONTHS, pairwise(BOUNDS), strict=True)
)


def test_an_entry_of_another_month_is_not_sealed_into_this_one() -> None:
    entries = month_of_entries(0)
    strange = replace(entries[-1], at=JANUARY.end)
    with pytest.raises(ValueError, match=strange.entry_id):
        seal(PROGRAM, ACCOUNT, JANUARY, None, [*entries, strange])


def test_nothing_is_sealed_onto_a_closing_that_its_lots_contradict() -> None:
    before = seal(PROGRAM, ACCOUNT, JANUARY, None, month_of_entries(0)).block
    wrong = replace(before, closing=before.closing + 1)
    february = Month(name=MONTHS[1], start=BOUNDS[1], end=BOUNDS[2])
    with pytest.raises(ValueError, match="available"):
        seal(PROGRAM, ACCOUNT, february, wrong, month_of_entries(1))


def test_what_is_kept_of_a_month_is_one_line_with_its_block_and_its_list() -> None:
    sealed = seal(PROGRAM, ACCOUNT, JANUARY, None, month_of_entries(0))
    text = sealed_text(sealed).decode()
    assert (text.count("\n"), text[-1]) == (1, "\n")
    said = json.loads(text)
    assert said == {
        "block": block_facts(sealed.block),
        "leaves": [f"{leaf.place} {leaf.digest}" for leaf in sealed.leaves],
    }
