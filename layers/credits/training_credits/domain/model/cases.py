"""Cases: what a customer asks the vendor to look at, and what became of it.

draft ──▶ submitted ──▶ in_review ──▶ approved      a reissue, an extension
              open ──▶ in_review ──▶ upheld         a dispute
Each may come to `rejected`, by the vendor, or to `withdrawn`, by the customer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from training_credits.domain.model.people import Person


class CaseKind(StrEnum):
    """What is asked for: credits past their end again, a later end, or credits taken wrongly."""

    REISSUE = "reissue"
    EXTENSION = "extension"
    DISPUTE = "dispute"


class CaseState(StrEnum):
    """Where a case is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


WAITING = frozenset({CaseState.SUBMITTED, CaseState.OPEN, CaseState.IN_REVIEW})


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStep:
    """One step of a case: into which state, when, by whom, and why."""

    state: CaseState
    at: datetime
    by: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedUse:
    """What a remainder will be spent on, and when (CI-24)."""

    title: str
    on: date
    credits: int
    person: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One case. What it is about never changes; its trail says who did what, and why.

    Of a reissue or an extension `lot_id` is the lot, `credits` its remainder as last seen, `days`
    the days an extension asks for, `plan` what a reissue will be spent on; once it is approved,
    `credits` have moved to `new_lot_id`, which ends `granted_days` later, on `ends_on`.
    Of a dispute `entry_id` is the transaction, `entry_at` its instant, `redemption_id` its request;
    upheld, `credits` came back.
    By the end of `due_on` the vendor owes an answer; None while nobody waits for the vendor.
    """

    case_id: str
    account_id: str
    kind: CaseKind
    opened_by: Person
    reason: str
    trail: tuple[CaseStep, ...]
    policy: str
    credits: int = 0
    lot_id: str | None = None
    days: int | None = None
    plan: tuple[PlannedUse, ...] = ()
    entry_id: str | None = None
    entry_at: datetime | None = None
    redemption_id: str | None = None
    due_on: date | None = None
    granted_days: int | None = None
    new_lot_id: str | None = None
    ends_on: date | None = None

    @property
    def state(self) -> CaseState:
        """Where it is now."""
        return self.trail[-1].state

    @property
    def opened_at(self) -> datetime:
        """When it was opened."""
        return self.trail[0].at

    @property
    def waits(self) -> bool:
        """Whether the vendor's answer is waited for."""
        return self.state in WAITING
