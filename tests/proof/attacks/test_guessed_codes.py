"""Codes can be neither guessed nor mistaken for one another, and nothing secret comes by chance."""

import ast
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.figures import Counts
from training_credits.domain import codes
from training_credits.domain.base32 import ALPHABET

pytestmark = pytest.mark.proves("T1", "G9")
ROOT = Path(__file__).parents[3]
OURS = ("layers/credits", "functions")
SECRET = "a secret of the tests"
# Chance that anybody can foresee: of these a secret is never made.
FORESEEN = {"random", "time", "uuid"}
ALL = 1_000_000
MANY = [10_000, pytest.param(ALL, marks=pytest.mark.proof)]


def made(count: int) -> Iterator[str]:
    return (codes.derive(SECRET, "atlassian", "A1", "", "s-ann", f"key-{n}") for n in range(count))


def above(freedom: int) -> float:
    """What chi-square exceeds once in 10,000 times (Wilson and Hilferty)."""
    part = 2 / (9 * freedom)
    return float(freedom * (1 - part + 3.719 * math.sqrt(part)) ** 3)


@pytest.mark.parametrize("count", MANY)
def test_of_many_codes_no_two_are_the_same_and_every_place_is_even(
    figure: Counts, count: int
) -> None:
    seen, places = set[str](), [Counter[str]() for _ in range(codes.LENGTH)]
    for text in made(count):
        seen.add(text)
        for place, letter in enumerate(text):
            places[place][letter] += 1
    assert len(seen) == count
    expected = count / len(ALPHABET)
    for letters in places:
        assert set(letters) == set(ALPHABET)
        chi = sum((number - expected) ** 2 / expected for number in letters.values())
        assert chi < above(len(ALPHABET) - 1)
    bits = codes.LENGTH * math.log2(len(ALPHABET))
    figure("bits of a code", bits, "≥ 65")
    if count == ALL:
        figure(f"codes without a double, of {ALL:,}", len(seen), ALL)


@pytest.mark.proves("T19")
@pytest.mark.parametrize("count", MANY)
def test_no_two_codes_are_read_as_one_however_they_are_written(count: int) -> None:
    read = set()
    for text in made(count):
        canonical = codes.canonical(codes.shown(text).lower())
        assert canonical == codes.canonical(canonical or "") == text
        read.add(canonical)
    assert len(read) == count


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_nothing_that_can_be_foreseen_is_imported_where_secrets_are_made() -> None:
    """`time` sleeps between tries, and is no source of anything."""
    files = [path for folder in OURS for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 100
    found = {
        str(path.relative_to(ROOT)): bad for path in files if (bad := FORESEEN & set(imports(path)))
    }
    assert {name for bad in found.values() for name in bad} <= {"time"}
    assert [path for path in found if "/domain/" in path] == []


@pytest.mark.proves("G20")
def test_an_import_of_chance_is_caught(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("from random import choice\n")
    assert FORESEEN & set(imports(planted)) == {"random"}


@pytest.mark.proves("G20")
def test_codes_by_number_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: one after the other."""
    monkeypatch.setattr(
        codes, "derive", lambda *parts: parts[-1].removeprefix("key-").rjust(codes.LENGTH, "0")
    )
    with pytest.raises(AssertionError):
        test_of_many_codes_no_two_are_the_same_and_every_place_is_even(lambda *_: None, 10_000)
