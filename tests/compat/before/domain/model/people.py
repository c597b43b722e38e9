"""People: who is asking, what they are to an account, and what that lets them do."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who did it: taken from the verified token, never from a field."""

    subject: str
    email: str
    name: str

    def same_as(self, other: "Person") -> bool:
        """One sign-in, or one address under two: members are known by their address."""
        return self.subject == other.subject or self.email.lower() == other.email.lower()


class Approval(StrEnum):
    """Who says yes to a redemption: the system at once, or an owner."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class Role(StrEnum):
    """What somebody is: to one account, or, on the vendor's side, by their sign-in.

    An operator is that everywhere, as is an integrator, which is a machine; an account manager or
    advisor only where an account names them as its contact.
    """

    OWNER = "owner"
    CAPTAIN = "captain"
    PLAYER = "player"
    BUYER = "buyer"
    FINANCE = "finance"
    OPERATOR = "operator"
    INTEGRATOR = "integrator"
    ACCOUNT_MANAGER = "account_manager"
    ADVISOR = "advisor"


EVERYWHERE = (Role.OPERATOR, Role.INTEGRATOR)
VENDOR_ROLES = frozenset({*EVERYWHERE, Role.ACCOUNT_MANAGER, Role.ADVISOR})


class Permission(StrEnum):
    """What a role may do; each program says which role may what (`[roles]` of its file)."""

    READ = "read"
    STATE = "state"
    BUY = "buy"
    SHARE = "share"
    DECIDE = "decide"
    PEOPLE = "people"
    EDIT = "edit"
    SPEND = "spend"
    CLEAR = "clear"
    FULFIL = "fulfil"
    BUDGET = "budget"
    PLAN = "plan"
    OPEN = "open"
    SELL = "sell"


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A verified token: who is asking, at which vendor's program, in which groups."""

    person: Person
    program: str
    groups: frozenset[str] = frozenset()

    @property
    def operates(self) -> bool:
        """Vendor staff with every account of this program before them."""
        return Role.OPERATOR in self.groups

    @property
    def vendor(self) -> bool:
        """Vendor staff of this program, in whatever role."""
        return not VENDOR_ROLES.isdisjoint(self.groups)


class MemberState(StrEnum):
    """An invitation becomes membership when the address signs in (AT-24)."""

    INVITED = "invited"
    ACTIVE = "active"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Somebody of the customer's, by the verified address they sign in with.

    All owners are equal: each may buy, share, approve, and remove the others (AT-22). To the end
    of `decides_until` they may decide on requests, whatever their role: an owner has said so.
    """

    email: str
    role: Role
    state: MemberState
    added_by: str
    added_at: datetime
    accepted_at: datetime | None = None
    decides_until: date | None = None

    def deputy(self, today: date) -> bool:
        """Whether an owner lets them decide now."""
        return self.active and self.decides_until is not None and today <= self.decides_until

    @property
    def active(self) -> bool:
        """Whether the rights of the role are in force."""
        return self.state is MemberState.ACTIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """That a person belongs to an account, seen from the person."""

    account_id: str
    role: Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """All that is kept of a person in a program: accounts, invitations, terms accepted."""

    seats: tuple[Seat, ...] = ()
    invitations: tuple[Seat, ...] = ()
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Somebody of the vendor's whom an account can turn to (SF-35, CI-04)."""

    role: Role
    name: str
    email: str
