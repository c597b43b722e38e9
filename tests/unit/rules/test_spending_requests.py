"""Requests of several lines: one header, one answer, all of it or nothing."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from tests.builders import lot_of, refused
from tests.unit.rules.people_tools import agree
from tests.unit.rules.selling_tools import instant
from tests.unit.rules.spending_tools import (
    BOB,
    atlassian,
    cisco,
    code,
    email,
    entries,
    line,
    number,
    offers,
    runs,
    salesforce,
)
from training_credits.domain.drawing import draw
from training_credits.domain.errors import NotFound, Problem, Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    Draw,
    EntryKind,
    Mode,
    RedemptionState,
    Role,
)

APPROVED = RedemptionState.APPROVED


@pytest.mark.rule("AT-27")
def test_an_order_of_two_courses_and_one_code_is_one_request_of_500() -> None:
    world = atlassian(credits=500)
    offers(world, "C1", "course", price_minor=30_000, mode=Mode.VIRTUAL, title="Jira Basics")
    offers(world, "C2", "course", price_minor=20_000, mode=Mode.VIRTUAL, title="Jira Admin")
    asked = world.redeem(lines=[line(code(world), offering=one) for one in ("C1", "C2")])
    kept = world.redemption(asked)
    assert ([one.credits for one in kept.lines], kept.credits) == ([300, 200], 500)
    assert (kept.title, kept.codes) == ("Jira Basics and 1 more", {world.code_id: 500})
    assert world.book().requests == (kept,)
    world.approve(asked)
    (entry,) = entries(world, asked)
    assert (entry.kind, entry.change) == (EntryKind.REDEEM, -500)
    assert world.balance() == Balance(redeemed=500)


@pytest.mark.rule("SF-26")
def test_a_cart_of_three_classes_of_1200_is_one_order_of_three_lines() -> None:
    world = salesforce(3_600)
    lines = []
    for place in range(3):
        offers(world, f"C{place}", "class", credits=1_200)
        runs(world, f"C{place}", f"2026-09-0{place + 1}", seats=1)
        lines.append(line(code(world), offering=f"C{place}", session="S1"))
    asked = world.redeem(lines=lines)
    kept = world.redemption(asked)
    assert (len(kept.lines), kept.credits, kept.state) == (3, 3_600, APPROVED)
    assert world.balance() == Balance(redeemed=3_600)
    shelf = world.ledger.place("salesforce").shelf.sessions
    assert [shelf[f"C{place}", "S1"].taken for place in range(3)] == [1, 1, 1]


@pytest.mark.rule("SF-26")
@pytest.mark.rule("SF-27")
def test_a_cart_of_which_the_last_line_cannot_be_paid_is_refused_whole() -> None:
    world = salesforce(3_599)
    offers(world, "C", "class", credits=1_200, mode=Mode.VIRTUAL)
    before = world.ledger.kept()
    no = refused(lambda: world.redeem(lines=[line(code(world), offering="C")] * 3))
    assert (no.reason, no.facts["line"], no.facts["missing"]) == (
        *(Reason.INSUFFICIENT_CREDITS, 3, 1),
    )
    assert world.ledger.kept() == before


@pytest.mark.rule("SF-26")
@pytest.mark.parametrize(
    ("type_", "facts", "reason"),
    [
        ("workshop", {"credits": 1}, Reason.ASSISTED_ONLY),
        ("hardware", {"credits": 1}, Reason.NOT_ELIGIBLE),
        ("class", {"credits": 1}, Reason.SESSION_NEEDED),
    ],
)
def test_a_no_to_one_line_says_which(type_: str, facts: dict[str, int], reason: Reason) -> None:
    world = salesforce()
    offers(world, "C", "class", credits=1_200, mode=Mode.VIRTUAL)
    offers(world, "D", type_, **facts)
    good, bad = line(code(world), offering="C"), line(code(world), offering="D")
    no = refused(lambda: world.redeem(lines=[good, bad]), Problem)
    assert (no.reason, no.facts["line"]) == (reason, 2)
    no = refused(lambda: world.redeem(lines=[bad]), Problem)
    assert "line" not in no.facts


@pytest.mark.rule("SF-31")
def test_a_registers_b_who_attends_and_the_terms_are_kept_with_the_order() -> None:
    world = salesforce()
    offers(world, "C", "class", credits=1_200, mode=Mode.VIRTUAL)
    asked = world.redeem(who="amy", lines=[line(code(world), offering="C", attendee=BOB)])
    kept = world.redemption(asked)
    assert (kept.learner.email, kept.lines[0].attendee) == (email("amy"), BOB)
    assert (kept.terms, kept.requested_at) == ("2024-09", world.clock())
    (entry,) = entries(world, asked)
    assert (entry.learner, entry.actor) == (email("amy"), "system")


@pytest.mark.rule("SF-31")
def test_each_line_has_an_attendee_of_its_own_or_whoever_asks() -> None:
    world = salesforce()
    lines = [line(code(world), credits=10, attendee=BOB), line(code(world), credits=10)]
    kept = world.redemption(world.redeem(who="amy", lines=lines))
    assert [one.attendee for one in kept.lines] == [BOB, None]


@pytest.mark.rule("CI-37")
@pytest.mark.rule("CI-38")
def test_15_and_7_of_two_orders_pay_for_a_pass_of_22_or_neither_is_touched() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    world.grant("SO-5002", 5, invoice=date(2026, 1, 20))
    offers(world, "P", "event", credits=22)
    no = refused(
        lambda: world.redeem(
            who="pat", lines=[line(number("SO-5001", 15), number("SO-5002", 7), offering="P")]
        )
    )
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 2)
    assert world.balance() == Balance(available=66)
    paid = [line(number("SO-5001", 17), number("SO-5002", 5), offering="P")]
    kept = world.redemption(world.redeem(who="pat", lines=paid))
    assert kept.draws == (Draw(lot_id="SO-5001", credits=17), Draw(lot_id="SO-5002", credits=5))


@pytest.mark.rule("SF-29")
@pytest.mark.rule("SF-09")
def test_what_the_signature_plan_gives_is_booked_without_a_code_and_moves_no_credit() -> None:
    world = salesforce()
    world.add("pia", Role.PLAYER)
    agree(world, success_plan="signature", ends_on=date(2027, 3, 31))
    offers(world, "C", "class", credits=1_500)
    runs(world, "C", "2026-09-01", mode=Mode.VIRTUAL, seats=1)
    asking = partial(world.redeem, lines=[line(offering="C", session="S1")], account=world.account)
    assert refused(lambda: asking(who="eve"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    kept = world.redemption(asking(who="pia"))
    assert (kept.state, kept.credits, kept.draws) == (APPROVED, 0, ())
    assert kept.lines[0].cost is not None
    assert kept.lines[0].cost.list_credits == 1_500
    assert entries(world, kept.redemption_id) == []
    assert world.balance() == Balance(available=10_000)
    assert world.ledger.place("salesforce").shelf.sessions["C", "S1"].taken == 1
    assert refused(lambda: asking(who="pia")).reason is Reason.SESSION_FULL


# Nothing is dated before its credits


@pytest.mark.rule("CI-45")
def test_credits_granted_on_1_march_do_not_pay_for_what_is_dated_10_february() -> None:
    granted = datetime(2027, 3, 1, 18, tzinfo=UTC)
    lot = lot_of("R1", 22, datetime(2028, 2, 29, tzinfo=UTC), granted)
    february = datetime(2027, 2, 10, 18, tzinfo=UTC)
    no = refused(lambda: draw([lot], 22, february))
    assert no.reason is Reason.INSUFFICIENT_CREDITS
    assert [(each["why"], each["available"]) for each in no.facts["lots"]] == [("not_yet", 22)]
    assert draw([lot], 22, granted) == (Draw(lot_id="R1", credits=22),)


@pytest.mark.rule("CI-45")
def test_a_debit_dated_before_a_reissue_is_refused_and_a_later_one_is_not() -> None:
    world = cisco("2027-01-10T18:00", Approval.AUTOMATIC)
    world.clock.at = instant("2027-03-01T18:00")
    world.grant("R1", 22, invoice=date(2027, 3, 1))
    world.clock.at = instant("2027-02-10T18:00")
    no = refused(lambda: world.redeem(22, "pat", sales_order="R1"))
    assert no.reason is Reason.INSUFFICIENT_CREDITS
    assert world.balance().redeemed == 0
    world.clock.at = instant("2027-03-01T18:00")
    assert world.redemption(world.redeem(22, "pat", sales_order="R1")).state is APPROVED
