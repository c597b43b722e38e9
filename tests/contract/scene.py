"""What the contract of the ledger is shown on: one account, its nouns, and all that can be read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.fakes.memory_ledger import MemoryLedger
from training_credits.domain import change as c
from training_credits.domain.model import (
    Account,
    Approval,
    Balance,
    Book,
    Code,
    Draw,
    Entry,
    EntryKind,
    Lot,
    Movement,
    Order,
    OrderState,
    Owner,
    Person,
    Redemption,
    RedemptionState,
    State,
    Submission,
)
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.ports import EXPIRY_SHARDS, Depth, DueLot

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
END = datetime(2027, 3, 2, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FAR_OFF = datetime(2100, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)

HERE = "0000000000ACC001"
ELSEWHERE = "0000000000ACC002"
ANN = "ann@acme.example"
BOB = "bob@acme.example"
LEE = Person(subject="s-lee", email="lee@acme.example", name="Lee Łukasz 李")


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

    def entries(self) -> list[Entry]:
        """All of them."""
        page = self.ledger.entries(self.program, HERE, LONG_AGO, FAR_OFF, None, 100)
        return list(page.items)

    def due(self, until: datetime, limit: int = 100) -> list[DueLot]:
        """Of every shard."""
        shards = (self.ledger.due(self.program, until, n, limit) for n in range(EXPIRY_SHARDS))
        return [lot for shard in shards for lot in shard]

    def everything(self) -> dict[str, Any]:
        """All that the ledger says about this program, to compare before with after."""
        ledger, program = self.ledger, self.program
        return {
            "book": ledger.book(program, HERE, Depth.REQUESTS),
            "lots": ledger.lots(program, HERE),
            "order": ledger.order(program, HERE, "O1"),
            "entries": ledger.entries(program, HERE, LONG_AGO, FAR_OFF, None, 100),
            "redemptions": ledger.redemptions(program, HERE, ["R1"]),
            "seats": ledger.accounts_of(program, ANN),
            "code": ledger.code(program, "d2"),
            "submission": ledger.submission(program, "s-ann", "openAccount", "key-0001"),
        }


def account(account_id: str = HERE, **facts: Any) -> Account:
    known: dict[str, Any] = {
        "account_id": account_id,
        "program": "any",
        "name": "Acme Ünited",
        "approval": Approval.MANUAL,
        "opened_by": ANN,
        "opened_at": NOON,
    }
    return Account(**(known | facts))


def owner(email: str, added_at: datetime = NOON) -> Owner:
    return Owner(email=email, added_by=ANN, added_at=added_at)


def lot(lot_id: str = "L1", available: int = 100, *, ends: datetime = END, **facts: Any) -> Lot:
    known: dict[str, Any] = {
        "lot_id": lot_id,
        "order_id": "O1",
        "product": "TC",
        "credits": available,
        "paid_minor": 10**15 + 1,
        "currency": "USD",
        "granted_at": NOON,
        "expires_on": date(2027, 3, 1),
        "expires_at": ends,
        "balance": Balance(available=available),
    }
    return Lot(**(known | facts))


def order(order_id: str = "O1") -> Order:
    return Order(
        order_id=order_id,
        account_id=HERE,
        product="TC",
        credits=20_000,
        list_minor=2_000_000,
        discount_minor=400_000,
        currency="USD",
        channel="card",
        state=OrderState.ACTIVATED,
        buyer=LEE,
        placed_at=NOON + INSTANT,
        payment_id="pay-1",
        lot_id=order_id,
    )


def redemption(
    redemption_id: str = "R1",
    state: RedemptionState = RedemptionState.PENDING,
    *,
    at: datetime = NOON,
    **facts: Any,
) -> Redemption:
    settled = state is not RedemptionState.PENDING
    known: dict[str, Any] = {
        "redemption_id": redemption_id,
        "account_id": HERE,
        "title": "Jira, the basics",
        "credits": 30,
        "learner": LEE,
        "state": state,
        "approval": Approval.MANUAL,
        "requested_at": NOON if settled else at,
        "draws": (Draw(lot_id="L1", credits=30),) if state is RedemptionState.APPROVED else (),
        "decided_at": at if settled else None,
        "decided_by": ANN if settled else None,
    }
    return Redemption(**(known | facts))


def entry(entry_id: str = "E1", *, at: datetime = NOON, **facts: Any) -> Entry:
    known: dict[str, Any] = {
        "entry_id": entry_id,
        "account_id": HERE,
        "kind": EntryKind.REDEEM,
        "at": at,
        "movements": (movement(),),
        "reference": "R1",
        "title": "Jira, the basics",
        "actor": ANN,
    }
    return Entry(**(known | facts))


def movement(
    source: State = State.AVAILABLE,
    target: State = State.REDEEMED,
    credits: int = 30,
    lot_id: str = "L1",
) -> Movement:
    return Movement(lot_id=lot_id, source=source, target=target, credits=credits)


def move(*movements: Movement, at: datetime = NOON) -> c.Move:
    return c.Move(lot_id=movements[0].lot_id, movements=movements, at=at)


def code(digest: str = "d1", **facts: Any) -> Code:
    known: dict[str, Any] = {
        "digest": digest,
        "account_id": HERE,
        "hint": "7F3K",
        "made_by": ANN,
        "made_at": NOON,
    }
    return Code(**(known | facts))


def submission(digest: str = "body", **facts: Any) -> Submission:
    known: dict[str, Any] = {
        "subject": "s-ann",
        "operation": "openAccount",
        "key": "key-0001",
        "digest": digest,
        "answer": '{"a":"ü"}',
        "at": NOON,
    }
    return Submission(**(known | facts))
