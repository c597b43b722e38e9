"""Redemptions and decisions about them."""

from typing import Annotated, Any

from msgspec import Meta

from training_credits.domain.model import RedemptionState, Verdict
from training_credits.edge.schemas.base import (
    Answer,
    Country,
    Credits,
    Instant,
    Line,
    Request,
    Token,
)


class NewRedemption(Request, frozen=True, kw_only=True):
    """`credits` is the price of what `title` names.

    Paid with the text of a `code`, or with the number of a `sales_order` by those who may.
    `country` is where the training is used, `partner` that a training partner delivers it, and
    `terms` the version that was ticked, where the program asks for them.
    """

    title: Line
    credits: Credits
    code: Token | None = None
    sales_order: Token | None = None
    country: Country | None = None
    partner: bool = False
    terms: Token | None = None


class Cancellation(Request, frozen=True, kw_only=True):
    """Nothing needs to be said to withdraw a request."""


class Decision(Request, frozen=True, kw_only=True):
    """One verdict on one request or many; `note` goes with a denial."""

    verdict: Verdict
    redemptions: Annotated[tuple[Token, ...], Meta(min_length=1, max_length=20)]
    note: Line | None = None


class DrawAnswer(Answer, frozen=True, kw_only=True):
    """How many credits of which lot."""

    lot: str
    credits: int


class RedemptionAnswer(Answer, frozen=True, kw_only=True):
    """A request as its learner sees it.

    `country` is where the training is used, `partner` that a training partner delivers it, and
    `terms` the version that was ticked with it.
    """

    redemption: str
    state: RedemptionState
    title: str
    credits: int
    requested_at: Instant
    decided_at: Instant | None = None
    note: str | None = None
    policy: str
    country: str | None = None
    partner: bool = False
    terms: str | None = None


class RequestAnswer(RedemptionAnswer, frozen=True, kw_only=True):
    """A request as owners see it: who asks, who decided, which lots pay."""

    learner: str
    learner_email: str
    decided_by: str | None = None
    lots: tuple[DrawAnswer, ...] = ()
    code_id: str | None = None


class RequestList(Answer, frozen=True, kw_only=True):
    """Requests in one state, oldest first; `total_credits` is the sum of what is listed."""

    requests: tuple[RequestAnswer, ...]
    total_credits: int
    cursor: str | None = None


class OutcomeAnswer(Answer, frozen=True, kw_only=True):
    """What became of one request of a batch: the request, or the problem."""

    redemption: str
    request: RequestAnswer | None = None
    problem: dict[str, Any] | None = None


class DecisionAnswer(Answer, frozen=True, kw_only=True):
    """Outcomes in the order asked; `decided_credits` is the sum of what was decided."""

    outcomes: tuple[OutcomeAnswer, ...]
    decided_credits: int
