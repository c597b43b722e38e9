"""Whether an event is what its schema says, and no fact more: what a fake bus demands."""

from functools import cache

from jsonschema_rs import Draft202012Validator

from openapi.events import schema_of
from training_credits.dynamodb.stream.described import EVENTS
from training_credits.messaging.eventbridge import detail_of
from training_credits.ports import Event


def check_described(event: Event) -> None:
    """Raises for a type nobody described, and for facts that are not those of the description."""
    validator_of(event.type).validate(detail_of(event))
    known = list(EVENTS[event.type].facts)
    if list(event.facts) != known:
        raise ValueError(f"{event.type} says {list(event.facts)}, described as {known}")


@cache
def validator_of(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name), validate_formats=True)
