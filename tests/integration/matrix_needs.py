"""What may be asked of a caller, and what is answered to whoever has it not.

The rights of a role are read from the program's own file, as it is written, and not by what the
product makes of it; all else stands here.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from training_credits import programs
from training_credits.domain.errors import Reason
from training_credits.domain.model import VENDOR_ROLES, Permission, Role
from training_credits.domain.program import Program
from training_credits.edge.problems import BadInput


@dataclass(frozen=True)
class Says:
    """A status, and the code of a refusal."""

    status: int
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Who asks, and of which place."""

    actor: str
    place: str
    roles: frozenset[Role]
    program: Program
    asked_before: bool

    def may(self, permission: Permission) -> bool:
        return not self.roles.isdisjoint(who_may(self.program.id, permission))


@cache
def who_may(program: str, permission: Permission) -> list[str]:
    """The roles with a permission, in the order of the program's file."""
    text = files(programs).joinpath(f"{program}.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)["roles"]
    return [role for role, granted in table.items() if permission.value in granted]


NOT_SIGNED_IN = Says(401, BadInput.NOT_SIGNED_IN)
TERMS_REQUIRED = Says(403, Reason.TERMS_REQUIRED)
NOT_PERMITTED = Says(403, Reason.NOT_PERMITTED)
NO_ACCOUNT = Says(404, Reason.ACCOUNT_NOT_FOUND)
NO_REDEMPTION = Says(404, Reason.REDEMPTION_NOT_FOUND)
WRONG_CODE = Says(422, Reason.CODE_NOT_ACCEPTED)
UNSIGNED = Says(400, BadInput.SIGNATURE_INVALID)
OPERATOR_ONLY = Says(403, Reason.OPERATOR_ONLY)
NO_MEMBER = Says(404, Reason.MEMBER_NOT_FOUND)
NOT_NEXT = Says(409, Reason.STEP_NOT_NEXT)
NO_ROLE = Says(422, Reason.ROLE_NOT_OFFERED)
NOT_RESERVED = Says(409, Reason.NOT_RESERVED)
REASON_REQUIRED = Says(422, Reason.REASON_REQUIRED)
NOT_REFUNDABLE = Says(403, Reason.NOT_REFUNDABLE)
CUSTOMER_ONLY = Says(403, Reason.CUSTOMER_ONLY)

Need = Callable[[Cell], Says | None]  # None: it is done


def may(permission: Permission) -> Need:
    """A right on the account: without any role there is no account, without the right a no."""

    def need(cell: Cell) -> Says | None:
        if not cell.roles:
            return NO_ACCOUNT
        return None if cell.may(permission) else NOT_PERMITTED

    return need


def may_what_is_seen(permission: Permission) -> Need:
    """Steps of an order: whoever may not read the account is not told that it is there."""

    def need(cell: Cell) -> Says | None:
        return may(permission)(cell) if cell.may(Permission.READ) else NO_ACCOUNT

    return need


def accepts(cell: Cell) -> Says | None:
    """Whoever buys accepts a quote, and not the vendor for them."""
    quotes = cell.program.id != "cisco"
    return may_what_is_seen(Permission.BUY if quotes else Permission.READ)(cell) or (
        None if quotes else NOT_NEXT
    )


def accepts_for_the_vendor(cell: Cell) -> Says:
    """No customer gives an order its number, and nobody who gives it accepts a quote."""
    return accepts(cell) or NOT_PERMITTED


def withdraws(cell: Cell) -> Says | None:
    """Whoever buys, as long as nothing is bought; the vendor says why."""
    if cell.may(Permission.SELL):
        return REASON_REQUIRED
    bought = NOT_REFUNDABLE if cell.program.id == "cisco" else None
    return may_what_is_seen(Permission.BUY)(cell) or bought


def cancels(cell: Cell) -> Says | None:
    """What is bought only the vendor takes back."""
    if cell.may(Permission.SELL):
        return None
    return may_what_is_seen(Permission.BUY)(cell) or NOT_REFUNDABLE


def claims(cell: Cell) -> Says | None:
    """Staff who may draft a case neither submit one nor take it back."""
    return may(Permission.CLAIM)(cell) or (CUSTOMER_ONLY if cell.roles & VENDOR_ROLES else None)


def leaves(cell: Cell) -> Says | None:
    """Every member may go; staff of the vendor are none."""
    return may(Permission.READ)(cell) or (NO_MEMBER if cell.roles & VENDOR_ROLES else None)


def customers_decide(cell: Cell) -> Says | None:
    """Who belongs to an account that has an owner is its affair, and not the vendor's."""
    return may(Permission.PEOPLE)(cell) or (NOT_PERMITTED if cell.roles & VENDOR_ROLES else None)


def in_no_role_of_the_vendor(cell: Cell) -> Says:
    """Whoever may ask people in asks nobody into the vendor's staff."""
    return may(Permission.PEOPLE)(cell) or NO_ROLE


def asked_into_what_the_program_has(cell: Cell) -> Says | None:
    """A role that the program lacks nobody can be asked into."""
    no = in_no_role_of_the_vendor(cell)
    return customers_decide(cell) if Role.PLAYER in cell.program.roles else no


def signed_in(_: Cell) -> Says | None:
    """Whoever has a token."""


def nobody_unsigned(_: Cell) -> Says | None:
    """No token helps, not even an operator's: only the provider's signature."""
    return UNSIGNED


def operators(cell: Cell) -> Says | None:
    """Whoever works for the vendor, on no account in particular."""
    return None if cell.actor == "operator" else OPERATOR_ONLY


def hooks(cell: Cell) -> Says | None:
    """Operators and machines, on no account in particular."""
    return None if cell.actor in {"operator", "integrator"} else NOT_PERMITTED


def opens_for_oneself_or_a_customer(cell: Cell) -> Says | None:
    """Anyone for themselves where the program lets; or the vendor's staff for a customer."""
    if cell.program.onboarding == "vendor":
        return operators(cell)
    if cell.actor == "operator":
        return Says(422, Reason.OWNER_REQUIRED)
    if cell.actor.endswith(("account_manager", "advisor", "integrator")):
        return Says(422, Reason.ROLE_CONFLICT)
    return Says(409, Reason.ALREADY_OWNER) if cell.actor == "owner" else None


def pays(cell: Cell) -> Says | None:
    """A code opens for whoever has it, within its program; a number only for those who spend."""
    if cell.place in {"foreign", "unknown"}:
        return WRONG_CODE
    if not cell.program.redeeming.sales_orders:
        return None
    return None if cell.may(Permission.SPEND) else WRONG_CODE


def asked_for_it(cell: Cell) -> Says | None:
    """One's own requests."""
    return None if cell.asked_before else NO_REDEMPTION


def keeps_what_is_booked(cell: Cell) -> Says | None:
    """Who asked, who decides, of the vendor who redeems for the account; for others it is not."""
    of_the_vendor = not cell.roles.isdisjoint(VENDOR_ROLES)
    keeping = Permission.SPEND if of_the_vendor else Permission.DECIDE
    return None if cell.asked_before or cell.may(keeping) else NO_REDEMPTION


def fulfils(cell: Cell) -> Says | None:
    """Machines and operators."""
    return None if cell.may(Permission.FULFIL) else NO_REDEMPTION


def has_vouchers_in_hand(cell: Cell) -> Says | None:
    """Who asked, who decides, of the vendor who redeems for the account; to others they are not."""
    of_the_vendor = not cell.roles.isdisjoint(VENDOR_ROLES)
    holding = Permission.SPEND if of_the_vendor else Permission.DECIDE
    if cell.asked_before or cell.may(holding):
        return None
    return NOT_PERMITTED if cell.may(Permission.FULFIL) else NO_REDEMPTION


def sees_vouchers(cell: Cell) -> Says | None:
    """They, and who fulfils."""
    no = has_vouchers_in_hand(cell)
    return None if no == NOT_PERMITTED else no


def says_it_was_used(cell: Cell) -> Says | None:
    """Who fulfils, and nobody of themselves."""
    if cell.may(Permission.FULFIL):
        return None
    return has_vouchers_in_hand(cell) or NOT_PERMITTED
