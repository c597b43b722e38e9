"""Redemptions and decisions, for learners and for those who decide."""

from collections.abc import Iterable
from typing import Any

from training_credits.domain import model
from training_credits.domain.program import Program
from training_credits.edge import problems, schemas
from training_credits.edge.views.redeeming import cost
from training_credits.ports import Page
from training_credits.use_cases.approve import Outcome, Requests

RequestState = model.RedemptionState
# What waits for an owner first: that is what is asked for, unless something else is (AT-28).
REQUEST_STATES = ("pending", *(state.value for state in RequestState if state != "pending"))


def redemption(value: model.Redemption) -> schemas.RedemptionAnswer:
    """For its learner."""
    return schemas.RedemptionAnswer(**_request(value), lines=_lines(value))


def request(value: model.Redemption) -> schemas.RequestAnswer:
    """For owners."""
    return schemas.RequestAnswer(
        **_request(value),
        lines=_lines(value, paid=True),
        learner=value.learner.name,
        learner_email=value.learner.email,
        decided_by=value.decided_by,
        approved_by=value.approved_by,
        cleared_by=value.cleared_by,
        code_id=next(iter(value.codes)) if len(value.codes) == 1 else None,
        lots=_draws(value.draws),
    )


def _request(value: model.Redemption) -> dict[str, Any]:
    return {
        "redemption": value.redemption_id,
        "state": value.state,
        "title": value.title,
        "credits": value.credits,
        "requested_at": value.requested_at,
        "decided_at": value.decided_at,
        "lapses_at": value.lapses_at if value.open else None,
        "note": value.note,
        "policy": value.policy,
        "country": value.country,
        "partner": value.partner,
        "terms": value.terms,
        "language": value.language,
        "reserve": value.reserve,
    }


def _lines(value: model.Redemption, *, paid: bool = False) -> tuple[schemas.LineAnswer, ...]:
    """Owners see which lots have paid; a learner does not."""
    booked = value.state is model.RedemptionState.APPROVED
    return tuple(_line(line, booked=booked, paid=paid) for line in value.lines)


def _line(line: model.Line, *, booked: bool, paid: bool) -> schemas.LineAnswer:
    item, attendee = line.item, line.attendee
    return schemas.LineAnswer(
        title=line.title,
        credits=line.credits,
        **(_item(item) if item is not None else {}),
        attendee=schemas.AttendeeAnswer(email=attendee.email, name=attendee.name)
        if attendee
        else None,
        cost=cost(line.cost) if line.cost is not None and line.cost.percent else None,
        rest=line.rest,
        statement_of_work=line.work,
        state=line.state if booked else None,
        returned=line.returned,
        moves=line.moves,
        reference=line.reference,
        usable_until=line.usable_until,
        code_ids=tuple(t.code_id for t in line.tenders if t.code_id) if paid else (),
        lots=_draws(line.draws) if paid else (),
    )


def _item(item: model.Item) -> dict[str, Any]:
    return {
        "offering": item.offering.offering_id,
        "session": item.session.session_id if item.session else None,
        "starts_on": item.starts_on,
        "ends_on": item.ends_on,
        "country": item.country,
        "quantity": item.quantity,
    }


def _draws(draws: Iterable[model.Draw]) -> tuple[schemas.DrawAnswer, ...]:
    return tuple(schemas.DrawAnswer(lot=d.lot_id, credits=d.credits) for d in draws)


def requests(found: Requests) -> schemas.RequestList:
    """A page of requests with the sum of what it lists, and what it would leave (AT-29)."""
    page = found.page
    return schemas.RequestList(
        requests=tuple(request(item) for item in page.items),
        total_credits=sum(item.credits for item in page.items),
        available_credits=found.available,
        left_credits=found.left,
        cursor=page.cursor,
    )


def uses(page: Page[model.Redemption]) -> schemas.CodeUseList:
    """Who has used a code (SF-13)."""
    return schemas.CodeUseList(
        uses=tuple(
            schemas.CodeUse(
                **_request(item),
                lines=_lines(item),
                learner=item.learner.name,
                learner_email=item.learner.email,
            )
            for item in page.items
        ),
        cursor=page.cursor,
    )


def decisions(program: Program, outcomes: Iterable[Outcome]) -> schemas.DecisionAnswer:
    """Outcome by outcome, and the sum of what was decided."""
    listed = tuple(outcomes)
    return schemas.DecisionAnswer(
        outcomes=tuple(_outcome(outcome, program) for outcome in listed),
        decided_credits=sum(o.redemption.credits for o in listed if o.redemption),
    )


def _outcome(outcome: Outcome, program: Program) -> schemas.OutcomeAnswer:
    return schemas.OutcomeAnswer(
        redemption=outcome.redemption_id,
        request=request(outcome.redemption) if outcome.redemption else None,
        problem=problems.body_of(outcome.problem, program) if outcome.problem else None,
    )
