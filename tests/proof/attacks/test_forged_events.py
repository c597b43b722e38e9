"""Whoever gets something onto the bus or a queue, or calls a function by itself, moves nothing.

That nobody can is the template's (tests/contract: each permission names its source, the bus its
owner); here somebody could.
"""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from local import http_event
from tests import engines
from tests.http import hooks
from tests.http.people import JSON, Company, company, invoke
from tests.http.wire import Wire
from tests.http.world import SETTINGS
from tests.integration.cloud import Cloud, Json
from tests.integration.snapshot import kept
from tests.proof.attacks.forgeries import (
    CONTENTS,
    ERRANDS,
    SHAPES,
    Change,
    envelopes,
    forged,
    messages,
)
from tests.proof.figures import Counts
from training_credits.edge import callers
from training_credits.edge.routes import ROUTES, Route

pytestmark = pytest.mark.proves("T13")
HEARING = {"notify": {**SHAPES, **CONTENTS}, "dispatch": SHAPES}
SWEEPS = ("expire", "lapse", "digest", "month_end")
CALLED = [route for route in ROUTES if not route.public]


@pytest.fixture
def acme(cloud: Cloud) -> Company:
    """With a webhook that hears of everything, and nothing left to be told."""
    made = company(cloud.wire, credits=10)
    hooks.hooked(made.staff[0])
    cloud.happens()
    return made


def event(cloud: Cloud, acme: Company) -> Json:
    """One that was never told."""
    acme.buys(5)
    events, _ = cloud.published(cloud.records())
    return next(each for each in events if each["detail-type"] == "OrderActivated")


def traces(cloud: Cloud) -> tuple[Any, ...]:
    """All that anybody could notice."""
    s3 = engines.mine("s3")
    papers = [s3.list_objects_v2(Bucket=SETTINGS[name]).get("Contents") for name in BUCKETS]
    return engines.dump("credits"), cloud.inbox(), hooks.queued(), papers


BUCKETS = ("DOCUMENTS_BUCKET", "SEALS_BUCKET")


def came_of(function: str, sent: Json) -> object:
    """What it answers; nothing if it gives up, and AWS keeps what it was called with."""
    with contextlib.suppress(Exception):
        return invoke(function, sent)
    return None


@pytest.mark.parametrize(("function", "changes"), HEARING.items(), ids=HEARING)
def test_a_forged_event_tells_nobody_anything(
    cloud: Cloud, acme: Company, figure: Counts, function: str, changes: dict[str, Change]
) -> None:
    genuine = event(cloud, acme)
    before = traces(cloud)
    believed: dict[str, Json] = {}
    for says, sent in forged(genuine, changes):
        if came_of(function, sent) not in ({"sent": 0}, {"dispatched": 0}, None):
            believed[says] = sent
        assert traces(cloud) == before, says
    assert believed == {}
    assert came_of(function, genuine) in ({"sent": 1}, {"dispatched": 1})
    figure(f"forged events to {function}", len(changes), "≥ 20")


@pytest.mark.parametrize("function", ["deliver", "close_month"])
def test_a_forged_errand_is_run_for_nobody(cloud: Cloud, acme: Company, function: str) -> None:
    assert acme.account
    before = traces(cloud)
    for says, body in ERRANDS.items():
        answer = came_of(function, messages(body))
        assert answer in (
            {"batchItemFailures": [{"itemIdentifier": "forged-1"}]},
            {"batchItemFailures": []},
        ), says
        assert traces(cloud) == before, says


def test_what_a_schedule_is_called_with_moves_no_clock(cloud: Cloud, acme: Company) -> None:
    """Nothing is due; whoever says it were another day is not believed."""
    acme.wants(1)
    cloud.happens()
    before = traces(cloud)
    for function in SWEEPS:
        for said in ({"now": "2999-01-01T00:00:00Z"}, {"time": "2999-01-01T00:00:00Z"}, {}):
            answer = invoke(function, said)
            assert answer.pop("finished") is True
            assert set(answer.values()) == {0}, function
    assert traces(cloud) == before


def test_a_function_of_the_api_believes_nobody_but_the_api(own_wire: Wire, figure: Counts) -> None:
    acme, tried = company(own_wire), 0
    before = engines.dump("credits")
    for route in CALLED:
        for says, sent in envelopes(called(acme, route)).items():
            heard = len(own_wire.requests)
            answer = came_of(route.function, sent)
            tried += 1
            assert not isinstance(answer, dict) or answer["statusCode"] >= 400, (route, says)
            assert own_wire.requests[heard:] == [], (route, says)
    assert engines.dump("credits") == before
    figure("forged calls of functions of the API", tried, "≥ 1000")


def called(made: Company, route: Route) -> Json:
    """As API Gateway would for the owner."""
    request = http_event.Request(
        method=route.method,
        path=route.path,
        query="",
        headers=(JSON, ("idempotency-key", "a-key-of-nobody")),
        body=b"{}",
    )
    key, claims = f"{route.method} {route.path}", made.owner.claims()
    return http_event.event(request, route=key, parameters={}, claims=claims)


@pytest.mark.proves("G20")
def test_a_function_that_takes_the_caller_from_a_header_is_caught(
    own_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the tenant comes from what anybody may send."""
    acme = company(own_wire)
    names = acme.owner.claims()
    monkeypatch.setattr(
        callers, "_claims", lambda event: {name: event["headers"].get(name) for name in names}
    )
    (route,) = (one for one in CALLED if (one.method, one.path) == ("GET", "/v1/accounts"))
    answer = came_of(route.function, envelopes(called(acme, route))["claims in a header"])
    assert isinstance(answer, dict)
    assert (answer["statusCode"], acme.account in answer["body"]) == (200, True)


def test_the_traces_would_show_it(cloud: Cloud, acme: Company) -> None:
    genuine = event(cloud, acme)
    put_back: Callable[[], None] = kept("credits")
    before = traces(cloud)
    assert invoke("notify", genuine) == {"sent": 1}
    assert traces(cloud) != before
    put_back()
