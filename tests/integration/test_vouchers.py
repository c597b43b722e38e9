"""Vouchers over the real handlers: exams are paid for, exported, handed out and taken."""

import csv
import io
import re
import uuid
from typing import Any

import pytest

from tests.http.people import Company, Reply, Who, company, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps

EXAM = {
    "kind": "offering",
    "offering": "EX-1",
    "type": "bulk_exam",
    "title": "=Administrator",
    "credits": 200,
    "partner": "Webassessor",
}
TEXT = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}")
LEE = {"email": "Lee@acme.example", "name": "Lee"}


@pytest.fixture(scope="module")
def acme(wire: Wire) -> Company:
    made = company(wire, program="salesforce", credits=20_000)
    brought = made.staff[0].post("/v1/catalogue/imports", {"format": "json", "rows": [EXAM]})
    assert brought.json["written"] == 1
    return made


@pytest.fixture(scope="module")
def kim(acme: Company) -> Who:
    """The account's education advisor, who redeems what is not sold to learners."""
    kim = someone(acme.owner.wire, "kim", program="salesforce", groups=("advisor",))
    named = {"name": "Kim", "email": kim.email}
    assert acme.staff[0].put(f"{acme.path}/contacts/advisor", named).status == 200
    return kim


@pytest.fixture(scope="module")
def machine(acme: Company) -> Who:
    """The exam system's."""
    return someone(acme.owner.wire, "vue", program="salesforce", groups=("integrator",))


def buys(acme: Company, kim: Who, count: int) -> str:
    """The path of a request for so many exams."""
    (lot, *_) = acme.owner.get(acme.path).json["lots"]
    body = {
        "lines": [{"offering": "EX-1", "quantity": count}],
        "account": acme.account,
        "lot": lot["lot"],
        "terms": "2024-09",
    }
    asked = kim.post("/v1/redemptions", body)
    assert (asked.status, asked.json.get("state")) == (201, "approved"), asked
    return f"/v1/redemptions/{asked.json['redemption']}"


def exports(who: Who, path: str, key: str | None = None, query: str = "") -> Reply:
    sent = ("content-type", "application/json"), ("idempotency-key", key or uuid.uuid4().hex)
    return who.send("POST", f"{path}/voucher-exports", "{}", headers=sent, query=query)


def vouchers(who: Who, path: str) -> list[dict[str, Any]]:
    reply = who.get(f"{path}/vouchers")
    assert reply.status == 200, reply
    listed: list[dict[str, Any]] = reply.json["vouchers"]
    return listed


@pytest.mark.rule("SF-21")
def test_20_exams_at_200_debit_4000_and_20_codes_are_exported(acme: Company, kim: Who) -> None:
    before = acme.balance()["available"]
    path = buys(acme, kim, 20)
    assert acme.balance()["available"] == before - 4_000
    masked = vouchers(kim, path)
    assert [set(each) for each in masked] == [
        {"voucher", "line", "title", "hint", "state", "issued_at", "usable_until", "partner"}
    ] * 20
    reply = exports(kim, path)
    assert reply.status == 200
    texts = [each.pop("text") for each in reply.json["vouchers"]]
    assert reply.json["vouchers"][0]["partner"] == "Webassessor"
    assert all(TEXT.fullmatch(text) for text in texts)
    assert len(set(texts)) == 20
    assert [text[-4:] for text in texts] == [each["hint"] for each in masked]


