"""The catalogue over the real handlers: brought in by operators, seen by everybody of a program."""

import json
from typing import Any

import pytest

from tests.http.people import Company, Who, company, operator, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps

IMPORTS = "/v1/catalogue/imports"
COURSE = {"kind": "offering", "offering": "ADM-1", "type": "class", "title": "Administration"}
RUN = {
    "kind": "session",
    "offering": "ADM-1",
    "session": "S1",
    "starts_on": "2199-03-01",
    "ends_on": "2199-03-03",
    "mode": "in_person",
    "country": "DE",
    "language": "de",
    "seats": 12,
}


@pytest.fixture(scope="module")
def acme(wire: Wire) -> Company:
    """It has accepted the terms of its program, if there are any."""
    return company(wire, program="salesforce")


@pytest.fixture(scope="module")
def olga(acme: Company) -> Who:
    return acme.staff[0]


def brings(who: Who, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    reply = who.post(IMPORTS, {"format": "json", "rows": rows, **more})
    assert reply.status == 200, reply
    answer: dict[str, Any] = reply.json
    return answer


def test_a_course_comes_in_as_a_table_and_is_shown_with_its_session(
    acme: Company, olga: Who
) -> None:
    text = (
        "kind,offering,type,title,title_de,collections,price_minor,price_minor_EUR,session,"
        "starts_on,ends_on,mode,country,language,seats\n"
        "offering,ADM-1,class,Administration,Verwaltung,Administrator,150000,140000,,,,,,,\n"
        "session,ADM-1,,,,,,,S1,2199-03-01,2199-03-03,in_person,DE,de,12\n"
    )
    reply = olga.post(IMPORTS, {"format": "csv", "text": text})
    assert reply.json == {"rows": 2, "good": 2, "written": 2}
    seen = acme.learner.get("/v1/catalogue/ADM-1", "language=de&currency=EUR").json
    assert seen == {
        "offering": {
            "offering": "ADM-1",
            "type": "class",
            "title": "Verwaltung",
            "audience": "public",
            "eligible": True,
            "collections": ["Administrator"],
            "fulfilment": "session",
            "credits": 1_500,
            "price_minor": 140_000,
            "currency": "EUR",
        },
        "sessions": [
            {
                "session": "S1",
                "starts_on": "2199-03-01",
                "ends_on": "2199-03-03",
                "mode": "in_person",
                "country": "DE",
                "language": "de",
                "seats_left": 12,
            }
        ],
    }
    listed = acme.learner.get("/v1/catalogue", "collection=Administrator&currency=EUR").json
    assert [one["title"] for one in listed["offerings"]] == ["Administration"]
    assert acme.learner.get("/v1/catalogue", "collection=Developer").json == {"offerings": []}


@pytest.mark.rule("CI-07")
def test_with_the_filter_a_page_leaves_out_what_credits_do_not_pay_for(own_wire: Wire) -> None:
    olga = operator(own_wire, program="cisco")
    olga.arrives()
    rows = [COURSE | {"offering": f"C-{n}", "eligible": n % 2 == 1} for n in range(5)]
    brings(olga, *rows)
    found, cursor = [], ""
    while True:
        page = olga.get("/v1/catalogue", f"eligible=true&limit=1{cursor}").json
        found += [one["offering"] for one in page["offerings"]]
        if "cursor" not in page:
            break
        cursor = f"&cursor={page['cursor']}"
    assert found == ["C-1", "C-3"]
    (hidden,) = [
        one for one in olga.get("/v1/catalogue").json["offerings"] if one["offering"] == "C-0"
    ]
    assert (hidden["eligible"], hidden["code"], hidden["rule"]) == (False, "not_eligible", "CI-06")


def test_one_bad_row_and_nothing_is_written(olga: Who, dump: Dumps) -> None:
    before = dump()
    answer = brings(olga, COURSE | {"offering": "NEW"}, RUN | {"ends_on": "2199-02-28"})
    assert answer == {
        "rows": 2,
        "good": 1,
        "written": 0,
        "bad": [
            {
                "row": 2,
                "field": "ends_on",
                "code": "date_not_possible",
                "detail": "It ends before it starts.",
            }
        ],
    }
    assert brings(olga, COURSE | {"offering": "NEW"}, dry_run=True)["written"] == 0
    assert dump() == before


def test_whoever_is_no_operator_is_not_told_what_is_wrong_with_their_rows(acme: Company) -> None:
    for body in ({"format": "json", "rows": [{}]}, {"format": "csv", "text": "no table"}):
        reply = acme.owner.post(IMPORTS, body)
        assert (reply.status, reply.code) == (403, "operator_only")
        assert reply.heard == []


def test_a_body_of_two_million_characters_is_read(olga: Who, dump: Dumps) -> None:
    """Of any other route ten thousand are too many."""
    rows = [RUN | {"session": f"S{n}", "mode": "x" * 900} for n in range(2_000)]
    before = dump()
    answer = brings(olga, *rows)
    assert len(json.dumps(rows)) > 2_000_000
    assert (answer["good"], len(answer["bad"])) == (0, 2_000)
    assert dump() == before


def test_what_one_program_offers_another_does_not(olga: Who, wire: Wire) -> None:
    brings(olga, COURSE)
    stranger = someone(wire, "stranger", program="atlassian")
    assert stranger.get("/v1/catalogue/ADM-1").status == 404
    assert stranger.get("/v1/catalogue").json == {"offerings": []}


def test_an_import_is_a_read_and_a_transaction_for_each_60_items(olga: Who) -> None:
    runs = [RUN | {"session": f"B{n}", "offering": "BIG" if n else "ADM-1"} for n in range(119)]
    brings(olga, COURSE)
    rows = [COURSE | {"offering": "BIG"}, *runs]
    reply = olga.post(IMPORTS, {"format": "json", "rows": rows})
    assert [request.operation for request in reply.heard] == [
        "BatchGetItem",
        *["TransactWriteItems"] * 3,
    ]
