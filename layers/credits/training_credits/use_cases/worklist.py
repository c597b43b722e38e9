"""What is due by now, of all programs, page after page: whatever was missed heals itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from training_credits.ports import SHARDS, Clock, Page
from training_credits.programs import program_names

PAGE = 100
D = TypeVar("D")
R = TypeVar("R")
Due = Callable[[str, datetime, int, str | None, int], Page[D]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run(Generic[R]):
    """What became of each that was due, and what went wrong with others.

    `finished` is false if time ran out; the next run goes on.
    """

    done: tuple[R, ...]
    errors: tuple[Exception, ...]
    finished: bool


def work_off(
    clock: Clock, due: Due[D], has_time: Callable[[], bool], settle: Callable[[str, D], R]
) -> Run[R]:
    """Settle what is due, one after the other; one that fails stands in no other's way."""
    done: list[R] = []
    errors: list[Exception] = []
    for program, each in all_due(clock, due):
        if not has_time():
            return Run(done=tuple(done), errors=tuple(errors), finished=False)
        try:
            done.append(settle(program, each))
        except Exception as error:  # noqa: BLE001 - see above
            errors.append(error)
    return Run(done=tuple(done), errors=tuple(errors), finished=True)


def all_due(clock: Clock, due: Due[D]) -> Iterator[tuple[str, D]]:
    """Each with its program; `due` asks the worklist of a program for a page of one shard.

    What is settled leaves the worklist, so a run that was killed goes on where it was: at what is
    still due. The index may lag, and show something that is settled already.
    """
    for program in program_names():
        for shard in range(SHARDS):
            cursor: str | None = None
            while (page := due(program, clock(), shard, cursor, PAGE)).items:
                for each in page.items:
                    yield program, each
                cursor = page.cursor
                if cursor is None:
                    break
