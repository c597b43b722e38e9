import re
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from training_credits import programs
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.program import Program
from training_credits.programs import program_named, program_names, program_versions

NAMES = ("atlassian", "cisco", "salesforce")
FILES = (*NAMES, "cisco-until-2021-06-13")
PREFIX = {"atlassian": "AT", "cisco": "CI", "salesforce": "SF"}
RULE = re.compile(r"\b(AT|CI|SF)-\d\d\b")
SILENT = re.compile(r"\b(ours|source (is silent|sets no limit|asks for none))\b")
IDENTITY = ("id", "name", "effective_from")


def now(name: str) -> Program:
    """What the program says in 2026."""
    return program_named(name, datetime(2026, 2, 10, tzinfo=UTC))


def text_of(name: str) -> str:
    return (files("training_credits.programs") / f"{name}.toml").read_text(encoding="utf-8")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_programs_are_the_files_there_are() -> None:
    assert program_names() == NAMES
    assert [now(name).id for name in NAMES] == list(NAMES)


@pytest.mark.parametrize("name", ["", "acme", "../cisco", "cisco.toml", "__init__"])
def test_a_name_without_a_file_is_not_found(name: str) -> None:
    with pytest.raises(NotFound) as missing:
        now(name)
    assert missing.value.reason is Reason.PROGRAM_UNKNOWN


def test_a_copied_file_that_still_has_the_old_id_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs, "_texts", lambda: (("acme", text_of("cisco")),))
    with pytest.raises(ValueError, match=r"acme\.toml calls itself cisco"):
        now("acme")


def test_a_program_may_have_versions_and_each_holds_from_its_day_on() -> None:
    versions = {name: [each.version for each in program_versions(name)] for name in NAMES}
    assert versions == {
        "atlassian": ["2026-01-01"],
        "cisco": ["2013-01-01", "2021-06-14"],
        "salesforce": ["2024-09-30"],
    }


@pytest.mark.parametrize("name", FILES)
def test_each_value_names_its_rule_or_says_that_there_is_none(name: str) -> None:
    """On its line, or in the heading it stands under."""
    values, _, _ = text_of(name).partition("[rules]")
    heading, untold = "", []
    for line in values.splitlines():
        value, _, comment = line.partition("#")
        if value.startswith("["):
            heading = comment
        elif "=" in value and value.split()[0] not in IDENTITY:
            told = RULE.search(comment + heading) or SILENT.search(comment + heading)
            untold += [] if told else [value.strip()]
    assert untold == []


@pytest.mark.parametrize("name", FILES)
def test_each_rule_named_has_the_form_of_a_rule(name: str) -> None:
    prefix = PREFIX[name.partition("-")[0]]
    named = re.findall(r"\b[A-Z]{2}-\d+\b", text_of(name))
    assert named
    assert all(re.fullmatch(rf"{prefix}-\d\d", rule) for rule in named)


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_behind_a_refusal_is_one_of_the_vendors_own(name: str) -> None:
    prefix = PREFIX[name]
    rules = now(name).rules
    assert rules
    assert all(isinstance(reason, Reason) for reason in rules)
    assert all(re.fullmatch(rf"{prefix}-\d\d", rule) for rule in rules.values())
