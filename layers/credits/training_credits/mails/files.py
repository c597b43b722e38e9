"""The files of this package, each read once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

ENGLISH = "en"
_PART = re.compile(r"^<!-- (\w+) -->\n", re.MULTILINE)


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file; empty if there is none."""
    file = files(__name__.rpartition(".")[0]) / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def layout() -> dict[str, Template]:
    """The parts of layout.html, by name."""
    text = (files(__name__.rpartition(".")[0]) / "layout.html").read_text(encoding="utf-8")
    _, *parts = _PART.split(text)
    return {name: Template(part) for name, part in zip(parts[::2], parts[1::2], strict=True)}


def language_of(kind: str, wanted: str | None) -> str:
    """The language a mail is written in: what is wanted, if there are words for it; else English.

    Of a region only its language counts: de-AT is read in German.
    """
    primary = (wanted or "").replace("_", "-").partition("-")[0].lower()
    known = primary.isalpha() and len(primary) <= 3 and kind in table(primary)  # noqa: PLR2004 - ISO 639
    return primary if known else ENGLISH
