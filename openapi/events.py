"""The JSON Schema of each event, made from its description: docs/events/<type>.json."""

import json
from typing import Any

from training_credits.dynamodb.stream.described import EVENTS, Described, Fact, Kind
from training_credits.messaging.eventbridge import SOURCE
from training_credits.ports.messages import VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.ID: {"type": "string", "minLength": 1},
    Kind.WHOLE: {"type": "integer", "minimum": 0},
    Kind.SIGNED: {"type": "integer"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.EMAIL: {"type": "string", "format": "email"},
}


def schema_of(name: str) -> dict[str, Any]:
    """What the `detail` of an event of this type is; facts may be added, so others are let be."""
    described = EVENTS[name]
    facts = {fact: _of_fact(said) for fact, said in described.facts.items()}
    properties = {
        "version": {"const": VERSION},
        "id": {"type": "string", "description": "the same each time the event is delivered"},
        "program": {"type": "string", "description": "the vendor's program"},
        "account": {"type": "string", "description": "the account it happened to"},
        "at": {"type": "string", "format": "date-time", "description": "when it happened"},
        "facts": {"type": "object", "properties": facts, "required": list(facts)},
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:{SOURCE}:event:{name}:{VERSION}",
        "title": name,
        "description": _sentence(described),
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def text_of(name: str) -> str:
    """The file of a type."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def _of_fact(fact: Fact) -> dict[str, Any]:
    of_kind = dict(TYPES[fact.kind])
    if fact.nullable:
        of_kind["type"] = [of_kind["type"], "null"]
    return {**of_kind, "description": fact.says}


def _sentence(described: Described) -> str:
    return described.when[0].upper() + described.when[1:] + "."
