"""Webhooks on the local cloud: signed, received, retried as the clock moves, given up, replayed."""

from datetime import timedelta
from typing import Any

import pytest

from local.cloud import Cloud
from tests.integration.local.conftest import Caller
from training_credits.domain.decisions.webhooks import TRIES_MAX

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics to publish")
HOOKS = "/v1/webhooks"


class Platform:
    """A machine of the vendor's."""

    def __init__(self, call: Caller) -> None:
        self.call = call

    def ask(self, method: str, path: str, body: object = None) -> Any:
        headers = self.call.as_("platform@atlassian.example", "integrator")
        status, answer = self.call(method, path, body, **headers)
        assert status < 300, (method, path, answer)
        return answer

    def added(self, **wish: Any) -> str:
        url = f"{self.call.cloud.url}/_local/webhooks"
        return f"{HOOKS}/{self.ask('POST', HOOKS, {'url': url, **wish})['webhook']}"

    def answers(self, status: int) -> None:
        assert self.call("PUT", "/_local/webhooks", {"status": status})[0] == 200

    def received(self) -> list[Any]:
        found: list[Any] = self.call("GET", "/_local/webhooks")[1]
        return found

    def log(self, hook: str) -> list[Any]:
        found: list[Any] = self.ask("GET", f"{hook}/deliveries")["deliveries"]
        return found


@pytest.fixture
def platform(call: Caller) -> Platform:
    return Platform(call)


def test_what_happens_is_received_and_verified(
    cloud: Cloud, call: Caller, platform: Platform
) -> None:
    hook = platform.added(types=["AccountOpened"])
    account = call.opened("ann@hooks.example").rpartition("/")[2]
    cloud.flush()
    [got] = platform.received()
    assert got["signed"] is True
    assert (got["id"], got["answered"]) == (f"AccountOpened-{account}", 204)
    assert got["body"]["data"]["facts"]["opened_by"] == "ann@hooks.example"
    assert [one["state"] for one in platform.log(hook)] == ["delivered"]
    assert [one["targets"] for one in cloud.events if one["detail-type"] == "AccountOpened"] == [
        ["NotifyFunction", "DispatchFunction"]
    ]
    platform.ask("DELETE", hook)


def test_a_signature_by_a_secret_nobody_has_shown_is_not_good(platform: Platform) -> None:
    sent = {"webhook_id": "x", "webhook_timestamp": "1", "webhook_signature": "v1,eA=="}
    assert platform.call("POST", "/_local/webhooks", {"type": "X"}, **sent)[0] == 204
    assert platform.received()[-1]["signed"] is False


def test_a_receiver_that_is_down_is_tried_again_as_the_clock_moves_and_replayed(
    cloud: Cloud, call: Caller, platform: Platform
) -> None:
    hook = platform.added(types=["AccountOpened"])
    before = len(platform.received())
    platform.answers(503)
    call.opened("bob@hooks.example")
    cloud.flush()
    assert len(platform.received()) == before + 1
    cloud.clock.advance(timedelta(minutes=10))
    assert [one["status"] for one in platform.log(hook)[0]["attempts"]] == [503] * 3
    cloud.clock.advance(timedelta(days=3), calls_max=1)
    cloud.flush()
    [given_up] = platform.log(hook)
    assert (given_up["state"], len(given_up["attempts"])) == ("failed", TRIES_MAX)
    assert len(platform.received()) == before + TRIES_MAX
    assert len({one["id"] for one in platform.received()[before:]}) == 1
    assert platform.ask("GET", hook)["state"] == "failing"
    [failure] = [one for one in cloud.failures if one["function"] == "DeliverFunction"]
    assert failure["event"]["Records"][0]["attributes"]["ApproximateReceiveCount"] == str(TRIES_MAX)
    mail = next(one for one in reversed(cloud.inbox) if one["to"] == ["platform@atlassian.example"])
    assert "does not take events any more" in mail["subject"]
    platform.answers(200)
    platform.ask("POST", f"{hook}/deliveries/{given_up['delivery']}/redeliveries", {})
    cloud.flush()
    last = platform.received()[-1]
    assert (last["id"], last["signed"]) == (given_up["event"], True)
    assert platform.ask("GET", hook)["state"] == "active"


@pytest.mark.parametrize("status", [True, 99, 600, "500", None])
def test_a_receiver_answers_with_a_status(call: Caller, status: object) -> None:
    assert call("PUT", "/_local/webhooks", {"status": status})[0] == 400
