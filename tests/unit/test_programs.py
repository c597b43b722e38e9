import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from training_credits import programs
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Approval, CodeScope
from training_credits.domain.program import Anchor, HoldAt, Onboarding
from training_credits.programs import program_named, program_names

NAMES = ("atlassian", "cisco", "salesforce")
RULE = re.compile(r"\b(AT|CI|SF)-\d\d\b")
SILENT = re.compile(r"\b(source is silent|ours|source sets no limit)\b")
IDENTITY = ("id", "name", "effective_from")


def text_of(name: str) -> str:
    return (files("training_credits.programs") / f"{name}.toml").read_text(encoding="utf-8")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_programs_are_the_files_there_are() -> None:
    assert program_names() == NAMES
    assert [program_named(name).id for name in NAMES] == list(NAMES)


@pytest.mark.parametrize("name", ["", "acme", "../cisco", "cisco.toml", "__init__"])
def test_a_name_without_a_file_is_not_found(name: str) -> None:
    with pytest.raises(NotFound) as missing:
        program_named(name)
    assert missing.value.reason is Reason.PROGRAM_UNKNOWN


def test_a_copied_file_that_still_has_the_old_id_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acme.toml").write_text(text_of("cisco"), encoding="utf-8")
    monkeypatch.setattr(programs, "files", lambda _: tmp_path)
    monkeypatch.setattr(programs, "program_names", lambda: ("acme",))
    with pytest.raises(ValueError, match=r"acme\.toml calls itself cisco"):
        program_named("acme")


@pytest.mark.parametrize("name", NAMES)
def test_each_value_names_its_rule_or_says_that_there_is_none(name: str) -> None:
    values, _, _ = text_of(name).partition("[rules]")
    lines = [line.partition("#") for line in values.splitlines()]
    untold = [
        value.strip()
        for value, _, comment in lines
        if "=" in value
        and value.split()[0] not in IDENTITY
        and not (RULE.search(comment) or SILENT.search(comment))
    ]
    assert untold == []


@pytest.mark.parametrize("name", NAMES)
def test_each_rule_named_has_the_form_of_a_rule(name: str) -> None:
    prefix = {"atlassian": "AT", "cisco": "CI", "salesforce": "SF"}[name]
    named = re.findall(r"\b[A-Z]{2}-\d+\b", text_of(name))
    assert named
    assert all(re.fullmatch(rf"{prefix}-\d\d", rule) for rule in named)


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_behind_a_refusal_is_one_of_the_vendors_own(name: str) -> None:
    prefix = {"atlassian": "AT", "cisco": "CI", "salesforce": "SF"}[name]
    rules = program_named(name).rules
    assert rules
    assert all(isinstance(reason, Reason) for reason in rules)
    assert all(re.fullmatch(rf"{prefix}-\d\d", rule) for rule in rules.values())


@pytest.mark.rule("AT-06")
@pytest.mark.parametrize(
    ("bought", "ends"), [("2026-02-10", "2027-02-10"), ("2028-02-29", "2029-02-28")]
)
def test_credits_end_a_year_after_the_purchase(bought: str, ends: str) -> None:
    expiry = program_named("atlassian").expiry
    assert expiry.on({Anchor.PURCHASE: date.fromisoformat(bought)}) == date.fromisoformat(ends)


@pytest.mark.rule("AT-06")
def test_the_last_day_is_usable_to_its_end() -> None:
    program = program_named("atlassian")
    assert program.expires_at(date(2027, 2, 10)) == at("2027-02-11T00:00:00+00:00")


@pytest.mark.rule("CI-20")
@pytest.mark.parametrize(
    ("invoiced", "ends"),
    [("2027-06-01", "2028-05-31"), ("2026-01-15", "2027-01-15"), ("2027-03-01", "2028-02-29")],
)
def test_365_calendar_days_run_from_the_invoice(invoiced: str, ends: str) -> None:
    expiry = program_named("cisco").expiry
    assert expiry.on({Anchor.INVOICE: date.fromisoformat(invoiced)}) == date.fromisoformat(ends)


@pytest.mark.rule("CI-21")
def test_credits_end_a_minute_past_midnight_where_the_vendor_is() -> None:
    program = program_named("cisco")
    end = program.expires_at(date(2027, 1, 15))
    assert program.expiry.at == time(0, 1)
    assert end == at("2027-01-15T00:01:00-08:00")
    assert end - timedelta(seconds=1) == at("2027-01-15T00:00:59-08:00")
    assert end.tzinfo is UTC


@pytest.mark.rule("CI-29")
def test_on_1_december_a_lot_that_ends_on_15_january_has_45_days_left() -> None:
    program = program_named("cisco")
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
    assert program_named("salesforce").expiry.on(dates) == date(2027, 7, 1)


@pytest.mark.rule("SF-17")
def test_the_expiration_date_itself_is_usable() -> None:
    end = program_named("salesforce").expires_at(date(2027, 7, 1))
    assert at("2027-07-01T23:59:59-07:00") < end
    assert end == at("2027-07-02T00:00:00-07:00")


@pytest.mark.rule("SF-01")
def test_two_products_are_sold() -> None:
    products = {p.id: p.name for p in program_named("salesforce").products}
    assert products == {"LC": "Learning Credits", "VLC": "Virtual Learning Credits Access"}


@pytest.mark.rule("SF-10")
def test_some_programs_are_not_sold_by_card() -> None:
    assert program_named("salesforce").purchase.channels == ("assisted",)
    assert program_named("cisco").purchase.channels == ("direct", "reseller")
    assert program_named("atlassian").purchase.channels == ("card",)


@pytest.mark.rule("CI-36")
@pytest.mark.rule("CI-39")
@pytest.mark.rule("CI-40")
def test_the_captain_approves_what_is_held_from_the_request_on() -> None:
    approvals = program_named("cisco").approvals
    assert approvals.default is Approval.MANUAL
    assert approvals.hold_at is HoldAt.REQUEST
    assert set(approvals.modes) == set(Approval)


@pytest.mark.rule("AT-15")
@pytest.mark.rule("SF-37")
def test_a_code_opens_an_account_a_lot_or_does_not_exist() -> None:
    scopes = [program_named(name).codes.scope for name in NAMES]
    assert scopes == [CodeScope.ACCOUNT, CodeScope.NONE, CodeScope.LOT]


@pytest.mark.rule("AT-01")
@pytest.mark.rule("AT-23")
def test_who_opens_accounts_and_how_many_one_may_own() -> None:
    programs = [program_named(name) for name in NAMES]
    assert [p.onboarding for p in programs] == [
        Onboarding.SELF_SERVICE,
        Onboarding.VENDOR,
        Onboarding.VENDOR,
    ]
    assert [p.owners.one_account_each for p in programs] == [True, False, False]


def test_the_day_is_that_of_the_program() -> None:
    now = at("2026-07-01T06:00:00+00:00")
    program = program_named("cisco")
    assert program.today(now) == date(2026, 6, 30)
    assert replace(program, time_zone="UTC").today(now) == date(2026, 7, 1)
