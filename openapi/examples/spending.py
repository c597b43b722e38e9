"""Lee asks for 300 credits, Ann approves, and March is stated."""

from datetime import UTC, datetime

from msgspec.structs import asdict, replace

from openapi.examples import names as n
from training_credits.domain.model import EntryKind, RedemptionState, State
from training_credits.edge import schemas

pending = schemas.RedemptionAnswer(
    redemption=n.REQUEST,
    state=RedemptionState.PENDING,
    title=n.TITLE,
    credits=300,
    requested_at=n.ASKED,
    policy=n.POLICY,
)
cancelled = replace(pending, state=RedemptionState.CANCELLED, decided_at=n.DECIDED)
request = schemas.RequestAnswer(
    **asdict(pending), learner="Lee", learner_email=n.LEARNER, code_id=n.CODE
)
approved = replace(
    request,
    state=RedemptionState.APPROVED,
    decided_at=n.DECIDED,
    decided_by=n.OWNER,
    lots=(schemas.DrawAnswer(lot=n.LOT, credits=300),),
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


def _line(entry: schemas.EntryAnswer, balance: int) -> schemas.StatementLine:
    return schemas.StatementLine(
        at=entry.at,
        kind=entry.kind,
        title=entry.title,
        change=entry.change,
        balance=balance,
        learner=entry.learner,
    )


statement = schemas.StatementAnswer(
    account=n.ACCOUNT,
    month="2026-03",
    start=datetime(2026, 3, 1, tzinfo=UTC),
    end=datetime(2026, 4, 1, tzinfo=UTC),
    opening=0,
    lines=(_line(bought_entry, 20_000), _line(spent_entry, 19_700)),
    sums={EntryKind.PURCHASE: 20_000, EntryKind.REDEEM: -300},
    closing=19_700,
    lots=(
        schemas.StatementLot(
            lot=n.LOT,
            product=n.PRODUCT,
            credits=20_000,
            unspent=19_700,
            expires_on=n.LAST_DAY,
            days_left=335,
        ),
    ),
)
