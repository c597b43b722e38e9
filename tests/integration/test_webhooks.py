"""Endpoints over the handlers: added, changed, shown once, refused."""

import json
from datetime import datetime

import pytest

from tests import engines
from tests.http.hooks import INNER, PATH, URL, hooked, path_of, robot
from tests.http.people import operator
from tests.http.wire import Wire


def test_an_endpoint_is_shown_with_its_secret_once(wire: Wire) -> None:
    platform = robot(wire)
    made = hooked(platform, name="Platform", types=["OrderActivated"], key="one-endpoint")
    assert made.status == 201
    shown = made.json
    assert shown["secret"].startswith("whsec_")
    assert shown["contact"] == platform.email
    assert (shown["state"], shown["secret_number"]) == ("active", 1)
    again = hooked(platform, name="Platform", types=["OrderActivated"], key="one-endpoint")
    assert again.body == made.body
    kept = {name: value for name, value in shown.items() if name != "secret"}
    assert platform.get(f"{PATH}/{shown['webhook']}").json == kept
    assert kept in operator(wire).get(PATH).json["webhooks"]
    text = json.dumps(list(engines.dump("credits").values()), default=str)
    assert shown["secret"] not in text
    assert shown["secret"].removeprefix("whsec_") not in text


def test_another_secret_is_shown_once_too(wire: Wire) -> None:
    platform = robot(wire)
    made = hooked(platform).json
    path = f"{PATH}/{made['webhook']}/secret-rotations"
    first = platform.post(path, {}, "rotate-it-once")
    assert first.status == 201
    assert platform.post(path, {}, "rotate-it-once").body == first.body
    assert first.json["secret"] != made["secret"]
    assert first.json["secret_number"] == 2
    until = datetime.fromisoformat(first.json["old_secret_until"])
    assert 23 < (until - datetime.now(until.tzinfo)).total_seconds() / 3600 <= 24
    assert platform.post(path, {}).json["secret_number"] == 3


def test_an_endpoint_is_changed_disabled_and_enabled(wire: Wire) -> None:
    platform = robot(wire)
    path = path_of(platform)
    edited = platform.patch(path, {"url": f"{URL}/2", "types": ["CreditsExpired"]}).json
    assert (edited["url"], edited["types"]) == (f"{URL}/2", ["CreditsExpired"])
    assert platform.delete(path).status == 204
    assert platform.delete(path).status == 204
    assert platform.get(path).json["state"] == "disabled"
    assert platform.post(f"{path}/tests", {}).code == "webhook_disabled"
    assert platform.patch(path, {"enabled": True}).json["state"] == "active"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://hooks.example.com/in", "not_https"),
        ("https://user:word@hooks.example.com/", "credentials"),
        ("https://hooks.example.com:22/", "port"),
        ("https://169.254.169.254/latest/meta-data/", "no_public_name"),
        ("https://2130706433/", "no_public_name"),
        (INNER, "address_not_public"),
    ],
)
def test_an_endpoint_in_a_private_place_is_refused(wire: Wire, url: str, why: str) -> None:
    platform = robot(wire)
    path = path_of(platform)
    for refused in (hooked(platform, url), platform.patch(path, {"url": url})):
        assert (refused.status, refused.code) == (422, "webhook_url_refused")
        assert refused.json["why"] == why
    assert platform.get(path).json["url"] == URL
