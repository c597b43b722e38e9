"""Lee asks for 300 credits, Ann approves, and March is stated."""

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import asdict, replace

from openapi.examples import names as n
from training_credits.domain.columns import Sums
from training_credits.domain.model import (
    Approval,
    Balance,
    EntryKind,
    LineState,
    RedemptionState,
    State,
)
from training_credits.edge import schemas, views

line = schemas.LineAnswer(
    title=n.TITLE,
    credits=300,
    offering=n.OFFERING,
    session=n.SESSION,
    starts_on=date(2026, 4, 13),
    ends_on=date(2026, 4, 15),
    country="DE",
    attendee=schemas.AttendeeAnswer(email="max@acme.example", name="Max Weber"),
)
asked = schemas.NewRedemption(
    code="7KXM-3QP2-49F2K",
    lines=(
        schemas.NewLine(
            offering=n.OFFERING,
            session=n.SESSION,
            attendee=schemas.AttendeeBody(email="max@acme.example", name="Max Weber"),
        ),
    ),
)
pending = schemas.RedemptionAnswer(
    redemption=n.REQUEST,
    state=RedemptionState.PENDING,
    title=n.TITLE,
    credits=300,
    lines=(line,),
    requested_at=n.ASKED,
    lapses_at=n.LAPSES,
    policy=n.POLICY,
)
booked = replace(
    pending,
    state=RedemptionState.APPROVED,
    decided_at=n.DECIDED,
    lapses_at=None,
    lines=(replace(line, state=LineState.BOOKED),),
    reserve=True,
)
option = schemas.OptionAnswer(
    lot=n.LOT,
    product=n.PRODUCT,
    available=20_000,
    expires_on=n.LAST_DAY,
    approval=Approval.MANUAL,
)
ended = schemas.OptionAnswer(
    lot=n.QUOTED,
    product=n.PRODUCT,
    available=0,
    expires_on=date(2026, 4, 14),
    approval=Approval.MANUAL,
    why="deadline_missed",
    facts={"must": "complete", "by": "2026-04-14", "latest_start": "2026-04-12"},
)
cost = schemas.CostAnswer(list_credits=300, credits=300)
funding = schemas.FundingOptions(
    account=n.ACCOUNT, approval=Approval.MANUAL, cost=cost, options=(option, ended)
)
cart = schemas.CartAnswer(
    credits=300,
    state="pending",
    lapses_at=n.LAPSES,
    lines=(schemas.LineOptions(title=n.TITLE, credits=300, cost=cost, options=(option,)),),
)
cancelled = replace(pending, state=RedemptionState.CANCELLED, decided_at=n.DECIDED, lapses_at=None)
paid = (schemas.DrawAnswer(lot=n.LOT, credits=300),)
request = schemas.RequestAnswer(
    **asdict(pending), learner="Lee", learner_email=n.LEARNER, code_id=n.CODE
)
approved = replace(
    request,
    state=RedemptionState.APPROVED,
    decided_at=n.DECIDED,
    decided_by=n.OWNER,
    approved_by=n.OWNER,
    lapses_at=None,
    lines=(replace(line, state=LineState.BOOKED, lots=paid),),
    lots=paid,
)
decision = schemas.DecisionAnswer(
    outcomes=(schemas.OutcomeAnswer(redemption=n.REQUEST, request=approved),),
    decided_credits=300,
)


def _moved(source: State, target: State, credits: int) -> tuple[schemas.MovementAnswer, ...]:
    return (schemas.MovementAnswer(lot=n.LOT, source=source, target=target, credits=credits),)


bought_entry = schemas.EntryAnswer(
    entry=f"purchase-{n.LOT}",
    at=n.PAID,
    kind=EntryKind.PURCHASE,
    title="Purchase of 20000 credits",
    change=20_000,
    movements=_moved(State.ISSUED, State.AVAILABLE, 20_000),
    actor=n.OWNER,
)
spent_entry = schemas.EntryAnswer(
    entry=f"redeem-{n.REQUEST}",
    at=n.DECIDED,
    kind=EntryKind.REDEEM,
    title=n.TITLE,
    change=-300,
    movements=_moved(State.AVAILABLE, State.REDEEMED, 300),
    actor=n.OWNER,
    learner="Lee",
)
transactions = schemas.TransactionList(entries=(bought_entry, spent_entry))


def _line(entry: schemas.EntryAnswer, reference: str, balance: int) -> schemas.StatementLine:
    return schemas.StatementLine(
        at=entry.at,
        entry=entry.entry,
        kind=entry.kind,
        product=n.PRODUCT,
        title=entry.title,
        reference=reference,
        actor=entry.actor,
        change=entry.change,
        balance=balance,
        learner=entry.learner,
    )


SUMS: dict[str, Any] = Sums(purchases=20_000, redemptions=-300).by_column
statement = schemas.StatementAnswer(
    account=n.ACCOUNT,
    name="Acme",
    month="2026-03",
    time_zone="UTC",
    start=datetime(2026, 3, 1, tzinfo=UTC),
    end=datetime(2026, 4, 1, tzinfo=UTC),
    as_of=datetime(2026, 4, 1, tzinfo=UTC),
    products=(
        schemas.StatementProduct(
            product=n.PRODUCT,
            opening=0,
            **SUMS,
            closing=19_700,
            paid_minor={"USD": 1_576_000},
            next_expiry=schemas.StatementExpiry(
                expires_on=n.LAST_DAY, credits=19_700, days_left=335
            ),
        ),
    ),
    lines=(_line(bought_entry, n.LOT, 20_000), _line(spent_entry, n.REQUEST, 19_700)),
    lots=(
        schemas.StatementLot(
            lot=n.LOT,
            product=n.PRODUCT,
            credits=20_000,
            granted_at=n.PAID,
            expires_on=n.LAST_DAY,
            expires_at=n.END,
            days_left=335,
            opening=views.balance(Balance()),
            **SUMS,
            closing=views.balance(Balance(available=19_700, redeemed=300)),
            paid_minor=1_600_000,
            unspent_paid_minor=1_576_000,
            currency="USD",
            reissued_to=(),
        ),
    ),
)
statement_of_period = replace(
    statement,
    month=None,
    end=datetime(2026, 7, 1, tzinfo=UTC),
    as_of=datetime(2026, 4, 1, tzinfo=UTC),
)
