"""A refusal names the rule of the caller's vendor, and never that of another."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.builders import refused
from tests.world import World
from training_credits.domain.errors import Conflict, Problem, Reason, Refused
from training_credits.domain.program import Program
from training_credits.edge.problems import body_of
from training_credits.programs import program_named

VENDORS = {"atlassian": "AT", "cisco": "CI", "salesforce": "SF"}
DATES: dict[str, dict[str, Any]] = {
    "cisco": {"invoice": date(2026, 1, 15)},
    "salesforce": {"order_start": date(2026, 1, 15), "issue": date(2026, 1, 16)},
}


def known(program: str) -> Program:
    return program_named(program, datetime(2026, 2, 10, tzinfo=UTC))


def named(program: str, problem: Problem) -> str | None:
    rule: str | None = body_of(problem, known(program)).get("rule")
    return rule


def funded(program: str) -> World:
    """An account with a lot of 500 and a way to spend it."""
    world = World(program=program)
    world.open()
    world.accept_terms("lee")
    if program == "atlassian":
        world.buy(500)
        world.issue_code()
    else:
        world.grant("O1", 500, **DATES[program])
        _ = world.issue_code(lot="O1") if program == "salesforce" else world.code_by_hand()
    return world


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("program", VENDORS)
def test_no_refusal_names_a_rule_of_another_vendor(program: str, reason: Reason) -> None:
    rule = named(program, Refused(reason, "No."))
    assert rule is None or re.fullmatch(rf"{VENDORS[program]}-\d\d", rule)
    assert rule == known(program).rules.get(reason)


@pytest.mark.rule("AT-39")
@pytest.mark.rule("CI-38")
@pytest.mark.rule("SF-27")
@pytest.mark.parametrize(
    ("program", "rule"), [("atlassian", "AT-39"), ("cisco", "CI-38"), ("salesforce", "SF-27")]
)
def test_too_few_credits_are_refused_by_the_rule_of_the_vendor(program: str, rule: str) -> None:
    world = funded(program)
    no = refused(lambda: world.redeem(501))
    assert (no.reason, named(program, no)) == (Reason.INSUFFICIENT_CREDITS, rule)


@pytest.mark.rule("AT-06")
@pytest.mark.rule("CI-20")
@pytest.mark.rule("SF-33")
@pytest.mark.parametrize(
    ("program", "rule"), [("atlassian", "AT-06"), ("cisco", "CI-20"), ("salesforce", "SF-33")]
)
def test_credits_that_ended_are_refused_by_the_rule_of_the_vendor(program: str, rule: str) -> None:
    world = funded(program)
    world.clock.advance(timedelta(days=400))
    no = refused(lambda: world.redeem(1))
    assert (no.reason, named(program, no)) == (Reason.CREDITS_EXPIRED, rule)


@pytest.mark.rule("AT-15")
@pytest.mark.rule("SF-37")
@pytest.mark.parametrize(
    ("program", "lot", "rule"), [("atlassian", None, "AT-15"), ("salesforce", "O1", "SF-37")]
)
def test_one_code_too_many_is_refused_by_the_rule_of_the_vendor(
    program: str, lot: str | None, rule: str
) -> None:
    world = funded(program)
    for _ in range(world.rules.codes.most - 1):
        world.issue_code(lot=lot)
    no = refused(lambda: world.issue_code(lot=lot), Conflict)
    assert (no.reason, named(program, no)) == (Reason.CODE_EXISTS, rule)


def test_one_refusal_names_another_rule_in_each_program_and_none_where_the_text_is_silent() -> None:
    def rules(reason: Reason) -> list[str | None]:
        return [named(program, Refused(reason, "No.")) for program in VENDORS]

    assert rules(Reason.CHANNEL_NOT_OFFERED) == ["AT-05", "CI-05", "SF-10"]
    assert rules(Reason.APPROVAL_NOT_OFFERED) == ["AT-03", "CI-40", "SF-27"]
    assert rules(Reason.CODE_NOT_ACCEPTED) == [None, "CI-14", "SF-40"]
    assert rules(Reason.OPERATOR_ONLY) == [None, "CI-13", "SF-10"]
    assert rules(Reason.ALREADY_OWNER) == ["AT-23", None, None]
    assert rules(Reason.NOT_REFUNDABLE) == [None, None, "SF-14"]
    assert rules(Reason.TERMS_REQUIRED) == [None, "CI-27", None]
    assert rules(Reason.TERMS_NOT_TICKED) == [None, None, "SF-31"]
    assert rules(Reason.TOO_MANY_INSTRUMENTS) == ["AT-27", None, "SF-28"]
    assert rules(Reason.TENDER_INCOMPLETE) == [None, "CI-37", "SF-27"]
    assert rules(Reason.DEADLINE_MISSED) == [None, "CI-34", "SF-18"]
    assert rules(Reason.REQUEST_LAPSED) == [None, "CI-36", None]
    assert rules(Reason.PRICE_NEEDED) == [None, "CI-09", None]
    assert rules(Reason.VOUCHER_DONE) == [None, "CI-08", "SF-21"]
    assert rules(Reason.TOO_MANY_TRIES) == [None, None, "SF-40"]
    assert rules(Reason.BUSY) == [None, None, None]