@pytest.mark.rule("SF-21")
def test_as_a_table_each_voucher_is_a_row_that_no_spreadsheet_runs(acme: Company, kim: Who) -> None:
    path = buys(acme, kim, 2)
    (first, second) = vouchers(kim, path)
    assert kim.put(f"{path}/vouchers/{first['voucher']}/holder", LEE).status == 200
    reply = exports(kim, path, query="format=csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.body.decode())))
    assert all(TEXT.fullmatch(row.pop("text")) for row in rows)
    common = {"title": "'=Administrator", "usable_until": first["usable_until"]}
    common |= {"partner": "Webassessor"}
    assert rows == [
        {"voucher": first["voucher"], "state": "assigned", "holder": "lee@acme.example"} | common,
        {"voucher": second["voucher"], "state": "issued", "holder": ""} | common,
    ]


@pytest.mark.rule("SF-21")
def test_the_texts_are_shown_once_and_again_only_to_who_sends_the_same_request(
    acme: Company, kim: Who, dump: Dumps
) -> None:
    path = buys(acme, kim, 2)
    first = exports(kim, path, "a-key-of-kim")
    again = exports(kim, path, "a-key-of-kim")
    assert (again.status, again.body) == (200, first.body)
    table = exports(kim, path, "a-key-of-kim", "format=csv")
    for each in first.json["vouchers"]:
        assert each["text"] in table.body.decode()
        for text in (each["text"], each["text"].replace("-", "")):
            assert text not in repr(dump())
    no = exports(acme.owner, path)
    assert (no.status, no.code) == (409, "vouchers_exported")
    assert no.json["exported_at"]
    line = acme.owner.get(f"{acme.path}/history").json["happenings"][-1]
    said = line["kind"], line["actor"], line["about"], line["detail"]
    assert said == ("vouchers_exported", kim.email, path.rpartition("/")[2], "2 vouchers")


def test_a_key_that_was_used_for_another_export_shows_nothing(acme: Company, kim: Who) -> None:
    one, other = buys(acme, kim, 1), buys(acme, kim, 1)
    assert exports(kim, one, "one-key-of-kim").status == 200
    no = exports(kim, other, "one-key-of-kim")
    assert (no.status, no.code) == (409, "idempotency_key_reused")
    assert exports(kim, other).status == 200


@pytest.mark.rule("SF-21")
def test_a_voucher_is_handed_out_taken_back_and_used(acme: Company, kim: Who, machine: Who) -> None:
    path = buys(acme, kim, 1)
    (voucher,) = vouchers(acme.owner, path)
    place = f"{path}/vouchers/{voucher['voucher']}"
    lee = {"email": "lee@acme.example", "name": "Lee"}
    for _ in range(2):
        held = acme.owner.put(f"{place}/holder", LEE)
        assert (held.status, held.json) == (200, voucher | {"state": "assigned", "holder": lee})
    for _ in range(2):
        free = kim.delete(f"{place}/holder")
        assert (free.status, free.json) == (200, voucher)
    used = machine.post(f"{place}/use", {"holder": LEE}, "an-exam-of-lee")
    assert (used.status, used.json) == (200, voucher | {"state": "used", "holder": lee})
    again = machine.post(f"{place}/use", {"holder": LEE}, "an-exam-of-lee")
    assert (again.status, again.body) == (200, used.body)
    no = machine.post(f"{place}/use", {})
    assert (no.status, no.code, no.json["state"]) == (422, "voucher_done", "used")
    assert vouchers(kim, path) == [used.json]


@pytest.mark.rule("SF-22")
def test_a_voucher_is_good_to_the_end_of_the_lot_that_paid(acme: Company, kim: Who) -> None:
    path = buys(acme, kim, 1)
    (lot, *_) = acme.owner.get(acme.path).json["lots"]
    assert [each["usable_until"] for each in vouchers(kim, path)] == [lot["expires_on"]]


def test_26_vouchers_are_refused_before_anything_is_written(
    acme: Company, kim: Who, dump: Dumps
) -> None:
    (lot, *_) = acme.owner.get(acme.path).json["lots"]
    body = {
        "lines": [{"offering": "EX-1", "quantity": 26}],
        "account": acme.account,
        "lot": lot["lot"],
        "terms": "2024-09",
    }
    before = dump()
    no = kim.post("/v1/redemptions", body)
    assert (no.status, no.code, no.json["most"]) == (422, "too_many_vouchers", 25)
    assert dump() == before


def test_of_another_company_and_to_a_learner_with_the_code_there_are_no_vouchers(
    acme: Company, kim: Who, wire: Wire
) -> None:
    path = buys(acme, kim, 1)
    (voucher,) = vouchers(kim, path)
    other = company(wire, program="salesforce")
    for who in (acme.learner, other.owner, someone(wire, "kay", program="salesforce")):
        for reply in (
            who.get(f"{path}/vouchers"),
            exports(who, path),
            who.put(f"{path}/vouchers/{voucher['voucher']}/holder", LEE),
            who.delete(f"{path}/vouchers/{voucher['voucher']}/holder"),
            who.post(f"{path}/vouchers/{voucher['voucher']}/use", {}),
        ):
            assert (reply.status, reply.code) == (404, "redemption_not_found")


def test_an_export_is_two_reads_of_places_two_queries_and_a_transaction(
    acme: Company, kim: Who
) -> None:
    path = buys(acme, kim, 2)
    assert [request.operation for request in exports(kim, path).heard] == [
        "BatchGetItem",
        "BatchGetItem",
        "Query",
        "TransactWriteItems",
        "Query",
    ]


def test_a_voucher_that_cannot_be_one_is_not_looked_up(acme: Company, kim: Who) -> None:
    path = buys(acme, kim, 1)
    reply = kim.delete(f"{path}/vouchers/never/holder")
    assert (reply.status, reply.code, reply.heard) == (404, "voucher_not_found", [])
