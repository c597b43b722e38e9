"""What is due in memory: lots and requests by the instant at which something is to be done."""

from collections.abc import Iterable
from datetime import UTC, datetime

from tests.fakes.memory_rows import Rows
from training_credits.domain.errors import Reason, Refused
from training_credits.ports import Page

Accounts = dict[tuple[str, str], Rows]
Place = tuple[datetime, str, str]


def lots(accounts: Accounts, program: str) -> Iterable[Place]:
    for (owner, account_id), rows in accounts.items():
        for lot in rows.lots.values():
            if owner == program and lot.due is not None:
                yield lot.due, account_id, lot.lot_id


def requests(accounts: Accounts, program: str) -> Iterable[Place]:
    for (owner, account_id), rows in accounts.items():
        for asked in rows.asked.redemptions.values():
            if owner == program and asked.due is not None:
                yield asked.due, account_id, asked.redemption_id


def due(
    places: Iterable[Place], name: str, until: datetime, cursor: str | None, limit: int
) -> Page[tuple[str, str]]:
    """Account and id of each; a cursor is a place, which what stood there may have left."""
    found = sorted(place for place in places if place[0] <= until)
    after = _place(name, cursor)
    rest = [place for place in found if after is None or place > after]
    page = rest[:limit]
    more = len(rest) > limit
    at = "|".join((name, page[-1][0].astimezone(UTC).isoformat(), *page[-1][1:])) if more else None
    return Page(items=tuple((a, i) for _, a, i in page), cursor=at)


def _place(name: str, cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    parts = cursor.split("|")
    if len(parts) != 4 or parts[0] != name:
        raise Refused(Reason.INVALID_CURSOR, "This cursor does not belong to this list.")
    return datetime.fromisoformat(parts[1]), parts[2], parts[3]
