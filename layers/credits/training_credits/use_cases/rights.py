"""What a caller may do on an account, asked before anything else of it is read."""

from training_credits.domain.decisions.rights import check_may
from training_credits.domain.model import Account, Caller, Permission
from training_credits.ports import Clock, Ledger
from training_credits.programs import program_named


def check_right(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, permission: Permission
) -> Account:
    """The account's header, if the caller may; one read."""
    standing = ledger.standing(caller.program, account_id, caller.person.email)
    program = program_named(caller.program, clock())
    return check_may(program, standing.account, standing.member, caller, permission)
