"""Cases: what was asked, where it stands, and who has said what."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from training_credits.domain import model
from training_credits.domain.decisions.cases import following, late
from training_credits.domain.program import Program
from training_credits.edge import schemas
from training_credits.edge.views.base import encoded
from training_credits.ports import Page


def case(program: Program, value: model.Case, now: datetime) -> schemas.CaseAnswer:
    """One case with its history."""
    return schemas.CaseAnswer(
        case=value.case_id,
        account=value.account_id,
        kind=value.kind,
        state=value.state,
        opened_at=value.opened_at,
        opened_by=value.opened_by.email,
        reason=value.reason,
        credits=value.credits,
        policy=value.policy,
        steps=tuple(schemas.CaseStep(**asdict(step)) for step in value.trail),
        next=following(value),
        late=late(program, value, now),
        lot=value.lot_id,
        days=value.days,
        plan=tuple(schemas.PlannedUse(**asdict(use)) for use in value.plan),
        entry=value.entry_id,
        entry_at=value.entry_at,
        redemption=value.redemption_id,
        due_on=value.due_on,
        granted_days=value.granted_days,
        new_lot=value.new_lot_id,
        ends_on=value.ends_on,
    )


def cases(program: Program, page: Page[model.Case], now: datetime) -> schemas.CaseList:
    """A page of cases."""
    listed = tuple(case(program, value, now) for value in page.items)
    return schemas.CaseList(cases=listed, cursor=page.cursor)


def case_of(program: Program, now: datetime) -> Callable[[model.Case], str]:
    """A case as text: sent, and kept for a replay."""
    return lambda value: encoded(case(program, value, now))
