"""How facts are shown: on one line, in the notation of a language."""

from collections.abc import Mapping
from typing import Any


def shown(facts: Mapping[str, object], words: Mapping[str, Any]) -> dict[str, str]:
    """Each fact as text, and what follows from some of them."""
    notation = words["language"]
    values = {name: one_line(value, notation) for name, value in facts.items()}
    if "total_minor" in facts:
        values["total"] = _money(facts, notation)
    if "change" in facts:
        values["signed"] = _signed(int(str(facts["change"])), notation)
    if "kind" in facts:
        values["kind"] = words["entry"].get(str(facts["kind"]), values["kind"])
    return values


def one_line(value: object, notation: Mapping[str, str]) -> str:
    """Numbers in groups of three; anything else as it can be seen."""
    return _grouped(value, notation) if isinstance(value, int) else visible(str(value))


def visible(text: str) -> str:
    """On one line, without what cannot be seen: no header, no line and no direction of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _grouped(value: int, notation: Mapping[str, str]) -> str:
    return f"{value:,}".replace(",", notation["thousands"])


def _signed(value: int, notation: Mapping[str, str]) -> str:
    return f"{'+' if value > 0 else ''}{_grouped(value, notation)}"


def _money(facts: Mapping[str, object], notation: Mapping[str, str]) -> str:
    """What an order costs, in the notation of every currency whose minor unit is a hundredth."""
    whole, cents = divmod(int(str(facts["total_minor"])), 100)
    return f"{facts['currency']} {_grouped(whole, notation)}{notation['decimal']}{cents:02}"
