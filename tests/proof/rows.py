"""docs/proof.toml as values, and what a run must show of it."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, convert

from tests.rules.evidence import Evidence, Outcome
from tests.rules.register import ROOT

REGISTER = ROOT / "docs" / "proof.toml"
MARK = "proves"


class Group(NamedTuple):
    """How many rows it has is pinned, so that none is dropped in silence."""

    title: str
    rows: int


GROUPS = {
    "I": Group("Invariants", 20),
    "F": Group("Faults", 20),
    "T": Group("Attacks", 24),
    "E": Group("Load", 12),
    "G": Group("The scorecard", 20),
}


class Row(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`without`: what of it takes an AWS account. `unproven`: why nothing here can show it."""

    says: str
    without: str = ""
    unproven: str = ""


Rows = Mapping[str, Row]


def read(path: Path = REGISTER) -> Rows:
    """In the order of the file, which is the order of the groups."""
    rows = convert(tomllib.loads(path.read_text("utf-8")), dict[str, Row])
    every = [f"{name}{n}" for name, group in GROUPS.items() for n in range(1, group.rows + 1)]
    if list(rows) != every:
        wrong = sorted(rows.keys() ^ set(every)) or ["the order"]
        raise ValueError(f"{path.name} holds each row once and in order, but: {', '.join(wrong)}")
    return rows


def of_group(rows: Rows, group: str) -> Rows:
    return {name: row for name, row in rows.items() if re.fullmatch(rf"{group}\d+", name)}


def unnamed(rows: Rows, marked: Evidence) -> list[str]:
    """One line for each row that no test names, and for each name that is no row."""
    lacking = [
        f"{name} is named by no test: {row.says}"
        for name, row in rows.items()
        if name not in marked and not row.unproven
    ]
    return [
        f"{name} is no row of docs/proof.toml" for name in sorted(marked.keys() - rows)
    ] + lacking


def complaints(rows: Rows, ran: Evidence) -> list[str]:
    """One line for each row that a run does not prove; none is well."""
    said = [f"{name} is no row of docs/proof.toml" for name in sorted(ran.keys() - rows)]
    for name, row in rows.items():
        tests = ran.get(name, {})
        failed = [test for test, outcome in tests.items() if outcome is Outcome.FAILED]
        if failed:
            said.append(f"{name} failed in {', '.join(failed)}")
        elif Outcome.PASSED not in tests.values() and not row.unproven:
            skipped = f" (skipped: {', '.join(tests)})" if tests else ""
            said.append(f"{name} has no test that passed{skipped}: {row.says}")
    return said
