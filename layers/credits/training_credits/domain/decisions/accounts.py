"""Opening and editing accounts; what the vendor sets on them: contacts, agreement."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.noting import change_of, noted
from training_credits.domain.decisions.people import check_role
from training_credits.domain.decisions.rights import staff_roles, still
from training_credits.domain.errors import Forbidden, Reason, Refused
from training_credits.domain.model import (
    Account,
    AccountKind,
    Agreement,
    Approval,
    Book,
    Caller,
    Contact,
    HappeningKind,
    Member,
    MemberState,
    Permission,
    Role,
)
from training_credits.domain.program import Onboarding, Program

NAME_MAX = 100


def open_account(
    program: Program,
    caller: Caller,
    *,
    account_id: str,
    name: str | None,
    kind: AccountKind,
    approval: Approval | None,
    owner: str | None,
    now: datetime,
) -> tuple[Account, c.Change]:
    """Open an account whose first owner is its creator, or whom an operator names (AT-01 to 03)."""
    email = _first_owner(program, caller, owner)
    own = email == caller.person.email
    account = Account(
        account_id=account_id,
        program=program.id,
        name=(name or (caller.person.name if own else _called_after(email, kind)))[:NAME_MAX],
        kind=kind,
        approval=_offered(program, approval or program.approvals.default),
        opened_by=caller.person.email,
        opened_at=now,
    )
    first = Member(
        email=email,
        role=Role.OWNER,
        state=MemberState.ACTIVE if own else MemberState.INVITED,
        added_by=caller.person.email,
        added_at=now,
        accepted_at=now if own else None,
    )
    seat = c.TakeSeat(email=email, role=Role.OWNER, only=program.members.one_account_each)
    writes = (
        c.OpenAccount(account=account, owners=int(own)),
        c.Invite(member=first),
        *((seat,) if own else ()),
        noted(caller, HappeningKind.ACCOUNT_OPENED, now, about=email, detail=account.approval),
    )
    return account, c.Change(program=program.id, account_id=account_id, writes=writes)


def _called_after(email: str, kind: AccountKind) -> str:
    """A company's account is called after the company, not after one of its people (CI-13)."""
    return email.rpartition("@")[2] if kind is AccountKind.ORGANISATION else email


def _first_owner(program: Program, caller: Caller, owner: str | None) -> str:
    if program.may(staff_roles(caller), Permission.OPEN):
        if owner is None:
            raise Refused(Reason.OWNER_REQUIRED, "Name the customer who will own the account.")
        check_role(program, caller, owner, Role.OWNER)
        return owner
    if program.onboarding is Onboarding.VENDOR:
        raise Forbidden(Reason.OPERATOR_ONLY, "The vendor opens accounts of this program.")
    if owner not in (None, caller.person.email):
        raise Forbidden(Reason.OPERATOR_ONLY, "Only the vendor may open an account for another.")
    check_role(program, caller, caller.person.email, Role.OWNER)
    return caller.person.email


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """What is to change on an account; None leaves a value as it is.

    A card is kept by paying with it; `card_kept` can only drop it.
    """

    name: str | None = None
    approval: Approval | None = None
    four_eyes: bool | None = None
    card_kept: bool | None = None
    automatic_below: int | None = None

    def of(self, account: Account) -> Account:
        """The account as it is afterwards."""
        named = ("name", "approval", "four_eyes", "automatic_below")
        said = {name: getattr(self, name) for name in named}
        after = replace(account, **{name: new for name, new in said.items() if new is not None})
        return after if self.card_kept is None else replace(after, card=None)


def edit_account(
    program: Program, book: Book, caller: Caller, edit: Edit, now: datetime
) -> c.Change | None:
    """Rename, or change who approves; requests that are pending keep waiting (AT-04).

    Requests below a threshold wait for nobody. No change where nothing is said, or all is so
    already: an edit that is sent twice is told of once.
    """
    account, after = book.account, edit.of(book.account)
    if after == account:
        return None
    said = {name: value for name, value in asdict(edit).items() if value is not None}
    # Only where the program has both ways is there something between them.
    for mode in Approval if edit.automatic_below else (edit.approval,):
        if mode is not None:
            _offered(program, mode)
    return change_of(
        account,
        c.EditAccount(
            name=edit.name,
            approval=edit.approval,
            four_eyes=edit.four_eyes,
            dropped=account.card if edit.card_kept is False else None,
            automatic_below=edit.automatic_below,
            was=account,
        ),
        noted(
            caller,
            HappeningKind.ACCOUNT_EDITED,
            now,
            about="account",
            detail=", ".join(f"{what}: {value}" for what, value in said.items()),
        ),
        *still(program, caller, Permission.EDIT),
    )


def name_contact(
    account: Account, caller: Caller, contact: Contact, now: datetime
) -> tuple[Account, c.Change | None]:
    """Whom the account can turn to at the vendor, one for each role (SF-35)."""
    if contact in account.contacts:
        return account, None
    others = tuple(known for known in account.contacts if known.role is not contact.role)
    contacts = tuple(sorted((*others, contact), key=lambda known: known.role))
    about = f"{contact.role}: {contact.email}"
    return replace(account, contacts=contacts), change_of(
        account,
        c.EditAccount(contacts=contacts, was=account),
        noted(caller, HappeningKind.CONTACT_NAMED, now, about=about),
    )


def set_agreement(
    program: Program, account: Account, caller: Caller, said: Agreement, now: datetime
) -> tuple[Agreement, c.Change | None]:
    """What was negotiated. Above the program's limit it waits until a second operator says it too.

    What is in force stays so meanwhile. A second operator who says something else replaces what
    waited, and waits in turn.
    """
    _check_agreement(program, said)
    most = max(said.percent, said.spending_percent)
    small = most <= program.purchase.agreement_percent_max
    said = replace(said, approved_by=said.made_by) if small else _seconded(account, said)
    agreed, proposed = (None, said) if said.waits else (said, None)
    known = None if said.waits else account.agreement
    if (agreed, proposed) == (known, account.proposed):
        return said, None
    return said, change_of(
        account,
        c.EditAccount(agreement=agreed, proposed=proposed, was=account),
        noted(
            caller,
            HappeningKind.AGREEMENT_SET,
            now,
            about=f"{said.percent}% from {said.starts_on} to {said.ends_on}",
            detail="waits for a second operator" if said.waits else "in force",
        ),
    )


def _seconded(account: Account, said: Agreement) -> Agreement:
    """What is in force already needs nobody; what waits needs somebody else than who began."""
    for known in (account.agreement, account.proposed):
        if known is not None and _same(known, said):
            second = said.made_by if said.made_by != known.made_by else None
            return replace(known, approved_by=known.approved_by or second)
    return said


def _same(one: Agreement, other: Agreement) -> bool:
    return replace(one, made_by="", approved_by=None) == replace(
        other, made_by="", approved_by=None
    )


def _check_agreement(program: Program, said: Agreement) -> None:
    if said.starts_on > said.ends_on:
        raise Refused(Reason.DATE_NOT_POSSIBLE, "The agreement ends before it starts.")
    if said.success_plan is not None and said.success_plan not in program.purchase.success_plans:
        raise Refused(
            Reason.SUCCESS_PLAN_UNKNOWN,
            "The program has no such success plan.",
            offered=list(program.purchase.success_plans),
        )


def _offered(program: Program, approval: Approval) -> Approval:
    if approval not in program.approvals.modes:
        raise Refused(
            Reason.APPROVAL_NOT_OFFERED,
            "The program does not offer this way to approve.",
            offered=[mode.value for mode in program.approvals.modes],
        )
    return approval
