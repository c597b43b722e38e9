"""Every guard of every write: what was written before, and whether the write then holds."""

from dataclasses import dataclass

from training_credits.domain import change as c

Writes = tuple[c.Write, ...]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """`before` is committed write by write, `elsewhere` on another account of the program."""

    says: str
    write: c.Write
    holds: bool
    before: Writes = ()
    elsewhere: Writes = ()


def yes(says: str, write: c.Write, *before: c.Write, elsewhere: Writes = ()) -> Guard:
    return Guard(says=says, write=write, holds=True, before=before, elsewhere=elsewhere)


def no(says: str, write: c.Write, *before: c.Write, elsewhere: Writes = ()) -> Guard:
    return Guard(says=says, write=write, holds=False, before=before, elsewhere=elsewhere)
