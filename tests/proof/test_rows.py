"""Every promise is named by a test, and a run that does not prove one is told so."""

from pathlib import Path

import pytest

from tests.contract.pages import shown_on
from tests.proof.__main__ import main
from tests.proof.page import PAGE, rows_of, without_aws
from tests.proof.rows import MARK, REGISTER, Row, complaints, read, unnamed
from tests.rules.evidence import TESTS, Outcome, marked

HERE = "tests/proof/test_rows.py"
TEST = "proof/test_a.py::test_a"


@pytest.mark.proves("G3", "G6")
def test_every_row_is_named_by_a_test_and_every_name_is_a_row() -> None:
    assert unnamed(read(), marked(TESTS, MARK)) == []


def test_the_page_shows_each_row_with_its_tests_and_what_takes_an_aws_account() -> None:
    rows = read()
    shown_on(PAGE, "without", without_aws(rows), HERE)
    shown_on(PAGE, "rows", rows_of(rows, marked(TESTS, MARK)), HERE)


def test_a_row_without_a_test_and_a_test_without_a_row_are_named() -> None:
    rows = {"F1": Row(says="one"), "F2": Row(says="two"), "F3": Row(says="three", unproven="no")}
    tests = {TEST: Outcome.NOT_RUN}
    assert unnamed(rows, {"F1": tests, "F9": tests}) == [
        "F9 is no row of docs/proof.toml",
        "F2 is named by no test: two",
    ]


def test_only_a_test_that_passed_proves_a_row() -> None:
    rows = {name: Row(says=name) for name in ("I1", "I2", "I3", "I4")}
    ran = {
        "I1": {TEST: Outcome.PASSED},
        "I2": {TEST: Outcome.FAILED},
        "I3": {TEST: Outcome.SKIPPED},
    }
    assert complaints(rows, ran) == [
        f"I2 failed in {TEST}",
        f"I3 has no test that passed (skipped: {TEST}): I3",
        "I4 has no test that passed: I4",
    ]


@pytest.mark.parametrize("row", ["I1", "E12", "G20"])
def test_no_row_is_dropped_in_silence(row: str, tmp_path: Path) -> None:
    register = tmp_path / "proof.toml"
    register.write_text(REGISTER.read_text("utf-8").replace(f"[{row}]", "[X1]"), "utf-8")
    with pytest.raises(ValueError, match=row):
        read(register)


RUN = """<testsuites><testsuite><testcase classname="tests.proof.test_a" name="test_a[x]">
<properties><property name="proves" value="I1"/></properties></testcase></testsuite></testsuites>"""
FIGURES = '{"runs": {"goal": {"sign": "≥", "number": 300}, "of": {"a": 200}}}'
EMPTY = "# Proof\n<!-- figures: written by make proof -->\nold\n<!-- /figures -->\n"


def test_a_run_that_lacks_a_row_or_a_goal_ends_red_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, figures, page = (tmp_path / name for name in ("run.xml", "proof.json", "proof.md"))
    for path, text in ((run, RUN), (figures, FIGURES), (page, EMPTY)):
        path.write_text(text, encoding="utf-8")
    asked = ["--run", str(run), "--figures", str(figures), "--page", str(page)]
    assert main(["--write", *asked]) == 1
    said = capsys.readouterr().out.splitlines()
    assert "runs: 200, but the goal is ≥ 300" in said
    assert not [line for line in said if line.startswith("I1 ")]
    assert [line for line in said if line.startswith("I2 has no test that passed")]
    assert page.read_text("utf-8") == EMPTY


def test_a_run_that_lacks_nothing_writes_its_figures(tmp_path: Path) -> None:
    run, figures, page = (tmp_path / name for name in ("run.xml", "proof.json", "proof.md"))
    proven = "".join(f'<property name="proves" value="{row}"/>' for row in read())
    run.write_text(RUN.replace('<property name="proves" value="I1"/>', proven), encoding="utf-8")
    figures.write_text(FIGURES.replace("200", "1312"), encoding="utf-8")
    page.write_text(EMPTY, encoding="utf-8")
    assert main(["--write", "--run", str(run), "--figures", str(figures), "--page", str(page)]) == 0
    assert "| runs | 1,312 | ≥ 300 |" in page.read_text("utf-8")
