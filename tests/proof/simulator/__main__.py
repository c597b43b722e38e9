"""`python -m tests.proof.simulator --seed 7` plays one seed, and says all of it.

`--seeds 2000` plays so many, from `--from`, in `--processes`; it ends with 1 if any is broken.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.proof.simulator.long_run import LongRun, written
from tests.proof.simulator.running import OPERATIONS, Simulation
from tests.proof.simulator.seeds import play_all

EVERY = 500
say = print  # it talks to the person at the terminal


def main(arguments: Sequence[str] | None = None) -> int:
    """Its status."""
    asked = _parser().parse_args(arguments)
    if asked.seed is not None:
        return _one(asked.seed, asked.operations)
    return _many(range(asked.first, asked.first + asked.seeds), asked.processes, asked.keep)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    parser.add_argument("--seed", type=int, help="one alone, with its plan")
    parser.add_argument("--operations", type=int, default=OPERATIONS)
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="write what was counted here")
    return parser


def _one(seed: int, operations: int) -> int:
    simulation = Simulation(seed, operations)
    say(f"SEED={seed}, weather {simulation.weather.sky}")
    try:
        simulation.run()
    except Exception as error:  # noqa: BLE001 - whatever it has found
        say("\n".join(simulation.trace), f"BROKEN: {error!r}", sep="\n")
        return 1
    say("\n".join(simulation.trace), f"converged: {dict(simulation.counted)}", sep="\n")
    return 0


def _many(seeds: range, processes: int, keep: Path | None) -> int:
    counted, broken = Counter[str](), 0
    for number, outcome in enumerate(play_all(seeds, processes), start=1):
        counted.update(outcome.counted)
        broken += bool(outcome.broken)
        if outcome.broken:
            say(f"SEED={outcome.seed} BROKEN: {outcome.broken}", flush=True)
        if not number % EVERY:
            say(f"{number} seeds, {broken} broken", file=sys.stderr, flush=True)
    for what, count in counted.most_common():
        say(f"{count:9,} {what}")
    if keep is not None:
        run = LongRun.of(datetime.now(UTC).date(), len(seeds), broken, counted)
        keep.write_text(written(run), encoding="utf-8")
    say(f"{len(seeds):,} seeds, {counted['converged']:,} converged, {broken} broken")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
