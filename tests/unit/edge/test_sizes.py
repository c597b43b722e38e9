import json

import pytest

from tests import stating
from tests.builders import refused
from training_credits.domain.errors import Reason
from training_credits.edge import csv_table, sizes, views
from training_credits.edge.sizes import fitting

LAMBDA_MAX = 6 * 1024 * 1024


def test_a_statement_of_10000_entries_fits_into_one_answer_as_json_and_as_csv() -> None:
    titles = [f"Administration of Jira for large teams, part {n}" for n in range(10_000)]
    stated = stating.statement(titles)
    answer = views.statement(stated, stating.PROGRAM, "2026-03")
    assert len(answer.lines) == 10_001, "all of them, and the lot of March"
    for text in (views.encoded(answer), csv_table.statement(stating.PROGRAM, stated)):
        assert fitting(text) == text
        whole = json.dumps({"statusCode": 200, "headers": {}, "body": text})
        assert len(whole.encode()) < LAMBDA_MAX


@pytest.mark.parametrize(("letter", "most"), [("a", 98), ('"', 49), ("é", 16), ("😀", 8)])
def test_what_fits_is_counted_as_it_is_handed_over(
    monkeypatch: pytest.MonkeyPatch, letter: str, most: int
) -> None:
    monkeypatch.setattr(sizes, "HANDED_OVER_MAX", 100)
    assert fitting(letter * most) == letter * most
    no = refused(lambda: fitting(letter * (most + 1)))
    assert no.reason is Reason.PERIOD_TOO_LONG
    assert "/documents" in no.detail


def test_what_is_handed_over_leaves_room_for_the_headers() -> None:
    assert sizes.HANDED_OVER_MAX < LAMBDA_MAX - 4_000
