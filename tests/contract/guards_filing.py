"""Guards of the journal: months that are filed, each once and each after the one before."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.contract.guards import no, yes
from training_credits.domain import change as c
from training_credits.domain.journal import GENESIS
from training_credits.domain.model import Balance, Block

MARCH_END = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
APRIL_END = datetime(2026, 4, 30, 22, 0, tzinfo=UTC)
MAY_END = datetime(2026, 5, 31, 22, 0, tzinfo=UTC)
BOOKED = {"L1": Balance(available=61, redeemed=39), "L2": Balance(reissued=7)}


def block(**facts: object) -> Block:
    """March, the first month."""
    march = Block(
        program="cisco",
        account_id="0000000000ACC001",
        month="2026-03",
        start=datetime(2026, 2, 28, 23, 0, tzinfo=UTC),
        end=MARCH_END,
        previous=GENESIS,
        entries=2,
        listed="a" * 64,
        opening=0,
        closing=61,
        lots=BOOKED,
        digest="3" * 64,
    )
    return replace(march, **facts)  # type: ignore[arg-type]


BEGUN = c.BeginFiling(due=MARCH_END)
MARCH = c.FileMonth(block=block(), due=APRIL_END)
APRIL_BLOCK = block(
    month="2026-04", start=MARCH_END, end=APRIL_END, previous="3" * 64, digest="4" * 64
)
APRIL = c.FileMonth(block=APRIL_BLOCK, due=MAY_END)
OTHER_MARCH = c.FileMonth(block=block(digest="0" * 64), due=APRIL_END)
FORKED = c.FileMonth(block=replace(APRIL_BLOCK, month="2026-05"), due=MAY_END)
LOOSE = c.FileMonth(block=replace(APRIL_BLOCK, previous="9" * 64), due=MAY_END)
AGAIN_FIRST = c.FileMonth(block=block(month="2026-05"), due=MAY_END)

FILING = (
    yes("an account begins to be filed", BEGUN),
    yes("it may begin again", BEGUN, BEGUN),
    yes("the first month is filed", MARCH, BEGUN),
    yes("the first month of an account of before is filed", MARCH),
    no("a month is filed once", MARCH, BEGUN, MARCH),
    no("nor in another form", OTHER_MARCH, BEGUN, MARCH),
    yes("the next month is filed", APRIL, BEGUN, MARCH),
    no("a month is not filed before the one it names", APRIL, BEGUN),
    no("nor after another", LOOSE, BEGUN, MARCH),
    no("two months do not follow the same one", FORKED, BEGUN, MARCH, APRIL),
    no("no second month is the first", AGAIN_FIRST, BEGUN, MARCH),
    no("a month elsewhere is not the one before", APRIL, BEGUN, elsewhere=(BEGUN, MARCH)),
)
