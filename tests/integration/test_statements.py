"""Statements of a month and of any period, over the real handlers."""

import csv
import io
from datetime import datetime, timedelta

import pytest

from tests.http.people import Company, Reply, company, someone
from tests.http.wire import Wire
from training_credits.edge import sizes, wiring


@pytest.fixture
def acme(wire: Wire) -> Company:
    """30 credits, of which 4 are spent."""
    made = company(wire, program="atlassian", credits=30)
    assert made.decides("approve", made.wants(credits=4).json["redemption"]).status == 200
    return made


def period(days: int = 1) -> str:
    """From yesterday until so many days from now."""
    now = wiring.clock()
    start, end = now - timedelta(days=1), now + timedelta(days=days)
    return f"from={start:%Y-%m-%dT%H:%M:%SZ}&to={end:%Y-%m-%dT%H:%M:%SZ}"


def stated(made: Company, more: str = "") -> Reply:
    return made.owner.get(f"{made.path}/statements", period() + more)


@pytest.mark.rule("CI-17")
def test_any_period_is_stated_as_its_month_is(acme: Company) -> None:
    reply = stated(acme)
    assert reply.status == 200, reply
    said = reply.json
    (product,) = said["products"]
    assert (product["opening"], product["closing"]) == (0, 26)
    assert (product["purchases"], product["redemptions"], product["reissues"]) == (30, -4, 0)
    assert [(line["kind"], line["change"], line["balance"]) for line in said["lines"]] == [
        ("purchase", 30, 30),
        ("redeem", -4, 26),
    ]
    (lot,) = said["lots"]
    assert (lot["opening"]["available"], lot["closing"]["available"]) == (0, 26)
    assert product["paid_minor"] == {lot["currency"]: lot["unspent_paid_minor"]}
    assert product["next_expiry"]["expires_on"] == lot["expires_on"]
    month = acme.owner.get(f"{acme.path}/statements/{wiring.clock():%Y-%m}").json
    assert "month" not in said
    assert month["month"] == f"{wiring.clock():%Y-%m}"
    assert [month[name] for name in ("products", "lines", "lots")] == [
        said[name] for name in ("products", "lines", "lots")
    ]


def test_a_period_that_runs_is_stated_as_of_now(acme: Company) -> None:
    before = wiring.clock()
    said = stated(acme).json
    as_of = datetime.fromisoformat(said["as_of"])
    assert before <= as_of <= wiring.clock()
    assert as_of < datetime.fromisoformat(said["end"])


@pytest.mark.rule("AT-21")
def test_the_table_has_the_same_lines_and_the_same_numbers(acme: Company) -> None:
    said, reply = stated(acme).json, stated(acme, "&format=csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    first, *lines, last = csv.DictReader(io.StringIO(reply.body.decode(), newline=""))
    assert (first["kind"], first["balance"]) == ("opening", "0")
    assert (last["kind"], last["balance"]) == ("closing", "26")
    assert [(each["entry"], int(each["balance"])) for each in lines] == [
        (line["entry"], line["balance"]) for line in said["lines"]
    ]


def test_whoever_may_not_state_learns_nothing(acme: Company) -> None:
    other = someone(acme.owner.wire, "eve", program="atlassian")
    reply = other.get(f"{acme.path}/statements", period())
    assert (reply.status, reply.code) == (404, "account_not_found")
    assert acme.learner.get(f"{acme.path}/statements", period()).status == 404


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_would_be_too_long_for_one_answer_names_a_way_on(
    acme: Company, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(sizes, "HANDED_OVER_MAX", 100)
    reply = stated(acme, f"&format={form}")
    assert (reply.status, reply.code) == (422, "period_too_long")
    assert "/documents" in reply.json["detail"]
