"""Rows of an import, good and bad, from JSON and from tables."""

from datetime import date
from typing import Any

import pytest

from training_credits.domain.model import Audience, Mode, Offering, Session
from training_credits.edge import rows, schemas
from training_credits.edge.problems import BadInput, BadRequest

COURSE: dict[str, Any] = {"kind": "offering", "offering": "A-1", "type": "class", "title": "A"}
RUN: dict[str, Any] = {
    "kind": "session",
    "offering": "A-1",
    "session": "S1",
    "starts_on": "2026-09-01",
    "ends_on": "2026-09-02",
    "mode": "virtual",
    "country": "US",
}
HEADER = "kind,offering,type,title"
UNKNOWN, MISSING = BadInput.UNKNOWN_FIELD, BadInput.MISSING_FIELD
TYPE, RANGE = BadInput.WRONG_TYPE, BadInput.OUT_OF_RANGE
NOT_ALLOWED, TWICE = BadInput.NOT_ALLOWED, BadInput.DUPLICATE_FIELD


def sent(*records: dict[str, Any]) -> schemas.NewImport:
    return schemas.NewImport(format="json", rows=records)


def table(text: str) -> schemas.NewImport:
    return schemas.NewImport(format="csv", text=text)


def values(body: schemas.NewImport) -> list[Offering | Session]:
    sheet = rows.read(body)
    assert sheet.flaws == ()
    return [row.value for row in sheet.rows]


def bad(body: schemas.NewImport) -> list[tuple[int, str, str]]:
    return [(flaw.number, flaw.field, flaw.code) for flaw in rows.read(body).flaws]


def no_course(says: str, field: str, code: str, **wrong: Any) -> Any:
    return pytest.param(COURSE | wrong, field, code, id=f"a course: {says}")


def no_run(says: str, field: str, code: str, **wrong: Any) -> Any:
    return pytest.param(RUN | wrong, field, code, id=f"a session: {says}")


def without(record: dict[str, Any], field: str) -> Any:
    rest = {name: value for name, value in record.items() if name != field}
    return pytest.param(rest, field, MISSING, id=f"no {field} of a {record['kind']}")


@pytest.mark.parametrize(
    ("record", "field", "code"),
    [
        *(without(COURSE, field) for field in COURSE),
        *(without(RUN, field) for field in RUN if field != "kind"),
        no_course("an unknown kind", "kind", NOT_ALLOWED, kind="course"),
        no_course("a kind that is no text", "kind", NOT_ALLOWED, kind=["offering"]),
        no_course("an unknown field", "price", UNKNOWN, price=5),
        no_course("what a session has", "seats", UNKNOWN, seats=5),
        no_course("an id with a number sign", "offering", NOT_ALLOWED, offering="A#1"),
        no_course("an id of nothing", "offering", NOT_ALLOWED, offering=""),
        no_course("an id too long", "offering", NOT_ALLOWED, offering="A" * 65),
        no_course("an id and a line break", "offering", NOT_ALLOWED, offering="A-1\n"),
        no_course("a type in words", "type", NOT_ALLOWED, type="a class"),
        no_course("a title of two lines", "title", NOT_ALLOWED, title="A\nB"),
        no_course("a title of nothing", "title", RANGE, title=""),
        no_course("a title too long", "title", RANGE, title="A" * 201),
        no_course("a title that is none", "title", TYPE, title=7),
        no_course("one collection, not a list", "collections", TYPE, collections="core"),
        no_course("a collection in words", "collections", NOT_ALLOWED, collections=["for me"]),
        no_course("too many collections", "collections", RANGE, collections=["c"] * 21),
        no_course("an unknown audience", "audience", NOT_ALLOWED, audience="friends"),
        no_course("a mark in words", "eligible", TYPE, eligible="yes"),
        no_course("for nothing", "credits", RANGE, credits=0),
        no_course("for too much", "credits", RANGE, credits=10_000_001),
        no_course("for less than nothing", "price_minor", RANGE, price_minor=-1),
        no_course("a price in words", "price_minor", TYPE, price_minor="ten"),
        no_course("prices by country", "prices", NOT_ALLOWED, prices={"Euro": 5}),
        no_course("a price of nothing in euro", "prices", RANGE, prices={"EUR": 0}),
        no_course("titles by name", "titles", NOT_ALLOWED, titles={"German": "A"}),
        no_course("a title of two lines in German", "titles", NOT_ALLOWED, titles={"de": "A\nB"}),
        no_course("a partner of nothing", "partner", RANGE, partner=""),
        no_course("an unknown mode", "mode", NOT_ALLOWED, mode="hybrid"),
        no_course("a country in small letters", "country", NOT_ALLOWED, country="us"),
        no_run("what an offering has", "title", UNKNOWN, title="A"),
        no_run("taken seats", "taken", UNKNOWN, taken=3),
        no_run("no day", "starts_on", NOT_ALLOWED, starts_on="2026-02-30"),
        no_run("a day as Americans write it", "ends_on", NOT_ALLOWED, ends_on="9/2/2026"),
        no_run("a day before all", "starts_on", RANGE, starts_on="1999-12-31"),
        no_run("a day after all", "ends_on", RANGE, ends_on="3000-01-01"),
        no_run("an unknown mode", "mode", NOT_ALLOWED, mode="online"),
        no_run("a country by name", "country", NOT_ALLOWED, country="Germany"),
        no_run("a language by name", "language", NOT_ALLOWED, language="German"),
        no_run("no seats at all", "seats", RANGE, seats=0),
        no_run("too many seats", "seats", RANGE, seats=100_001),
        no_run("seats in words", "seats", TYPE, seats="many"),
        no_run("no id", "session", NOT_ALLOWED, session="-"),
    ],
)
def test_a_bad_row_is_named_by_its_number_its_field_and_its_code(
    record: dict[str, Any], field: str, code: str
) -> None:
    good = COURSE | {"offering": "A-0"}
    assert bad(sent(good, record, good)) == [(2, field, code)]
    assert len(rows.read(sent(good, record)).rows) == 1


