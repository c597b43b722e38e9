import base64
import json
from typing import Any

import pytest

from training_credits.domain.model import Approval, Verdict
from training_credits.edge import schemas
from training_credits.edge.decoding import BODY_MAX, decoded
from training_credits.edge.problems import BadInput, BadRequest


def event(body: str | None, content_type: str | None = "application/json") -> dict[str, Any]:
    headers = {} if content_type is None else {"content-type": content_type}
    return {"body": body, "headers": headers, "isBase64Encoded": False}


def refusal(body: str | None, shape: type[Any], **more: Any) -> BadRequest:
    with pytest.raises(BadRequest) as no:
        decoded(event(body) | more, shape)
    return no.value


REDEMPTION = {"code": "7K2P0ABCDEFGH", "title": "Jira Basics", "credits": 300}


def redemption(**changes: Any) -> str:
    return json.dumps(REDEMPTION | changes)


def test_a_body_becomes_a_value_and_its_canonical_text() -> None:
    body, canonical = decoded(
        event('{ "title":"Jira Basics", "credits":300,"code":"7K2P0ABCDEFGH"}'),
        schemas.NewRedemption,
    )
    assert body == schemas.NewRedemption(code="7K2P0ABCDEFGH", title="Jira Basics", credits=300)
    assert canonical == decoded(event(redemption()), schemas.NewRedemption)[1]


@pytest.mark.parametrize(
    "content_type", [None, "application/json; charset=utf-8", "Application/JSON"]
)
def test_json_is_taken_by_any_of_its_names(content_type: str | None) -> None:
    body, _ = decoded(event('{"grace_hours":1}', content_type), schemas.NewRotation)
    assert body == schemas.NewRotation(grace_hours=1)


def test_a_body_may_come_as_base64() -> None:
    text = base64.b64encode(b'{"name":"\xc3\xa4","approval":"manual"}').decode()
    body, _ = decoded(event(text) | {"isBase64Encoded": True}, schemas.NewAccount)
    assert body == schemas.NewAccount(name="ä", approval=Approval.MANUAL)


@pytest.mark.parametrize("text", ["!!!", base64.b64encode(b"\xff\xfe").decode(), "ab"])
def test_base64_of_no_text_is_refused(text: str) -> None:
    no = refusal(text, schemas.NewOrder, isBase64Encoded=True)
    assert no.reason is BadInput.MALFORMED_JSON


@pytest.mark.proves("T18")
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, BadInput.BODY_MISSING),
        ("", BadInput.BODY_MISSING),
        (" " * (BODY_MAX + 1), BadInput.BODY_TOO_LARGE),
        ("{", BadInput.MALFORMED_JSON),
        ("{'credits': 1}", BadInput.MALFORMED_JSON),
        ('{"credits": 01}', BadInput.MALFORMED_JSON),
        ('{"credits": +1}', BadInput.MALFORMED_JSON),
        ('{"credits": 0x10}', BadInput.MALFORMED_JSON),
        ('{"credits": ３}', BadInput.MALFORMED_JSON),
        ('{"credits": 1} {}', BadInput.MALFORMED_JSON),
        ('{"credits": 1, "promo_code": "a\\ud800"}', BadInput.MALFORMED_JSON),
        ('{"credits": 1, "promo_code": "a\tb"}', BadInput.MALFORMED_JSON),
        ('{"credits": 1, "credits": 2}', BadInput.DUPLICATE_FIELD),
        ('{"credits": 1, "x": {"a": 1, "a": 1}}', BadInput.DUPLICATE_FIELD),
        ('{"credits": NaN}', BadInput.NOT_A_NUMBER),
        ('{"credits": Infinity}', BadInput.NOT_A_NUMBER),
        ('{"credits": -Infinity}', BadInput.NOT_A_NUMBER),
        ('{"credits": 1.0}', BadInput.NOT_WHOLE),
        ('{"credits": 1e3}', BadInput.NOT_WHOLE),
        ('{"credits": 1E400}', BadInput.NOT_WHOLE),
        ('{"credits": 0}', BadInput.OUT_OF_RANGE),
        ('{"credits": -0}', BadInput.OUT_OF_RANGE),
        ('{"credits": -1}', BadInput.OUT_OF_RANGE),
        ('{"credits": 10000001}', BadInput.OUT_OF_RANGE),
        ('{"credits": 9223372036854775808}', BadInput.OUT_OF_RANGE),
        (f'{{"credits": {"9" * 5_000}}}', BadInput.OUT_OF_RANGE),
        ('{"credits": 1, "promo_code": ""}', BadInput.OUT_OF_RANGE),
        (f'{{"credits": 1, "promo_code": "{"x" * 101}"}}', BadInput.OUT_OF_RANGE),
        ('{"credits": true}', BadInput.WRONG_TYPE),
        ('{"credits": "300"}', BadInput.WRONG_TYPE),
        ('{"credits": "３００"}', BadInput.WRONG_TYPE),
        ('{"credits": null}', BadInput.WRONG_TYPE),
        ('{"credits": [1]}', BadInput.WRONG_TYPE),
        ("[]", BadInput.WRONG_TYPE),
        ("null", BadInput.WRONG_TYPE),
        ('"credits"', BadInput.WRONG_TYPE),
        ("{}", BadInput.MISSING_FIELD),
        ('{"credits": 1, "price": 1}', BadInput.UNKNOWN_FIELD),
        ('{"credits": 1, "promo_code": "a\\u0000"}', BadInput.NOT_ALLOWED),
    ],
)
def test_each_bad_order_has_its_code(body: str | None, code: BadInput) -> None:
    assert refusal(body, schemas.NewOrder).reason is code


