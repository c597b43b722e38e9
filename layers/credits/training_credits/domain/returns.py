"""What comes back of a booking that is given up, and whether it may be moved (SF-19)."""

from dataclasses import replace
from datetime import date, timedelta

from training_credits.domain.calendar import business_days_between
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Audience, Draw, Fulfilment, Item, Line
from training_credits.domain.program import PERCENT, Cancelling, Program

# Nobody waits for a first day of these: they are used from the moment they are paid.
AT_ONCE = frozenset({Fulfilment.SUBSCRIPTION, Fulfilment.LICENCE})


def percent_back(program: Program, line: Line, today: date) -> int:
    """How much of its price comes back today; of what has begun, nothing."""
    ladder = program.spending.ladder(_audience(line))
    if ladder is None or _begun(program, line.item, today):
        return 0
    return ladder.percent(_days(program, ladder, line.item, today))


def returned(line: Line, percent: int) -> tuple[Draw, ...]:
    """The credits that come back to each lot, of so many percent; whole ones, rounded down."""
    return _back(line, line.credits * percent // PERCENT)


def unreturned(line: Line) -> tuple[Draw, ...]:
    """What each lot has paid for it and has not got back."""
    back = {draw.lot_id: draw.credits for draw in _back(line, line.returned)}
    left = (replace(d, credits=d.credits - back.get(d.lot_id, 0)) for d in line.draws)
    return tuple(draw for draw in left if draw.credits)


def _back(line: Line, left: int) -> tuple[Draw, ...]:
    """The lot drawn last ends last: what comes back is of use there longest, so it goes there."""
    back = []
    for draw in reversed(line.draws):
        credits = min(draw.credits, left)
        left -= credits
        if credits:
            back.append(Draw(lot_id=draw.lot_id, credits=credits))
    return tuple(back)


def check_movable(program: Program, line: Line, moves: int, today: date) -> None:
    """A booking is moved while it could be given up without loss, and only so often."""
    ladder = program.spending.ladder(_audience(line))
    most = ladder.moves if ladder else 0
    if moves >= most or percent_back(program, line, today) < PERCENT:
        raise Refused(
            Reason.NOT_MOVABLE, "This booking can no longer be moved.", moves=moves, most=most
        )


def _audience(line: Line) -> Audience:
    return line.item.offering.audience if line.item else Audience.PUBLIC


def _begun(program: Program, item: Item | None, today: date) -> bool:
    """Whether it is too late for any ladder: its first day is past, or it had none to wait for."""
    if item is None:
        return False
    kind = program.spending.types.get(item.offering.type)
    if kind is not None and kind.fulfilment in AT_ONCE:
        return True
    return item.starts_on is not None and item.starts_on < today


def _days(program: Program, ladder: Cancelling, item: Item | None, today: date) -> int:
    """Days until it starts, never below 0; what has no days starts never."""
    starts = item.starts_on if item else None
    if starts is None:
        return (date.max - today).days
    if ladder.business:
        return business_days_between(today, starts, program.purchase.holidays)
    return max((starts - today) // timedelta(days=1), 0)
