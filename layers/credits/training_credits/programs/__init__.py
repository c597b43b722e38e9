"""What each vendor says: a TOML file each, read once; a rule we do not know is refused.

`cisco.toml` is what holds now. What held earlier stays beside it, as `cisco-until-<last day>.toml`:
what was decided by it keeps its version, by which anybody can check the decision.
"""

import tomllib
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.program import Program


def program_named(name: str, at: datetime) -> Program:
    """The rules of this program in force at an instant; NotFound for a name no file has.

    Before its first version a program is what that version says.
    """
    versions = program_versions(name)
    in_force = [each for each in versions if each.effective_from <= each.today(at)]
    return in_force[-1] if in_force else versions[0]


@cache
def program_versions(name: str) -> tuple[Program, ...]:
    """Every version of a program, oldest first."""
    found = [read(text, stem) for stem, text in _texts() if stem.partition("-")[0] == name]
    if not found:
        raise NotFound(Reason.PROGRAM_UNKNOWN, "There is no such program.")
    return tuple(sorted(found, key=lambda each: each.effective_from))


@cache
def program_names() -> tuple[str, ...]:
    """The ids of all programs, sorted."""
    return tuple(sorted({stem.partition("-")[0] for stem, _ in _texts()}))


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    """File name without its ending, and text, of every program file."""
    entries = sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
    return tuple(
        (entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".toml")
    )


def read(text: str, stem: str | None = None) -> Program:
    """A program from its TOML text; ValueError names what is missing, wrong or unknown."""
    raw = tomllib.loads(text)
    _check_known(raw, Program, "program")
    program = msgspec.convert(raw, Program, strict=True)
    if stem is not None and program.id != stem.partition("-")[0]:
        raise ValueError(f"{stem}.toml calls itself {program.id}")
    return program


def _check_known(value: Any, kind: Any, path: str) -> None:
    """A misspelt rule must not be silently without effect."""
    if get_origin(kind) is dict and isinstance(value, dict):
        for name, inner in value.items():
            _check_known(inner, get_args(kind)[1], f"{path}.{name}")
        return
    for candidate in (kind, *get_args(kind)):
        if isinstance(value, list):
            for item in value:
                _check_known(item, candidate, path)
        elif isinstance(value, dict) and is_dataclass(candidate):
            unknown = value.keys() - {field.name for field in fields(candidate)}
            if unknown:
                raise ValueError(f"unknown in {path}: {', '.join(sorted(unknown))}")
            hints = get_type_hints(candidate)
            for name, inner in value.items():
                _check_known(inner, hints[name], f"{path}.{name}")
