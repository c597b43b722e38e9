"""What is said of a finding: of which account, in which month, at which entry."""

import pytest

from training_credits.domain.findings import Finding, Kind, chain_of, of_entry, of_month
from training_credits.domain.journal import Facts

AT = "2026-03-05T10:00:00.000000Z"
ENTRY = {"program": "cisco", "account": "A1", "at": AT, "entry": "redeem-R1"}
BLOCK = {"program": "cisco", "account": "A1", "month": "2026-03"}


@pytest.mark.parametrize(
    ("facts", "account", "month", "place"),
    [(ENTRY, "A1", "2026-03", f"{AT}#redeem-R1"), ({}, "?", "?", "?#?")],
)
def test_an_entry_is_named_by_what_is_left_of_it(
    facts: Facts, account: str, month: str, place: str
) -> None:
    assert of_entry(Kind.SURPLUS, facts, "why") == Finding(
        kind=Kind.SURPLUS, account=account, month=month, place=place, because="why"
    )


@pytest.mark.parametrize(("facts", "account", "month"), [(BLOCK, "A1", "2026-03"), ({}, "?", "?")])
def test_a_month_is_named_by_what_is_left_of_its_block(
    facts: Facts, account: str, month: str
) -> None:
    assert of_month(Kind.UNREADABLE, facts, "why") == Finding(
        kind=Kind.UNREADABLE, account=account, month=month, because="why"
    )


def test_a_chain_is_of_a_program_and_an_account_and_what_names_none_is_of_none() -> None:
    assert chain_of(BLOCK) == ("cisco", "A1")
    assert chain_of({}) == ("", "")
