"""`python -m verify`: what it says, and with which status it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journals import ACCOUNT, export, sealed_lines
from training_credits.domain.journal import Facts
from verify.__main__ import main

pytestmark = pytest.mark.proves("G13")

ROOT = Path(__file__).parents[3]


def pages(items: list[Facts], size: int = 5) -> str:
    """As the route gives them: one page is one line."""
    parts = [items[n : n + size] for n in range(0, len(items), size)]
    return "".join(f"{json.dumps({'items': part, 'cursor': 'next'})}\n" for part in parts)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "export.jsonl"
    path.write_text(pages(export()), encoding="utf-8")
    return path


def locked(folder: Path) -> Path:
    """The seals as they lie in their bucket."""
    for number, line in enumerate(sealed_lines()):
        file = folder / "seals" / "cisco" / ACCOUNT / f"2026-0{number + 1}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(line, encoding="utf-8")
    return folder / "seals"


def test_what_is_as_it_was_sealed(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(written)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("as sealed: 21 entries, 4 months, 1 accounts; without heads")


def test_with_heads_from_a_file_or_a_folder(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "heads.jsonl"
    file.write_text("".join(sealed_lines()), encoding="utf-8")
    for heads_at in (file, locked(tmp_path)):
        assert main([str(written), "--heads", str(heads_at)]) == 0
        assert capsys.readouterr().out == "as sealed: 21 entries, 4 months, 1 accounts\n"


def test_items_may_stand_line_by_line(written: Path) -> None:
    lines = "\n\n".join(json.dumps(item) for item in export())
    written.write_text(f"{lines}\n", encoding="utf-8")
    assert main([str(written)]) == 0


def test_what_is_wrong_is_said_in_words(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = export()
    items[3]["entry"]["title"] = "Advanced"
    written.write_text(pages(items), encoding="utf-8")
    assert main([str(written)]) == 1
    assert capsys.readouterr().out == (
        "altered: entry 2026-01-03T00:00:00.000002Z#redeem-0 in 2026-01 of account "
        "0000000000ACC001: it is not what was sealed there\n"
    )
    items = export()[8:]
    written.write_text(pages(items), encoding="utf-8")
    assert main([str(written)]) == 1
    assert capsys.readouterr().out == (
        "unlinked: the month 2026-02 of account 0000000000ACC001: the month before it was "
        "altered, is missing, or stands elsewhere\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "no json\n",
        "[]\n",
        "{}\n",
        '{"items": 1}\n',
        '{"items": []}\n',
        '{"items": [1]}\n',
        '{"block": 1}\n',
        '{"entry": "x"}\n',
        '{"entry": {"at": "1", "at": "2"}}\n',
        "[" * 100_000,
    ],
)
def test_what_is_no_export_is_neither_right_nor_wrong(
    written: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written.write_text(text, encoding="utf-8")
    assert main([str(written)]) == 2
    assert capsys.readouterr().err.startswith("cannot say: ")


def test_neither_is_what_is_no_text_or_not_there(written: Path, tmp_path: Path) -> None:
    written.write_bytes(b"\xff\xfe\x00")
    assert main([str(written)]) == 2
    assert main([str(tmp_path / "nowhere")]) == 2


def test_heads_that_are_none_are_not_believed(written: Path, tmp_path: Path) -> None:
    for line in ("{}", '{"block": {}}', '{"entry": {"account": "x"}}'):
        file = tmp_path / "heads.jsonl"
        file.write_text(f"{line}\n", encoding="utf-8")
        assert main([str(written), "--heads", str(file)]) == 2


def test_it_needs_python_and_the_export_alone(written: Path) -> None:
    """Not the packages of this environment."""
    run = subprocess.run(
        [sys.executable, "-S", "-m", "verify", str(written)],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
