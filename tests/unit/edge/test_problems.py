from dataclasses import replace

import pytest

from tests.fakes.clock import BEGIN
from training_credits.domain import errors
from training_credits.domain.errors import Reason
from training_credits.domain.program import Program
from training_credits.edge.problems import (
    STATUS,
    BadInput,
    BadRequest,
    NotSignedIn,
    body_of,
    status_of,
)
from training_credits.programs import program_named


def program(reason: Reason | None = None, rule: str = "") -> Program:
    """One that names this rule behind this reason, and where to open a case."""
    known = program_named("salesforce", BEGIN)
    rules = {} if reason is None else {reason: rule}
    return replace(known, rules=rules, help={"case": "https://vendor.example/case"})


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (BadRequest(BadInput.WRONG_TYPE, "No."), 400),
        (NotSignedIn(BadInput.NOT_SIGNED_IN, "No."), 401),
        (errors.Forbidden(Reason.NOT_PERMITTED, "No."), 403),
        (errors.NotFound(Reason.ACCOUNT_NOT_FOUND, "No."), 404),
        (errors.Conflict(Reason.KEY_REUSED, "No."), 409),
        (errors.Refused(Reason.NO_CREDITS, "No."), 422),
        (errors.Throttled(Reason.TOO_MANY_TRIES, "No."), 429),
        (errors.Unavailable(Reason.BUSY, "No."), 503),
    ],
)
def test_each_kind_of_no_has_its_status(problem: errors.Problem, status: int) -> None:
    assert status_of(problem) == status


def test_no_kind_of_no_is_without_a_status() -> None:
    kinds = {*errors.Problem.__subclasses__()}
    assert kinds == set(STATUS)


def test_a_problem_says_its_code_its_rule_and_what_would_make_it_a_yes() -> None:
    problem = errors.Refused(Reason.INSUFFICIENT_CREDITS, "200 credits are missing.", missing=200)
    assert body_of(problem, program(Reason.INSUFFICIENT_CREDITS, "SF-27")) == {
        "type": "urn:training-credits:problem:insufficient_credits",
        "title": "Refused",
        "status": 422,
        "code": "insufficient_credits",
        "detail": "200 credits are missing.",
        "rule": "SF-27",
        "case_link": "https://vendor.example/case?code=insufficient_credits&rule=SF-27",
        "missing": 200,
    }


@pytest.mark.rule("SF-33")
def test_a_case_is_opened_with_what_is_known_and_only_about_the_checkout() -> None:
    unruled = body_of(errors.Refused(Reason.NO_CREDITS, "No."), program())
    assert unruled["case_link"] == "https://vendor.example/case?code=no_credits&rule="
    for reason in (Reason.CODE_EXISTS, Reason.KEY_REUSED):
        assert "case_link" not in body_of(errors.Conflict(reason, "No."), program())
    nowhere = replace(program(), help={})
    for unknown in (nowhere, None):
        assert "case_link" not in body_of(errors.Refused(Reason.NO_CREDITS, "No."), unknown)


@pytest.mark.parametrize("known", [None, Reason.CODE_EXISTS])
@pytest.mark.parametrize(
    "problem",
    [
        errors.Conflict(Reason.KEY_REUSED, "No."),
        BadRequest(BadInput.WRONG_TYPE, "No."),
        NotSignedIn(BadInput.NOT_SIGNED_IN, "No."),
    ],
)
def test_a_problem_without_a_rule_names_none(problem: errors.Problem, known: Reason | None) -> None:
    assert "rule" not in body_of(problem, program(known, "AT-15"))
    assert "rule" not in body_of(problem, None)


def test_codes_are_stable_words_and_no_two_mean_the_same() -> None:
    codes = [*Reason, *BadInput]
    assert len({str(code) for code in codes}) == len(codes)
    assert all(code.replace("_", "").isalpha() and code.islower() for code in codes)
