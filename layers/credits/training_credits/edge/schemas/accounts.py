"""Accounts, and what the vendor sets on them."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from training_credits.domain.model import (
    AccountKind,
    Approval,
    HappeningKind,
    MemberState,
    Role,
)
from training_credits.edge.schemas.base import (
    CREDITS_MAX,
    Answer,
    Credits,
    Day,
    Email,
    Instant,
    Line,
    Name,
    Request,
    Token,
)
from training_credits.edge.schemas.credits import Balance, LotAnswer, NextExpiry


class NewAccount(Request, frozen=True, kw_only=True):
    """`name` defaults to the creator's; `owner` is for operators, who open it for a customer.

    An account that an operator opens without a name is called by the domain of its owner's
    address, or by the address where it is a single person's.
    """

    name: Name | None = None
    kind: AccountKind = AccountKind.ORGANISATION
    approval: Approval | None = None
    owner: Email | None = None


class AccountEdit(Request, frozen=True, kw_only=True):
    """What is left out stays as it is. `four_eyes`: nobody approves their own request.

    Requests for fewer credits than `automatic_below` wait for nobody. `card_kept` can only be
    false: the card is dropped. One is kept by paying with it.
    """

    name: Name | None = None
    approval: Approval | None = None
    four_eyes: bool | None = None
    automatic_below: Annotated[int, Meta(ge=0, le=CREDITS_MAX)] | None = None
    card_kept: Annotated[bool, Meta(extra_json_schema={"enum": [False]})] | None = None


class NewContact(Request, frozen=True, kw_only=True):
    """Somebody of the vendor's, by the address they sign in with."""

    name: Name
    email: Email


class ContactAnswer(Answer, frozen=True, kw_only=True):
    """Whom the account can turn to."""

    role: Role
    name: str
    email: str


class NewAgreement(Request, frozen=True, kw_only=True):
    """Percent off the list value of what is bought, from `starts_on` to `ends_on`, both included.

    `spending_percent` is off the price of what is booked; `reference` is the agreement's name in
    the vendor's books.
    """

    percent: Annotated[int, Meta(ge=0, le=99)]
    starts_on: Day
    ends_on: Day
    success_plan: Token | None = None
    spending_percent: Annotated[int, Meta(ge=0, le=99)] = 0
    reference: Token | None = None


class AgreementAnswer(Answer, frozen=True, kw_only=True):
    """In force once `approved_by` is there; above a limit it `waits` for a second operator."""

    percent: int
    starts_on: date
    ends_on: date
    made_by: str
    waits: bool
    spending_percent: int
    approved_by: str | None = None
    success_plan: str | None = None
    reference: str | None = None


class MemberAnswer(Answer, frozen=True, kw_only=True):
    """Somebody who belongs to the account, or is asked in.

    To the end of `decides_until` they may decide on requests in an owner's place.
    """

    email: str
    role: Role
    state: MemberState
    added_by: str
    added_at: Instant
    accepted_at: Instant | None = None
    decides_until: date | None = None


class AccountAnswer(Answer, frozen=True, kw_only=True):
    """An account's header. `card_kept`: a refill needs no card to be typed in again.

    It is dropped when whoever kept it leaves the account, or by an edit.

    `agreement` is in force; `proposed` waits for a second operator, who says the same again.
    """

    account: str
    program: str
    name: str
    kind: AccountKind
    approval: Approval
    four_eyes: bool
    automatic_below: int
    opened_by: str
    opened_at: Instant
    card_kept: bool = False
    contacts: tuple[ContactAnswer, ...] = ()
    agreement: AgreementAnswer | None = None
    proposed: AgreementAnswer | None = None


class AccountPage(AccountAnswer, frozen=True, kw_only=True):
    """The account as its members see it: balances by product, lots in spending order.

    `code_hints` are the ends of its working codes; `help` says where to turn, by topic.
    """

    balances: dict[str, Balance]
    next_expiry: NextExpiry | None = None
    lots: tuple[LotAnswer, ...] = ()
    members: tuple[MemberAnswer, ...] = ()
    code_hints: tuple[str, ...] = ()
    help: dict[str, str] = msgspec.field(default_factory=dict)


class HappeningAnswer(Answer, frozen=True, kw_only=True):
    """Who did what, to whom or what, and when."""

    kind: HappeningKind
    at: Instant
    actor: str
    about: str
    detail: str = ""


class HappeningList(Answer, frozen=True, kw_only=True):
    """Oldest first."""

    happenings: tuple[HappeningAnswer, ...]
    cursor: str | None = None


class PlanWish(Request, frozen=True, kw_only=True, omit_defaults=True):
    """One wish of a training plan: `month` is written like 2026-10."""

    title: Line
    month: Annotated[str, Meta(pattern=r"^2[0-9]{3}-(0[1-9]|1[0-2])$(?!\n)")]
    credits: Credits
    person: Email | None = None


class NewPlan(Request, frozen=True, kw_only=True):
    """The whole plan of a lot: it replaces what was planned before."""

    items: Annotated[tuple[PlanWish, ...], Meta(max_length=50)]


class PlanAnswer(Answer, frozen=True, kw_only=True):
    """What is planned of a lot's credits, and what is not."""

    lot: str
    items: tuple[PlanWish, ...]
    planned: int
    unplanned: int
