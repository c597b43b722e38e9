"""Mail texts, outside Python so that they can be translated."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Template


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__name__) / f"{language}.toml").read_text(encoding="utf-8"))


def written(event_type: str, facts: Mapping[str, object], language: str = "en") -> tuple[str, str]:
    """Subject and text for an event; the subject is one line whatever the facts hold."""
    texts = _texts(language)[event_type]
    values = {name: _shown(value) for name, value in facts.items()}
    subject = Template(texts["subject"]).substitute(values)
    return subject, Template(texts["text"]).substitute(values).strip() + "\n"


def _shown(value: object) -> str:
    """Numbers in groups of three; anything else on one line, without what cannot be seen."""
    if isinstance(value, int):
        return f"{value:,}"
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
