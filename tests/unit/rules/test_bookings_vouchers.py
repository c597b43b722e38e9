"""What goes with a line that is given back: vouchers, budgets; and the laws of all of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.builders import SECRET, refused
from tests.unit.rules.bookings_tools import JUNE, Booked, broken, state_of, world
from training_credits.domain.change import MoveVoucher, SetBudget, UseBudget
from training_credits.domain.errors import Reason
from training_credits.domain.model import (
    Attendee,
    Audience,
    Balance,
    Budget,
    LineState,
    VoucherState,
)
from training_credits.use_cases.vouchers import export


@pytest.mark.rule("CI-48")
def test_a_subscription_has_begun_when_it_is_paid_and_is_not_given_back() -> None:
    made = world("cisco")
    made.lists("ALL", type="subscription", title="All access")
    asked = made.books(("ALL", None))
    assert refused(lambda: made.back(asked)).reason is Reason.NOT_RETURNABLE


def exams(made: Booked, count: int = 3) -> str:
    """So many vouchers, each for 300 credits."""
    made.lists("X", type="exam", title="Exam")
    return made.books(("X", None), count=count)


@pytest.mark.rule("SF-21")
def test_no_text_goes_out_of_what_was_given_back() -> None:
    """Else whoever has their credits back could have the exams as well."""
    made = world("cisco")
    asked = exams(made)
    made.back(asked)
    asking = made.intent("lee", "export")
    no = refused(lambda: export(made.ledger, made.clock, asking, asked, secret=SECRET))
    assert (no.reason, no.facts["state"]) == (Reason.VOUCHER_DONE, "void")


@pytest.mark.rule("CI-31")
def test_the_vouchers_of_what_is_given_back_are_void() -> None:
    made = world("cisco")
    asked = exams(made)
    assert len(made.vouchers(asked)) == 3
    made.back(asked)
    assert {voucher.state for voucher in made.vouchers(asked)} == {VoucherState.VOID}
    assert state_of(made, asked) == (LineState.RETURNED, 900)


@pytest.mark.rule("SF-21")
def test_vouchers_whose_texts_have_gone_out_only_the_vendor_takes_back() -> None:
    """Whoever has the texts could use them, and have the credits too."""
    made = world("cisco")
    asked = exams(made)
    export(made.ledger, made.clock, made.intent("lee", "export"), asked, secret=SECRET)
    no = refused(lambda: made.back(asked))
    assert (no.reason, no.facts["exported_at"]) == (
        Reason.NOT_RETURNABLE,
        made.clock().isoformat(),
    )
    assert made.balance() == Balance(available=2_100, redeemed=900)
    made.back(asked, who=made.advisor())
    assert made.balance() == Balance(available=3_000)


def test_with_one_voucher_used_nothing_is_given_back() -> None:
    made = world("cisco")
    asked = exams(made)
    first = made.vouchers(asked)[0]
    used = replace(first, state=VoucherState.USED, holder=Attendee(email="l@x.de", name="L"))
    made.commit(MoveVoucher(voucher=used, was=first))
    no = refused(lambda: made.back(asked))
    assert (no.reason, no.facts["state"]) == (Reason.VOUCHER_DONE, "used")
    assert [v.state for v in made.vouchers(asked)] == ["used", "issued", "issued"]
    assert made.balance() == Balance(available=2_100, redeemed=900)


def test_a_voucher_that_is_used_at_the_last_moment_is_seen() -> None:
    made = world("cisco")
    asked = exams(made, 1)
    (only,) = made.vouchers(asked)
    used = replace(only, state=VoucherState.USED)
    made.ledger.meanwhile.append(lambda: made.commit(MoveVoucher(voucher=used, was=only)))
    assert refused(lambda: made.back(asked)).reason is Reason.VOUCHER_DONE


def test_only_the_vouchers_of_this_line_are_void() -> None:
    made = world("cisco")
    made.lists("X", type="exam", title="Exam")
    asked = made.books(("X", None), ("X", None))
    made.back(asked, 2)
    assert [(v.line, str(v.state)) for v in made.vouchers(asked)] == [(1, "issued"), (2, "void")]


def test_the_budget_of_the_learner_has_the_returned_credits_back() -> None:
    made = world()
    made.lists("PRIV", audience=Audience.PRIVATE)
    made.runs("P-1", date(2027, 6, 9), offering="PRIV")
    team = Budget(budget_id="B1", name="Team", limit=500, left=500, learners=("lee@acme.example",))
    made.commit(SetBudget(budget=team, was=None))
    asked = made.books(("PRIV", "P-1"))
    made.commit(UseBudget(budget_id="B1", credits=50))
    made.on(date(2027, 5, 13))
    made.back(asked)
    (budget,) = made.book().budgets
    assert budget.left == 500 - 50 - 150


@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
def test_the_laws_hold_of_all_that_becomes_of_a_booking(program: str) -> None:
    made = world(program)
    made.runs("JUN-25", date(2027, 6, 25))
    asked = made.books(JUNE, JUNE, JUNE, JUNE)
    made.back(asked, 1)
    made.moves(asked, "JUN-25", 2)
    made.reports(asked, 3)
    made.back(asked, 2)
    assert broken(made) == []


def planted(made: Booked, **facts: Any) -> list[str]:
    """What the audit says of a booking whose line was tampered with."""
    asked = made.redemption(made.books(JUNE))
    rows = made.ledger.rows(made.program, made.account)
    lines = (replace(asked.lines[0], **facts),)
    rows.asked.redemptions[asked.redemption_id] = replace(asked, lines=lines)
    return broken(made)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": LineState.RETURNED, "returned": 300},
        {"state": LineState.DELIVERED},
        {"returned": 1},
    ],
)
def test_the_audit_sees_a_line_that_its_entries_know_nothing_of(facts: dict[str, Any]) -> None:
    assert any("booking:" in law for law in planted(world(), **facts))
