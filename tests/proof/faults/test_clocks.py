"""F14: clocks of two environments that differ by minutes, and one that is put back.

An entry is dated by the clock of whoever wrote it, so the order of what such clocks date is good
within what they differ: the audit is told so (`--race`). Amounts never depend on it.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit import violations
from tests import engines
from tests.compat.story import filed
from tests.engine.conftest import Dumps
from tests.http.people import Company, Reply, company, invoke
from tests.http.wire import Wire
from tests.integration.cloud import Cloud, Json
from tests.integration.test_filing import queued
from tests.proof.figures import Counts
from training_credits.domain.decisions import filing
from training_credits.edge import wiring
from training_credits.programs import program_named

pytestmark = [pytest.mark.engine, pytest.mark.proves("F14", "I17"), pytest.mark.timeout(900)]
MINUTES = 5
SKEW = MINUTES * 60
RACE = timedelta(seconds=2 * SKEW)
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(1, 40))]
PROGRAMS = {"atlassian": "manual", "cisco": "manual", "salesforce": "automatic"}
At = Callable[[float], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Whatever is called next runs where the clock is so many seconds ahead."""
    return lambda seconds: monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(seconds))


def step(acme: Company, drawn: random.Random, asked: list[str]) -> Reply:
    """Something that somebody does at the company, if only to ask."""
    match drawn.randrange(6):
        case 2 | 3 if asked:
            return acme.decides(drawn.choice(["approve", "approve", "deny"]), drawn.choice(asked))
        case 4 if asked:
            path = f"/v1/redemptions/{drawn.choice(asked)}"
            return acme.learner.post(f"{path}/{drawn.choice(['cancellation', 'confirmation'])}", {})
        case 5 if asked:
            return acme.learner.post(f"/v1/redemptions/{drawn.choice(asked)}/returns", {"line": 1})
        case _:
            reply = acme.wants(drawn.randint(1, 4))
            asked += [reply.json["redemption"]] if reply.status == 201 else []
            return reply


@pytest.mark.parametrize("seed", SEEDS)
def test_credits_are_spent_once_however_the_clocks_of_environments_differ(
    unaudited: Wire, dump: Dumps, at: At, seed: int, figure: Counts
) -> None:
    drawn = random.Random(seed)  # noqa: S311 - no secret
    done = 0
    for program, approval in PROGRAMS.items():
        at(-SKEW)
        acme = company(unaudited, program=program, approval=approval, credits=20)
        asked: list[str] = []
        for _ in range(20):
            at(drawn.uniform(-SKEW, SKEW))
            done += step(acme, drawn, asked).status < 300
            assert violations(dump().values(), race=RACE) == []
        at(SKEW)
        assert told(acme) == acme.balance()["available"] + acme.balance()["held"]
    figure("operations under skewed clocks, carried out", done, "≥ 1,000")


def told(acme: Company) -> int:
    """What a statement of the last hours closes with; each of its lines follows from the last."""
    now = datetime.now(UTC)
    period = f"from={now - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    period += f"&to={now + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    said: Any = acme.owner.get(f"{acme.path}/statements", period).json
    balance = 0
    for line in said["lines"]:
        balance += line["change"]
        assert line["balance"] == balance, line
    return balance


@pytest.mark.parametrize("ahead", [-SKEW, 0, SKEW])
def test_by_the_clock_that_asks_no_lot_ends_early_and_every_end_is_dated_at_its_instant(
    wire: Wire, dump: Dumps, at: At, ahead: int
) -> None:
    acme = company(wire, approval="automatic", credits=9)
    ends = datetime.fromisoformat(acme.owner.get(acme.path).json["lots"][0]["expires_at"])
    left = (ends - datetime.now(UTC)).total_seconds()
    at(left + ahead - SKEW - 60)
    assert (acme.wants(1).status, invoke("expire", {})["lots"]) == (201, 0)
    at(left + SKEW + 60)
    assert acme.wants(1).code == "credits_expired"
    assert invoke("expire", {})["lots"] == 1
    at(left + ahead - SKEW)  # put back: the lot is closed, and stays so
    assert acme.wants(1).status == 422
    (entry,) = [item for item in dump().values() if item.get("entry_kind") == "expire"]
    assert datetime.fromisoformat(entry["at"]) == ends


@pytest.mark.usefixtures("untypeset")
def test_a_month_is_filed_whole_though_one_clock_is_ahead_and_another_behind(
    cloud: Cloud, at: At
) -> None:
    """The sweep comes too early, and somebody books by a clock that shows what has passed."""
    acme = company(cloud.wire, approval="automatic", credits=20)
    now = wiring.clock()
    month = filing.month_of(program_named(acme.program, now), now)
    over, due = ((to - now).total_seconds() for to in (month.end, filing.due(month)))
    for seconds in (over - 60, over + 60):
        for clock in (0, -SKEW, SKEW):
            at(seconds + clock)
            assert acme.wants(1).status == 201
    at(due + 1)
    invoke("month_end", {})
    filed(queued())
    assert [one["month"] for one in kept_months()] == [month.name]
    at(due - 2 * SKEW)
    assert acme.wants(1).status == 201
    at(due + 32 * 86_400)
    invoke("month_end", {})
    filed(queued())
    assert len(kept_months()) == 2
    assert violations(engines.dump("credits").values(), race=RACE) == []


def kept_months() -> list[Json]:
    return [item for item in engines.dump("credits").values() if item["kind"] == "block"]


def test_a_key_is_good_whatever_the_clock_shows(wire: Wire, dump: Dumps, at: At) -> None:
    acme = company(wire, approval="automatic", credits=9)
    at(SKEW)
    first = acme.wants(2, "the-only-key")
    before = dump()
    for seconds in (-SKEW, -60, 0, SKEW, 400 * 86_400):
        at(seconds)
        assert acme.wants(2, "the-only-key").body == first.body, seconds
    assert dump() == before
