"""What is due by now, of all programs, page after page: whatever was missed heals itself."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from training_credits.ports import EXPIRY_SHARDS, Clock
from training_credits.programs import program_names

PAGE = 100
D = TypeVar("D")
Due = Callable[[str, datetime, int, int], tuple[D, ...]]


def all_due(clock: Clock, due: Due[D]) -> Iterator[tuple[str, D]]:
    """Each with its program, once; `due` asks the worklist of a program for one shard."""
    for program in program_names():
        for shard in range(EXPIRY_SHARDS):
            seen: set[D] = set()
            while fresh := _fresh(due, program, clock(), shard, seen):
                for each in fresh:
                    yield program, each


def _fresh(due: Due[D], program: str, now: datetime, shard: int, seen: set[D]) -> list[D]:
    """The next page; the index may still show what this run has settled already."""
    page = due(program, now, shard, PAGE + len(seen))
    fresh = [each for each in page if each not in seen]
    seen.update(fresh)
    return fresh
