"""`python -m audit`: an export of a table is judged as the table is, however it was packed."""

import gzip
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit import violations
from audit.__main__ import BROKEN, CANNOT_SAY, HOLD, main
from tests.proof.audit.small import SMALL, Item

Told = pytest.CaptureFixture[str]


def packed(value: Any) -> dict[str, Any]:
    """With its type letters."""
    match value:
        case bool():
            return {"BOOL": value}
        case int() | float():
            return {"N": str(value)}
        case list():
            return {"L": [packed(one) for one in value]}
        case dict():
            return {"M": {name: packed(one) for name, one in value.items()}}
        case _:
            return {"S": value}


def lines(items: Iterable[Item]) -> bytes:
    said = ({"Item": {name: packed(value) for name, value in item.items()}} for item in items)
    return "".join(json.dumps(one) + "\n" for one in said).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As it is copied from the bucket: two files of data, and what names them."""
    data = tmp_path / "AWSDynamoDB" / "01" / "data"
    data.mkdir(parents=True)
    half = len(SMALL) // 2
    for name, part in (("a", SMALL[:half]), ("b", SMALL[half:])):
        (data / f"{name}.json.gz").write_bytes(gzip.compress(lines(part)))
    counts = [{"itemCount": half}, {"itemCount": len(SMALL) - half}]
    manifest = data.parent / "manifest-files.json"
    manifest.write_text("".join(json.dumps(one) + "\n" for one in counts))
    (data.parent / "manifest-summary.json").write_text("{}")
    return tmp_path


def test_the_small_account_is_clean() -> None:
    assert violations(SMALL, race=timedelta()) == []


@pytest.mark.proves("G1")
def test_an_export_is_judged_with_its_progress(folder: Path, capsys: Told) -> None:
    assert main([str(folder)]) == HOLD
    said = capsys.readouterr()
    assert said.out == f"{len(SMALL)} items, 1 accounts: every law holds\n"
    assert said.err.splitlines()[-1] == "settled: 100 %"
    assert "read: 100 %" in said.err
    assert "judged: 50 %" in said.err


def test_what_is_broken_is_named_and_is_the_status(tmp_path: Path, capsys: Told) -> None:
    """The same words as over a dump."""
    broken = [item | ({"available": 99} if item["kind"] == "lot" else {}) for item in SMALL]
    (tmp_path / "export.json").write_bytes(lines(broken))
    assert main([str(tmp_path / "export.json"), "--race", "0"]) == BROKEN
    *named, _ = capsys.readouterr().out.splitlines()
    assert sorted(named) == [str(one) for one in violations(broken, race=timedelta())]
    assert any(one.startswith("I2 atlassian#ACCOUNT#A: lot L: available") for one in named)


def test_what_two_partitions_say_of_each_other_is_compared(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / "export.jsonl").write_bytes(lines(i for i in SMALL if i["kind"] != "seat"))
    assert main([str(tmp_path)]) == BROKEN
    assert "has no seat" in capsys.readouterr().out


def test_a_number_that_is_not_whole_is_named(tmp_path: Path, capsys: Told) -> None:
    broken = [item | ({"available": 0.5} if item["kind"] == "lot" else {}) for item in SMALL]
    (tmp_path / "export.json").write_bytes(lines(broken))
    assert main([str(tmp_path)]) == BROKEN
    assert "available is 0.5, no whole number" in capsys.readouterr().out


def test_what_was_due_is_asked_for_with_now(folder: Path, capsys: Told) -> None:
    assert main([str(folder), "--now", "2090-01-01T00:00:00Z"]) == BROKEN
    assert "which nobody has booked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("export.json", b"not json\n"),
        ("export.json", b'{"Item": {"pk": {"S": "a"}}}\n'),
        ("export.json", b'{"Item": {"pk": "a"}}\n'),
        ("export.json.gz", b"not packed"),
        ("export.json.gz", gzip.compress(b"x" * 1_000)[:-9]),
        ("export.txt", b""),
    ],
    # What is packed tells the time, and the id of a test must be the same in each process.
    ids=["no json", "no keys", "no types", "not packed", "cut off", "another ending"],
)
def test_what_is_no_export_is_no_verdict(tmp_path: Path, name: str, text: bytes) -> None:
    (tmp_path / name).write_bytes(text)
    assert main([str(tmp_path)]) == CANNOT_SAY


def test_half_an_export_is_no_verdict(folder: Path, capsys: Told) -> None:
    next(folder.rglob("b.json.gz")).unlink()
    assert main([str(folder)]) == CANNOT_SAY
    assert f"the manifest names {len(SMALL)} items" in capsys.readouterr().err
