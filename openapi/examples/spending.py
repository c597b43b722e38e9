"""Lee asks for 300 credits, Ann approves, and March is stated."""

from datetime import UTC, date, datetime

from msgspec.structs import asdict, replace

from openapi.examples import names as n
from training_credits.domain.model import Approval, EntryKind, LineState, RedemptionState, State
from training_credits.edge import schemas

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
