"""What each vendor says: a TOML file each, read once; a rule we do not know is refused."""

import tomllib
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_type_hints

import msgspec

from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.program import Program


@cache
def program_named(name: str) -> Program:
    """The program of this id; NotFound for a name no file has."""
    if name not in program_names():
        raise NotFound(Reason.PROGRAM_UNKNOWN, "There is no such program.")
    program = read((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
    if program.id != name:
        raise ValueError(f"{name}.toml calls itself {program.id}")
    return program


@cache
def program_names() -> tuple[str, ...]:
    """The ids of all programs, sorted."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def read(text: str) -> Program:
    """A program from its TOML text; ValueError names what is missing, wrong or unknown."""
    raw = tomllib.loads(text)
    _check_known(raw, Program, "program")
    return msgspec.convert(raw, Program, strict=True)


def _check_known(value: Any, kind: Any, path: str) -> None:
    """A misspelt rule must not be silently without effect."""
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
