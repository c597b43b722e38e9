"""Two cases: what is left at the end is asked for again, and a transaction is disputed."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from openapi.examples import names as n
from training_credits.domain.model import CaseKind, CaseState
from training_credits.edge import schemas

_OPENED = datetime(2027, 2, 15, 10, tzinfo=UTC)
_ANSWERED = datetime(2027, 2, 18, 16, 30, tzinfo=UTC)
_LATER = (CaseState.IN_REVIEW, CaseState.WITHDRAWN)

plan = (
    schemas.PlannedUse(title=n.TITLE, on=date(2027, 4, 12), credits=900, person="Lee"),
    schemas.PlannedUse(title="Administration, part 2", on=date(2027, 5, 10), credits=600),
)
asked = schemas.NewCase(
    kind=schemas.CaseWish.REISSUE,
    lot=n.LOT,
    reason="Two classes of March were moved to spring.",
    plan=plan,
)
draft = schemas.CaseEdit(reason=asked.reason, plan=plan)
submitted = schemas.CaseAnswer(
    case=n.CASE,
    account=n.ACCOUNT,
    kind=CaseKind.REISSUE,
    state=CaseState.SUBMITTED,
    opened_at=_OPENED,
    opened_by=n.OWNER,
    reason=asked.reason,
    credits=1_500,
    policy=n.POLICY,
    steps=(schemas.CaseStep(state=CaseState.SUBMITTED, at=_OPENED, by=n.OWNER),),
    next=_LATER,
    late=False,
    lot=n.LOT,
    plan=plan,
    due_on=date(2027, 2, 22),
)
drafted = replace(
    submitted,
    state=CaseState.DRAFT,
    steps=(schemas.CaseStep(state=CaseState.DRAFT, at=_OPENED, by=n.OWNER),),
    next=(CaseState.SUBMITTED, CaseState.WITHDRAWN),
    due_on=None,
)
granted = replace(
    submitted,
    state=CaseState.APPROVED,
    steps=(
        *submitted.steps,
        schemas.CaseStep(state=CaseState.IN_REVIEW, at=_ANSWERED, by=n.OPERATOR),
        schemas.CaseStep(
            state=CaseState.APPROVED, at=_ANSWERED, by=n.OPERATOR, note="All is well."
        ),
    ),
    next=(),
    due_on=None,
    granted_days=169,
    new_lot=n.SOLD,
    ends_on=date(2027, 8, 18),
)
disputed = schemas.CaseAnswer(
    case=n.DISPUTE,
    account=n.ACCOUNT,
    kind=CaseKind.DISPUTE,
    state=CaseState.OPEN,
    opened_at=_ANSWERED,
    opened_by=n.OWNER,
    reason="Nobody of ours was in that class.",
    credits=300,
    policy=n.POLICY,
    steps=(schemas.CaseStep(state=CaseState.OPEN, at=_ANSWERED, by=n.OWNER),),
    next=_LATER,
    late=False,
    entry=f"redeem-{n.REQUEST}",
    entry_at=n.DECIDED,
    redemption=n.REQUEST,
    due_on=date(2027, 2, 25),
)
answered = schemas.NewCaseMove(to=CaseState.APPROVED, note="All is well.")
