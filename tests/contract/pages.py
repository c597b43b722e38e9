"""Pages that agree with the code: blocks between markers, and columns of tables."""

import os
from collections.abc import Sequence
from pathlib import Path

from tests.rules.register import ROOT

DOCS = ROOT / "docs"
WRITER = "tests/contract/test_docs.py"
HOW = "WRITE_DOCS=1 .venv/bin/python -m pytest {} writes it anew"


def shown_on(page: Path, block: str, wanted: str, writer: str = WRITER) -> None:
    """Between its markers the page says exactly this; asked to, it is made to say so."""
    head, old, tail = parts(page, block, writer)
    if os.environ.get("WRITE_DOCS"):
        page.write_text(f"{head}{wanted}{tail}", encoding="utf-8")
        return
    assert old == wanted, f"{page.name} differs from the code at {block}: {HOW.format(writer)}"


def written(page: Path, wanted: str) -> None:
    """The whole file says exactly this; asked to, it is made to say so."""
    if os.environ.get("WRITE_DOCS"):
        page.parent.mkdir(exist_ok=True)
        page.write_text(wanted, encoding="utf-8")
        return
    assert page.read_text(encoding="utf-8") == wanted, f"{page.name} differs: {HOW.format(WRITER)}"


def parts(page: Path, block: str, writer: str) -> tuple[str, str, str]:
    """A page up to a block, the block, and the rest; the markers are not of the block."""
    text = page.read_text(encoding="utf-8")
    start, end = f"<!-- {block}: written by {writer} -->\n", f"<!-- /{block} -->"
    head, found, rest = text.partition(start)
    old, closed, tail = rest.partition(end)
    assert all((found, closed)), f"{page.name} has no block {block}"
    return f"{head}{start}", old, f"{end}{tail}"


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def column(page: Path, number: int) -> list[str]:
    """One column of every table of a page, without its code marks."""
    lines = page.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split(" | ") for line in lines if line.startswith("| ")]
    return [row[number].strip(" `") for row in rows if len(row) > number]


def code(value: object) -> str:
    return f"`{value}`" if value not in (None, "") else ""
