"""Seeds by the hundred; each begins anew, so any number of processes may share them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.proof.simulator.running import OPERATIONS, Simulation

KEPT = Path(__file__).with_name("seeds.txt")


@dataclass
class Outcome:
    """What has come to pass in a seed, or what was broken, with the last of its plan."""

    seed: int
    counted: Counter[str] = field(default_factory=Counter)
    broken: str = ""


def play(seed: int, operations: int = OPERATIONS) -> Outcome:
    """One seed in memory; whatever goes wrong is what it has found."""
    simulation = Simulation(seed, operations)
    try:
        simulation.run()
    except Exception as error:  # noqa: BLE001 - a defect may show itself as anything
        notes = "\n".join(getattr(error, "__notes__", ()))
        return Outcome(seed, simulation.counted, f"{error!r}\n{notes}")
    return Outcome(seed, simulation.counted)


def play_all(seeds: Iterable[int], processes: int) -> Iterator[Outcome]:
    """As they end."""
    if processes == 1:
        yield from map(play, seeds)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap_unordered(play, seeds, chunksize=10)


def kept() -> list[int]:
    """Those that have found something once, and are played for ever."""
    lines = KEPT.read_text("utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]
