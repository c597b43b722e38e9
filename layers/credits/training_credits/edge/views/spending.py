"""Redemptions and decisions, for learners and for those who decide."""

from collections.abc import Iterable
from typing import Any

from training_credits.domain import model
from training_credits.domain.program import Program
from training_credits.edge import problems, schemas
from training_credits.ports import Page
from training_credits.use_cases.approve import Outcome

RequestState = model.RedemptionState


def redemption(value: model.Redemption) -> schemas.RedemptionAnswer:
    """For its learner."""
    return schemas.RedemptionAnswer(**_request(value))


def request(value: model.Redemption) -> schemas.RequestAnswer:
    """For owners."""
    return schemas.RequestAnswer(
        **_request(value),
        learner=value.learner.name,
        learner_email=value.learner.email,
        decided_by=value.decided_by,
        code_id=value.code_id,
        lots=tuple(schemas.DrawAnswer(lot=d.lot_id, credits=d.credits) for d in value.draws),
    )


def _request(value: model.Redemption) -> dict[str, Any]:
    return {
        "redemption": value.redemption_id,
        "state": value.state,
        "title": value.title,
        "credits": value.credits,
        "requested_at": value.requested_at,
        "decided_at": value.decided_at,
        "note": value.note,
        "policy": value.policy,
        "country": value.country,
        "partner": value.partner,
        "terms": value.terms,
    }


def requests(page: Page[model.Redemption]) -> schemas.RequestList:
    """A page of requests with the sum of what it lists (AT-29)."""
    return schemas.RequestList(
        requests=tuple(request(item) for item in page.items),
        total_credits=sum(item.credits for item in page.items),
        cursor=page.cursor,
    )


def uses(page: Page[model.Redemption]) -> schemas.CodeUseList:
    """Who has used a code (SF-13)."""
    return schemas.CodeUseList(
        uses=tuple(
            schemas.CodeUse(
                **_request(item), learner=item.learner.name, learner_email=item.learner.email
            )
            for item in page.items
        ),
        cursor=page.cursor,
    )


def decisions(program: Program, outcomes: Iterable[Outcome]) -> schemas.DecisionAnswer:
    """Outcome by outcome, and the sum of what was decided."""
    listed = tuple(outcomes)
    return schemas.DecisionAnswer(
        outcomes=tuple(_outcome(outcome, program.rules) for outcome in listed),
        decided_credits=sum(o.redemption.credits for o in listed if o.redemption),
    )


def _outcome(outcome: Outcome, rules: problems.Rules) -> schemas.OutcomeAnswer:
    return schemas.OutcomeAnswer(
        redemption=outcome.redemption_id,
        request=request(outcome.redemption) if outcome.redemption else None,
        problem=problems.body_of(outcome.problem, rules) if outcome.problem else None,
    )
