"""Which mails somebody wants: their own choice, of nobody else."""

from collections.abc import Collection

from training_credits.domain.change import Change, SetPreferences
from training_credits.domain.model import Caller, Pace, Preferences, Topic
from training_credits.ports import Ledger
from training_credits.use_cases.mailing import NOTHING_CHOSEN


def preferences(ledger: Ledger, caller: Caller) -> Preferences:
    """What the caller has chosen."""
    email = caller.person.email
    return ledger.preferences(caller.program, [email]).get(email, NOTHING_CHOSEN)


def choose(
    ledger: Ledger,
    caller: Caller,
    off: Collection[Topic],
    transactions: Pace | None,
    language: str | None,
) -> Preferences:
    """Choose anew; what was chosen before is forgotten."""
    # Each topic once, always in one order: the same choice is the same item.
    unwanted = tuple(topic for topic in Topic if topic in off)
    chosen = Preferences(off=unwanted, transactions=transactions, language=language)
    write = SetPreferences(email=caller.person.email, preferences=chosen)
    ledger.commit(Change(program=caller.program, writes=(write,)))
    return chosen
