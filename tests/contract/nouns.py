"""The nouns of the contract of the ledger: every field has a value that could get lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import (
    Account,
    AccountKind,
    Agreement,
    Approval,
    Balance,
    Billing,
    Card,
    Code,
    Contact,
    DiscountKind,
    Draw,
    Entry,
    EntryKind,
    Happening,
    HappeningKind,
    Line,
    Lot,
    Member,
    MemberState,
    Movement,
    Order,
    OrderState,
    Person,
    PlanItem,
    Redemption,
    RedemptionState,
    Role,
    Sale,
    State,
    Step,
    Submission,
    Tender,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
END = datetime(2027, 3, 2, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)

HERE = "0000000000ACC001"
ELSEWHERE = "0000000000ACC002"
ANN = "ann@acme.example"
BOB = "bob@acme.example"
LEE = Person(subject="s-lee", email="lee@acme.example", name="Lee Łukasz 李")
KIM = Contact(role=Role.ADVISOR, name="Kim Ü", email="kim@vendor.example")
TARA = Contact(role=Role.ACCOUNT_MANAGER, name="T. Ara", email="tara@vendor.example")
CARD = Card(customer_id="cus_1", method_id="pm_1", kept_by=ANN)
OTHER_CARD = Card(customer_id="cus_1", method_id="pm_2", kept_by=BOB)
AGREED = Agreement(
    percent=25,
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    made_by="olga@vendor.example",
    approved_by="otto@vendor.example",
    success_plan="premier",
)
PROPOSED = replace(AGREED, percent=40, made_by="otto@vendor.example", approved_by=None)
SALE = Sale(
    contact="TAE: J. Doe",
    sku="CLC-100",
    price_list="GPL",
    price_list_version="7",
    sales_order="SO-5001",
    line=3,
    reseller="R1 Ü",
    start_on=date(2026, 7, 1),
)
PLANNED = (
    PlanItem(title="CCNA ü", month="2026-12", credits=40, person="Lee"),
    PlanItem(title="CCNP", month="2027-01", credits=40),
)


def account(account_id: str = HERE, **facts: Any) -> Account:
    known: dict[str, Any] = {
        "account_id": account_id,
        "program": "any",
        "name": "Acme Ünited",
        "kind": AccountKind.ORGANISATION,
        "approval": Approval.MANUAL,
        "opened_by": ANN,
        "opened_at": NOON,
    }
    return Account(**(known | facts))


def member(
    email: str = ANN,
    role: Role = Role.OWNER,
    state: MemberState = MemberState.ACTIVE,
    added_at: datetime = NOON,
) -> Member:
    return Member(
        email=email,
        role=role,
        state=state,
        added_by=ANN,
        added_at=added_at,
        accepted_at=added_at if state is MemberState.ACTIVE else None,
    )


def invited(email: str = BOB, role: Role = Role.OWNER) -> Member:
    return member(email, role, MemberState.INVITED)


def lot(lot_id: str = "L1", available: int = 100, *, ends: datetime = END, **facts: Any) -> Lot:
    known: dict[str, Any] = {
        "lot_id": lot_id,
        "order_id": "O1",
        "product": "TC",
        "credits": available,
        "paid_minor": 10**15 + 1,
        "face_minor": 10**15 + 2,
        "currency": "USD",
        "granted_at": NOON,
        "expires_on": date(2027, 3, 1),
        "expires_at": ends,
        "balance": Balance(available=available),
        "policy": "2026-01-01",
        "sales_order": "SO-5001",
    }
    return Lot(**(known | facts))


def step(state: OrderState = OrderState.BOOKED, at: datetime = NOON, **facts: Any) -> Step:
    known: dict[str, Any] = {"on": date(2026, 2, 28), "by": ANN, "note": "By case ü"}
    return Step(state=state, at=at, **(known | facts))


def order(order_id: str = "O1", **facts: Any) -> Order:
    known: dict[str, Any] = {
        "order_id": order_id,
        "account_id": HERE,
        "product": "TC",
        "credits": 20_000,
        "list_minor": 2_000_000,
        "discount_minor": 400_000,
        "discount": DiscountKind.VOLUME,
        "currency": "USD",
        "channel": "card",
        "state": OrderState.BOOKED,
        "buyer": LEE,
        "billing": Billing(company="Acme ü", country="US", tax_id="T-1", address="1 Main St"),
        "sale": SALE,
        "placed_at": NOON + INSTANT,
        "trail": (step(),),
        "policy": "2026-01-01",
        "valid_until": date(2026, 3, 31),
        "due_on": date(2026, 3, 16),
    }
    return Order(**(known | facts))


def redemption(
    redemption_id: str = "R1",
    state: RedemptionState = RedemptionState.PENDING,
    *,
    at: datetime = NOON,
    draws: tuple[Draw, ...] | None = None,
    tenders: tuple[Tender, ...] = (Tender(code_id="C1", limited=True),),
    **facts: Any,
) -> Redemption:
    if draws is None:
        draws = (Draw(lot_id="L1", credits=30),) if state is RedemptionState.APPROVED else ()
    settled = state is not RedemptionState.PENDING
    known: dict[str, Any] = {
        "redemption_id": redemption_id,
        "account_id": HERE,
        "lines": (Line(title="Jira, the basics", credits=30, tenders=tenders, draws=draws),),
        "learner": LEE,
        "state": state,
        "approval": Approval.MANUAL,
        "requested_at": NOON if settled else at,
        "decided_at": at if settled else None,
        "decided_by": ANN if settled else None,
        "policy": "2026-01-01",
        "country": "JP",
        "partner": True,
        "terms": "2024-09",
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


def code(digest: str = "d1", code_id: str = "C1", **facts: Any) -> Code:
    known: dict[str, Any] = {
        "code_id": code_id,
        "digest": digest,
        "account_id": HERE,
        "hint": "7F3K",
        "made_by": ANN,
        "made_at": NOON,
    }
    return Code(**(known | facts))


def line(about: str = BOB, *, at: datetime = NOON, **facts: Any) -> Happening:
    known: dict[str, Any] = {
        "kind": HappeningKind.MEMBER_INVITED,
        "actor": ANN,
        "detail": "owner ü",
    }
    return Happening(about=about, at=at, **(known | facts))


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
