"""From each write of a change to its item, its actions and its guard."""

from collections.abc import Iterator

from training_credits.domain import change as c
from training_credits.domain.model import Submission
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import SubmissionItem
from training_credits.dynamodb.steps import catalogue, codes, credits, people, selling, spending
from training_credits.dynamodb.steps.base import ABSENT, Step

__all__ = ["ABSENT", "Step", "steps"]

Codes = c.IssueCode | c.EndCode | c.RotateCode | c.UseCode


def steps(change: c.Change) -> Iterator[Step]:
    """Every write of a change, and its identity."""
    if change.submission is not None:
        yield _submission(change.program, change.submission)
    for write in change.writes:
        if isinstance(write, credits.Write):
            yield credits.step(change, write)
        elif isinstance(write, selling.Write):
            yield selling.step(change, write)
        elif isinstance(write, spending.Write):
            yield spending.step(change, write)
        elif isinstance(write, catalogue.Write):
            yield from catalogue.steps(change, write)
        elif isinstance(write, Codes):
            yield from codes.steps(change, write)
        else:
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
