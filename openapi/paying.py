"""What a request to spend must say, beyond its fields: the rules of edge/forms.py as a schema.

And what a report on a line must say, as functions/bookings asks for it.
"""

from typing import Any

Json = dict[str, Any]
INSTRUMENTS = ("code", "sales_order", "lot")


def strict(schemas: Json) -> None:
    """Adds them to the schemas of the document."""
    schemas["Pay"]["oneOf"] = [said(name) for name in INSTRUMENTS]
    schemas["NewLine"]["allOf"] = [
        {"oneOf": [said("offering"), both("title", "credits")]},
        {"not": both("offering", "title")},
        {"anyOf": [said("offering"), _once()]},
    ]
    schemas["NewRedemption"]["allOf"] = [
        {"not": {"anyOf": [both("code", "sales_order"), both("code", "lot")]}},
        {"not": both("sales_order", "lot")},
        {"anyOf": [both("title", "credits"), {"not": {"anyOf": [said("title"), said("credits")]}}]},
        {
            "anyOf": [
                said("title"),
                {"required": ["lines"], "properties": {"lines": {"minItems": 1}}},
            ]
        },
        {"anyOf": [*(said(name) for name in (*INSTRUMENTS, "account")), _each_pays()]},
    ]
    done = {"required": ["completed"], "properties": {"completed": {"const": True}}}
    schemas["NewFulfilment"]["anyOf"] = [done, said("reference")]


def said(name: str) -> Json:
    """It is there, and not null."""
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def both(one: str, other: str) -> Json:
    """The two together."""
    return {"allOf": [said(one), said(other)]}


def _once() -> Json:
    """Only what the catalogue has can be asked for several times, or in a session."""
    return {"properties": {"session": {"type": "null"}, "quantity": {"const": 1}}}


def _each_pays() -> Json:
    """No line is left without something that pays for it."""
    paid = {"required": ["pay"], "properties": {"pay": {"minItems": 1}}}
    return {"not": said("title"), "properties": {"lines": {"items": paid}}}