@pytest.mark.parametrize("depth", [50, 500, 1_000, 2_000, 4_999])
def test_a_body_may_be_as_deep_as_it_likes_and_is_refused(depth: int) -> None:
    nested = "[" * depth + "]" * depth
    no = refusal(nested, schemas.NewOrder)
    assert no.reason in (BadInput.WRONG_TYPE, BadInput.MALFORMED_JSON)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": ""}, BadInput.OUT_OF_RANGE),
        ({"title": "x" * 201}, BadInput.OUT_OF_RANGE),
        ({"title": "a\nb"}, BadInput.NOT_ALLOWED),
        ({"title": "a\u2028b"}, BadInput.NOT_ALLOWED),
        ({"title": 300}, BadInput.WRONG_TYPE),
        ({"learner": "eve"}, BadInput.UNKNOWN_FIELD),
        ({"code": 7}, BadInput.WRONG_TYPE),
        ({"reserve": 1}, BadInput.WRONG_TYPE),
        ({"lines": {}}, BadInput.WRONG_TYPE),
        ({"lines": [{}] * 11}, BadInput.OUT_OF_RANGE),
        ({"lines": [{"offering": "C", "quantity": 0}]}, BadInput.OUT_OF_RANGE),
        ({"lines": [{"offering": "C", "quantity": 101}]}, BadInput.OUT_OF_RANGE),
        ({"lines": [{"offering": "C", "pay": [{}] * 21}]}, BadInput.OUT_OF_RANGE),
        ({"lines": [{"offering": "C", "pays": []}]}, BadInput.UNKNOWN_FIELD),
        ({"lines": [{"offering": "C", "attendee": {"name": "Bob"}}]}, BadInput.MISSING_FIELD),
        ({"partner": 1}, BadInput.WRONG_TYPE),
        ({"country": "us"}, BadInput.NOT_ALLOWED),
        ({"country": "USA"}, BadInput.NOT_ALLOWED),
        ({"country": "US\n"}, BadInput.NOT_ALLOWED),
        ({"sales_order": ""}, BadInput.OUT_OF_RANGE),
        ({"terms": "x" * 101}, BadInput.OUT_OF_RANGE),
    ],
)
def test_each_bad_redemption_has_its_code(changes: dict[str, Any], code: BadInput) -> None:
    assert refusal(redemption(**changes), schemas.NewRedemption).reason is code


BILLING = {"company": "Acme", "country": "US"}
ORDER = {"credits": 500, "billing": BILLING}


