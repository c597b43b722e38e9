"""Requests become events as payload format 2.0 says, and answers become HTTP."""

import base64
from typing import Any

import pytest

from local.http_event import Request, answer, event, rendered


def made(request: Request, claims: dict[str, Any] | None = None) -> dict[str, Any]:
    return event(request, route="GET /x", parameters={}, claims=claims)


def test_claims_arrive_as_text() -> None:
    claims = {"cognito:groups": ["operator", "finance"], "email_verified": True, "exp": 5, "a": "b"}
    assert rendered(claims) == {
        "cognito:groups": "[operator finance]",
        "email_verified": "true",
        "exp": "5",
        "a": "b",
    }


def test_scopes_are_nothing_without_a_scope_claim() -> None:
    authorizer = made(Request(method="GET", path="/x"), {"sub": "1"})["requestContext"][
        "authorizer"
    ]
    assert authorizer["jwt"] == {"claims": {"sub": "1"}, "scopes": None}


def test_headers_are_lower_case_and_joined_and_cookies_apart() -> None:
    headers = [("X-A", "1"), ("x-a", "2"), ("Cookie", "a=1; b=2")]
    one = made(Request(method="GET", path="/x", headers=headers))
    assert one["headers"] == {"x-a": "1,2"}
    assert one["cookies"] == ["a=1", "b=2"]


def test_the_path_is_decoded_and_the_query_twice_there() -> None:
    one = made(Request(method="GET", path="/x/ann%40acme", query="a=1&a=2&b=%20"))
    assert one["rawPath"] == one["requestContext"]["http"]["path"] == "/x/ann@acme"
    assert one["rawQueryString"] == "a=1&a=2&b=%20"
    assert one["queryStringParameters"] == {"a": "1,2", "b": " "}


@pytest.mark.parametrize(
    ("content_type", "body", "coded"),
    [
        ("application/json", b'{"a": "\xc3\xa9"}', False),
        ("application/octet-stream", b"\x00\xff", True),
        ("application/json", b"\xff", True),
    ],
)
def test_only_what_is_not_text_is_coded(content_type: str, body: bytes, *, coded: bool) -> None:
    one = made(
        Request(method="POST", path="/x", headers=[("content-type", content_type)], body=body)
    )
    assert one["isBase64Encoded"] is coded
    assert one["body"] == (base64.b64encode(body).decode() if coded else body.decode())


def test_an_answer_is_what_the_function_says() -> None:
    reply = answer(
        {"statusCode": 201, "headers": {"X-A": 1}, "body": "e\u0301", "cookies": ["a=1"]}
    )
    assert (reply.status, reply.body, reply.cookies) == (201, b"e\xcc\x81", ["a=1"])
    assert reply.headers == {"content-type": "application/json", "x-a": "1"}


def test_an_answer_may_be_bytes_or_bare_json() -> None:
    assert answer({"statusCode": 200, "body": "AP8=", "isBase64Encoded": True}).body == b"\x00\xff"
    assert answer({"any": 1}).body == b'{"any": 1}'


@pytest.mark.parametrize("result", [{"statusCode": "x"}, {"statusCode": 200, "body": {"a": 1}}])
def test_what_is_no_answer_is_refused(result: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        answer(result)
