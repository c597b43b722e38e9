"""Months of three tenants from one number: every answer, every balance, and an end in peace."""

from collections import Counter

import pytest

from tests.proof.figures import Counts
from tests.proof.simulator import seeds
from tests.proof.simulator.__main__ import main
from tests.proof.simulator.bugs import BUGS, OWN
from tests.proof.simulator.running import Simulation
from tests.proof.simulator.seeds import play
from tests.properties.bugs_of_spending import Plant

pytestmark = pytest.mark.proves("G5", "I20")
SOME, ALL, BLOCK = 50, 2_000, 100
HUNT = 150
# What a run without these would not be worth much: each must have come to pass.
USUAL = {
    "grant activated",
    "redeem approved",
    "redeem pending",
    "redeem reserved",
    "redeem insufficient_credits",
    "confirm approved",
    "cancel cancelled",
    "fulfil delivered",
    "return returned",
    "ask submitted",
    "ask open",
    "answer approved",
    "answer upheld",
    "void cancelled",
    "replayed",
    "given up",
    "met",
    "busy",
    "lost",
    "crash",
    "died",
    "index",
    "expire",
    "lapse",
}


def played(chosen: range | list[int], figure: Counts) -> Counter[str]:
    """All of them, and what has come to pass; the figures of `make proof`."""
    outcomes = [play(seed) for seed in chosen]
    counted = sum((each.counted for each in outcomes), Counter[str]())
    broken = [each.broken for each in outcomes if each.broken]
    figure("simulated seeds", len(outcomes), f"≥ {ALL}")
    figure("simulated seeds that converged", counted["converged"], f"≥ {ALL}")
    figure("violations in simulated seeds", len(broken), "= 0")
    assert broken == [], "\n\n".join(broken)
    assert counted["converged"] == len(outcomes)
    return counted


def test_some_seeds_keep_every_promise_and_everything_comes_to_pass(figure: Counts) -> None:
    counted = played(range(SOME), figure)
    assert USUAL - counted.keys() == set()


@pytest.mark.proof
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("first", range(SOME, ALL, BLOCK))
def test_thousands_of_seeds_keep_every_promise(first: int, figure: Counts) -> None:
    played(range(first, min(first + BLOCK, ALL)), figure)


def test_seeds_that_have_found_something_once_find_nothing_now() -> None:
    found = [play(seed).broken for seed in seeds.kept()]
    assert [each for each in found if each] == []


def test_a_seed_is_the_same_history_every_time_and_no_other_seeds() -> None:
    once, again, other = (Simulation(seed).run() for seed in (11, 11, 12))
    assert once.trace == again.trace
    assert once.counted == again.counted
    assert other.trace != once.trace


def test_one_seed_alone_is_played_again_with_its_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "11"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("SEED=11")
    assert said[1:-1] == Simulation(11).run().trace
    assert said[-1].startswith("converged")


# The proof that the harness can fail (G20).


@pytest.mark.proves("G20")
def test_what_is_broken_is_said_with_the_seed_and_played_again_by_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    OWN[0](monkeypatch)
    broken = next(found for found in map(play, range(HUNT)) if found.broken)
    assert f"SEED={broken.seed}" in broken.broken
    assert main(["--seed", str(broken.seed)]) == 1
    assert "BROKEN" in capsys.readouterr().out


@pytest.mark.proof
@pytest.mark.proves("G20")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("plant", BUGS, ids=lambda plant: plant.__name__)
def test_planted_bugs_are_found_by_a_few_seeds(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, figure: Counts
) -> None:
    play(0)  # what is set up once is without it
    plant(monkeypatch)
    broken = (play(seed).broken for seed in range(HUNT))
    found = any(each.startswith(("Broken", "AssertionError")) for each in broken)
    figure("bugs planted for the simulator, and found", int(found), f"≥ {len(BUGS)}")
    assert found
