"""What is due by now, of all programs, page after page: whatever was missed heals itself."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from training_credits.ports import EXPIRY_SHARDS, Clock, Page
from training_credits.programs import program_names

PAGE = 100
D = TypeVar("D")
Due = Callable[[str, datetime, int, str | None, int], Page[D]]


def all_due(clock: Clock, due: Due[D]) -> Iterator[tuple[str, D]]:
    """Each with its program; `due` asks the worklist of a program for a page of one shard.

    What is settled leaves the worklist, so a run that was killed goes on where it was: at what is
    still due. The index may lag, and show something that is settled already.
    """
    for program in program_names():
        for shard in range(EXPIRY_SHARDS):
            cursor: str | None = None
            while (page := due(program, clock(), shard, cursor, PAGE)).items:
                for each in page.items:
                    yield program, each
                cursor = page.cursor
                if cursor is None:
                    break