def test_every_bad_row_is_named_and_each_once() -> None:
    found = bad(sent({}, COURSE, RUN | {"seats": 0, "mode": "?"}, {"kind": "x"}))
    assert [number for number, _, _ in found] == [1, 3, 4]


def test_two_rows_that_say_different_things_of_one_item_contradict_each_other() -> None:
    other, later = COURSE | {"title": "B"}, RUN | {"ends_on": "2026-09-03"}
    found = rows.read(sent(COURSE, RUN, COURSE, other, later, RUN | {"offering": "A-2"})).flaws
    assert [(flaw.number, flaw.field, flaw.code) for flaw in found] == [
        (4, "offering", TWICE),
        (5, "session", TWICE),
    ]
    assert [flaw.detail for flaw in found] == [
        "Row 1 says otherwise of the same thing.",
        "Row 2 says otherwise of the same thing.",
    ]


def test_a_row_of_a_table_can_say_all_that_one_of_json_can() -> None:
    text = (
        "\ufeffkind,offering,type,title,title_de,title_pt-BR,collections,family,audience,eligible,"
        "credits,price_minor,price_minor_EUR,partner,mode,country,session,starts_on,ends_on,"
        "language,seats\r\n"
        'offering,A-1,class,"A, in full",A ganz,,core; new;core,routing,private,FALSE,'
        "7,9,8,Lane Ü,virtual,AT,,,,,\r\n"
        "\r\n"
        "session,A-1,,,,,,,,,,,,,in_person,DE,S1,2026-09-01,2026-09-02,de,12\r\n"
        "offering,A-2,class,B\n"
    )
    assert values(table(text)) == [
        Offering(
            offering_id="A-1",
            type="class",
            title="A, in full",
            collections=("core", "new"),
            family="routing",
            audience=Audience.PRIVATE,
            eligible=False,
            credits=7,
            price_minor=9,
            prices={"EUR": 8},
            titles={"de": "A ganz"},
            partner="Lane Ü",
            mode=Mode.VIRTUAL,
            country="AT",
        ),
        Session(
            session_id="S1",
            offering_id="A-1",
            starts_on=date(2026, 9, 1),
            ends_on=date(2026, 9, 2),
            mode=Mode.IN_PERSON,
            country="DE",
            language="de",
            seats=12,
        ),
        Offering(offering_id="A-2", type="class", title="B"),
    ]


@pytest.mark.parametrize(
    ("header", "cells", "field", "code"),
    [
        ("credits", "ten", "credits", TYPE),
        ("credits", "1.5", "credits", TYPE),
        ("credits", "１０", "credits", TYPE),
        ("credits", "-1", "credits", RANGE),
        ("credits", "9" * 19, "credits", TYPE),
        ("eligible", "yes", "eligible", TYPE),
        ("price_minor_EUR", "1.400", "prices", TYPE),
        ("price_minor_eur", "5", "prices", NOT_ALLOWED),
        ("title_DE", "A", "titles", NOT_ALLOWED),
        ("seats", "5", "seats", UNKNOWN),
        ("family", "a,one too many", "", UNKNOWN),
    ],
)
def test_a_bad_cell_is_named_as_what_it_is_not(
    header: str, cells: str, field: str, code: str
) -> None:
    good = "offering,A-0,class,A"
    text = f"{HEADER},{header}\n{good}\n\noffering,A-1,class,A,{cells}\n"
    assert bad(table(text)) == [(2, field, code)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (schemas.NewImport(format="csv"), MISSING),
        (schemas.NewImport(format="json"), MISSING),
        (schemas.NewImport(format="csv", rows=()), MISSING),
        (schemas.NewImport(format="json", text=""), MISSING),
        (schemas.NewImport(format="json", rows=(), text=""), MISSING),
        (table("kind\n" + "offering\n" * 2_001), RANGE),
    ],
)
def test_what_is_no_table_at_all_is_refused_whole(body: schemas.NewImport, code: str) -> None:
    with pytest.raises(BadRequest) as no:
        rows.read(body)
    assert no.value.reason == code


@pytest.mark.parametrize(
    ("text", "number", "field", "code"),
    [
        ("", 0, "kind", MISSING),
        ("offering,type,title\n", 0, "kind", MISSING),
        ("kind,price\n", 0, "price", UNKNOWN),
        ("kind,prices\n", 0, "prices", UNKNOWN),
        ("kind,title_of_it\n", 0, "title_of_it", UNKNOWN),
        ("kind,offering,offering\n", 0, "offering", TWICE),
        ('"kind', 0, "", NOT_ALLOWED),
        (f'{HEADER}\noffering,A-1,class,A\n"offering,A-1', 2, "", NOT_ALLOWED),
        (f"{HEADER}\n{'x' * 140_000}", 1, "", NOT_ALLOWED),
    ],
)
def test_where_a_table_is_none_is_said_too(text: str, number: int, field: str, code: str) -> None:
    assert bad(table(text)) == [(number, field, code)]


@pytest.mark.parametrize("count", [0, 1, 2_000])
def test_an_import_may_have_2000_rows_or_none(count: int) -> None:
    assert rows.read(table(f"{HEADER}\n" + "offering,A-1,class,A\n" * count)).count == count
