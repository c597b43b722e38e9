"""Lines of an export that would hide something, or say what nobody can read."""

from typing import Any

import pytest

from tests.journals import ACCOUNT, PROGRAM, export
from training_credits.domain.findings import Kind
from training_credits.domain.verifying import verify


def test_an_entry_in_the_line_of_a_block_is_not_passed_over() -> None:
    items = export()
    items[0]["entry"] = items[1]["entry"]
    found = verify(items).finding
    assert found is not None
    assert found.kind is Kind.SURPLUS


@pytest.mark.parametrize("other", [{"program": "atlassian"}, {"account": "0000000000ACC002"}])
def test_an_entry_of_another_program_or_account_is_surplus(other: dict[str, Any]) -> None:
    items = export()
    items[1]["entry"] |= other
    found = verify(items).finding
    assert found is not None
    assert (found.kind, found.month) == (Kind.SURPLUS, "2026-01")
    assert found.account == items[1]["entry"]["account"]


def test_a_form_that_nobody_knows_is_named() -> None:
    block = {"form": 2, "program": PROGRAM, "account": ACCOUNT, "month": "2026-01"}
    found = verify([{"block": block}]).finding
    assert found is not None
    assert (found.kind, found.month) == (Kind.UNREADABLE, "2026-01")
    assert found.because == "form 2 is not known"
