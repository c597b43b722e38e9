import pytest

from training_credits.domain import errors
from training_credits.domain.errors import Reason
from training_credits.edge.problems import (
    STATUS,
    BadInput,
    BadRequest,
    NotSignedIn,
    body_of,
    status_of,
)


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
    assert body_of(problem, {Reason.INSUFFICIENT_CREDITS: "SF-27"}) == {
        "type": "urn:training-credits:problem:insufficient_credits",
        "title": "Refused",
        "status": 422,
        "code": "insufficient_credits",
        "detail": "200 credits are missing.",
        "rule": "SF-27",
        "missing": 200,
    }


@pytest.mark.parametrize("rules", [{}, {Reason.CODE_EXISTS: "AT-15"}])
@pytest.mark.parametrize(
    "problem",
    [
        errors.Conflict(Reason.KEY_REUSED, "No."),
        BadRequest(BadInput.WRONG_TYPE, "No."),
        NotSignedIn(BadInput.NOT_SIGNED_IN, "No."),
    ],
)
def test_a_problem_without_a_rule_names_none(
    problem: errors.Problem, rules: dict[Reason, str]
) -> None:
    assert "rule" not in body_of(problem, rules)


def test_codes_are_stable_words_and_no_two_mean_the_same() -> None:
    codes = [*Reason, *BadInput]
    assert len({str(code) for code in codes}) == len(codes)
    assert all(code.replace("_", "").isalpha() and code.islower() for code in codes)
