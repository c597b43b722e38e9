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
    if "total_minor" in facts:
        values["total"] = _money(facts)
    subject = Template(texts["subject"]).substitute(values)
    return subject, Template(texts["text"]).substitute(values).strip() + "\n"


def _money(facts: Mapping[str, object]) -> str:
    """What an order costs, in the notation of every currency whose minor unit is a hundredth."""
    whole, cents = divmod(int(str(facts["total_minor"])), 100)
    return f"{facts['currency']} {whole:,}.{cents:02}"


def _shown(value: object) -> str:
    """Numbers in groups of three; anything else on one line, without what cannot be seen."""
    if isinstance(value, int):
        return f"{value:,}"
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
