"""The smallest account that has bought something, item by item; no code of the product made it."""

import json
from typing import Any

Item = dict[str, Any]
AT = "2026-02-10T09:00:00.000000Z"
END = "2027-02-10T09:00:00.000000Z"
HERE = "atlassian#ACCOUNT#A"
ANN = "ann@acme.example"
PERSON = f"atlassian#PERSON#{ANN}"
STATES = ("available", "held", "redeemed", "delivered", "expired", "voided", "reissued")
STEPS = [
    {"state": state, "at": AT, "on": "2026-02-10", "by": ANN}
    for state in ("accepted", "paid", "activated")
]
MONEY = {"credits": 10, "product": "P", "currency": "USD", "policy": "1", "account_id": "A"}
HEADER = {"account_id": "A", "program": "atlassian", "name": "Acme", "approval": "manual"}
MOVE = {"lot": "L", "from": "issued", "to": "available", "credits": 10}


def _item(pk: str, sk: str, kind: str, **facts: Any) -> Item:
    return {"pk": pk, "sk": sk, "kind": kind, "v": 1, **facts}


def _submission(key: str, operation: str) -> Item:
    return _item(
        "atlassian#CALLER#s-ann",
        f"SUBMISSION#{operation}#{key}",
        "submission",
        subject="s-ann",
        operation=operation,
        key=key,
        digest="",
        answer="",
        at=AT,
        repeatable=False,
    )


SMALL: list[Item] = [
    _item(
        HERE,
        "ACCOUNT",
        "account",
        **HEADER,
        account_kind="organisation",
        opened_by=ANN,
        opened_at=AT,
        four_eyes=False,
        contacts="[]",
        codes=0,
        owners=1,
        budgeted=0,
        voided=0,
        automatic_below=0,
    ),
    _item(
        HERE,
        f"MEMBER#{ANN}",
        "member",
        email=ANN,
        role="owner",
        state="active",
        added_by=ANN,
        added_at=AT,
        accepted_at=AT,
        book=f"MEMBER#{ANN}",
    ),
    _item(PERSON, "SEAT", "seat", role="owner", account_id="A"),
    _item(
        HERE,
        f"HISTORY#{AT}#H",
        "happening",
        happening_kind="account_opened",
        at=AT,
        actor=ANN,
        about=ANN,
        detail="manual",
    ),
    _item(
        HERE,
        "ORDER#L",
        "order",
        **MONEY,
        order_id="L",
        list_minor=1_000,
        discount_minor=0,
        channel="card",
        state="activated",
        buyer=["s-ann", ANN, "Ann"],
        billing="{}",
        sale="{}",
        placed_at=AT,
        trail=json.dumps(STEPS),
    ),
    _item(
        HERE,
        "LOT#L",
        "lot",
        **MONEY,
        **dict.fromkeys(STATES, 0) | {"available": 10},
        lot_id="L",
        order_id="L",
        paid_minor=1_000,
        face_minor=1_000,
        granted_at=AT,
        expires_on="2027-02-09",
        expires_at=END,
        closed=False,
        anchors="{}",
        renewals=0,
        book=f"LOT#{END}#L",
        worklist="atlassian#EXPIRY#2",
        due=f"{END}#A#L",
    ),
    _item(
        HERE,
        f"ENTRY#{AT}#purchase-L",
        "entry",
        entry_id="purchase-L",
        account_id="A",
        at=AT,
        entry_kind="purchase",
        movements=[MOVE],
        reference="L",
        title="Purchase of 10 credits",
        actor=ANN,
    ),
    _item(
        HERE,
        "FILING",
        "filing",
        worklist="atlassian#MONTH_END#1",
        due="2026-03-01T00:30:00.000000Z#A#FILING",
    ),
    _submission("k-1", "openAccount"),
    _submission("k-2", "purchase"),
]
