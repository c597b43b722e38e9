"""Whoever guesses at codes learns nothing, and not for long: answers, headers, and what is asked
of AWS for them are the same, whatever the reason.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.http.casing import lot_of
from tests.http.people import Company, Reply, Who, assert_is_problem, company, someone
from tests.http.wire import Wire
from tests.proof.figures import Counts
from training_credits.domain.errors import Reason
from training_credits.edge import wiring

pytestmark = [pytest.mark.rule("SF-40"), pytest.mark.proves("G9")]
DAY, TRIES = 86_400, 100
UNKNOWN = "0000-0000-00000"
ALL = 100_000  # wrong codes, of fifty callers
Setting = Callable[[Company], dict[str, Any]]


def days_from_noon(patch: pytest.MonkeyPatch, days: int, minutes: int = 0) -> None:
    """So long after the next noon (UTC): no test begins on one day and ends on another."""
    patch.delenv("CLOCK_OFFSET_SECONDS", raising=False)
    now = datetime.now(UTC)
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    wait = (noon - now) % timedelta(days=1) + timedelta(days=days, minutes=minutes)
    patch.setenv("CLOCK_OFFSET_SECONDS", str(wait.total_seconds()))


def issued(made: Company, **conditions: Any) -> dict[str, Any]:
    return made.issues(lot=lot_of(made), **conditions)


def code_path(made: Company, code: dict[str, Any]) -> str:
    return f"{made.path}/codes/{code['code_id']}"


def revoked(made: Company) -> dict[str, str]:
    code = issued(made)
    assert made.owner.delete(code_path(made, code)).status == 204
    return {"code": code["code"]}


def rotated(made: Company, grace: int = 0, times: int = 1) -> dict[str, str]:
    """The text it had at first."""
    code = issued(made)
    for _ in range(times):
        path = f"{code_path(made, code)}/rotations"
        assert made.owner.post(path, {"grace_hours": grace}).status == 201
    return {"code": code["code"]}


def ended(made: Company) -> dict[str, str]:
    today = f"{wiring.clock():%Y-%m-%d}"
    return {"code": issued(made, ends_on=today)["code"]}


def of_another_program(made: Company) -> dict[str, str]:
    return {"code": company(made.owner.wire).code}


CAUSES: dict[str, Setting] = {
    "unknown": lambda _: {"code": UNKNOWN},
    "malformed": lambda _: {"code": "no code at all"},
    "not in ASCII": lambda _: {"code": "ｃｏｄｅ"},
    "of another program": of_another_program,
    "revoked": revoked,
    "replaced": rotated,
    "replaced, and its grace is over": lambda made: rotated(made, grace=1),
    "replaced twice": lambda made: rotated(made, grace=720, times=2),
    "ended": ended,
    "for other addresses": lambda made: {"code": issued(made, domains=["globex.example"])["code"]},
}


def shape(value: Any) -> Any:
    """What is asked for without what it is asked with: names, and the lengths of words.

    In no order: a batch has none.
    """
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted((shape(inner) for inner in value), key=repr)
    return f"{len(value)} characters" if isinstance(value, str) else value


def looks(reply: Reply) -> Any:
    trace = [(request.service, request.operation, shape(request.body)) for request in reply.heard]
    return reply.status, reply.body, reply.headers, trace


@pytest.mark.proves("T2")
def test_five_reasons_and_their_kin_look_the_same(
    own_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_from_noon(monkeypatch, 0)
    made = company(own_wire, program="salesforce", credits=100)
    paid = {cause: setting(made) for cause, setting in CAUSES.items()}
    replies = {}
    for number, (cause, how) in enumerate(paid.items()):
        days_from_noon(monkeypatch, 2, minutes=number * 60)  # a few in a row are too many
        replies[cause] = made.wants(**how)
    for cause, reply in replies.items():
        assert (reply.status, reply.code) == (422, Reason.CODE_NOT_ACCEPTED), cause
        assert looks(reply) == looks(replies["unknown"]), cause
    assert_is_problem(replies["unknown"])
    assert made.wants().status == 201


@pytest.mark.proves("T2")
def test_numbers_of_orders_tell_outsiders_nothing_either(own_wire: Wire) -> None:
    made, other = (company(own_wire, program="cisco", credits=10) for _ in range(2))
    buyer = someone(own_wire, "buyer", program="cisco")
    made.adds(buyer, "buyer")
    number = made.pays_with["sales_order"]
    asked = {
        "unknown": ("SO-0".ljust(len(number), "0"), made.learner),
        "of another account": (other.pays_with["sales_order"], made.learner),
        "a role that does not spend": (number, buyer),
        "a stranger": (number, other.learner),
    }
    replies = {says: made.wants(who=who, sales_order=so) for says, (so, who) in asked.items()}
    for says, reply in replies.items():
        assert (reply.status, reply.code) == (422, Reason.CODE_NOT_ACCEPTED), says
        assert looks(reply)[:3] == looks(replies["unknown"])[:3], says
        operations = [request.operation for request in reply.heard]
        assert operations == [request.operation for request in replies["unknown"].heard], says


def guess(made: Company, who: Who, code: str = UNKNOWN) -> Reply:
    return made.wants(who=who, code=code)


@pytest.mark.proves("T1")
def test_after_a_hundred_wrong_codes_none_opens_anything_for_thirty_days(
    own_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_from_noon(monkeypatch, 0)
    made = company(own_wire, credits=10)
    eve = someone(own_wire, "eve")
    for number in range(100):
        text = UNKNOWN if number % 2 else "no code at all"
        assert guess(made, eve, text).code == Reason.CODE_NOT_ACCEPTED
    for day in (0, 29):
        days_from_noon(monkeypatch, day, minutes=30)
        wrong, right = (guess(made, eve, code) for code in (UNKNOWN, made.code))
        assert (right.status, right.code) == (429, Reason.TOO_MANY_TRIES)
        assert_is_problem(right)
        assert [asked.operation for asked in right.heard] == ["BatchGetItem"]
        assert looks(right) == looks(wrong)
    assert guess(made, made.learner, made.code).status == 201
    days_from_noon(monkeypatch, 30, minutes=30)
    assert guess(made, eve, made.code).status == 201


def test_only_wrong_codes_are_counted_and_only_for_who_tried_them(own_wire: Wire) -> None:
    made = company(own_wire, credits=10)
    eve = someone(own_wire, "eve")
    for _ in range(99):
        assert guess(made, eve).status == 422
    assert guess(made, eve, made.code).status == 201
    assert made.wants(11, who=eve).code == Reason.INSUFFICIENT_CREDITS
    assert guess(made, eve).code == Reason.CODE_NOT_ACCEPTED
    assert guess(made, eve, made.code).code == Reason.TOO_MANY_TRIES
    assert guess(made, made.learner).code == Reason.CODE_NOT_ACCEPTED
    same = Who(name=eve.name, wire=own_wire, program="salesforce")
    assert made.wants(who=same, terms="2024-09").code == Reason.CODE_NOT_ACCEPTED


@pytest.mark.proves("E11", "T1")
@pytest.mark.parametrize(
    ("callers", "each"),
    [(2, 110), pytest.param(50, ALL // 50, marks=[pytest.mark.proof, pytest.mark.timeout(3_600)])],
)
def test_of_wrong_codes_without_end_a_hundred_of_each_caller_are_looked_at(
    own_wire: Wire, figure: Counts, callers: int, each: int
) -> None:
    """What is asked of AWS for the others is the one read that says so, and nothing is written."""
    made = company(own_wire, credits=10)
    looked = 0
    for _ in range(callers):
        eve = someone(own_wire, "eve")
        for number in range(each):
            reply = guess(made, eve)
            looked += reply.code == Reason.CODE_NOT_ACCEPTED
            if number >= TRIES:
                assert (reply.status, reply.code) == (429, Reason.TOO_MANY_TRIES)
                assert [asked.operation for asked in reply.heard] == ["BatchGetItem"]
        assert guess(made, eve, made.code).code == Reason.TOO_MANY_TRIES
    if callers * each == ALL:
        figure(f"E11 codes looked at of {ALL:,}", looked, f"≤ {callers * TRIES}")
    assert looked == callers * TRIES
    assert made.balance()["available"] == 10
