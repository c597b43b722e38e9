"""`make demo`: play the year, exit with 0 only if every figure is as worked out by hand."""

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from rich.console import Console

from demo import words
from demo.acts import in_time
from demo.checks import Checks, Figures
from demo.client import LocalCloud, Unexpected
from demo.expected import by_hand
from demo.screen import Screen
from demo.stage import Stage, cast
from demo.story import BY_KEY, COMPANIES, SCENES
from local.cloud import Cloud
from local.starting import CannotStart

WorkedOut = Callable[[int], Figures]


def main(arguments: Sequence[str] | None = None, worked_out: WorkedOut = by_hand) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--url", help="play against a local cloud that runs, as make local does")
    url = parser.parse_args(arguments).url
    console = Console(highlight=False)
    screen = Screen(console)
    try:
        with _cloud_at(url, console) as at:
            return 0 if play(at, screen, worked_out, fresh=url is not None) else 1
    except (CannotStart, OSError) as error:
        screen.end(f"No local cloud at {url or 'hand'}: {error}", good=False)
        return 1


def play(url: str, screen: Screen, worked_out: WorkedOut, *, fresh: bool) -> bool:
    """The year that begins next January, by the cloud's clock. Whether every figure agrees."""
    started = time.monotonic()
    with contextlib.closing(LocalCloud(url)) as cloud:
        checks = _play(cloud, screen, worked_out, fresh=fresh)
    return _agree(screen, checks, time.monotonic() - started)


def _play(cloud: LocalCloud, screen: Screen, worked_out: WorkedOut, *, fresh: bool) -> Checks:
    year = cloud.now().year + 1
    screen.title(f"Three companies buy training: the year {year}", cloud.url)
    screen.cast(COMPANIES)
    checks, failed_before = Checks(worked_out(year)), cloud.failures()
    stages = {
        company.name: Stage(
            cloud=cloud,
            company=company,
            people=cast(cloud, company, fresh=fresh),
            screen=screen,
            checks=checks,
            year=year,
            failed_before=failed_before,
            scene=SCENES[0],
        )
        for company in COMPANIES
    }
    try:
        for scene, act in in_time(year):
            stage = stages[scene.company.name]
            stage.begin(scene)
            act(stage)
    except Unexpected as unexpected:
        screen.end(f"The story broke off: {unexpected}", good=False)
    return checks


def _agree(screen: Screen, checks: Checks, seconds: float) -> bool:
    """Print every figure, company by company, and at the end what differs."""
    every = list(checks)
    for company in COMPANIES:
        of_it = (check for check in every if BY_KEY[check.scene].company is company)
        screen.verdict(
            company,
            [
                (
                    BY_KEY[key].title,
                    [(c.what, words.value(c.by_hand), words.value(c.said), c.agrees) for c in of],
                )
                for key, of in groupby(of_it, lambda check: check.scene)
            ],
        )
    wrong = [check for check in every if not check.agrees]
    for check in wrong:
        said, right = words.value(check.said), words.value(check.by_hand)
        scene = BY_KEY[check.scene]
        told = f"{scene.company.name}. {scene.title}. {check.what}: {said}, not {right}."
        screen.end(told, good=False)
    agree = f"{len(every) - len(wrong)} of {len(every)} figures agree."
    screen.end(f"{agree} One year of three companies in {seconds:.1f} s.", good=not wrong)
    return not wrong


@contextlib.contextmanager
def _cloud_at(url: str | None, console: Console) -> Iterator[str]:
    """The one that runs there, or one of our own until the end."""
    if url:
        yield url
        return
    with contextlib.ExitStack() as leave:
        with console.status("Starting a local cloud in memory"):
            cloud = leave.enter_context(Cloud(port=0, in_memory=True))
        yield cloud.url


if __name__ == "__main__":
    sys.exit(main())
