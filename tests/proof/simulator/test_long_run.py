"""The long run of the simulator: kept as it was counted, shown on the page, and without a break."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.contract.pages import shown_on
from tests.proof.page import PAGE
from tests.proof.simulator.__main__ import main
from tests.proof.simulator.long_run import LongRun, read, shown, written

HERE = "tests/proof/simulator/test_long_run.py"
RUN = LongRun.of(date(2026, 3, 1), 2, 1, Counter({"converged": 1, "operations": 61, "died": 1_234}))


@pytest.mark.proves("G5")
def test_nothing_was_broken_in_the_long_run_and_every_seed_converged() -> None:
    run = read()
    assert (run.violations, run.converged) == (0, run.seeds)
    assert 0 not in run.faults.values()
    assert 0 not in run.happenings.values()


def test_the_page_shows_the_long_run() -> None:
    shown_on(PAGE, "long run", shown(read()), HERE)


def test_what_is_kept_of_a_run_is_read_again(tmp_path: Path) -> None:
    kept = tmp_path / "simulator.toml"
    kept.write_text(written(RUN), encoding="utf-8")
    assert read(kept) == RUN
    assert "| functions that ended after a call | 1,234 |" in shown(RUN)
    assert "| violations | 1 |" in shown(RUN)


def test_a_run_keeps_what_it_counted_where_it_is_told_to(tmp_path: Path) -> None:
    kept = tmp_path / "simulator.toml"
    assert main(["--seeds", "2", "--processes", "1", "--keep", str(kept)]) == 0
    assert (read(kept).seeds, read(kept).converged, read(kept).violations) == (2, 2, 0)
