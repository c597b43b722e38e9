"""Accounts, their owners, and their redemption codes."""

from dataclasses import replace
from datetime import datetime

from training_credits.domain import codes
from training_credits.domain.change import Change
from training_credits.domain.decisions import accounts as decisions
from training_credits.domain.decisions.rights import account_not_found, check_may_read, check_owns
from training_credits.domain.identity import derived
from training_credits.domain.model import Account, Approval, Book, Caller
from training_credits.ports import Clock, Depth, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.submit import Intent, carry_out, until_fresh


def open_account(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    name: str | None,
    approval: Approval | None,
    owner: str | None,
) -> str:
    """Open an account; its id comes from the caller and the key."""
    caller = intent.caller
    account_id = derived("account", caller.program, caller.person.subject, intent.key)

    def decide(now: datetime) -> tuple[Account, Change]:
        return decisions.open_account(
            program_named(caller.program),
            caller,
            account_id=account_id,
            name=name,
            approval=approval,
            owner=owner,
            now=now,
        )

    return carry_out(ledger, clock, intent, decide)


def read_account(ledger: Ledger, caller: Caller, account_id: str) -> Book:
    """The account with its owners and all its lots, in one query."""
    return check_may_read(ledger.book(caller.program, account_id, Depth.PAST), caller)


def check_reader(ledger: Ledger, caller: Caller, account_id: str) -> None:
    """One read: ownership for customers, the account itself for operators."""
    if caller.operates:
        check_may_read(ledger.book(caller.program, account_id, Depth.FUNDS), caller)
    elif not ledger.owns(caller.program, account_id, caller.person.email):
        raise account_not_found()


def own_accounts(ledger: Ledger, caller: Caller) -> tuple[str, ...]:
    """Ids of the accounts the caller owns."""
    return ledger.accounts_of(caller.program, caller.person.email)


def edit_account(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    name: str | None,
    approval: Approval | None,
) -> Book:
    """Change the name or the way to approve; returns the account as it is afterwards."""

    def attempt(_: datetime) -> Book:
        book = _owned(ledger, caller, account_id)
        change = decisions.edit_account(
            program_named(caller.program), book, caller, name=name, approval=approval
        )
        ledger.commit(change)
        account = book.account
        edited = replace(account, name=name or account.name, approval=approval or account.approval)
        return replace(book, account=edited)

    return until_fresh(clock, attempt)


def add_owner(ledger: Ledger, clock: Clock, intent: Intent, account_id: str, email: str) -> str:
    """Give somebody equal rights, by the address they sign in with."""
    caller = intent.caller

    def decide(now: datetime) -> tuple[str, Change]:
        book = _owned(ledger, caller, account_id)
        return email, decisions.add_owner(program_named(caller.program), book, caller, email, now)

    return carry_out(ledger, clock, intent, decide)


def remove_owner(ledger: Ledger, clock: Clock, caller: Caller, account_id: str, email: str) -> None:
    """Take the rights away, at once."""

    def attempt(_: datetime) -> None:
        book = _owned(ledger, caller, account_id)
        ledger.commit(decisions.remove_owner(program_named(caller.program), book, caller, email))

    until_fresh(clock, attempt)


def issue_code(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    lot_id: str | None,
    secret: str,
) -> str:
    """Make the redemption code and return it: the only time it is seen in clear.

    The kept answer does not hold it; a replay derives the same code again.
    """
    caller = intent.caller
    code = codes.derive(
        secret, caller.program, account_id, lot_id or "", caller.person.subject, intent.key
    )

    def decide(now: datetime) -> tuple[str, Change]:
        book = _owned(ledger, caller, account_id)
        hint = code[-codes.HINT_LENGTH :]
        change = decisions.issue_code(
            program_named(caller.program),
            book,
            caller,
            digest=codes.digest(secret, caller.program, code),
            hint=hint,
            lot_id=lot_id,
            now=now,
        )
        return hint, change

    carry_out(ledger, clock, intent, decide)
    return codes.shown(code)


def _owned(ledger: Ledger, caller: Caller, account_id: str) -> Book:
    return check_owns(ledger.book(caller.program, account_id, Depth.OWNERS), caller)
