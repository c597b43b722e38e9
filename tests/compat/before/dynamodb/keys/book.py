"""Places in the book of an account, and among the sessions of an offering."""

from datetime import date

from tests.compat.before.domain.model import Lot, Order, Redemption, RedemptionState, Session
from tests.compat.before.dynamodb.keys.places import LOTS, SESSIONS, instant

ENDED_CODES = "OLD#"
PAST = "PAST#"
REQUESTS = "REQUEST#"
SETTLED = "SETTLED#"
SOLD = "SOLD#"


def session_in_book(value: Session) -> str:
    """Where a session stands on its offering: by its first day."""
    return f"{sessions_from(value.starts_on)}#{value.session_id}"


def sessions_from(day: date) -> str:
    """The bound of the sessions that begin on a day, or later."""
    return f"{SESSIONS}{day.isoformat()}"


def order_in_book(order: Order) -> str:
    """Where an order stands in the book: by when it was placed."""
    return f"{SOLD}{instant(order.placed_at)}#{order.order_id}"


def ended_code(code_id: str) -> str:
    """Place in the book of a code that was revoked."""
    return f"{ENDED_CODES}{code_id}"


def lot_in_book(lot: Lot, *, closed: bool = False) -> str:
    """Where a lot stands in the book: in spending order, below the members once it is closed."""
    return f"{PAST if closed else LOTS}{instant(lot.expires_at)}#{lot.lot_id}"


def redemption_in_book(redemption: Redemption) -> str:
    """Where a request stands: among the pending, or among the settled of its state."""
    if redemption.state is RedemptionState.PENDING:
        return f"{REQUESTS}{instant(redemption.requested_at)}#{redemption.redemption_id}"
    at = instant(redemption.settled_at)
    return f"{requests_in(redemption.state)}{at}#{redemption.redemption_id}"


def requests_in(state: RedemptionState) -> str:
    """Prefix in the book of all requests in one state."""
    return REQUESTS if state is RedemptionState.PENDING else f"{SETTLED}{state}#"
