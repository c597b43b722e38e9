"""What the contract of the ledger is shown on: one account, and all that can be read of it."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests import engines
from tests.contract.nouns import ANN, BOB, HERE, LEE, NOON
from tests.fakes.memory_ledger import MemoryLedger
from training_credits.domain import change as c
from training_credits.domain.model import Book, Entry, RedemptionState, Standing, Submission
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.ports import (
    SHARDS,
    Depth,
    DueLot,
    DueRequest,
    Identity,
    Named,
    Naming,
)

TABLE = "credits"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
FAR_OFF = datetime(2100, 1, 1, tzinfo=UTC)
EVERYTHING: dict[str, Any] = {
    "email": ANN,
    "terms": "2021-06",
    "digests": ("d1", "d2"),
    "numbers": ("SO-5001",),
    "places": (("CCNA", None), ("CCNA", "S1")),
}
IDENTITY = Identity(subject="s-ann", operation="openAccount", key="key-0001")


@dataclass
class Scene:
    """One program of a ledger, and the account in it that a test is about."""

    ledger: MemoryLedger | DynamoLedger
    program: str

    def write(
        self, *writes: c.Write, submission: Submission | None = None, account_id: str = HERE
    ) -> None:
        self.ledger.commit(
            c.Change(
                program=self.program, account_id=account_id, writes=writes, submission=submission
            )
        )

    def book(self, depth: Depth = Depth.REQUESTS) -> Book:
        """Of an account that is there."""
        found = self.ledger.book(self.program, HERE, depth)
        assert found is not None
        return found

    def standing(self, email: str = ANN, identity: Identity | None = None) -> Standing:
        return self.ledger.standing(self.program, HERE, email, identity)

    def recorded(self, identity: Identity = IDENTITY) -> Submission | None:
        return self.ledger.submission(self.program, identity)

    def entries(self) -> list[Entry]:
        """All of them."""
        page = self.ledger.entries(self.program, HERE, LONG_AGO, FAR_OFF, None, 100)
        return list(page.items)

    def due(self, until: datetime, limit: int = 100) -> list[DueLot]:
        """Of every shard."""
        due, shards = self.ledger.due, range(SHARDS)
        return [lot for n in shards for lot in due(self.program, until, n, None, limit).items]

    def due_requests(self, until: datetime, limit: int = 100) -> list[DueRequest]:
        """Of every shard."""
        due, shards = self.ledger.due_requests, range(SHARDS)
        return [asked for n in shards for asked in due(self.program, until, n, None, limit).items]

    def named(self, **facts: Any) -> Named:
        """What there is of these names; `lee` asks at noon."""
        who: dict[str, Any] = {
            "subject": LEE.subject,
            "email": LEE.email,
            "since": NOON - MONTH,
            "until": NOON,
        }
        return self.ledger.named(self.program, Naming(**(who | facts)))

    def kept(self) -> Any:
        """All that is kept of this program, to compare before with after."""
        if isinstance(self.ledger, MemoryLedger):
            return self.ledger.kept(self.program)
        if engines.ENDPOINT not in os.environ:
            return engines.dump(TABLE)
        return self._scanned()

    def _scanned(self) -> list[Any]:
        """Of one program alone: in this engine those of all tests of a module are left."""
        pages = (
            engines.mine("dynamodb")
            .get_paginator("scan")
            .paginate(
                TableName=TABLE,
                FilterExpression="begins_with(pk, :program)",
                ExpressionAttributeValues={":program": {"S": f"{self.program}#"}},
            )
        )
        items = [item for page in pages for item in page["Items"]]
        return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))

    def everything(self) -> dict[str, Any]:
        """Whatever the ledger can be asked about this program."""
        ledger, program = self.ledger, self.program
        here = (program, HERE)
        return {
            "book": ledger.book(*here, Depth.REQUESTS),
            "standing": [ledger.standing(*here, email, IDENTITY) for email in (ANN, BOB)],
            "presence": [ledger.presence(program, email) for email in (ANN, BOB, LEE.email)],
            "terms": ledger.accepted(program, ANN, "2021-06"),
            "lots": ledger.lots(*here),
            "plan": ledger.plan(*here, "L1"),
            "order": ledger.order_once(*here, "O1", IDENTITY),
            "orders": ledger.orders(*here, None, 100),
            "open": ledger.open_orders(program, None, 100),
            "filed": ledger.filed(*here, FAR_OFF),
            "blocks": ledger.blocks(*here, None, 100),
            "entries": ledger.entries(*here, LONG_AGO, FAR_OFF, None, 100),
            "history": ledger.history(*here, None, 100),
            "redemptions": ledger.redemptions(*here, ["R1"]),
            "requests": [ledger.requests(*here, s, None, 100) for s in RedemptionState],
            "uses": ledger.uses(*here, "C1", None, 100),
            "used": [ledger.used(*here, "C1", who) for who in ("s-lee", "s-kim")],
            "vouchers": ledger.vouchers(*here, "R1"),
            "named": self.named(**EVERYTHING),
            "items": ledger.items(program, [("CCNA", None), ("CCNA", "S1")]),
            "offerings": ledger.offerings(program, None, None, 100),
            "sessions": ledger.sessions(program, "CCNA", LONG_AGO.date(), None, 100),
            "submission": self.recorded(),
        }
