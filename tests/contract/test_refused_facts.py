"""Which facts come with which refusal is pinned, and every test is held to it."""

import json
from collections import defaultdict

import pytest

from tests.contract.pages import written
from tests.contract.raised import raised
from tests.refusing import ANY, PROMISED, faults, is_sentence
from training_credits.domain.errors import Reason


def test_the_facts_of_each_refusal_are_pinned() -> None:
    found = defaultdict[str, set[tuple[str, ...]]](set)
    for one in raised():
        if not isinstance(one.code, Reason):
            continue
        found[one.code.value].add(tuple(ANY) if one.handed_on else tuple(sorted(one.facts)))
    lines = [f'  "{code}": {json.dumps(sorted(sets))}' for code, sets in sorted(found.items())]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    written(PROMISED, text)


@pytest.mark.parametrize(
    "text",
    [
        "XXThere is none.XX",
        "there is none.",
        "THERE IS NONE.",
        "There IS NONE.",
        "There isXX none.",
        "There is none",
        "",
        "There  is one.",
    ],
)
def test_what_is_no_sentence_is_noticed(text: str) -> None:
    assert not is_sentence(text)


@pytest.mark.parametrize(
    "text", ["There is none.", "11 are left.", "“Team” has 3.", "Leo may not."]
)
def test_a_sentence_may_begin_with_what_somebody_wrote(text: str) -> None:
    assert is_sentence(text)


def test_facts_that_are_not_promised_are_noticed() -> None:
    reason = Reason.MEMBER_NOT_FOUND
    assert [*faults(reason, "There is none.", {})] == []
    assert [*faults(reason, "There is none.", {"who": 1})]
    assert [*faults(reason, "There is none.", {"who": None})][1:]
    assert [*faults(reason, "nobody", {})]
