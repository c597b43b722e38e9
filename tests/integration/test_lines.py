"""Requests of several lines over the real handlers: priced, refused, booked."""

from typing import Any

import pytest

from tests.http.people import Company, Reply, Who, company, someone
from tests.http.wire import Wire

COURSES = (
    {"kind": "offering", "offering": "ADM-1", "type": "course", "title": "Jira", "credits": 300}
    | {"titles": {"de": "Jira auf Deutsch"}},
    {"kind": "offering", "offering": "ADM-2", "type": "course", "title": "Wiki", "credits": 200},
    {"kind": "offering", "offering": "ADM-3", "type": "course", "title": "Last", "credits": 300},
    *(
        {
            "kind": "session",
            "offering": offering,
            "session": "S1",
            "starts_on": "2199-03-04",
            "ends_on": "2199-03-06",
            "mode": "virtual",
            "country": "DE",
            "seats": seats,
        }
        for offering, seats in (("ADM-1", 2), ("ADM-2", 2), ("ADM-3", 1))
    ),
)
FIRST = {"offering": "ADM-1", "session": "S1"}
SECOND = {"offering": "ADM-2", "session": "S1"}
ONE_SEAT = {"offering": "ADM-3", "session": "S1"}


@pytest.fixture(scope="module")
def acme(wire: Wire) -> Company:
    made = company(wire, credits=2_000)
    brought = made.staff[0].post("/v1/catalogue/imports", {"format": "json", "rows": COURSES})
    assert brought.json["written"] == len(COURSES)
    return made


def asks(who: Who, made: Company, *lines: dict[str, Any], **more: Any) -> Reply:
    return who.post("/v1/redemptions", {"lines": lines, "code": made.code} | more)


def seats(who: Who, offering: str) -> int:
    (run,) = who.get(f"/v1/catalogue/{offering}").json["sessions"]
    left: int = run["seats_left"]
    return left


@pytest.mark.rule("AT-27")
@pytest.mark.rule("SF-26")
def test_one_code_pays_for_an_order_of_two_courses(acme: Company) -> None:
    asked = asks(acme.learner, acme, FIRST, SECOND, language="de")
    assert asked.status == 201, asked
    assert (asked.json["state"], asked.json["credits"]) == ("pending", 500)
    assert [line["title"] for line in asked.json["lines"]] == ["Jira auf Deutsch", "Wiki"]
    assert asked.json["lines"][0]["starts_on"] == "2199-03-04"
    assert acme.decides("approve", asked.json["redemption"]).status == 200
    assert seats(acme.learner, "ADM-1") == seats(acme.learner, "ADM-2") == 1
    mine = acme.learner.get(f"/v1/redemptions/{asked.json['redemption']}").json
    assert [line["state"] for line in mine["lines"]] == ["booked", "booked"]


@pytest.mark.rule("SF-31")
def test_somebody_else_takes_part(acme: Company) -> None:
    who = {"email": "Max@acme.example", "name": "Max Weber"}
    asked = asks(acme.learner, acme, FIRST | {"attendee": who}).json
    assert asked["lines"][0]["attendee"] == {"email": "max@acme.example", "name": "Max Weber"}
    acme.decides("deny", asked["redemption"])


@pytest.mark.rule("CI-35")
def test_who_belongs_to_the_account_sees_what_may_pay(acme: Company) -> None:
    seen = acme.owner.get(f"{acme.path}/funding-options", "offering=ADM-1&session=S1")
    assert seen.status == 200, seen
    assert (seen.json["approval"], seen.json["cost"]["credits"]) == ("manual", 300)
    (lot,) = seen.json["options"]
    assert (lot["approval"], lot["available"]) == ("manual", acme.balance()["available"])
    more = acme.owner.get(f"{acme.path}/funding-options", "offering=ADM-1&session=S1&quantity=2")
    assert more.json["refused"]["code"] == "session_full"
    stranger = someone(acme.owner.wire, "eve")
    assert stranger.get(f"{acme.path}/funding-options").json["code"] == "account_not_found"


@pytest.mark.rule("SF-23")
def test_a_cart_is_priced_and_nothing_is_written(acme: Company) -> None:
    before = acme.balance()
    seen = acme.learner.post("/v1/carts", {"lines": [FIRST, SECOND], "code": acme.code})
    assert seen.status == 200, seen
    assert (seen.json["state"], seen.json["credits"]) == ("pending", 500)
    assert [line["credits"] for line in seen.json["lines"]] == [300, 200]
    assert [len(line["options"]) for line in seen.json["lines"]] == [1, 1]
    assert acme.balance() == before
    assert all(request.operation != "TransactWriteItems" for request in seen.heard)


@pytest.mark.rule("SF-33")
def test_a_cart_says_what_the_request_would_be_refused_for(acme: Company) -> None:
    cart = {"lines": [{"title": "Too dear", "credits": 5_000}], "code": acme.code}
    no = acme.learner.post("/v1/carts", cart).json["problem"]
    refused = acme.learner.post("/v1/redemptions", cart).json
    assert no == refused
    assert (no["code"], no["rule"]) == ("insufficient_credits", "AT-39")
    assert no["case_link"].endswith("/case?code=insufficient_credits&rule=AT-39")


