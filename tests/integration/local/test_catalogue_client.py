"""A large table is streamed into the catalogue, part by part, and may be sent again."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local import catalogue
from local.catalogue import CannotGoOn, File, Import
from tests.integration.local.conftest import Caller

HEADER = "kind,offering,type,title,session,starts_on,ends_on,mode,country"
COURSE = 'offering,C-{0},course,"Course {0}, in full\nand in depth",,,,,'
RUN = "session,C-{0},,,S-{1},2199-01-0{2},2199-01-0{2},virtual,US"


def written(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8-sig")
    return path


class Api:
    """Takes every part, but where `judge` has something against it."""

    def __init__(self, judge: Callable[[list[dict[str, str]]], list[Any]] = lambda _: []) -> None:
        self.judge = judge
        self.sizes: list[int] = []
        self.tried = self.taken = 0
        self.answers: list[tuple[int, Any]] = []

    def __call__(self, body: dict[str, Any]) -> tuple[int, Any]:
        if self.answers:
            return self.answers.pop(0)
        rows = list(csv.DictReader(io.StringIO(body["text"])))
        bad = self.judge(rows)
        self.sizes.append(len(rows))
        self.tried += len(rows) if body["dry_run"] else 0
        taken = 0 if bad or body["dry_run"] else len(rows)
        self.taken += taken
        return 200, {"rows": len(rows), "good": len(rows) - len(bad), "written": taken, "bad": bad}


def job(path: Path, api: Api, rows_each: int = 1_000) -> tuple[Import, list[str], list[float]]:
    said: list[str] = []
    slept: list[float] = []
    made = Import(
        file=File(path), send=api, say=said.append, rows_each=rows_each, sleep=slept.append
    )
    return made, said, slept


def brought_in(path: Path, sessions: int) -> tuple[Import, Api, list[str], int]:
    """Of a file of its own; and how many bytes of memory it took at most."""
    lines = [COURSE.format(0), *(RUN.format(0, n, n % 9 + 1) for n in range(sessions))]
    made, said, _ = job(written(path, lines), api := Api())
    del lines
    tracemalloc.start()
    assert made.run(only_try=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return made, api, said, peak


@pytest.mark.parametrize("many", [10_000, pytest.param(50_000, marks=pytest.mark.proof)])
def test_sessions_stream_and_ten_times_as_many_take_no_more_memory(
    tmp_path: Path, many: int
) -> None:
    *_, little = brought_in(tmp_path / "some.csv", many // 10)
    made, api, said, peak = brought_in(tmp_path / "many.csv", many)
    assert {made.rows, made.written, api.tried, api.taken} == {many + 1}
    assert max(api.sizes) == 1_000
    assert peak < 1.2 * little, f"{peak} bytes, and {little} for a tenth of it"
    percents = [int(line.split()[0]) for line in said]
    parts = many // 1_000 + 1
    assert len(said) == 2 * parts
    assert percents[:parts] == sorted(percents[:parts]) == percents[parts:]
    assert (percents[0] < 10, percents[parts - 1]) == (True, 100)


def test_bad_rows_are_named_by_their_number_in_the_file_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    def judge(rows: list[dict[str, str]]) -> list[Any]:
        numbers = [n for n, row in enumerate(rows, 1) if row["session"] in {"S-3", "S-7"}]
        return [{"row": n, "field": "mode", "code": "no", "detail": "Why not."} for n in numbers]

    path = written(tmp_path / "bad.csv", ["", *(RUN.format(0, n, 1) for n in range(10))])
    made, said, _ = job(path, api := Api(judge), rows_each=3)
    assert not made.run(only_try=False)
    assert (made.bad, made.written, api.taken) == (2, 0, 0)
    assert [line for line in said if line.startswith("row")] == [
        "row 4, mode: Why not. (no)",
        "row 8, mode: Why not. (no)",
    ]


def test_only_tried_a_file_is_read_once_and_not_written(tmp_path: Path) -> None:
    path = written(tmp_path / "dry.csv", [COURSE.format(n) for n in range(5)])
    made, _, _ = job(path, api := Api(), rows_each=2)
    assert made.run(only_try=True)
    assert (api.sizes, api.taken) == ([2, 2, 1], 0)


@pytest.mark.parametrize(("order", "bad"), [((0, 1), 0), ((1, 0), 1)])
def test_a_session_is_not_blamed_for_an_offering_that_an_earlier_part_brings(
    tmp_path: Path, order: tuple[int, int], bad: int
) -> None:
    def judge(rows: list[dict[str, str]]) -> list[Any]:
        alone = [n for n, row in enumerate(rows, 1) if row["kind"] == "session"]
        no = {"field": "offering", "code": "offering_not_found", "detail": "Nowhere."}
        return [no | {"row": n} for n in alone]

    lines = [COURSE.format(0), RUN.format(0, 1, 1)]
    path = written(tmp_path / "parts.csv", [lines[n] for n in order])
    made, _, _ = job(path, Api(judge), rows_each=1)
    assert made.run(only_try=True) is (bad == 0)
    assert made.bad == bad


def test_while_nothing_is_wrong_with_a_part_it_is_sent_again(tmp_path: Path) -> None:
    path = written(tmp_path / "again.csv", [COURSE.format(0)])
    made, _, slept = job(path, api := Api())
    api.answers = [(503, {"detail": "busy"}), (0, None), (429, {"message": "slow down"})]
    assert made.run(only_try=True)
    assert slept == [1, 2, 4]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([(403, {"detail": "Not yours."})], "rows from 1 on: 403 Not yours."),
        ([(401, {"message": "Unauthorized"})], "rows from 1 on: 401 Unauthorized"),
        ([(0, None)] * 6, "rows from 1 on: 0 no answer"),
    ],
)
def test_what_stays_a_no_stops_it(
    tmp_path: Path, answers: list[tuple[int, Any]], says: str
) -> None:
    made, _, _ = job(written(tmp_path / "no.csv", [COURSE.format(0)]), api := Api())
    api.answers = answers
    with pytest.raises(CannotGoOn) as stopped:
        made.run(only_try=True)
    assert str(stopped.value) == says


def test_a_file_is_brought_in_over_http_and_again(
    call: Caller,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = [COURSE.format(0), *(RUN.format(0, n, n % 9 + 1) for n in range(70))]
    path = written(tmp_path / "some.csv", lines)
    operator = call.cloud.token(
        email="olga@vendor.example", name="Olga", program="atlassian", groups=("operator",)
    )
    arguments = [str(path), "--api", call.cloud.url, "--rows", "30"]
    monkeypatch.setenv("TOKEN", operator)
    reader = call.as_("lee@routes.example")
    assert catalogue.main([*arguments, "--dry-run"]) == 1  # a title of two lines
    assert "row 1, title: " in capsys.readouterr().out
    path.write_text(path.read_text("utf-8-sig").replace("\nand", " and"), "utf-8")
    assert catalogue.main([*arguments, "--dry-run"]) == 0
    assert call("GET", "/v1/catalogue/C-0", **reader)[0] == 404
    for _ in range(2):
        assert catalogue.main(arguments) == 0
        assert capsys.readouterr().out.endswith("71 rows, 0 bad, 71 written\n")
        status, page = call("GET", "/v1/catalogue/C-0", **reader)
        assert (status, len(page["sessions"])) == (200, 70)
    monkeypatch.setenv("TOKEN", call.cloud.token(email="lee@x.example", name="L", program="cisco"))
    assert catalogue.main(arguments) == 2
    assert "stopped: rows from 1 on: 403" in capsys.readouterr().err
    assert catalogue.main([str(tmp_path / "none.csv")]) == 2
