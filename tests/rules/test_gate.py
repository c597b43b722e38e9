"""The gate of `make test` for the rules of the programs, on runs and registers made up here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.__main__ import main
from tests.rules.evidence import Outcome, marked, of_run
from tests.rules.gate import complaints
from tests.rules.page import differences
from tests.rules.register import REGISTER, ROOT, Rule, State, read

TESTS = """
import pytest

@pytest.mark.rule("AT-01")
@pytest.mark.rule("AT-02")
def test_it_holds():
    pass

@pytest.mark.rule("AT-03")
@pytest.mark.parametrize("right", [True, False, True])
def test_it_fails_for_one(right):
    assert right

@pytest.mark.rule("AT-04")
@pytest.mark.skip
def test_it_is_skipped():
    pass

@pytest.mark.rule("AT-05")
@pytest.mark.xfail
def test_it_is_known_to_fail():
    assert False

@pytest.fixture
def broken():
    yield
    raise OSError

@pytest.mark.rule("AT-06")
def test_it_does_not_clean_up(broken):
    pass

@pytest.mark.parametrize("name", [pytest.param("a", marks=pytest.mark.rule("AT-07")), "b"])
def test_one_name_shows_it(name):
    assert name == "a"

@pytest.mark.rule("AT-99")
def test_it_shows_what_is_no_rule():
    pass

@pytest.mark.rule
def test_it_says_not_which():
    pass
