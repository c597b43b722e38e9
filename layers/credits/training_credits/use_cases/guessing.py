"""How often somebody may guess at codes before no more of theirs are looked at (SF-40)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from training_credits.domain.errors import Reason, Throttled
from training_credits.domain.program import Program

TRIES_MAX = 100
TRIES_DAYS = 30


def check_tries(program: Program, tries: Sequence[datetime], now: datetime) -> None:
    """Very many in a month, or some in a row where the program says so (SF-40)."""
    most, minutes = program.codes.wrong_most, program.codes.wrong_minutes
    row = sum(at > now - timedelta(minutes=minutes) for at in tries)
    if most and row >= most:
        raise Throttled(
            Reason.TOO_MANY_TRIES,
            f"{most} wrong codes in {minutes} minutes: wait as long.",
            tries_max=most,
            minutes=minutes,
        )
    if len(tries) >= TRIES_MAX:
        raise Throttled(
            Reason.TOO_MANY_TRIES,
            f"{TRIES_MAX} wrong codes in {TRIES_DAYS} days: no more are looked at.",
            tries_max=TRIES_MAX,
            days=TRIES_DAYS,
        )
