"""Balances of the past, reports and forecasts at the API."""

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.http import booking
from tests.http.people import Company, Reply, company, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from training_credits.domain.errors import Reason
from training_credits.edge import wiring

ALWAYS = "from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00Z"


@pytest.fixture
def acme(wire: Wire) -> Company:
    return company(wire, program="cisco", approval="automatic", credits=61)


def instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def reported(made: Company, by: str = "course", query: str = ALWAYS) -> dict[str, Any]:
    found: dict[str, Any] = made.owner.get(f"{made.path}/reports", f"{query}&by={by}").json
    return found


def forecast(made: Company) -> dict[str, Any]:
    (product,) = made.owner.get(f"{made.path}/forecast").json["products"]
    found: dict[str, Any] = product
    return found


def past(made: Company, at: datetime) -> dict[str, Any]:
    found: dict[str, Any] = made.owner.get(f"{made.path}/balances", f"at={instant(at)}").json
    return found


@pytest.mark.rule("AT-34")
@pytest.mark.parametrize("by", ["course", "learner", "team", "month"])
def test_a_report_adds_up_to_the_transactions(acme: Company, dump: Dumps, by: str) -> None:
    booking.lists(acme, "S1", "S2", starts_on=_in(60), ends_on=_in(60))
    path = booking.books(acme, "S1", "S2")
    acme.wants(5, title="A talk")
    booking.gives_back(acme, path, 2)
    before = dump()
    found = reported(acme, by)
    entries = acme.owner.get(f"{acme.path}/transactions", ALWAYS).json["entries"]
    changes = {"redeem": 0, "return": 0}
    for entry in entries:
        if entry["kind"] in changes:
            changes[entry["kind"]] += entry["change"]
    assert changes == {"redeem": -11, "return": 3}
    rows, total = found["rows"], found["total"]
    for name in ("spent", "returned", "net", "delivered", "completed"):
        assert sum(row[name] for row in rows) == total[name]
    assert (total["spent"], total["returned"], total["net"]) == (11, 3, 8)
    assert dump() == before


def test_a_course_whose_title_is_a_formula_is_text_in_a_table(acme: Company) -> None:
    acme.wants(5, title='=HYPERLINK("https://x.example")')
    reply = acme.owner.get(f"{acme.path}/reports", f"{ALWAYS}&format=csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(reply.body.decode()))
    assert row["name"] == '\'=HYPERLINK("https://x.example")'
    (shown,) = reported(acme)["rows"]
    assert {name: row[name] for name in shown if name not in ("key", "name")} == {
        name: str(value) for name, value in shown.items() if name not in ("key", "name")
    }


def test_a_team_of_an_account_with_budgets_has_its_name(acme: Company) -> None:
    acme.budgets("Support", 30, acme.learner)
    acme.wants(5)
    acme.wants(2, who=acme.owner)
    rows = {row["name"]: row["spent"] for row in reported(acme, "team")["rows"]}
    assert rows == {"Support": 5, "": 2}


@pytest.mark.rule("CI-43")
def test_the_balances_of_an_instant_are_those_the_page_showed_then(
    acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: dict[datetime, Any] = {}

    def look() -> None:
        page = acme.owner.get(acme.path).json
        lots = {lot["lot"]: lot["balance"] for lot in page["lots"]}
        shown[wiring.clock()] = (page["balances"], lots)

    look()
    acme.wants(22)
    look()
    acme.buys(40)
    look()
    _later(monkeypatch, days=370)
    look()
    for at, (balances, lots) in shown.items():
        then = past(acme, at)
        assert then["balances"] == balances
        assert {lot["lot"]: lot["balance"] for lot in then["lots"]} == lots


def test_before_its_first_lot_an_account_had_nothing(acme: Company) -> None:
    then = past(acme, wiring.clock() - timedelta(days=1))
    assert (then["balances"], then["lots"]) == ({}, [])


@pytest.mark.rule("CI-50")
def test_a_forecast_says_what_would_be_lost_at_the_pace_so_far_and_what_would_not(
    acme: Company, dump: Dumps
) -> None:
    """One credit in a week is 51 in 363 days."""
    acme.wants(1)
    before = dump()
    ahead = forecast(acme)
    assert ahead["pace"] == {"credits": 1, "days": 7, "per_day": "0.14"}
    (lot,) = ahead["lots"]
    days = (_day(lot["last_day"]) - _day(_today(acme))).days
    assert lot["credits_at_risk"] == 60 - days // 7 == ahead["credits_at_risk"]
    assert ahead["paid_minor_at_risk"] == {"USD": lot["paid_minor_at_risk"]}
    assert ahead["pace_needed"] == {"credits": 60, "days": days, "per_day": "0.17"}
    assert ahead["empty_on"] == lot["last_day"] < lot["expires_on"]
    assert dump() == before


def test_once_all_is_over_there_is_nothing_to_foresee(
    acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    _later(monkeypatch, days=370)
    ahead = forecast(acme)
    assert (ahead["available"], ahead["lots"], ahead["burn_down"]) == (0, [], [])
    assert "empty_on" not in ahead
    assert "pace_needed" not in ahead


def test_of_a_foreign_account_there_is_no_past_no_report_and_no_future(
    acme: Company, wire: Wire
) -> None:
    eve = someone(wire, "eve", program="atlassian")
    for path, query in (
        ("balances", "at=2026-01-01T00:00:00Z"),
        ("reports", ALWAYS),
        ("forecast", ""),
    ):
        no: Reply = eve.get(f"{acme.path}/{path}", query)
        assert (no.status, no.code) == (404, Reason.ACCOUNT_NOT_FOUND)
        no = acme.learner.get(f"{acme.path}/{path}", query)
        assert (no.status, no.code) == (403, Reason.NOT_PERMITTED)
        assert json.loads(no.body)["needed"] == "state"


def _in(days: int) -> str:
    return (wiring.clock() + timedelta(days=days)).date().isoformat()


def _later(patch: pytest.MonkeyPatch, days: int) -> None:
    patch.setenv("CLOCK_OFFSET_SECONDS", str(int(timedelta(days=days).total_seconds())))


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _today(made: Company) -> str:
    return str(made.owner.get(f"{made.path}/forecast").json["today"])
