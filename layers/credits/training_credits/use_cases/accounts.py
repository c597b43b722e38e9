"""Accounts: opened, edited, read; and what the vendor sets on them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import accounts as decisions
from training_credits.domain.decisions import plans
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Account,
    AccountKind,
    Agreement,
    Approval,
    Book,
    Caller,
    Contact,
    Happening,
    Lot,
    Permission,
    PlanItem,
)
from training_credits.ports import Clock, Depth, Ledger, Page
from training_credits.programs import program_named
from training_credits.use_cases.people import check_free
from training_credits.use_cases.rights import check_right
from training_credits.use_cases.submit import Intent, carry_out, until_fresh


def open_account(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    name: str | None,
    kind: AccountKind,
    approval: Approval | None,
    owner: str | None,
) -> str:
    """Open an account; its id comes from the caller and the key."""
    caller = intent.caller
    account_id = derived("account", caller.program, caller.person.subject, intent.key)

    def decide(now: datetime) -> tuple[Account, Change]:
        program = program_named(caller.program, now)
        if owner is not None:
            check_free(ledger, program, owner)
        return decisions.open_account(
            program,
            caller,
            account_id=account_id,
            name=name,
            kind=kind,
            approval=approval,
            owner=owner,
            now=now,
        )

    return carry_out(ledger, clock, intent, decide)


def read_account(ledger: Ledger, clock: Clock, caller: Caller, account_id: str) -> Book:
    """The account with its members and all its lots, in one query."""
    book = ledger.book(caller.program, account_id, Depth.PAST)
    return check_book(program_named(caller.program, clock()), book, caller, Permission.READ)


def edit_account(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, edit: decisions.Edit
) -> Book:
    """Name, way to approve, its threshold, four eyes, the card; the account as it is afterwards."""

    def attempt(now: datetime) -> Book:
        program = program_named(caller.program, now)
        found = ledger.book(caller.program, account_id, Depth.MEMBERS)
        book = check_book(program, found, caller, Permission.EDIT)
        change = decisions.edit_account(program, book, caller, edit, now)
        if change is not None:
            ledger.commit(change)
        return replace(book, account=edit.of(book.account))

    return until_fresh(clock, attempt)


def name_contact(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, contact: Contact
) -> Account:
    """Say who at the vendor is there for the account."""

    def attempt(now: datetime) -> Account:
        account = check_right(ledger, clock, caller, account_id, Permission.SELL)
        after, change = decisions.name_contact(account, caller, contact, now)
        if change is not None:
            ledger.commit(change)
        return after

    return until_fresh(clock, attempt)


def set_agreement(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    said: Agreement,
) -> Agreement:
    """What was negotiated with the account."""

    def attempt(now: datetime) -> Agreement:
        account = check_right(ledger, clock, caller, account_id, Permission.SELL)
        agreement, change = decisions.set_agreement(
            program_named(caller.program, now), account, caller, said, now
        )
        if change is not None:
            ledger.commit(change)
        return agreement

    return until_fresh(clock, attempt)


def history(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    cursor: str | None,
    limit: int,
) -> Page[Happening]:
    """What happened to the account beside credits moving, oldest first."""
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    return ledger.history(caller.program, account_id, cursor, limit)


def read_plan(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, lot_id: str
) -> tuple[Lot, tuple[PlanItem, ...]]:
    """The training plan of a lot."""
    check_right(ledger, clock, caller, account_id, Permission.READ)
    return _lot(ledger, caller, account_id, lot_id), ledger.plan(caller.program, account_id, lot_id)


def change_plan(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    lot_id: str,
    items: Sequence[PlanItem],
) -> tuple[Lot, tuple[PlanItem, ...]]:
    """Replace the training plan of a lot (CI-10)."""

    def attempt(now: datetime) -> tuple[Lot, tuple[PlanItem, ...]]:
        account = check_right(ledger, clock, caller, account_id, Permission.PLAN)
        lot = _lot(ledger, caller, account_id, lot_id)
        program = program_named(caller.program, now)
        ledger.commit(plans.plan(program, account, caller, lot, items, now))
        return lot, tuple(items)

    return until_fresh(clock, attempt)


def _lot(ledger: Ledger, caller: Caller, account_id: str, lot_id: str) -> Lot:
    lot = ledger.lot(caller.program, account_id, lot_id)
    if lot is None:
        raise NotFound(Reason.LOT_NOT_FOUND, "The account has no such lot.")
    return lot