def test_an_order_is_by_card_unless_it_says_otherwise() -> None:
    body, _ = decoded(event(json.dumps(ORDER)), schemas.NewOrder)
    billing = schemas.BillingBody(company="Acme", country="US")
    assert body == schemas.NewOrder(credits=500, billing=billing, channel="card")


@pytest.mark.rule("AT-46")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"billing": {"company": "Acme"}}, BadInput.MISSING_FIELD),
        ({"billing": {"country": "US"}}, BadInput.MISSING_FIELD),
        ({"billing": None}, BadInput.WRONG_TYPE),
        ({"billing": BILLING | {"country": "Us"}}, BadInput.NOT_ALLOWED),
        ({"billing": BILLING | {"company": ""}}, BadInput.OUT_OF_RANGE),
        ({"billing": BILLING | {"vat": "1"}}, BadInput.UNKNOWN_FIELD),
        ({"lot": "L1"}, BadInput.UNKNOWN_FIELD),
        ({"channel": None}, BadInput.WRONG_TYPE),
    ],
)
def test_a_purchase_without_a_country_is_refused(changes: dict[str, Any], code: BadInput) -> None:
    assert refusal(json.dumps(ORDER | changes), schemas.NewOrder).reason is code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"verdict": "maybe", "redemptions": ["R1"]}, BadInput.NOT_ALLOWED),
        ({"verdict": "approve", "redemptions": []}, BadInput.OUT_OF_RANGE),
        ({"verdict": "approve", "redemptions": ["R"] * 21}, BadInput.OUT_OF_RANGE),
        ({"verdict": "approve", "redemptions": "R1"}, BadInput.WRONG_TYPE),
        ({"verdict": "approve", "redemptions": [1]}, BadInput.WRONG_TYPE),
        ({"verdict": "approve", "redemptions": [""]}, BadInput.OUT_OF_RANGE),
        ({"verdict": True, "redemptions": ["R1"]}, BadInput.WRONG_TYPE),
        ({"redemptions": ["R1"]}, BadInput.MISSING_FIELD),
    ],
)
def test_each_bad_decision_has_its_code(body: dict[str, Any], code: BadInput) -> None:
    assert refusal(json.dumps(body), schemas.Decision).reason is code


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ann",
        "ann@",
        "@acme.example",
        "a b@acme.example",
        "ann@äcme.example",
        "änn@acme.example",
        "\u212ann@acme.example",
        "ann@acme.example\n",
        "a@b@c",
        "ann@acme",
        "ann@.example",
        "ann@acme..example",
        "ann@-acme.example",
        "ann@acme-.example",
        f"ann@{'x' * 64}.example",
        f"{'x' * 65}@acme.example",
        "ann@acme.example, eve@evil.example",
        "Ann <ann@acme.example>",
    ],
)
def test_an_address_that_is_none_is_refused(email: str) -> None:
    no = refusal(json.dumps({"email": email}), schemas.NewMember)
    assert no.reason is BadInput.NOT_ALLOWED


def test_an_address_longer_than_any_is_refused() -> None:
    domain = ".".join(["x" * 60] * 4)
    no = refusal(json.dumps({"email": f"ann@{domain}.example"}), schemas.NewMember)
    assert no.reason is BadInput.OUT_OF_RANGE


@pytest.mark.parametrize(
    "email",
    ["a@b.co", "Ann.O'Neil+x@sub-1.Acme.example", f"{'x' * 64}@{'y' * 63}.example", "a@1.xn--p1ai"],
)
def test_a_good_address_is_read(email: str) -> None:
    body, _ = decoded(event(json.dumps({"email": email})), schemas.NewMember)
    assert body == schemas.NewMember(email=email)


def test_a_good_decision_is_read() -> None:
    body, _ = decoded(
        event('{"verdict":"deny","redemptions":["R1"],"note":"No"}'), schemas.Decision
    )
    assert body == schemas.Decision(verdict=Verdict.DENY, redemptions=("R1",), note="No")


def test_another_kind_of_content_is_refused() -> None:
    with pytest.raises(BadRequest) as no:
        decoded(event('{"credits":1}', "text/plain"), schemas.NewOrder)
    assert no.value.reason is BadInput.CONTENT_TYPE
