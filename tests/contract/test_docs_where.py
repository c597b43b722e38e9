"""What was decided where the programs are silent says where: each place exists."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.contract.pages import DOCS, column
from tests.contract.template_rules import ROOT

LAYER = ROOT / "layers" / "credits"
SILENT = sorted(DOCS.glob("adr/*-silent*.md"))


def modules() -> dict[str, list[str]]:
    """Every module of the product, by the last part of its name."""
    found = defaultdict(list)
    for path in (LAYER / "training_credits").rglob("*.py"):
        name = ".".join(path.relative_to(LAYER).with_suffix("").parts)
        found[path.stem].append(name)
    return found


def keys(value: Any, path: str = "") -> Iterator[str]:
    """Every key of a program file, with those above it."""
    for each in value if isinstance(value, list) else ():
        yield from keys(each, path)
    for name, inner in value.items() if isinstance(value, dict) else ():
        here = f"{path}.{name}" if path else name
        yield here
        yield from keys(inner, here)


MODULES = modules()
FILES = (LAYER / "training_credits" / "programs").glob("*.toml")
KEYS = {key for path in FILES for key in keys(tomllib.loads(path.read_text("utf-8")))}


def exists(name: str) -> bool:
    """As a key of a program, as a module, or as something in one."""
    module, _, inner = name.partition(".")
    if name in KEYS or (not inner and module in MODULES):
        return True
    return any(hasattr(import_module(each), inner) for each in MODULES[module] if inner)


def test_there_are_such_pages() -> None:
    assert [page.name[:4] for page in SILENT] == ["0007", "0015", "0019", "0022"]


@pytest.mark.parametrize("page", SILENT, ids=lambda page: page.stem)
def test_each_place_that_a_page_names_is_in_the_code_or_in_a_programs_file(page: Path) -> None:
    header, _, *where = column(page, 2)
    assert header == "where"
    named = [name for cell in where for name in re.findall(r"[\w.]+", cell)]
    assert len(named) >= len(where) > 0
    assert [name for name in named if not exists(name)] == []


@pytest.mark.parametrize("name", ["redemption._release", "notify.NOBODY", "nobody", "expiry.on"])
def test_a_place_that_is_gone_is_seen(name: str) -> None:
    assert not exists(name)
