"""Redemptions: a learner's wish to spend credits, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training_credits.domain.model.credits import Draw
from training_credits.domain.model.people import Approval, Person


class RedemptionState(StrEnum):
    """Only a pending request has a way on; every other state is final here."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """What an owner says."""

    APPROVE = "approve"
    DENY = "deny"


@dataclass(frozen=True, kw_only=True, slots=True)
class Redemption:
    """A learner's wish to spend credits, and what became of it.

    `draws` names the lots that are held (pending) or were spent (approved); `lot_id` is the
    only lot that may pay, where the code opens a lot and not the account (SF-37); `code_id` is
    the code it came with, and `limited` says that it counts against that code's limits;
    `decision` is the request that decided it, by which a replay knows its own; `policy` is the
    version of the program that judged it; `country` is where the training is used, `partner`
    that a training partner delivers it, and `terms` the version that was ticked with it.
    """

    redemption_id: str
    account_id: str
    title: str
    credits: int
    learner: Person
    state: RedemptionState
    approval: Approval
    requested_at: datetime
    draws: tuple[Draw, ...] = ()
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision: str | None = None
    note: str | None = None
    lot_id: str | None = None
    code_id: str | None = None
    limited: bool = False
    policy: str = ""
    country: str | None = None
    partner: bool = False
    terms: str | None = None

    @property
    def settled_at(self) -> datetime:
        """When it came into its present state."""
        return self.requested_at if self.decided_at is None else self.decided_at

    @property
    def settled_by(self) -> str:
        """Who brought it there."""
        return self.learner.email if self.decided_by is None else self.decided_by
