"""Redemptions and decisions about them."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from training_credits.domain.model import LineState, RedemptionState, Verdict
from training_credits.edge.schemas.base import (
    Answer,
    Instant,
    Line,
    Request,
    Token,
)
from training_credits.edge.schemas.redeeming import CostAnswer


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


class AttendeeAnswer(Answer, frozen=True, kw_only=True):
    """Who takes part."""

    email: str
    name: str


class LineAnswer(Answer, frozen=True, kw_only=True):
    """One line of a request.

    `cost` says how its price came about, `rest` how many credits' worth of it are paid in money,
    where the program allows that; `state`, once it was approved, what became of it:
    `returned` credits came back, `moves` times it was moved, `reference` is where a partner
    fulfils it, and `usable_until` the last day of what lasts for a term. `code_ids` and `lots` have
    paid: that only owners see.
    """

    title: str
    credits: int
    offering: str | None = None
    session: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    country: str | None = None
    quantity: int = 1
    attendee: AttendeeAnswer | None = None
    cost: CostAnswer | None = None
    rest: int = 0
    statement_of_work: str | None = None
    state: LineState | None = None
    returned: int = 0
    moves: int = 0
    reference: str | None = None
    usable_until: date | None = None
    code_ids: tuple[str, ...] = ()
    lots: tuple[DrawAnswer, ...] = ()


class RedemptionAnswer(Answer, frozen=True, kw_only=True):
    """A request as its learner sees it.

    `country` is where the training is used, `partner` that a training partner delivers it, and
    `terms` the version that was ticked with it. `state` is `referred` while it waits for the
    vendor's advisor, `pending` for an owner, and `reserved` until it is confirmed; from
    `lapses_at` on it is too late for that.
    """

    redemption: str
    state: RedemptionState
    title: str
    credits: int
    lines: tuple[LineAnswer, ...]
    requested_at: Instant
    decided_at: Instant | None = None
    lapses_at: Instant | None = None
    note: str | None = None
    policy: str
    country: str | None = None
    partner: bool = False
    terms: str | None = None
    language: str | None = None
    reserve: bool = False


class RequestAnswer(RedemptionAnswer, frozen=True, kw_only=True):
    """A request as owners see it: who asks, who decided, which lots pay."""

    learner: str
    learner_email: str
    decided_by: str | None = None
    approved_by: str | None = None
    cleared_by: str | None = None
    lots: tuple[DrawAnswer, ...] = ()
    code_id: str | None = None


class RequestList(Answer, frozen=True, kw_only=True):
    """Requests in one state, oldest first.

    `total_credits` is the sum of what is listed; of the account's `available_credits` these would
    leave `left_credits`, were all that wait approved. Below zero, not all of them can be.
    """

    requests: tuple[RequestAnswer, ...]
    total_credits: int
    available_credits: int
    left_credits: int
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
