"""The rules as docs/programs.md shows them: each with its state, its places and its tests."""

from tests.contract.pages import code, table
from tests.rules.evidence import Evidence
from tests.rules.places import Places
from tests.rules.register import PROGRAMS, Register, of_program

HEADER = ("rule", "what it says", "state", "kept by", "tests")


def sections(rules: Register, kept: Places, marked: Evidence) -> str:
    """A table for each program; the keys of its own file stand without the file's name."""
    parts = []
    for program, text in PROGRAMS.items():
        rows = []
        for rule, entry in of_program(rules, program).items():
            says = f"{entry.says}. *{entry.rest}*" if entry.rest else f"{entry.says}."
            places = {place.removeprefix(f"{text.file}:") for place in kept.get(rule, ())}
            files = {test.partition("::")[0] for test in marked.get(rule, ())}
            shown = (" ".join(map(code, sorted(of))) for of in (places, files))
            rows.append((rule, says, entry.standing, *shown))
        parts.append(f"\n## {text.title}\n\n{table(HEADER, rows)}")
    return "".join(parts) + "\n"
