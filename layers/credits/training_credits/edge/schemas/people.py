"""Signing in, terms, members, codes, and what a program says of itself."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from training_credits.domain.model import OrderState, Role
from training_credits.edge.schemas.base import (
    Answer,
    Credits,
    Day,
    Domain,
    Email,
    Instant,
    Name,
    Request,
    Token,
)
from training_credits.edge.schemas.spending import RedemptionAnswer


class SignIn(Request, frozen=True, kw_only=True):
    """Which invitations to accept, by account; all of them if nothing is said.

    `GET /v1/accounts` lists them, for a portal that asks before it accepts.
    """

    accept: Annotated[tuple[Token, ...], Meta(max_length=50)] | None = None


class SeatAnswer(Answer, frozen=True, kw_only=True):
    """An account the caller belongs to, or is asked into."""

    account: str
    role: Role


class TermsAnswer(Answer, frozen=True, kw_only=True):
    """The terms in force: accepted once, or ticked with each request, as the program says."""

    version: str
    url: str


class SignInAnswer(Answer, frozen=True, kw_only=True):
    """What awaits the caller; invitations that could be accepted have been."""

    accounts: tuple[SeatAnswer, ...] = ()
    invitations: tuple[SeatAnswer, ...] = ()
    terms: TermsAnswer | None = None


class AccountList(Answer, frozen=True, kw_only=True):
    """The accounts the caller belongs to, and those they are asked into."""

    accounts: tuple[SeatAnswer, ...]
    invitations: tuple[SeatAnswer, ...] = ()


class NewAcceptance(Request, frozen=True, kw_only=True):
    """Of the terms in this version."""

    version: Token


class NewMember(Request, frozen=True, kw_only=True):
    """By the address they sign in with; an owner unless said otherwise."""

    email: Email
    role: Role = Role.OWNER


class NewDeputy(Request, frozen=True, kw_only=True):
    """The last day on which they decide: today, or at most 90 days from now."""

    until: Day


class NewCode(Request, frozen=True, kw_only=True):
    """`lot` only where a code of the program opens one lot; conditions where it offers them.

    `limit` bounds the credits of all its uses, `limit_each` those of each learner; `ends_on` is its
    last day; only addresses of `domains` may use it.
    """

    lot: Token | None = None
    label: Name | None = None
    cost_centre: Token | None = None
    limit: Credits | None = None
    limit_each: Credits | None = None
    ends_on: Day | None = None
    domains: Annotated[tuple[Domain, ...], Meta(max_length=20)] = ()


class NewRotation(Request, frozen=True, kw_only=True):
    """For so many hours the old text of the code still works."""

    grace_hours: Annotated[int, Meta(ge=0, le=720)] = 0


class NewCodeAnswer(Answer, frozen=True, kw_only=True):
    """The redemption code, shown this once. `share_link` leads learners to the portal with it.

    There the code stands behind the `#`: no browser sends that part to a server.
    """

    code_id: str
    code: str
    hint: str
    share_link: str


class CodeAnswer(Answer, frozen=True, kw_only=True):
    """A code as its account sees it: only its end, `hint`, of the text."""

    code_id: str
    hint: str
    works: bool
    made_by: str
    made_at: Instant
    lot: str | None = None
    label: str | None = None
    cost_centre: str | None = None
    limit: int | None = None
    limit_each: int | None = None
    used: int | None = None
    ends_on: date | None = None
    ends_at: Instant | None = None
    domains: tuple[str, ...] = ()


class CodeList(Answer, frozen=True, kw_only=True):
    """Every code of the account, ended ones too."""

    codes: tuple[CodeAnswer, ...]


class CodeUse(RedemptionAnswer, frozen=True, kw_only=True):
    """A request made with a code: by whom, when, and for where."""

    learner: str
    learner_email: str


class CodeUseList(Answer, frozen=True, kw_only=True):
    """Pending ones first; a page may be short, and is the last one without a cursor."""

    uses: tuple[CodeUse, ...]
    cursor: str | None = None


class ProductAnswer(Answer, frozen=True, kw_only=True):
    """A kind of credit, and what one is worth."""

    product: str
    name: str
    value_minor: int
    currency: str


class ChannelAnswer(Answer, frozen=True, kw_only=True):
    """A way to buy: its steps, and whether a customer can begin it."""

    channel: str
    steps: tuple[OrderState, ...]
    by_customer: bool


class ProgramAnswer(Answer, frozen=True, kw_only=True):
    """What the program says of itself today. `review_overdue` is for operators."""

    program: str
    name: str
    policy: str
    time_zone: str
    products: tuple[ProductAnswer, ...]
    channels: tuple[ChannelAnswer, ...]
    countries: tuple[str, ...] = ()
    roles: dict[Role, tuple[str, ...]]
    terms: TermsAnswer | None = None
    help: dict[str, str] = msgspec.field(default_factory=dict)
    reviewed_on: date | None = None
    next_review_on: date | None = None
    review_overdue: bool | None = None
