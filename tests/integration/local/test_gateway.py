"""Over the wire: routes, tokens, limits, and what the local cloud says about itself."""

import http.client
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
from jwt.algorithms import RSAAlgorithm

from local.cloud import Cloud
from local.tokens import AUDIENCE, Issuer
from tests.integration.local.conftest import Caller

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics to publish")
UNAUTHORIZED = (401, {"message": "Unauthorized"})


def claims(cloud: Cloud, **changed: object) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": cloud.url, "aud": AUDIENCE, "exp": now + 60, "sub": "x", **changed}


def signed(cloud: Cloud, **changed: object) -> str:
    key = (cloud.state / "issuer.pem").read_bytes()
    return jwt.encode(claims(cloud, **changed), key, algorithm="RS256")


def test_a_known_route_answers_a_good_token(call: Caller) -> None:
    assert call("GET", "/v1/accounts", **call.as_("ann@acme.example")) == (200, {"accounts": []})


def test_the_bearer_scheme_may_be_left_out_as_api_gateway_lets_it(call: Caller) -> None:
    headers = call.as_("ann@acme.example")
    bare = headers["authorization"].removeprefix("Bearer ")
    assert call("GET", "/v1/accounts", **{**headers, "authorization": bare})[0] == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v2/accounts"), ("PUT", "/v1/accounts"), ("GET", "/v1/accounts/"), ("GET", "/v1")],
)
def test_an_unknown_route_is_not_found(call: Caller, method: str, path: str) -> None:
    found = call(method, path, **call.as_("ann@acme.example"))
    assert found == (404, {"message": "Not Found"})


def test_nobody_comes_in_without_a_token(call: Caller) -> None:
    assert call("GET", "/v1/accounts") == UNAUTHORIZED
    assert call("GET", "/v1/accounts", authorization="Basic YTpi") == UNAUTHORIZED


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(time.time()) - 5},
        {"nbf": int(time.time()) + 86_400},
        {"aud": "somebody-else"},
        {"iss": "https://somebody.else"},
    ],
)
def test_a_token_for_another_time_or_place_is_refused(
    cloud: Cloud, call: Caller, changed: dict[str, object]
) -> None:
    token = signed(cloud, **changed)
    assert call("GET", "/v1/accounts", authorization=f"Bearer {token}") == UNAUTHORIZED


@pytest.mark.parametrize("missing", ["exp", "iss", "aud"])
def test_a_token_that_leaves_out_a_claim_is_refused(
    cloud: Cloud, call: Caller, missing: str
) -> None:
    kept = {name: value for name, value in claims(cloud).items() if name != missing}
    key = (cloud.state / "issuer.pem").read_bytes()
    token = jwt.encode(kept, key, algorithm="RS256")
    assert call("GET", "/v1/accounts", authorization=f"Bearer {token}") == UNAUTHORIZED


def test_a_forged_token_is_refused(cloud: Cloud, call: Caller, tmp_path: Path) -> None:
    stranger = Issuer(cloud.url, tmp_path / "other.pem")
    forged = stranger.token(email="ann@acme.example", name="Ann", program="atlassian")
    unsigned = jwt.encode(claims(cloud), "", algorithm="none")
    symmetric = jwt.encode(claims(cloud), "k" * 64, algorithm="HS256")
    head, body, signature = signed(cloud).split(".")
    other_body = signed(cloud, sub="somebody-else").split(".")[1]
    for token in (
        forged,
        unsigned,
        symmetric,
        f"{head}.{other_body}.{signature}",
        f"{head}.{body}.",
    ):
        assert call("GET", "/v1/accounts", authorization=f"Bearer {token}") == UNAUTHORIZED


def test_a_token_is_dated_by_the_real_clock_and_not_the_moved_one(call: Caller) -> None:
    headers = call.as_("ann@acme.example")
    assert call("POST", "/_local/clock", {"advance": "P2D"})[0] == 200
    assert call("GET", "/v1/accounts", **headers)[0] == 200


def test_anybody_can_check_a_token_with_what_the_issuer_publishes(
    cloud: Cloud, call: Caller
) -> None:
    _, about = call("GET", "/.well-known/openid-configuration")
    assert about["issuer"] == cloud.url
    _, keys = call("GET", about["jwks_uri"].removeprefix(cloud.url))
    key: Any = RSAAlgorithm.from_jwk(keys["keys"][0])
    token = cloud.token(email="ann@acme.example", name="Ann", program="p", groups=["operator"])
    found = jwt.decode(token, key, ["RS256"], audience=AUDIENCE, issuer=cloud.url)
    assert found["custom:program"] == "p"
    assert found["cognito:groups"] == ["operator"]


def test_the_key_is_for_its_owner_only(cloud: Cloud) -> None:
    assert (cloud.state / "issuer.pem").stat().st_mode & 0o077 == 0


def raw(cloud: Cloud, headers: dict[str, str], body: bytes = b"") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(cloud.url).netloc, timeout=10)
    try:
        connection.putrequest("POST", "/v1/accounts")
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-length": str(10 * 1024 * 1024 + 1)}, 413),
        ({"content-length": "-1"}, 400),
        ({"transfer-encoding": "chunked"}, 411),
        ({"x-long": "x" * 11_000}, 431),
    ],
)
def test_what_is_too_much_is_refused(cloud: Cloud, headers: dict[str, str], status: int) -> None:
    assert raw(cloud, headers)[0] == status


@pytest.mark.parametrize(
    "body",
    [
        {"now": "soon"},
        {"now": 5},
        {"now": "2001-01-01T00:00:00Z"},
        {"advance": "P"},
        {"advance": "P9999999999D"},
        {"seconds": -1},
        {"seconds": True},
        {"seconds": 1, "calls_max": 0},
        [],
    ],
)
def test_a_clock_is_not_moved_by_nonsense(cloud: Cloud, call: Caller, body: object) -> None:
    before = cloud.clock.offset_seconds
    status, answer = call("POST", "/_local/clock", body)
    assert status == 400
    assert answer["message"]
    assert cloud.clock.offset_seconds == before


def test_tokens_are_made_to_measure(call: Caller) -> None:
    asked = {"email": "o@v.example", "name": "O", "program": "atlassian", "groups": ["operator"]}
    _, made = call("POST", "/_local/tokens", asked)
    assert call("GET", "/v1/accounts", authorization=f"Bearer {made['token']}")[0] == 200
    _, late = call("POST", "/_local/tokens", {**asked, "expires_in": -1})
    assert call("GET", "/v1/accounts", authorization=f"Bearer {late['token']}") == UNAUTHORIZED
    assert call("POST", "/_local/tokens", {"email": "o@v.example"})[0] == 400
    assert call("POST", "/_local/tokens", {**asked, "groups": "operator"})[0] == 400


@pytest.mark.parametrize("header", [{"host": "evil.example"}, {"sec_fetch_site": "cross-site"}])
def test_another_web_page_cannot_use_the_console(call: Caller, header: dict[str, str]) -> None:
    assert call("POST", "/_local/flush", **header) == (403, {"message": "Forbidden"})


def test_the_index_shows_every_route(cloud: Cloud, call: Caller) -> None:
    status, page = call("GET", "/")
    assert status == 200
    assert all(route.path in page for route in cloud.routes)
