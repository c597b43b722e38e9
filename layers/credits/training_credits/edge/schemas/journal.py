"""The sealed journal: what a digest covers has the same names and the same text in every export."""

from training_credits.edge.schemas.base import Answer


class JournalMovement(Answer, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """So many credits of a lot."""

    lot: str
    source: str
    target: str
    credits: int


class JournalEntry(Answer, frozen=True, kw_only=True):
    """All that an entry says; its digest covers all of it, and nothing beside it."""

    program: str
    account: str
    entry: str
    at: str
    kind: str
    movements: tuple[JournalMovement, ...]
    reference: str
    title: str
    actor: str
    learner: str | None = None


class JournalBlock(Answer, frozen=True, kw_only=True):
    """A filed month. `previous` is the digest of the month before, `listed` that of its entries.

    `opening` and `closing` are unspent credits of all lots; `lots` has the states in which each
    lot has credits at the month's end.
    """

    form: int
    program: str
    account: str
    month: str
    start: str
    end: str
    previous: str
    entries: int
    listed: str
    opening: int
    closing: int
    lots: dict[str, dict[str, int]]
    digest: str


class JournalItem(Answer, frozen=True, kw_only=True):
    """A block, with the place and the digest of each of its entries as it was sealed; or an entry.

    The entries of a block follow it.
    """

    block: JournalBlock | None = None
    leaves: tuple[str, ...] | None = None
    entry: JournalEntry | None = None


class JournalPage(Answer, frozen=True, kw_only=True):
    """A part of one month. Written one page a line, pages are what `python -m verify` reads."""

    items: tuple[JournalItem, ...]
    cursor: str | None = None
