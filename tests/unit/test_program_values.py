"""What the three programs say, in the words of their rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from training_credits.domain.model import Approval, CodeScope, Permission, Role
from training_credits.domain.program import Anchor, HoldAt, Onboarding, Program, TermsWhen
from training_credits.programs import program_named

NAMES = ("atlassian", "cisco", "salesforce")


def now(name: str) -> Program:
    """What the program says in 2026."""
    return program_named(name, datetime(2026, 2, 10, tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.rule("AT-06")
@pytest.mark.parametrize(
    ("bought", "ends"), [("2026-02-10", "2027-02-10"), ("2028-02-29", "2029-02-28")]
)
def test_credits_end_a_year_after_the_purchase(bought: str, ends: str) -> None:
    expiry = now("atlassian").expiry
    assert expiry.on({Anchor.PURCHASE: date.fromisoformat(bought)}) == date.fromisoformat(ends)


@pytest.mark.rule("AT-06")
def test_the_last_day_is_usable_to_its_end() -> None:
    program = now("atlassian")
    assert program.expires_at(date(2027, 2, 10)) == at("2027-02-11T00:00:00+00:00")


@pytest.mark.rule("CI-20")
@pytest.mark.parametrize(
    ("invoiced", "ends"),
    [("2027-06-01", "2028-05-31"), ("2026-01-15", "2027-01-15"), ("2027-03-01", "2028-02-29")],
)
def test_365_calendar_days_run_from_the_invoice(invoiced: str, ends: str) -> None:
    expiry = now("cisco").expiry
    assert expiry.on({Anchor.INVOICE: date.fromisoformat(invoiced)}) == date.fromisoformat(ends)


@pytest.mark.rule("CI-21")
def test_credits_end_a_minute_past_midnight_where_the_vendor_is() -> None:
    program = now("cisco")
    end = program.expires_at(date(2027, 1, 15))
    assert program.expiry.at == time(0, 1)
    assert end == at("2027-01-15T00:01:00-08:00")
    assert end - timedelta(seconds=1) == at("2027-01-15T00:00:59-08:00")
    assert end.tzinfo is UTC


@pytest.mark.rule("CI-29")
def test_on_1_december_a_lot_that_ends_on_15_january_has_45_days_left() -> None:
    program = now("cisco")
    assert program.days_left(date(2027, 1, 15), at("2026-12-01T12:00:00-08:00")) == 45
    assert program.days_left(date(2027, 1, 15), at("2026-12-01T07:59:59+00:00")) == 46
    assert program.days_left(date(2027, 1, 15), at("2027-01-15T12:00:00-08:00")) == 0
    assert program.days_left(date(2027, 1, 15), at("2027-03-01T12:00:00-08:00")) == 0


@pytest.mark.rule("SF-15")
@pytest.mark.rule("SF-17")
@pytest.mark.parametrize(
    ("start", "issue"), [("2026-07-01", "2026-07-03"), ("2026-07-03", "2026-07-01")]
)
def test_of_two_dates_the_earlier_one_counts(start: str, issue: str) -> None:
    dates = {
        Anchor.ORDER_START: date.fromisoformat(start),
        Anchor.ISSUE: date.fromisoformat(issue),
    }
    assert now("salesforce").expiry.on(dates) == date(2027, 7, 1)


@pytest.mark.rule("SF-17")
def test_the_expiration_date_itself_is_usable() -> None:
    end = now("salesforce").expires_at(date(2027, 7, 1))
    assert at("2027-07-01T23:59:59-07:00") < end
    assert end == at("2027-07-02T00:00:00-07:00")


@pytest.mark.rule("SF-01")
def test_two_products_are_sold() -> None:
    products = {p.id: p.name for p in now("salesforce").products}
    assert products == {"LC": "Learning Credits", "VLC": "Virtual Learning Credits Access"}


@pytest.mark.rule("SF-10")
@pytest.mark.rule("CI-05")
@pytest.mark.rule("AT-05")
def test_each_program_sells_in_its_own_ways_and_some_not_by_card() -> None:
    sold = {
        name: {ways: how.by_customer for ways, how in now(name).purchase.channels.items()}
        for name in NAMES
    }
    assert sold == {
        "atlassian": {"card": True, "invoice": True},
        "cisco": {"direct": False, "reseller": False},
        "salesforce": {"assisted": True, "quote": True},
    }


@pytest.mark.rule("CI-36")
@pytest.mark.rule("CI-39")
@pytest.mark.rule("CI-40")
def test_the_captain_approves_what_is_held_from_the_request_on() -> None:
    approvals = now("cisco").approvals
    assert approvals.default is Approval.MANUAL
    assert approvals.hold_at is HoldAt.REQUEST
    assert set(approvals.modes) == set(Approval)


@pytest.mark.rule("AT-15")
@pytest.mark.rule("SF-37")
def test_a_code_opens_an_account_a_lot_or_does_not_exist() -> None:
    scopes = [now(name).codes.scope for name in NAMES]
    assert scopes == [CodeScope.ACCOUNT, CodeScope.NONE, CodeScope.LOT]


@pytest.mark.rule("AT-01")
@pytest.mark.rule("AT-23")
def test_who_opens_accounts_and_how_many_one_may_own() -> None:
    programs = [now(name) for name in NAMES]
    assert [p.onboarding for p in programs] == [
        Onboarding.SELF_SERVICE,
        Onboarding.VENDOR,
        Onboarding.VENDOR,
    ]
    assert [p.members.one_account_each for p in programs] == [True, False, False]


def test_the_day_is_that_of_the_program() -> None:
    morning = at("2026-07-01T06:00:00+00:00")
    program = now("cisco")
    assert program.today(morning) == date(2026, 6, 30)
    assert replace(program, time_zone="UTC").today(morning) == date(2026, 7, 1)


# What changes with time


@pytest.mark.rule("CI-26")
@pytest.mark.parametrize(
    ("asked", "version", "partners"),
    [
        ("2013-05-01T12:00:00-07:00", "2013-01-01", True),
        ("2021-06-13T23:59:59.999999-07:00", "2013-01-01", True),
        ("2021-06-14T00:00:00-07:00", "2021-06-14", False),
        ("2026-03-01T12:00:00-08:00", "2021-06-14", False),
        ("2000-01-01T00:00:00-08:00", "2013-01-01", True),
    ],
)
def test_from_14_june_2021_on_where_the_vendor_is_partners_redeem_no_more(
    asked: str, version: str, *, partners: bool
) -> None:
    program = program_named("cisco", at(asked))
    assert (program.version, program.redeeming.partners) == (version, partners)


@pytest.mark.rule("SF-34")
@pytest.mark.parametrize(
    ("asked", "overdue"),
    [
        ("2025-09-30T23:59:59-07:00", False),
        ("2025-10-01T00:00:00-07:00", True),
    ],
)
def test_a_text_to_be_reviewed_on_30_september_2025_is_overdue_from_the_day_after(
    asked: str, *, overdue: bool
) -> None:
    program = now("salesforce")
    assert (program.reviewed_on, program.next_review_on) == (date(2024, 9, 30), date(2025, 9, 30))
    assert program.review_overdue(at(asked)) is overdue


def test_a_text_without_a_date_of_review_is_never_overdue() -> None:
    assert not now("atlassian").review_overdue(at("2099-01-01T00:00:00+00:00"))


@pytest.mark.rule("CI-49")
def test_what_ended_on_15_january_may_be_asked_for_again_until_16_march() -> None:
    assert now("cisco").expiry.reissue_until(date(2027, 1, 15)) == date(2027, 3, 16)
    assert now("atlassian").expiry.reissue_until(date(2027, 1, 15)) is None


# Who may what


@pytest.mark.rule("CI-42")
def test_each_role_of_the_customer_may_do_what_it_is_for() -> None:
    program = now("cisco")
    assert program.who_may(Permission.DECIDE) == (Role.OWNER, Role.CAPTAIN)
    assert program.who_may(Permission.BUY) == (Role.OWNER, Role.BUYER)
    assert program.who_may(Permission.SELL) == (Role.OPERATOR,)


def test_one_of_several_roles_is_enough_and_a_role_nobody_has_given_anything_has_nothing() -> None:
    program = now("atlassian")
    assert program.may(frozenset({Role.FINANCE, Role.BUYER}), Permission.BUY)
    assert not program.may(frozenset({Role.FINANCE}), Permission.BUY)
    assert not program.may(frozenset({Role.PLAYER}), Permission.READ)
    assert not program.may(frozenset(), Permission.READ)


@pytest.mark.rule("CI-27")
@pytest.mark.rule("SF-31")
def test_terms_are_accepted_at_the_first_login_with_each_order_or_never() -> None:
    asked = {name: now(name).terms.when for name in NAMES}
    assert asked == {
        "atlassian": TermsWhen.NONE,
        "cisco": TermsWhen.FIRST_LOGIN,
        "salesforce": TermsWhen.PER_ORDER,
    }


@pytest.mark.rule("CI-47")
def test_a_program_says_where_to_turn_with_questions_on_expiry() -> None:
    assert now("cisco").help["expiry"].startswith("https://")
