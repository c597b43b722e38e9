"""What each operation asks of its caller, and so what each caller is answered.

The rights of a role are read from the program's own file, as it is written, and not by what the
product makes of it; all else stands here.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tests.integration.matrix_world import Matrix
from training_credits import programs
from training_credits.domain.errors import Reason
from training_credits.domain.model import Permission, Role
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

Need = Callable[[Cell], Says | None]  # None: it is done


def may(permission: Permission) -> Need:
    """A right on the account: without any role there is no account, without the right a no."""

    def need(cell: Cell) -> Says | None:
        if not cell.roles:
            return NO_ACCOUNT
        return None if cell.may(permission) else NOT_PERMITTED

    return need


def may_sell_what_is_seen(cell: Cell) -> Says | None:
    """Steps of an order: whoever may not read the account is not told that it is there."""
    if not cell.may(Permission.READ):
        return NO_ACCOUNT
    return may(Permission.SELL)(cell)


def signed_in(_: Cell) -> Says | None:
    """Whoever has a token."""


def nobody_unsigned(_: Cell) -> Says | None:
    """No token helps, not even an operator's: only the provider's signature."""
    return UNSIGNED


def operators(cell: Cell) -> Says | None:
    """Whoever works for the vendor, on no account in particular."""
    return None if cell.actor == "operator" else OPERATOR_ONLY


def opens_for_oneself_or_a_customer(cell: Cell) -> Says | None:
    """Anyone for themselves where the program lets; or the vendor's staff for a customer."""
    if cell.program.onboarding == "vendor":
        return operators(cell)
    if cell.actor == "operator":
        return Says(422, Reason.OWNER_REQUIRED)
    if cell.actor.endswith(("account_manager", "advisor")):
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


NEEDS: dict[str, Need] = {
    "readProgram": signed_in,
    "openAccount": opens_for_oneself_or_a_customer,
    "listAccounts": signed_in,
    "readAccount": may(Permission.READ),
    "editAccount": may(Permission.EDIT),
    "readHistory": may(Permission.STATE),
    "nameContact": may(Permission.SELL),
    "setAgreement": may(Permission.SELL),
    "readPlan": may(Permission.READ),
    "changePlan": may(Permission.PLAN),
    "signIn": signed_in,
    "acceptTerms": signed_in,
    "inviteMember": may(Permission.PEOPLE),
    "removeMember": may(Permission.PEOPLE),
    "issueCode": may(Permission.SHARE),
    "listCodes": may(Permission.SHARE),
    "rotateCode": may(Permission.SHARE),
    "revokeCode": may(Permission.SHARE),
    "listUses": may(Permission.SHARE),
    "purchase": may(Permission.BUY),
    "enterOrder": may(Permission.SELL),
    "listOrders": may(Permission.READ),
    "readOrder": may(Permission.READ),
    "moveOrder": may_sell_what_is_seen,
    "listOpenOrders": operators,
    "payOrder": may(Permission.BUY),
    "hearPayment": nobody_unsigned,
    "redeem": pays,
    "readRedemption": asked_for_it,
    "cancelRedemption": asked_for_it,
    "listRequests": may(Permission.READ),
    "decide": may(Permission.DECIDE),
    "listTransactions": may(Permission.STATE),
    "readStatement": may(Permission.STATE),
}
# Asked before terms are accepted, where nothing else is answered.
BEFORE_TERMS = {"readProgram", "signIn", "acceptTerms", "hearPayment"}
# What a program says to whoever has the right, where it is not a yes.
NOT_SO_HERE: dict[tuple[str, str], Says] = {
    ("atlassian", "acceptTerms"): Says(422, Reason.TERMS_UNKNOWN),
    ("atlassian", "issueCode"): Says(409, Reason.CODE_EXISTS),
    ("atlassian", "rotateCode"): Says(403, Reason.CODE_NOT_REPLACEABLE),
    ("atlassian", "revokeCode"): Says(403, Reason.CODE_NOT_REPLACEABLE),
    ("cisco", "issueCode"): Says(422, Reason.CODE_NOT_OFFERED),
    ("cisco", "rotateCode"): Says(404, Reason.CODE_NOT_FOUND),
    ("cisco", "revokeCode"): Says(404, Reason.CODE_NOT_FOUND),
    ("cisco", "listUses"): Says(404, Reason.CODE_NOT_FOUND),
    ("cisco", "purchase"): Says(422, Reason.CHANNEL_NOT_OFFERED),
    ("cisco", "payOrder"): Says(409, Reason.ORDER_MOVED),
    ("salesforce", "acceptTerms"): Says(422, Reason.TERMS_UNKNOWN),
    ("salesforce", "payOrder"): Says(409, Reason.ORDER_MOVED),
    ("salesforce", "cancelRedemption"): Says(409, Reason.ALREADY_DECIDED),
    ("salesforce", "decide"): Says(409, Reason.ALREADY_DECIDED),
}


def expected(operation: str, done: int, cell: Cell) -> Says:
    """What a cell must say; `done` is the status of a yes."""
    if operation != "hearPayment" and cell.actor == "nobody":
        return NOT_SIGNED_IN
    if cell.actor == "newcomer" and operation not in BEFORE_TERMS:
        return TERMS_REQUIRED
    said = NEEDS[operation](cell)
    if said is not None:
        return said
    return NOT_SO_HERE.get((cell.program.id, operation), Says(done))


def cell_of(matrix: Matrix, program: Program, actor: str, place: str) -> Cell:
    """What an actor is to a place: an operator is one everywhere, others only at their own."""
    roles = matrix.roles.get(actor, frozenset())
    if place in {"foreign", "unknown"} or (place == "other" and actor != "operator"):
        roles = frozenset()
    asked = actor == "asker" and place == "own"
    return Cell(actor=actor, place=place, roles=roles, program=program, asked_before=asked)
