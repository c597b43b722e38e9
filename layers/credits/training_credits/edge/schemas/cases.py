"""Cases: what is asked of the vendor, and what became of it."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from training_credits.domain.model import CaseKind, CaseState
from training_credits.edge.schemas.base import (
    ONE_LINE,
    Answer,
    Credits,
    Day,
    Instant,
    Line,
    Name,
    Request,
    Token,
)

PLAN_MAX = 50
DAYS_MAX = 10_000
Id = Annotated[str, Meta(pattern=r"^[0-9A-HJKMNP-TV-Z]{16}$(?!\n)")]
Words = Annotated[str, Meta(min_length=1, max_length=1000, pattern=ONE_LINE)]
Days = Annotated[int, Meta(ge=1, le=DAYS_MAX)]


class CaseWish(StrEnum):
    """What can be asked for. No program transfers credits, and says so (SF-16)."""

    REISSUE = "reissue"
    EXTENSION = "extension"
    DISPUTE = "dispute"
    TRANSFER = "transfer"


class PlannedUse(Request, frozen=True, kw_only=True, omit_defaults=True):
    """What so many credits will be spent on, the day it takes place, and for whom."""

    title: Line
    on: Day
    credits: Credits
    person: Name | None = None


Plan = Annotated[tuple[PlannedUse, ...], Meta(max_length=PLAN_MAX)]


class NewCase(Request, frozen=True, kw_only=True):
    """Ask for a reissue or an extension of a `lot`, or dispute the `entry` of the instant `at`.

    A reissue has a `plan` for all that is left of the lot, an extension the `days` it asks for. A
    `draft` may lack both: it is asked for with its first move.
    """

    kind: CaseWish
    reason: Words
    lot: Id | None = None
    days: Days | None = None
    plan: Plan = ()
    entry: Token | None = None
    at: Instant | None = None
    draft: bool = False


class CaseEdit(Request, frozen=True, kw_only=True):
    """A draft anew: all of what may change in it."""

    reason: Words
    days: Days | None = None
    plan: Plan = ()


class NewCaseMove(Request, frozen=True, kw_only=True):
    """The next step. `note` says why, `days` how many are granted, where not what was asked for."""

    to: CaseState
    note: Line | None = None
    days: Days | None = None


class CaseStep(Answer, frozen=True, kw_only=True):
    """When the case came into a state, who brought it there, and why."""

    state: CaseState
    at: Instant
    by: str
    note: str | None = None


class CaseAnswer(Answer, frozen=True, kw_only=True):
    """A case and where it stands; `next` are the states that may follow.

    `credits` are those it is about: of a `lot` what was left of it when that was looked at last;
    of the disputed `entry`, of the instant `entry_at`, what it took. Once it is granted they are
    what has moved to `new_lot`, which ends `granted_days` later, on `ends_on`; or what came back.
    The vendor owes an answer by the end of `due_on`, and is `late` from then on.
    """

    case: str
    account: str
    kind: CaseKind
    state: CaseState
    opened_at: Instant
    opened_by: str
    reason: str
    credits: int
    policy: str
    steps: tuple[CaseStep, ...]
    next: tuple[CaseState, ...]
    late: bool
    lot: str | None = None
    days: int | None = None
    plan: tuple[PlannedUse, ...] = ()
    entry: str | None = None
    entry_at: Instant | None = None
    redemption: str | None = None
    due_on: date | None = None
    granted_days: int | None = None
    new_lot: str | None = None
    ends_on: date | None = None


class CaseList(Answer, frozen=True, kw_only=True):
    """A page of cases."""

    cases: tuple[CaseAnswer, ...]
    cursor: str | None = None
