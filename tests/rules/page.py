"""docs/programs.md: each rule with its state, its places, and the tests that showed it in a run."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.contract.pages import DOCS, code, parts, table
from tests.rules.evidence import Evidence, Outcome
from tests.rules.places import Places
from tests.rules.register import PROGRAMS, Register, of_program

PAGE = DOCS / "programs.md"
BLOCK = ("rules", "make programs")
HEADER = ("rule", "what it says", "state", "kept by", "tests")


class Shown(NamedTuple):
    """What the page says of a rule."""

    state: str
    files: frozenset[str]


def sections(rules: Register, kept: Places, shown_by: Evidence) -> str:
    """A table for each program; the keys of its own file stand without the file's name."""
    texts = []
    for program, text in PROGRAMS.items():
        rows = []
        for rule, entry in of_program(rules, program).items():
            says = f"{entry.says}. *{entry.rest}*" if entry.rest else f"{entry.says}."
            places = {place.removeprefix(f"{text.file}:") for place in kept.get(rule, ())}
            columns = (places, files(shown_by.get(rule, {})))
            cells = (" ".join(map(code, sorted(of))) for of in columns)
            rows.append((rule, says, entry.standing, *cells))
        texts.append(f"\n## {text.title}\n\n{table(HEADER, rows)}")
    return "".join(texts) + "\n"


def files(tests: Mapping[str, Outcome]) -> frozenset[str]:
    """Where they are."""
    return frozenset(test.partition("::")[0] for test in tests)


def passed(ran: Evidence) -> Evidence:
    """Only what showed its rule."""
    return {
        rule: {test: how for test, how in tests.items() if how is Outcome.PASSED}
        for rule, tests in ran.items()
    }


def write(rules: Register, kept: Places, ran: Evidence, page: Path) -> None:
    """By the tests that passed."""
    head, _, tail = parts(page, *BLOCK)
    page.write_text(f"{head}{sections(rules, kept, passed(ran))}{tail}", encoding="utf-8")


def differences(rules: Register, ran: Evidence, page: Path) -> Iterator[str]:
    """One line for each rule of which the page says what neither register nor run do."""
    shown = dict(_rows(page))
    proven = passed(ran)
    for rule in shown.keys() - rules.keys():
        yield f"{page.name} has {rule}, which is no rule of docs/rules.toml"
    for rule, entry in rules.items():
        says = shown.get(rule, Shown("not at all", frozenset()))
        showed = files(proven.get(rule, {}))
        if says.state != entry.standing:
            yield f"{page.name} shows {rule} as {says.state}; the register, as {entry.standing}"
        for file in sorted(says.files - showed):
            yield f"{page.name} names {file} for {rule}, where no test of it passed in this run"
        for file in sorted(showed - says.files):
            yield f"{page.name} leaves out {file} for {rule}, where a test of it passed"


def _rows(page: Path) -> Iterator[tuple[str, Shown]]:
    """The tables' rows; what a rule says is anybody's text, so cells are counted from the end."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if re.match(r"\| [A-Z]{2}-\d+ ", line):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            yield cells[0], Shown(cells[-3], frozenset(re.findall(r"`([^`]+)`", cells[-1])))
