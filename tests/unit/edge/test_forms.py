"""From the body of a request to spend to its form: each line, and what pays for it."""

from typing import Any

import pytest

from training_credits.domain.decisions.wishes import Wish
from training_credits.domain.model import Attendee, Line
from training_credits.edge import schemas
from training_credits.edge.forms import form
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.use_cases.instruments import Instrument, Position

CODE, NUMBER = Instrument(code="7K2P"), Instrument(sales_order="SO-1")
SINGLE = Position(line=Line(title="t", credits=1), instruments=(CODE,))


def asked(**said: Any) -> schemas.NewRedemption:
    return schemas.NewRedemption(**said)


def listed(**said: Any) -> schemas.NewLine:
    return schemas.NewLine(**({"offering": "C"} | said))


@pytest.mark.parametrize(
    ("said", "pays"),
    [
        ({"code": "7K2P"}, CODE),
        ({"sales_order": "SO-1"}, NUMBER),
        ({"sales_order": " so-1 "}, NUMBER),
        ({"lot": "L1", "account": "A1"}, Instrument(lot_id="L1")),
    ],
)
def test_one_instrument_pays_for_a_single_line(said: dict[str, str], pays: Instrument) -> None:
    found = form(asked(title="t", credits=1, **said))
    assert found.lines == (Position(line=Line(title="t", credits=1), instruments=(pays,)),)
    assert found.account_id == said.get("account")


@pytest.mark.rule("AT-27")
def test_one_code_pays_for_every_line_that_does_not_say_itself_what_pays() -> None:
    own = (schemas.Pay(sales_order="SO-1", credits=15), schemas.Pay(code="7K2P", credits=7))
    found = form(asked(code="7K2P", lines=(listed(), listed(pay=own))))
    assert [line.instruments for line in found.lines] == [
        (CODE,),
        (
            Instrument(sales_order="SO-1", credits=15),
            Instrument(code="7K2P", credits=7),
        ),
    ]


@pytest.mark.rule("SF-26")
@pytest.mark.rule("SF-31")
@pytest.mark.rule("CI-09")
def test_a_line_is_all_that_was_said_of_it() -> None:
    bob = schemas.AttendeeBody(email="Bob@Acme.example", name="Bob")
    line = listed(session="S1", quantity=3, credits=120, statement_of_work="SOW-17", attendee=bob)
    (found,) = form(asked(code="7K2P", lines=(line,))).lines
    assert found == Position(
        line=Line(
            title="",
            credits=120,
            work="SOW-17",
            attendee=Attendee(email="bob@acme.example", name="Bob"),
        ),
        instruments=(CODE,),
        offering_id="C",
        session_id="S1",
        quantity=3,
    )


def test_a_single_line_stands_behind_those_of_the_list() -> None:
    found = form(asked(code="7K2P", title="t", credits=1, lines=(listed(),)))
    assert found.lines == (
        Position(line=Line(title="", credits=0), instruments=(CODE,), offering_id="C"),
        SINGLE,
    )


@pytest.mark.rule("SF-29")
def test_what_costs_nothing_names_the_account_and_nothing_that_pays() -> None:
    found = form(asked(account="A1", lines=(listed(),)))
    assert (found.account_id, found.instruments) == ("A1", ())


def test_a_wish_is_all_that_was_said_of_the_training() -> None:
    said: dict[str, Any] = {
        "country": "DE",
        "partner": True,
        "terms": "2024-09",
        "language": "de",
        "reserve": True,
    }
    assert form(asked(title="t", credits=1, code="x", **said)).wish == Wish(lines=(), **said)


MISSING, NOT_ALLOWED = BadInput.MISSING_FIELD, BadInput.NOT_ALLOWED
Said = dict[str, Any]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"code": "x"}, MISSING),
        ({"code": "x", "title": "t"}, MISSING),
        ({"code": "x", "credits": 1}, MISSING),
        ({"title": "t", "credits": 1}, MISSING),
        ({"title": "t", "credits": 1, "code": "x", "sales_order": "y"}, MISSING),
        ({"title": "t", "credits": 1, "code": "x", "lot": "y"}, MISSING),
        ({"lines": (listed(),)}, MISSING),
        ({"lines": (listed(), listed(pay=(schemas.Pay(code="x"),)))}, MISSING),
        ({"lines": (listed(pay=(schemas.Pay(credits=1),)),)}, MISSING),
        ({"lines": (listed(pay=(schemas.Pay(code="x", lot="y"),)),)}, MISSING),
        ({"code": "x", "lines": (schemas.NewLine(),)}, MISSING),
        ({"code": "x", "lines": (schemas.NewLine(title="t"),)}, MISSING),
        ({"code": "x", "lines": (listed(title="t"),)}, MISSING),
        (
            {"code": "x", "lines": (schemas.NewLine(title="t", credits=1, session="S"),)},
            NOT_ALLOWED,
        ),
        (
            {"code": "x", "lines": (schemas.NewLine(title="t", credits=1, quantity=2),)},
            NOT_ALLOWED,
        ),
    ],
)
def test_what_is_half_said_or_said_twice_is_not_understood(said: Said, reason: BadInput) -> None:
    with pytest.raises(BadRequest) as no:
        form(asked(**said))
    assert no.value.reason is reason
