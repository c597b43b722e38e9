"""Accounts: what a company or a person prepays into, its codes, and everything of it at once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tests.compat.before.domain.model.budgets import Budget
from tests.compat.before.domain.model.credits import Lot
from tests.compat.before.domain.model.orders import Agreement, Card
from tests.compat.before.domain.model.people import (
    EVERYWHERE,
    Approval,
    Caller,
    Contact,
    Member,
    Role,
)
from tests.compat.before.domain.model.redemptions import Redemption


class AccountKind(StrEnum):
    """Whose account it is; one of a single person has no other members (SF-38)."""

    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What is prepaid into. `four_eyes` bars owners from approving their own requests.

    `codes` counts the redemption codes ever asked for, on it or on one of its lots; `proposed`
    waits for a second operator, and `agreement` holds until then. Requests for fewer credits than
    `automatic_below` wait for nobody; `budgeted` is the sum of the limits of its
    budgets, and `voided` how many of its lots are void.
    """

    account_id: str
    program: str
    name: str
    kind: AccountKind
    approval: Approval
    opened_by: str
    opened_at: datetime
    four_eyes: bool = False
    contacts: tuple[Contact, ...] = ()
    agreement: Agreement | None = None
    proposed: Agreement | None = None
    card: Card | None = None
    codes: int = 0
    automatic_below: int = 0
    budgeted: int = 0
    voided: int = 0

    def contact(self, role: Role) -> Contact | None:
        """Whom the vendor has named for this account."""
        return next((contact for contact in self.contacts if contact.role is role), None)


class CodeScope(StrEnum):
    """What a redemption code opens: the account, one lot, or there are no codes."""

    ACCOUNT = "account"
    LOT = "lot"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A redemption code as its account sees it: never its text, only the end of it.

    `digest` stands for the text that opens it now, `previous` for the one before. `limit` and
    `limit_each` bound the credits of all its uses and of each learner's; `used` counts where one
    of them is set. It works until `ends_at`, which a revocation sets to now. `domains`, if any,
    are the only e-mail domains it serves.
    """

    code_id: str
    account_id: str
    digest: str
    hint: str
    made_by: str
    made_at: datetime
    lot_id: str | None = None
    label: str | None = None
    cost_centre: str | None = None
    limit: int | None = None
    limit_each: int | None = None
    ends_on: date | None = None
    ends_at: datetime | None = None
    domains: tuple[str, ...] = ()
    used: int = 0
    previous: str | None = None

    @property
    def limited(self) -> bool:
        """Whether its uses are counted."""
        return self.limit is not None or self.limit_each is not None

    def works(self, now: datetime) -> bool:
        """Whether it has neither ended nor been revoked."""
        return self.ends_at is None or now < self.ends_at

    def serves(self, email: str) -> bool:
        """Whether this address may use it."""
        return not self.domains or email.rpartition("@")[2] in self.domains


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What the text with this digest leads to, until `ends_at`: the grace of a rotated one."""

    digest: str
    account_id: str
    code_id: str
    ends_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """A request that was carried out: the identity under which it cannot happen twice.

    `answer` is the body that was sent back, kept for ever and sent again on a replay.
    """

    subject: str
    operation: str
    key: str
    digest: str
    answer: str
    at: datetime
    repeatable: bool = False


class HappeningKind(StrEnum):
    """What is written into an account's history: everything that is not credits moving."""

    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_EDITED = "account_edited"
    MEMBER_INVITED = "member_invited"
    MEMBER_JOINED = "member_joined"
    MEMBER_REMOVED = "member_removed"
    CODE_ISSUED = "code_issued"
    CODE_ROTATED = "code_rotated"
    CODE_REVOKED = "code_revoked"
    CONTACT_NAMED = "contact_named"
    AGREEMENT_SET = "agreement_set"
    PLAN_CHANGED = "plan_changed"
    DEPUTY_NAMED = "deputy_named"
    BUDGET_SET = "budget_set"
    BUDGET_MOVED = "budget_moved"
    VOUCHERS_EXPORTED = "vouchers_exported"
    BOOKING_MOVED = "booking_moved"


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """One line of an account's history: who did what to whom or what, and when."""

    kind: HappeningKind
    at: datetime
    actor: str
    about: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """One account as of now, read in one strongly consistent query as far down as needed.

    `lots` are open, `past` ones are closed: their expiry is booked.
    """

    account: Account
    codes: tuple[Code, ...] = ()
    lots: tuple[Lot, ...] = ()
    members: tuple[Member, ...] = ()
    past: tuple[Lot, ...] = ()
    requests: tuple[Redemption, ...] = ()
    budgets: tuple[Budget, ...] = ()

    def member(self, email: str) -> Member | None:
        """Who has this address here, invited or active."""
        return next((member for member in self.members if member.email == email), None)

    def code(self, code_id: str) -> Code | None:
        """A code of this account."""
        return next((code for code in self.codes if code.code_id == code_id), None)

    @property
    def owners(self) -> tuple[Member, ...]:
        """Those who own it now."""
        return tuple(m for m in self.members if m.active and m.role is Role.OWNER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a caller is to an account, in one read: header, membership, an earlier request."""

    account: Account | None
    member: Member | None
    submission: Submission | None = None


def roles_of(account: Account, member: Member | None, caller: Caller) -> frozenset[Role]:
    """Every role the caller has here: as an active member, or for the vendor, never as both."""
    counts = member is not None and member.active and not caller.vendor
    found = {member.role} if member is not None and counts else set()
    found.update(role for role in EVERYWHERE if role in caller.groups)
    for contact in account.contacts:
        if contact.role in caller.groups and contact.email == caller.person.email:
            found.add(contact.role)
    return frozenset(found)
