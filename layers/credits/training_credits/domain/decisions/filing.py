"""Which month of an account is filed next, and when."""

from datetime import datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.calendar import month_bounds, plus_months
from training_credits.domain.model import Block, Month
from training_credits.domain.program import Program

# Whatever is dated in a month is booked within minutes of it, but for what its filing books first.
SETTLES = timedelta(minutes=30)


def month_of(program: Program, at: datetime) -> Month:
    """The month that people in the program's time zone read at an instant."""
    today = program.today(at)
    start, end = month_bounds(today.year, today.month, program.time_zone)
    return Month(name=f"{today:%Y-%m}", start=start, end=end)


def month_after(program: Program, name: str, end: datetime) -> Month:
    """The month after one that ended then: between them there is no instant that is in neither."""
    first = plus_months(datetime.strptime(name, "%Y-%m").date(), 1)  # noqa: DTZ007 - only its name
    _, until = month_bounds(first.year, first.month, program.time_zone)
    return Month(name=f"{first:%Y-%m}", start=end, end=until)


def begun(program: Program, now: datetime) -> c.BeginFiling:
    """With its first credits an account begins to be filed, at the end of this month."""
    return c.BeginFiling(due=due(month_of(program, now)))


def due(month: Month) -> datetime:
    """From when on a month is filed."""
    return month.end + SETTLES


def filed(program: Program, block: Block) -> c.Change:
    """A month is filed; the next one will be due."""
    following = month_after(program, block.month, block.end)
    write = c.FileMonth(block=block, due=due(following))
    return c.Change(program=block.program, account_id=block.account_id, writes=(write,))
