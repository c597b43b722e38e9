"""What every change of an account has in common: whose it is, and a line in its history."""

from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.model import Account, Caller, Happening, HappeningKind


def noted(
    caller: Caller, kind: HappeningKind, now: datetime, *, about: str, detail: str = ""
) -> c.Note:
    """A line for the account's history."""
    happening = Happening(kind=kind, at=now, actor=caller.person.email, about=about, detail=detail)
    return c.Note(happening=happening)


def change_of(account: Account, *writes: c.Write) -> c.Change:
    """Writes on one account."""
    return c.Change(program=account.program, account_id=account.account_id, writes=writes)
