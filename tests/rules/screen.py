"""The register and its tests as a person reads them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.rules.evidence import Evidence, Outcome
from tests.rules.places import Places
from tests.rules.register import PROGRAMS, Register, Rule, of_program

COLOURS = {"honoured": "green", "in part": "yellow", "later": "cyan", "not ours": "dim"}
SIGNS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗ failed:", "red"),
    Outcome.SKIPPED: ("- skipped:", "yellow"),
    Outcome.NOT_RUN: ("- not run:", "yellow"),
}


UNREAD_WIDTH = 200  # into a pipe or a file: a line for each row and each test, to be searched


def opened() -> Console:
    """The screen, or what is wide enough to be searched."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = UNREAD_WIDTH
    return console


def show(
    console: Console, rules: Register, evidence: Evidence, places: Places, words: Sequence[str]
) -> None:
    """Of each program the rules whose lines hold all the words."""
    found = 0
    for program, of in PROGRAMS.items():
        table = Table(title=of.title, box=SIMPLE_HEAD, title_style="bold", title_justify="left")
        table.add_column("rule", no_wrap=True)
        table.add_column("state", no_wrap=True)
        table.add_column("what it says, where it is kept, which tests show it", overflow="fold")
        for rule, entry in of_program(rules, program).items():
            text = _text(entry, places.get(rule, set()), evidence.get(rule, {}))
            said = f"{rule} {entry.standing} {text}".casefold()
            if all(word.casefold() in said for word in words):
                table.add_row(rule, Text(entry.standing, COLOURS[entry.standing]), text)
        if table.row_count:
            console.print(table)
        found += table.row_count
    if not found:
        console.print(f"No rule holds: {' '.join(words)}", markup=False)


def _text(entry: Rule, places: set[str], tests: Mapping[str, Outcome]) -> Text:
    text = Text(entry.says)
    if entry.rest:
        text.append(f"\n{entry.rest}", "italic")
    if places:
        text.append(f"\nkept by {' '.join(sorted(places))}", "dim")
    for test, outcome in sorted(tests.items()):
        sign, colour = SIGNS[outcome]
        text.append(f"\n{sign} ", colour).append(test, "dim")
    if entry.claimed and not tests:
        text.append("\n✗ no test", "red")
    return text


def complain(console: Console, wrong: Iterable[str]) -> None:
    for line in wrong:
        console.print(line, style="red", markup=False, soft_wrap=True)


def sum_up(console: Console, rules: Register, unproven: int, run: Path | None) -> None:
    standings = Counter(entry.standing for entry in rules.values())
    counts = ", ".join(f"{standings[standing]} {standing}" for standing in COLOURS)
    console.print(f"{len(rules)} rules: {counts}.", markup=False, soft_wrap=True)
    if run is None:
        console.print("No test run yet: make test makes one.", style="red", soft_wrap=True)
        return
    at = datetime.fromtimestamp(run.stat().st_mtime, UTC)
    proof = (
        f"{unproven} not as claimed (listed by make test)"
        if unproven
        else "each claim has a test that passed"
    )
    said = f"By the test run of {at:%Y-%m-%d %H:%M} UTC: {proof}."
    console.print(said, style="red" if unproven else "green", soft_wrap=True)