def test_a_wrong_code_in_a_cart_is_a_wrong_try(acme: Company) -> None:
    eve = someone(acme.owner.wire, "eve")
    wrong = {"title": "Jira", "credits": 1, "code": "7K2P-7K2P-7K2P7"}
    for _ in range(100):
        assert eve.post("/v1/carts", wrong).json["code"] == "code_not_accepted"
    assert eve.post("/v1/redemptions", wrong).json["code"] == "too_many_tries"


def test_the_last_seat_is_taken_once(acme: Company) -> None:
    one, two = (asks(acme.learner, acme, ONE_SEAT).json["redemption"] for _ in range(2))
    done = acme.decides("approve", one, two).json["outcomes"]
    assert ["request" in each for each in done] == [True, False]
    assert done[1]["problem"]["code"] == "session_full"
    assert asks(acme.learner, acme, ONE_SEAT).json["code"] == "session_full"


@pytest.mark.rule("CI-36")
def test_what_is_reserved_is_confirmed_or_given_back(wire: Wire) -> None:
    made = company(wire, approval="automatic", credits=100)
    kept, left = (made.wants(40, reserve=True).json for _ in range(2))
    assert (kept["state"], made.balance()["held"]) == ("reserved", 80)
    confirmed = made.learner.post(f"/v1/redemptions/{kept['redemption']}/confirmation", {})
    assert (confirmed.status, confirmed.json["state"]) == (200, "approved")
    back = made.learner.post(f"/v1/redemptions/{left['redemption']}/cancellation", {})
    assert back.json["state"] == "cancelled"
    assert made.balance() | {"redeemed": 40, "held": 0, "available": 60} == made.balance()
    again = made.learner.post(f"/v1/redemptions/{kept['redemption']}/cancellation", {})
    assert (again.status, again.json["instead"]) == (409, "returnLine")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "missing_field"),
        ({"title": "Jira"}, "missing_field"),
        ({"lines": [{}]}, "missing_field"),
        ({"lines": [{"title": "Jira"}]}, "missing_field"),
        ({"lines": [{"offering": "ADM-1", "title": "Jira", "credits": 1}]}, "missing_field"),
        ({"lines": [{"title": "Jira", "credits": 1, "quantity": 2}]}, "value_not_allowed"),
        ({"lines": [{"offering": "ADM-1", "pay": [{}]}]}, "missing_field"),
        ({"lines": [{"offering": "ADM-1", "pay": [{"code": "x", "lot": "y"}]}]}, "missing_field"),
        ({"lines": [{"offering": "ADM-1", "quantity": 101}]}, "out_of_range"),
        ({"lines": [{"offering": "NONE"}]}, "offering_not_found"),
        ({"lines": [{"offering": "ADM-1", "session": "S9"}]}, "offering_not_found"),
        ({"lines": [{"offering": "ADM-1"}]}, "session_needed"),
        ({"lines": [FIRST | {"credits": 1}]}, "price_given"),
    ],
)
def test_a_line_that_says_too_little_or_too_much_is_refused(
    acme: Company, body: dict[str, Any], code: str
) -> None:
    no = acme.learner.post("/v1/redemptions", {"code": acme.code} | body)
    assert no.json["code"] == code, no
    assert acme.learner.post("/v1/carts", {"code": acme.code} | body).status < 500


def test_a_request_without_anything_that_pays_names_its_account(acme: Company) -> None:
    free = {"lines": [SECOND]}
    assert acme.learner.post("/v1/redemptions", free).json["code"] == "missing_field"
    named = acme.owner.post("/v1/redemptions", free | {"account": acme.account})
    assert named.json["code"] == "tender_incomplete"
    hidden = acme.learner.post("/v1/redemptions", free | {"account": acme.account})
    assert hidden.json["code"] == "account_not_found"


@pytest.mark.rule("CI-14")
@pytest.mark.rule("CI-37")
@pytest.mark.rule("CI-38")
def test_several_sales_orders_pay_together_or_not_at_all_and_another_is_named(wire: Wire) -> None:
    made = company(wire, program="cisco")
    numbers = [made.buys(credits)["sale"]["sales_order"] for credits in (15, 5, 30)]
    live = {"title": "Cisco Live", "credits": 22}
    pay = [{"sales_order": numbers[0], "credits": 15}, {"sales_order": numbers[1], "credits": 7}]
    no = made.learner.post("/v1/redemptions", {"lines": [live | {"pay": pay}]}).json
    assert (no["code"], no["rule"], no["missing"]) == ("insufficient_credits", "CI-38", 2)
    assert [one["sales_order"] for one in no["instead"]] == [numbers[2]]
    assert made.balance()["held"] == 0
    pay[1] = {"sales_order": numbers[2], "credits": 7}
    asked = made.learner.post("/v1/redemptions", {"lines": [live | {"pay": pay}]})
    assert (asked.status, made.balance()["held"]) == (201, 22)
    (waits,) = made.owner.get(f"{made.path}/redemptions").json["requests"]
    assert [draw["credits"] for draw in waits["lines"][0]["lots"]] == [15, 7]
