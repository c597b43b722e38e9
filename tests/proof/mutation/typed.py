"""What mypy says of mutants and not of what they were made from: mutmut's type_check_command.

A mutated file holds each function and all its mutants, wrapped. What mypy thinks of the wrapping
is nobody's fault, and a mutant is caught only by an error that its original does not have.
"""

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ORIGINAL = "__mutmut_orig"
NUMBER = re.compile(r"__mutmut_(\d+|orig)")
MYPY = ("--strict", "--no-warn-unused-ignores", "--explicit-package-bases", "--output", "json")

Said = dict[str, Any]


def main(asked: list[str]) -> None:
    command = [sys.executable, "-m", *asked, *MYPY, "--python-executable", sys.executable]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.stderr:
        sys.exit(run.stderr)
    for said in new_in_mutants([json.loads(line) for line in run.stdout.splitlines()]):
        sys.stdout.write(f"{json.dumps(said)}\n")


def new_in_mutants(errors: list[Said]) -> Iterator[Said]:
    by_file = defaultdict[str, list[Said]](list)
    for said in errors:
        by_file[said["file"]].append(said)
    for file, of_file in by_file.items():
        spans = [*functions(file)]
        known = defaultdict[str, set[str]](set)
        for said in of_file:
            name = within(spans, said["line"])
            if name.endswith(ORIGINAL):
                known[name].add(plain(said))
        for said in of_file:
            name = within(spans, said["line"])
            original = NUMBER.sub(ORIGINAL, name)
            if name != original and plain(said) not in known[original]:
                yield said


def functions(file: str) -> Iterator[tuple[str, int, int]]:
    for node in ast.walk(ast.parse(Path(file).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and NUMBER.search(node.name):
            yield node.name, node.lineno, node.end_lineno or node.lineno


def within(spans: list[tuple[str, int, int]], line: int) -> str:
    return next((name for name, first, last in spans if first <= line <= last), ORIGINAL)


def plain(said: Said) -> str:
    return NUMBER.sub("", f"{said['code']} {said['message']}")


def names(said: str, folder: Path) -> dict[str, set[str]]:
    """The mutants that were caught, by file."""
    found = defaultdict[str, set[str]](set)
    spans = dict[str, list[tuple[str, int, int]]]()
    for one in map(json.loads, said.splitlines()):
        file = one["file"]
        spans[file] = spans.get(file) or [*functions(str(folder / file))]
        found[file].add(within(spans[file], one["line"]))
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
