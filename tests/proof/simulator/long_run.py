"""The last long run: docs/simulator.toml, which docs/proof.md shows."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from msgspec import Struct, convert

from tests.contract.pages import table
from tests.proof.simulator.weather import Fault
from tests.rules.register import ROOT

KEPT = ROOT / "docs" / "simulator.toml"
HEAD = """\
# The last long run of the simulator, as `python -m tests.proof.simulator --keep FILE` writes it.
"""
# What a run counts, and how the page names it.
FAULTS = {
    Fault.BUSY: "calls refused",
    Fault.LOST: "calls carried out, their answer lost",
    Fault.CRASH: "functions that ended before a call",
    Fault.DIED: "functions that ended after a call",
    "index": "indexes that lagged",
}
HAPPENINGS = {
    "met": "operations met by another before their write",
    "given up": "operations given up, and asked for again later",
    "replayed": "requests sent again after their answer",
    "told again of a payment": "payments told again",
}


class LongRun(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Seeds from 0 on; `violations` are seeds that were broken."""

    on: date
    seeds: int
    converged: int
    violations: int
    operations: int
    faults: dict[str, int]
    happenings: dict[str, int]

    @classmethod
    def of(cls, on: date, seeds: int, violations: int, counted: Counter[str]) -> "LongRun":
        return cls(
            on=on,
            seeds=seeds,
            converged=counted["converged"],
            violations=violations,
            operations=counted["operations"],
            faults={str(name): counted[name] for name in FAULTS},
            happenings={name: counted[name] for name in HAPPENINGS},
        )


def read(path: Path = KEPT) -> LongRun:
    return convert(tomllib.loads(path.read_text("utf-8")), LongRun)


def written(run: LongRun) -> str:
    plain = ("on", "seeds", "converged", "violations", "operations")
    lines = [f"{name} = {getattr(run, name)}" for name in plain]
    for part, counts in (("faults", run.faults), ("happenings", run.happenings)):
        lines += ["", f"[{part}]", *(f'"{name}" = {count}' for name, count in counts.items())]
    return "\n".join([HEAD, *lines]) + "\n"


def shown(run: LongRun) -> str:
    """As a table of the page."""
    rows = [
        ("day", str(run.on)),
        ("command", f"`python -m tests.proof.simulator --seeds {run.seeds}`"),
        ("seeds", f"{run.seeds:,}"),
        ("seeds that converged", f"{run.converged:,}"),
        ("violations", f"{run.violations:,}"),
        ("operations", f"{run.operations:,}"),
        *((says, f"{run.faults[name]:,}") for name, says in FAULTS.items()),
        *((says, f"{run.happenings[name]:,}") for name, says in HAPPENINGS.items()),
    ]
    return f"\n{table(('counted', 'figure'), rows)}\n"