"""


@pytest.fixture(scope="module", params=["0", "2"], ids=["in one process", "by two workers"])
def junit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pytest writes about the tests above."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "checks").mkdir()
    (folder / "checks" / "test_shown.py").write_text(TESTS, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = rule\n", encoding="utf-8")
    command = "-m pytest -p tests.rules.plugin --import-mode importlib --junitxml run.xml -n"
    run = subprocess.run(
        [sys.executable, *command.split(), request.param],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    return folder / "run.xml"


def test_a_run_tells_how_the_tests_of_each_rule_ended(junit: Path) -> None:
    place = "checks/test_shown.py::"
    assert of_run(junit) == {
        "AT-01": {f"{place}test_it_holds": Outcome.PASSED},
        "AT-02": {f"{place}test_it_holds": Outcome.PASSED},
        "AT-03": {f"{place}test_it_fails_for_one": Outcome.FAILED},
        "AT-04": {f"{place}test_it_is_skipped": Outcome.SKIPPED},
        "AT-05": {f"{place}test_it_is_known_to_fail": Outcome.SKIPPED},
        "AT-06": {f"{place}test_it_does_not_clean_up": Outcome.FAILED},
        "AT-07": {f"{place}test_one_name_shows_it": Outcome.PASSED},
        "AT-99": {f"{place}test_it_shows_what_is_no_rule": Outcome.PASSED},
        "no id": {f"{place}test_it_says_not_which": Outcome.PASSED},
    }


def test_the_gate_names_each_claim_the_run_does_not_show(
    junit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", "--run", str(junit)]) == 1
    said = capsys.readouterr().out
    wrong = {line.split()[0]: line for line in said.splitlines() if line.startswith("AT-")}
    assert not wrong.keys() & {"AT-01", "AT-02", "AT-07", "AT-36"}
    assert "but failed in checks/test_shown.py::test_it_fails_for_one" in wrong["AT-03"]
    assert "skipped: checks/test_shown.py::test_it_is_skipped" in wrong["AT-04"]
    assert "test_it_is_known_to_fail" in wrong["AT-05"]
    assert "test_it_does_not_clean_up" in wrong["AT-06"]
    assert "AT-08 is claimed honoured without a passing test" in wrong["AT-08"]
    assert "AT-99 is no rule" in wrong["AT-99"]
    assert "no id is no rule" in said


def test_the_gate_lets_pass_what_is_shown_or_not_claimed() -> None:
    honoured, later = Rule(says="a", state=State.HONOURED), later_rule()
    proof = {"unit/test_a.py::test_a": Outcome.PASSED}
    assert complaints({"AT-01": honoured, "AT-02": later}, {"AT-01": proof}) == {}
    assert complaints({"AT-01": honoured, "AT-02": later}, {"AT-01": proof, "AT-02": proof}) == {}


def test_a_test_written_before_its_rule_is_claimed_must_pass_all_the_same() -> None:
    failing = {"AT-02": {"unit/test_a.py::test_a": Outcome.FAILED}}
    assert "AT-02 is later, but failed" in complaints({"AT-02": later_rule()}, failing)["AT-02"]


def later_rule() -> Rule:
    return Rule(says="b", state=State.LATER, why="Waits.")


def test_without_a_run_the_gate_is_closed_and_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", "--run", str(tmp_path / "none.xml")]) == 1
    assert "make test" in capsys.readouterr().out


def test_every_rule_is_shown_with_its_state_and_found_by_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    none = ["--run", str(tmp_path / "none.xml")]
    assert main(none) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = re.findall(r"^  ([A-Z]{2}-\d\d)   (\S+ ?\S+)", "\n".join(lines), re.MULTILINE)
    assert shown == [(rule, entry.standing) for rule, entry in read().items()]
    main([*none, "promotion", "no such word"])
    assert "No rule holds: promotion no such word" in capsys.readouterr().out
    main([*none, "PROMOTION"])
    assert re.findall(r"^  ([A-Z]{2}-\d\d)", capsys.readouterr().out, re.MULTILINE) == ["AT-07"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[SF-02]", "[SF-42]", "SF-02, SF-42"),
        ("[SF-02]", "[SF-2]", "SF-02, SF-2"),
        ('state = "not ours"', 'state = "soon"', "soon"),
        ('state = "not ours"', 'state = "honoured"', "says why"),
        ("why =", "reason =", "reason"),
        ("missing =", "why =", "says why"),
        ("why =", 'missing = "much"\nwhy =', "says why"),
        (f'why = "{read()["AT-36"].why}"', "", "says why"),
    ],
)
def test_a_register_that_is_misspelt_or_gives_no_reason_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = REGISTER.read_text(encoding="utf-8")
    path = tmp_path / "rules.toml"
    path.write_text(text.replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)):
        read(path)


def test_a_register_has_the_rules_in_the_order_of_the_texts(tmp_path: Path) -> None:
    text = REGISTER.read_text(encoding="utf-8")
    head, first, second, rest = re.split(r"(?=\n\[SF-0[1-3]\])", text)
    path = tmp_path / "rules.toml"
    path.write_text(head + second + first + rest, encoding="utf-8")
    with pytest.raises(ValueError, match="the order"):
        read(path)


def test_marks_are_found_in_sources_also_by_name_and_on_a_whole_file(tmp_path: Path) -> None:
    (tmp_path / "unit").mkdir()
    (tmp_path / "unit" / "test_shown.py").write_text(TESTS, encoding="utf-8")
    whole = 'TEN, TWO = pytest.mark.rule("AT-10"), 2\nALL = [pytest.mark.rule("AT-08"), TEN]\n'
    whole += "pytestmark = ALL\ndef test_all():\n    pass\n"
    (tmp_path / "unit" / "test_whole.py").write_text(whole, encoding="utf-8")
    found = marked(tmp_path)
    assert found["AT-02"] == {"unit/test_shown.py::test_it_holds": Outcome.NOT_RUN}
    assert found["AT-07"] == {"unit/test_shown.py::test_one_name_shows_it": Outcome.NOT_RUN}
    assert found["AT-10"] == found["AT-08"] == {"unit/test_whole.py::test_all": Outcome.NOT_RUN}


def run_of(folder: Path, *, name: str = "test_a", ended: str = "") -> list[str]:
    """Options: a register that claims AT-01, a page without a row, and a run of one test of it."""
    claims = (
        f"[{rule}]\nsays = 'a'\nstate = "
        + ("'honoured'\n" if rule == "AT-01" else "'later'\nwhy = 'Waits.'\n")
        for rule in read()
    )
    (folder / "rules.toml").write_text("".join(claims), encoding="utf-8")
    shows = "<properties><property name='rule' value='AT-01'/></properties>"
    case = f"<testcase classname='tests.unit.{name}' name='test_it'>{shows}{ended}</testcase>"
    (folder / "run.xml").write_text(f"<testsuites>{case}</testsuites>", encoding="utf-8")
    page = folder / "programs.md"
    if not page.exists():
        page.write_text("<!-- rules: written by make programs -->\n<!-- /rules -->\n")
    parts = (("--register", "rules.toml"), ("--run", "run.xml"), ("--page", page.name))
    return [word for option, file in parts for word in (option, str(folder / file))]


def test_the_page_is_written_from_a_run_that_shows_what_is_claimed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "programs.md"
    run = run_of(tmp_path)
    empty = page.read_text(encoding="utf-8")
    assert main(["--check", *run]) == 1
    assert "shows AT-01 as not at all; the register, as honoured" in capsys.readouterr().out
    assert main(run) == 0
    assert main(["--write", *run_of(tmp_path, ended="<skipped/>")]) == 1
    assert page.read_text(encoding="utf-8") == empty
    assert main(["--write", *run_of(tmp_path)]) == 0
    (row,) = re.findall(r"^\| AT-01 .*", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert row.startswith("| AT-01 | a. | honoured |")
    assert row.endswith("| `unit/test_a.py` |")
    assert main(["--check", *run_of(tmp_path)]) == 0


def test_a_run_in_which_another_test_shows_a_rule_than_the_page_says_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--write", *run_of(tmp_path)]) == 0
    assert main(["--check", *run_of(tmp_path, name="test_b")]) == 1
    said = capsys.readouterr().out
    assert "names unit/test_a.py for AT-01, where no test of it passed in this run" in said
    assert "leaves out unit/test_b.py for AT-01, where a test of it passed" in said


def test_a_page_with_another_state_or_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "programs.md"
    page.write_text("| AT-01 | a | b | later | `x.toml` |  |\n| AT-99 | a | honoured |  |  |\n")
    assert [*differences({"AT-01": Rule(says="a", state=State.HONOURED)}, {}, page)] == [
        "programs.md has AT-99, which is no rule of docs/rules.toml",
        "programs.md shows AT-01 as later; the register, as honoured",
    ]
