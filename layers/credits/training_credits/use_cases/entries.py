"""Reading the entries of a period: all of them, as they were at one instant, from a filed month on.

What makes a reading torn, and why this one is not: an entry is dated when its attempt began and
comes into the table a little later, while pages are read one after the other. So a page that is
read may be missing an entry of its time on which an entry of the next page depends.

* Nothing dated after the beginning of the reading is asked for: else, of an account that is busy,
  one would never be done.
* Nothing can still come that is dated more than `SETTLING` before it: attempts end much earlier.
* What lies between is read again until two readings agree. Entries are only ever added, so in the
  moment between the two exactly these were there.

The end of a lot is the one entry that is booked long after its date; who reads adds what is not
booked yet, and so finds the same before and after.
"""

from datetime import datetime, timedelta

from training_credits.domain.errors import Reason, Refused, Unavailable
from training_credits.domain.model import Entry
from training_credits.domain.statement import BEGINNING, EPOCH, Closing
from training_credits.ports import Ledger

__all__ = ["EPOCH", "MOMENT", "all_entries", "as_they_were", "filed_before"]

PAGE = 1_000
PAGES_MAX = 20
READINGS_MAX = 5
MOMENT = timedelta(microseconds=1)
SETTLING = timedelta(seconds=60)  # a function ends within 30, and no two clocks are 30 apart


def filed_before(ledger: Ledger, program: str, account_id: str, before: datetime) -> Closing:
    """What the lots held at the end of the newest filed month, so that nothing older is read.

    Nothing is dated in a filed month later on; where none is filed, all of the account's life.
    """
    block = ledger.filed(program, account_id, before)
    return BEGINNING if block is None else Closing(at=block.end, balances=block.lots)


def as_they_were(
    ledger: Ledger,
    program: str,
    account_id: str,
    start: datetime,
    end: datetime,
    began: datetime,
    pages_max: int | None = None,
) -> tuple[Entry, ...]:
    """Entries of [start, end) up to the instant at which the reading began, never torn."""
    until = min(end, began + MOMENT)
    found = all_entries(ledger, program, account_id, start, until, pages_max)
    recent = max(start, began - SETTLING)
    if until <= recent:
        return found
    for _ in range(READINGS_MAX):
        again = all_entries(ledger, program, account_id, recent, until, pages_max)
        if len(again) == sum(entry.at >= recent for entry in found):
            return found
        found = (*(entry for entry in found if entry.at < recent), *again)
    raise Unavailable(Reason.BUSY, "The account is busy; nothing was read. Try again.")


def all_entries(
    ledger: Ledger,
    program: str,
    account_id: str,
    start: datetime,
    end: datetime,
    pages_max: int | None = None,
) -> tuple[Entry, ...]:
    """Entries of [start, end), oldest first; too many are refused rather than cut off (AT-21)."""
    most = PAGES_MAX if pages_max is None else pages_max
    found: list[Entry] = []
    cursor = None
    for _ in range(most):
        page = ledger.entries(program, account_id, start, end, cursor, PAGE)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return tuple(found)
    raise Refused(
        Reason.PERIOD_TOO_LONG,
        f"There are more than {PAGE * most:,} entries; page through the transactions.",
    )
