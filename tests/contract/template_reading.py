"""The translated template, as the rules about it read it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Resources = dict[str, Any]

ROOT = Path(__file__).parents[2]


def of(resources: Resources, kind: str) -> dict[str, Any]:
    """Properties by logical id of every resource of one type."""
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == kind
    }


def listed(value: object) -> list[Any]:
    """IAM takes one or many anywhere; this reads both."""
    return value if isinstance(value, list) else [value]


def referred(value: object) -> set[str]:
    """Every logical id that a value mentions."""
    return set(re.findall(r"\w+", str(value)))


def statements(resources: Resources) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every policy statement that is written out, with the resource it belongs to."""
    for name, resource in resources.items():
        found = resource["Properties"]
        documents = [
            policy["PolicyDocument"]
            for policy in found.get("Policies", ())
            if "PolicyDocument" in policy
        ]
        documents += [found[key] for key in ("PolicyDocument", "KeyPolicy") if key in found]
        for document in documents:
            for statement in listed(document["Statement"]):
                yield name, statement


def folder_of(logical_id: str) -> str:
    """Where the code of a function is: MonthEndFunction is made from functions/month_end."""
    words = re.findall(r"[A-Z][a-z]*", logical_id.removesuffix("Function"))
    return "_".join(words).lower()


def role_of(folder: str) -> str:
    """The role that SAM makes for it."""
    return f"{folder.title().replace('_', '')}FunctionRole"


def functions(resources: Resources) -> Iterator[tuple[str, dict[str, Any], set[str]]]:
    """Each function by its folder, with its properties and the names of its settings."""
    for name, function in of(resources, "AWS::Lambda::Function").items():
        settings = set(function.get("Environment", {}).get("Variables", {}))
        yield folder_of(name), function, settings
