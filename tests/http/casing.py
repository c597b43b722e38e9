"""Cases over HTTP: what is left of a lot is asked for, a transaction is disputed, both answered."""

from datetime import timedelta
from typing import Any

from tests.http.people import Company, Reply, Who
from training_credits.edge import wiring

DAY = timedelta(days=1)
# Bought today, the credits end in a year: from then on what is left of them may be reissued.
WINDOW = 320 * 86_400


def opens(made: Company, who: Who | None = None, key: str | None = None, **said: Any) -> Reply:
    """The owner, unless said otherwise."""
    body = {"reason": "We need them."} | said
    return (who or made.owner).post(f"{made.path}/cases", body, key)


def takes(
    made: Company,
    case: str,
    to: str,
    who: Who | None = None,
    key: str | None = None,
    **said: Any,
) -> Reply:
    """One step; by the first operator unless said otherwise."""
    path = f"{made.path}/cases/{case}/moves"
    return (who or made.staff[0]).post(path, {"to": to, **said}, key)


def grants(made: Company, case: str, yes: str = "approved", **said: Any) -> dict[str, Any]:
    """Looked at, and a yes; the case afterwards."""
    for to, more in (("in_review", {}), (yes, {"note": "So be it."} | said)):
        moved = takes(made, case, to, **more)
        assert moved.status == 200, moved
    found: dict[str, Any] = made.owner.get(f"{made.path}/cases/{case}").json
    return found


def lot_of(made: Company, number: int = 0) -> str:
    """One of its lots."""
    return str(made.owner.get(made.path).json["lots"][number]["lot"])


def plan(credits: int) -> list[dict[str, Any]]:
    """All of it is used tomorrow."""
    tomorrow = (wiring.clock() + DAY).date().isoformat()
    return [{"title": "A class", "on": tomorrow, "credits": credits}]


def spends(made: Company, credits: int = 1) -> dict[str, Any]:
    """The transaction of something new, as a dispute names it."""
    asked = made.wants(credits).json
    if asked["state"] == "pending":
        assert made.decides("approve", asked["redemption"]).json["decided_credits"] == credits
    return transaction(made, f"redeem-{asked['redemption']}")


def transaction(made: Company, entry: str) -> dict[str, Any]:
    """Its id and its instant."""
    now = wiring.clock()
    period = f"from={now - 30 * DAY:%Y-%m-%dT%H:%M:%SZ}&to={now + DAY:%Y-%m-%dT%H:%M:%SZ}"
    found = made.owner.get(f"{made.path}/transactions", period).json["entries"]
    at = next(each["at"] for each in found if each["entry"] == entry)
    return {"entry": entry, "at": at}
