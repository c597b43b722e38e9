"""Writes of accounts and who belongs to them."""

from dataclasses import dataclass
from datetime import date, datetime

from training_credits.domain.model import (
    Account,
    AccountKind,
    Agreement,
    Approval,
    Card,
    Contact,
    Happening,
    Member,
    MemberState,
    Preferences,
    Role,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAccount:
    """Guard: no account has this id. `owners` counts those who own it from the start."""

    account: Account
    owners: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EditAccount:
    """Guard: the account exists. None leaves a value as it is.

    Where `was` is there, what is said anew is still what it says (agreement and proposal as one).
    An agreement ends what was proposed. `dropped` is the card that is kept, and is no longer.
    """

    name: str | None = None
    kind: AccountKind | None = None
    approval: Approval | None = None
    four_eyes: bool | None = None
    contacts: tuple[Contact, ...] | None = None
    agreement: Agreement | None = None
    proposed: Agreement | None = None
    card: Card | None = None
    dropped: Card | None = None
    automatic_below: int | None = None
    was: Account | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Invite:
    """Guard: this address is neither a member nor invited now."""

    member: Member


@dataclass(frozen=True, kw_only=True, slots=True)
class Join:
    """Guard: the invitation is still there, for this role."""

    email: str
    role: Role
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveMember:
    """Guard: this address is still in state `was`."""

    email: str
    role: Role
    was: MemberState
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NameDeputy:
    """Lets a member decide to the end of a day; None takes that back. Guard: they are active."""

    email: str
    until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StillMember:
    """Guard only: whoever decides still has one of these roles when it is written (AT-25).

    Or is still the deputy that was read: until that day.
    """

    email: str
    roles: tuple[Role, ...]
    deputy_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerCount:
    """Guard: the number of owners is still `expected`; it becomes `expected + change`.

    Two owners who remove each other at once cannot both succeed (AT-40). `dropped` is the card
    that is kept, and goes with its owner.
    """

    expected: int
    change: int
    dropped: Card | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeSeat:
    """Guard: this person sits on no other account, where the program allows one (AT-23)."""

    email: str
    role: Role
    only: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveSeat:
    """Frees the person for another account. Guard: they sit on this one."""

    email: str
    only: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptTerms:
    """Kept once for each person and version; said again, it changes nothing."""

    email: str
    subject: str
    version: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPreferences:
    """What a person has chosen last, whole; no guard."""

    email: str
    preferences: Preferences


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanDigest:
    """Somebody is told at `at` of a day's transactions. Guard: that was not planned before."""

    email: str
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class EndDigest:
    """They are told, or do not wish to be any more. Guard: it is still to be done."""

    email: str
    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A line of the account's history. Guard: there is no such line."""

    happening: Happening
