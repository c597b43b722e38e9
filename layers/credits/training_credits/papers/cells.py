"""Text as a cell of a spreadsheet, which may be opened, saved and opened again."""

import unicodedata

TRIGGERS = frozenset("=+-\N{MINUS SIGN}@\t\r\n\0|%")


def triggers(text: str) -> bool:
    """Whether a spreadsheet could take it for a formula, also in full-width disguise (AT-21)."""
    plain = unicodedata.normalize("NFKC", text)
    seen = next((c for c in plain if c.isprintable() and not c.isspace()), "")
    return not TRIGGERS.isdisjoint({seen, text[:1], text.lstrip()[:1]})


def safe(text: str) -> str:
    """Text that no spreadsheet runs."""
    return f"'{text}" if triggers(text) else text


def shown(text: str) -> str:
    """Text on one line, without what cannot be seen or written down."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
