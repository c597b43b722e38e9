"""What is written last may be dated first: an attempt is dated when it begins."""

import json
from typing import Any

import pytest

from audit import violations
from tests.proof.audit.small import AT, HERE, SMALL

KIM, JO = "kim@atlassian.example", "jo@atlassian.example"
WRONG = [f"I15 {HERE}: contact {KIM}: nobody has named them"]


def named(email: str, at: str) -> dict[str, Any]:
    """What history says when somebody becomes the account's advisor."""
    facts = {"happening_kind": "contact_named", "about": f"advisor: {email}", "detail": ""}
    opened = next(item for item in SMALL if item.get("happening_kind") == "account_opened")
    return opened | facts | {"at": at, "sk": f"HISTORY#{at}#{email}"}


@pytest.mark.proves("I15")
@pytest.mark.parametrize(("at", "wrong"), [("09:00:30", 0), ("09:00:59", 0), ("09:01:01", 1)])
def test_of_two_within_a_race_either_may_be_the_last_and_later_only_one(
    at: str, wrong: int
) -> None:
    """Kim is kept, and Jo is told of later."""
    kept = json.dumps([{"role": "advisor", "email": KIM, "name": "Kim"}])
    table = [item | {"contacts": kept} if item["kind"] == "account" else item for item in SMALL]
    table += [named(KIM, AT), named(JO, f"2026-02-10T{at}.000000Z")]
    assert [str(one) for one in violations(table)] == WRONG[:wrong]
