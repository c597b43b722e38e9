"""Mails in other languages: what a translation may say, and what is read where it says nothing."""

from importlib.resources import files
from string import Template
from typing import Any

import pytest

from tests.unit.test_mails import FACTS
from training_credits import mails
from training_credits.mails import KINDS, written
from training_credits.mails.files import table
from training_credits.use_cases.readers import MAILS

FRAME = {"language", "layout", "why", "entry"}
LANGUAGES = sorted(
    entry.name.removesuffix(".toml")
    for entry in files(mails).iterdir()
    if entry.name.endswith(".toml") and entry.name != "kinds.toml"
)
OTHERS = [language for language in LANGUAGES if language != "en"]


def named_in(words: Any) -> set[str]:
    """Every `$name` of a mail."""
    return set(Template(str(words)).get_identifiers())


def test_every_mail_has_its_kind_and_its_english_words() -> None:
    mailed = {text for of_event in MAILS.values() for text, _ in of_event}
    assert mailed <= KINDS.keys() == table("en").keys() - FRAME


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_what_its_mails_need(language: str) -> None:
    words, english = table(language), table("en")
    assert words.keys() - FRAME <= KINDS.keys()
    assert words.keys() >= FRAME
    for part in ("language", "layout"):
        assert words[part].keys() == english[part].keys()
    for kind in words.keys() - FRAME:
        assert KINDS[kind].why in words["why"], f"{kind} has no reason"
        assert ("button" in words[kind]) == (KINDS[kind].link is not None), kind
        assert {"subject", "text"} <= words[kind].keys() <= english[kind].keys(), kind
        assert named_in(words[kind]) == named_in(english[kind]), kind


def test_words_hold_no_markup_and_no_address() -> None:
    for language in LANGUAGES:
        for kind, words in table(language).items():
            assert not any(bad in str(words) for bad in ("<", ">", "http", "\t")), (language, kind)


@pytest.mark.rule("SF-24")
@pytest.mark.parametrize("wanted", ["de", "de-AT", "DE", "de_DE"])
def test_who_ordered_in_german_is_answered_in_german(wanted: str) -> None:
    mail = written("RedemptionConfirmed", FACTS | {"credits": 1400}, wanted)
    assert mail.subject == "Ihre Bestellung ist bestätigt: Jira Basics"
    assert "Ihre Bestellung A1-R1 ist bestätigt: 1.400 Trainingsguthaben" in mail.text
    assert "Sie erhalten diese Nachricht, weil Sie diese Schulung angefragt haben." in mail.text
    assert '<html lang="de">' in mail.html
    assert ">Bestellung ansehen</a>" in mail.html


@pytest.mark.parametrize("wanted", ["fr", "xx-XX", None, "", "kinds", "../en", "e", "en-GB"])
def test_a_language_nobody_has_written_is_read_in_english(wanted: str | None) -> None:
    mail = written("RedemptionApproved", FACTS, wanted)
    assert mail.subject == "Your training credits request was approved"
    assert mail.language == "en"


def test_a_mail_that_is_not_translated_is_whole_in_english() -> None:
    mail = written("RedemptionRequested", FACTS | {"credits": 1400}, "de")
    assert mail.subject == "Lee asks for 1,400 training credits"
    assert "Choose which mails you get" in mail.text
    assert '<html lang="en">' in mail.html


def test_a_language_is_one_file_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a translator would write, and nothing else."""
    latin = {
        "language": {"name": "Latina", "thousands": "'", "decimal": "."},
        "layout": {"because": "Quia $why.", "obliged": "Semper.", "preferences": "Elige"},
        "why": {"learner": "rogavisti"},
        "entry": {},
        "RedemptionApproved": {"subject": "Ita", "text": "Salve $learner,\n\n$credits pro $title."},
    }
    known = table
    monkeypatch.setattr(
        "training_credits.mails.files.table", lambda name: latin if name == "la" else known(name)
    )
    monkeypatch.setattr(
        "training_credits.mails.writing.table", lambda name: latin if name == "la" else known(name)
    )
    mail = written("RedemptionApproved", FACTS | {"credits": 1400}, "la-VA")
    assert mail.text == (
        "Salve Lee,\n\n1'400 pro Jira Basics.\n\n-- \nQuia rogavisti. Semper.\n"
        "Elige: https://credits.example/preferences\n"
    )


def test_each_mail_is_obliged_or_of_one_topic() -> None:
    contradictions: tuple[dict[str, Any], ...] = ({}, {"obliged": True, "transactions": True})
    for said in contradictions:
        with pytest.raises(ValueError, match="Kind"):
            mails.Kind(why="learner", **said)
