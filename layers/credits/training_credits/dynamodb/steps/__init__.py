"""From each write of a change to its item, its actions and its guard."""

from collections.abc import Iterator
from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import Submission
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import SubmissionItem
from training_credits.dynamodb.steps import (
    asking,
    cases,
    catalogue,
    codes,
    credits,
    filing,
    people,
    selling,
    spending,
    webhooks,
)
from training_credits.dynamodb.steps.base import ABSENT, Step

__all__ = ["ABSENT", "Step", "steps"]

Codes = c.IssueCode | c.EndCode | c.RotateCode | c.UseCode
# Writes that are one action each, and those that may be several; all others are of people.
ALONE: tuple[tuple[Any, Any], ...] = (
    (credits.Write, credits.step),
    (selling.Write, selling.step),
    (spending.Write, spending.step),
    (asking.Write, asking.step),
    (cases.Write, cases.step),
    (webhooks.Write, webhooks.step),
)
TOGETHER: tuple[tuple[Any, Any], ...] = (
    (catalogue.Write, catalogue.steps),
    (filing.Write, filing.steps),
    (Codes, codes.steps),
)


def steps(change: c.Change) -> Iterator[Step]:
    """Every write of a change, and its identity."""
    if change.submission is not None:
        yield _submission(change.program, change.submission)
    for write in change.writes:
        yield from _planned(change, write)


def _planned(change: c.Change, write: c.Write) -> Iterator[Step]:
    for kinds, step in ALONE:
        if isinstance(write, kinds):
            yield step(change, write)
            return
    for kinds, several in TOGETHER:
        if isinstance(write, kinds):
            yield from several(change, write)
            return
    yield from people.steps(change, write)


def _submission(program: str, submission: Submission) -> Step:
    item = SubmissionItem.of(
        submission,
        pk=keys.caller(program, submission.subject),
        sk=keys.submission(submission.operation, submission.key),
    )
    same = SubmissionItem.digest == submission.digest
    guard = ABSENT | same if submission.repeatable else ABSENT
    return Step(write=submission, item=item, guard=guard)
