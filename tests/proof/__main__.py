"""`make proof` ends here: the figures it counted, and each promise without a test that passed."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.proof import figures, page, rows
from tests.rules.evidence import TESTS, Evidence, marked, of_run, together
from tests.rules.register import ROOT
from tests.rules.screen import SIGNS, complain, opened

RUN = ROOT / "build" / "proof.xml"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: whether each row has its proof and each figure meets its goal."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("words", nargs="*", help="show only rows that hold each of these: F4, mail")
    parser.add_argument("--check", action="store_true", help="show the figures, and what is wrong")
    parser.add_argument("--write", action="store_true", help="write the page, if all is well")
    parser.add_argument("--run", type=Path, default=RUN, help="the junit file of a test run")
    parser.add_argument("--figures", type=Path, default=ROOT / figures.KEPT, help="what it counted")
    parser.add_argument("--page", type=Path, default=page.PAGE, help="where figures are shown")
    asked = parser.parse_args(arguments)
    console = opened()
    promised, named, counted = rows.read(), marked(TESTS, rows.MARK), figures.read(asked.figures)
    ran = of_run(asked.run, rows.MARK) if asked.run.exists() else None
    wrong = rows.unnamed(promised, named) if ran is None else rows.complaints(promised, ran)
    wrong += page.missed(counted)
    if asked.check or asked.write:
        show_figures(console, counted)
        complain(console, wrong)
    else:
        show(console, promised, together(named, ran or {}), asked.words)
    if asked.write and not wrong:
        page.write(counted, asked.page)
    sum_up(console, len(promised), len(counted), len(wrong), run=ran is not None)
    return 1 if (asked.check or asked.write) and wrong else 0


def show(console: Console, promised: rows.Rows, tests: Evidence, words: Sequence[str]) -> None:
    table = Table(box=SIMPLE_HEAD)
    table.add_column("row", no_wrap=True)
    table.add_column("what it promises, which tests prove it", overflow="fold")
    for name, row in promised.items():
        proofs = sorted(tests.get(name, {}).items())
        lines = [row.says, *(f"{SIGNS[outcome][0]} {test}" for test, outcome in proofs)]
        if not proofs:
            lines.append(f"not here: {row.unproven}" if row.unproven else "✗ no test")
        said = f"{name} {' '.join(lines)}".casefold().split()
        if all(any(one.startswith(word.casefold()) for one in said) for word in words):
            table.add_row(name, Text("\n".join(lines)))
    console.print(table)


def show_figures(console: Console, counted: figures.Figures) -> None:
    table = Table(box=SIMPLE_HEAD)
    table.add_column("counted")
    table.add_column("figure", justify="right")
    table.add_column("goal", justify="right")
    for name, figure in sorted(counted.items()):
        style = "" if figure.met else "red"
        table.add_row(name, figures.shown(figure.value), str(figure.goal), style=style)
    console.print(table)


def sum_up(console: Console, promised: int, counted: int, wrong: int, *, run: bool) -> None:
    by = "a run" if run else "the marks of the tests alone (no run of make proof is kept)"
    said = (
        f"{promised} rows, {counted} figures, by {by}: {wrong} without proof or short of the goal."
    )
    console.print(said, style="red" if wrong else "green", soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
