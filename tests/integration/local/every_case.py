"""Every route of cases, over HTTP: a remainder lives on, and a transaction is refuted."""

from datetime import timedelta
from typing import Any

OPERATOR = "olga@vendor.example"


def claims(client: Any, owner: str, account: str) -> None:
    """More time for a lot, drafted first; and a dispute that is upheld."""
    lot = client.get(owner, account)["lots"][0]["lot"]
    wish = {"kind": "extension", "lot": lot, "reason": "Moved classes.", "draft": True}
    case = f"{account}/cases/{client.post(owner, f'{account}/cases', wish, 'case')}"
    client.ask(owner, "PUT", case, {"reason": "Two classes were moved.", "days": 30})
    client.post(owner, f"{case}/moves", {"to": "submitted"})
    assert client.get(OPERATOR, "/v1/cases")["cases"][0]["state"] == "submitted"
    client.post(OPERATOR, f"{case}/moves", {"to": "in_review"})
    client.post(OPERATOR, f"{case}/moves", {"to": "approved", "note": "A week.", "days": 7})
    granted = client.get(owner, case)
    lots = {one["lot"]: one for one in client.get(owner, account)["lots"]}
    assert lots[granted["new_lot"]]["reissued_from"] == lot
    refutes(client, owner, account)
    assert len(client.get(owner, f"{account}/cases")["cases"]) == 2
    client.call.cloud.flush()


def refutes(client: Any, owner: str, account: str) -> None:
    now = client.call.cloud.clock.now() + timedelta(seconds=1)
    period = f"from={now - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}&to={now:%Y-%m-%dT%H:%M:%SZ}"
    entries = client.get(owner, f"{account}/transactions?{period}")["entries"]
    debit = next(entry for entry in entries if entry["kind"] == "redeem")
    said = {"kind": "dispute", "entry": debit["entry"], "at": debit["at"], "reason": "Not ours."}
    case = f"{account}/cases/{client.post(owner, f'{account}/cases', said, 'case')}"
    for to in ("in_review", "upheld"):
        client.post(OPERATOR, f"{case}/moves", {"to": to})
