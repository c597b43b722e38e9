"""Partitions and sort keys: where each item is."""

from datetime import UTC, date, datetime

from tests.compat.before.domain.identity import derived
from tests.compat.before.domain.model import Happening, Voucher

ACCOUNT = "ACCOUNT"
CODE = "CODE"
SALES_ORDER = "SO"
SENT = "SENT"
OFFERING = "OFFERING"
SESSIONS = "SESSION#"
CODES = "CODE#"
LOTS = "LOT#"
MEMBERS = "MEMBER#"
BUDGETS = "BUDGET#"
SEAT = "SEAT"
ENTRIES = "ENTRY#"
HISTORY = "HISTORY#"
LAST = "~"


def under(prefix: str) -> tuple[str, str]:
    """The bounds of all keys with a prefix that ends in `#`: `$` is the next character."""
    return prefix, f"{prefix[:-1]}$"


def instant(at: datetime) -> str:
    """An instant that sorts as text: UTC, always with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def account(program: str, account_id: str) -> str:
    """Partition of everything one account has."""
    return f"{program}#ACCOUNT#{account_id}"


def code(program: str, digest: str) -> str:
    """Partition of one redemption code."""
    return f"{program}#CODE#{digest}"


def sales_order(program: str, number: str) -> str:
    """Partition of one sales order number."""
    return f"{program}#SO#{number}"


def offering(program: str, offering_id: str) -> str:
    """Partition of an offering and its sessions."""
    return f"{program}#OFFERING#{offering_id}"


def session(session_id: str) -> str:
    """Sort key of a session: its id alone, for its days may be moved."""
    return f"{SESSIONS}{session_id}"


def catalogue(program: str) -> str:
    """Partition of what a program offers."""
    return f"{program}#CATALOGUE"


def listed(collection: str | None) -> str:
    """Prefix of all offerings, or of those of one collection."""
    return "ALL#" if collection is None else f"IN#{collection}#"


def person(program: str, email: str) -> str:
    """Partition of what a person belongs to, is asked into, and has accepted."""
    return f"{program}#PERSON#{email}"


def caller(program: str, subject: str) -> str:
    """Partition of what a signed-in caller has submitted."""
    return f"{program}#CALLER#{subject}"


def mail(program: str, message_id: str) -> str:
    """Partition of the record that a mail was sent."""
    return f"{program}#MAIL#{message_id}"


def lot(lot_id: str) -> str:
    """Sort key of a lot: its id alone, for its end may be moved by an extension."""
    return f"{LOTS}{lot_id}"


def member(email: str) -> str:
    """Sort key of a member, and their place in the book."""
    return f"{MEMBERS}{email}"


def order(order_id: str) -> str:
    """Sort key of an order."""
    return f"ORDER#{order_id}"


def code_of(code_id: str) -> str:
    """Sort key of a code on its account, and its place in the book while it works."""
    return f"{CODES}{code_id}"


def use(code_id: str, subject: str) -> str:
    """Sort key of what one learner has asked for with one code."""
    return f"USE#{code_id}#{subject}"


def plan(lot_id: str) -> str:
    """Sort key of the training plan of a lot."""
    return f"PLAN#{lot_id}"


def happening(value: Happening) -> str:
    """Sort key of a line of history: two at one instant are still two."""
    unique = derived("happening", value.kind, value.actor, value.about)
    return f"{HISTORY}{instant(value.at)}#{unique}"


def redemption(redemption_id: str) -> str:
    """Sort key of a redemption, in every state."""
    return f"REDEMPTION#{redemption_id}"


def entry(at: datetime, entry_id: str = "") -> str:
    """Sort key of an entry; without an id, the bound of a period."""
    return f"{ENTRIES}{instant(at)}#{entry_id}" if entry_id else f"{ENTRIES}{instant(at)}"


def submission(operation: str, key: str) -> str:
    """Sort key of a request that was carried out."""
    return f"SUBMISSION#{operation}#{key}"


def tries(at: datetime) -> str:
    """Sort key of the wrong codes of one calendar month, of UTC as every instant is."""
    return f"TRIES#{at.astimezone(UTC):%Y-%m}"


def made(day: date) -> str:
    """Sort key of what an operator has made alone on one day."""
    return f"MADE#{day.isoformat()}"


def seat(account_id: str, *, only: bool) -> str:
    """Sort key of belonging: the same for all accounts where a person may own only one."""
    return SEAT if only else f"{SEAT}#{account_id}"


def invitation(account_id: str) -> str:
    """Sort key of being asked into an account."""
    return f"INVITED#{account_id}"


def terms(version: str) -> str:
    """Sort key of terms that were accepted."""
    return f"TERMS#{version}"


def budget(budget_id: str) -> str:
    """Sort key of a budget, and its place in the book."""
    return f"{BUDGETS}{budget_id}"


def vouchers(redemption_id: str) -> str:
    """Prefix of the vouchers of a request."""
    return f"VOUCHER#{redemption_id}#"


def voucher(value: Voucher) -> str:
    """Sort key of a voucher: in the order of the lines."""
    return f"{vouchers(value.redemption_id)}{value.line:03}#{value.voucher_id}"
