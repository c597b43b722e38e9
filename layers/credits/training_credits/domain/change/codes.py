"""Writes of redemption codes."""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.model import (
    Code,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueCode:
    """Guards: no such code exists, and the account has made `made` of them so far (AT-15).

    With None the account is neither looked at nor counted on: the code that comes with a new lot
    can be none too many.
    """

    code: Code
    made: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EndCode:
    """Ends a code now, whatever its text. Guard: it works, as it did when it was read."""

    code: Code
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class RotateCode:
    """Another text for the same code; the old one opens it until `old_ends_at`.

    Guards: the code is as it was read, and no code has the new text.
    """

    old: Code
    new: Code
    old_ends_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class UseCode:
    """Guards: the code works at `at`, by the same text, and `credits` more are in its limits.

    Negative credits give back what a denied request had counted; then nothing is guarded.
    """

    code: Code
    subject: str
    credits: int
    at: datetime
