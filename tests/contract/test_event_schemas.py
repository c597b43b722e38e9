"""Every event the product can publish is what its schema says, and no schema breaks a promise."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, ValidationError, meta

from openapi.events import schema_of
from tests.contract.docs_story import Told, told
from tests.contract.event_samples import samples
from tests.contract.pages import DOCS
from tests.fakes.described import check_described
from training_credits.dynamodb.stream.described import EVENTS, Described
from training_credits.messaging.eventbridge import detail_of
from training_credits.ports import Event
from training_credits.ports.messages import VERSION

# What was promised: for each version, each type of event with its facts. Lines are added to it,
# by WRITE_DOCS=1, and never changed; a change that breaks it is another version.
PROMISED = Path(__file__).with_name("promised_events.json")
SAMPLES = list(samples())


@pytest.fixture(scope="module")
def story() -> Told:
    return told()


def test_there_is_a_sample_of_each_type_that_is_described() -> None:
    assert {event.type for event in SAMPLES} == EVENTS.keys()


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.id)
def test_an_event_is_what_its_schema_on_the_page_says(event: Event) -> None:
    check_described(event)
    schema = json.loads((DOCS / "events" / f"{event.type}.json").read_text(encoding="utf-8"))
    meta.validate(schema)
    Draft202012Validator(schema, validate_formats=True).validate(detail_of(event))


def test_so_is_each_event_of_a_company_s_year(story: Told) -> None:
    assert len(story.events) > 10
    for event in story.events:
        check_described(event)


def one(kind: str) -> Event:
    return next(event for event in SAMPLES if event.type == kind)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("a fact nobody described", {"surprise": 1}),
    ("text for a number", {"credits": "300"}),
    ("a fraction", {"credits": 0.5}),
    ("less than nothing", {"credits": -1}),
    ("null where there is always something", {"title": None}),
    ("no address", {"learner_email": "lee"}),
]


@pytest.mark.parametrize(("says", "facts"), WRONG, ids=[says for says, _ in WRONG])
def test_an_event_that_is_not_so_is_found(says: str, facts: dict[str, Any]) -> None:
    event = one("RedemptionApproved")
    with pytest.raises((ValidationError, ValueError)):
        check_described(replace(event, facts=event.facts | facts))
    assert says


def test_a_fact_that_is_missing_and_a_type_nobody_described_are_found() -> None:
    event = one("RedemptionApproved")
    with pytest.raises(ValidationError):
        check_described(replace(event, facts={}))
    with pytest.raises(KeyError):
        check_described(replace(event, type="RedemptionForgotten"))


def test_a_day_is_a_day_and_an_instant_has_its_zone() -> None:
    event = one("OrderPaymentFailed")
    with pytest.raises(ValidationError):
        check_described(replace(event, facts=event.facts | {"valid_until": "2026-02-30"}))
    with pytest.raises(ValidationError):
        check_described(replace(event, at=event.at.replace(tzinfo=None)))


def test_a_subscriber_is_not_disturbed_by_a_fact_that_was_added() -> None:
    event = one("RedemptionApproved")
    detail = detail_of(event)
    detail["facts"]["later"] = "news"
    schema = Draft202012Validator(schema_of(event.type), validate_formats=True)
    schema.validate(detail | {"trace": "added beside the facts"})


def shape(described: Described) -> dict[str, str]:
    """What was promised of an event: its facts, their kinds, and which may be null."""
    return {
        name: f"{fact.kind}{' or null' if fact.nullable else ''}"
        for name, fact in described.facts.items()
    }


def broken(promised: dict[str, dict[str, str]]) -> Iterator[str]:
    """Facts that were promised and are not there, or are of another kind."""
    for name, facts in promised.items():
        now = shape(EVENTS[name]) if name in EVENTS else {}
        yield from (f"{name}.{fact}" for fact, kind in facts.items() if now.get(fact) != kind)


def test_what_was_promised_is_kept_within_a_version() -> None:
    now = {name: shape(described) for name, described in EVENTS.items()}
    every = json.loads(PROMISED.read_text(encoding="utf-8")) if PROMISED.exists() else {}
    promised = every.get(str(VERSION), {})
    assert not list(broken(promised)), "this needs another VERSION (ports/messages.py)"
    if os.environ.get("WRITE_DOCS"):
        text = json.dumps(every | {str(VERSION): now}, indent=1)
        PROMISED.write_text(f"{text}\n", encoding="utf-8")
        return
    assert promised == now, "what is new is promised by WRITE_DOCS=1"


@pytest.mark.parametrize(
    ("event", "fact", "kind"),
    [
        ("OrderBooked", "gone", "text"),
        ("OrderBooked", "credits", "text"),
        ("OrderBooked", "sales_order", "text"),
        ("OrderForgotten", "order", "id"),
    ],
)
def test_a_broken_promise_is_found(event: str, fact: str, kind: str) -> None:
    assert list(broken({event: {fact: kind}})) == [f"{event}.{fact}"]
