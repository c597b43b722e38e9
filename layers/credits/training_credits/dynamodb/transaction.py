"""One change, one TransactWriteItems; and what its refusal means."""

import secrets
import time
from collections.abc import Callable
from typing import Any

from pynamodb.exceptions import PutError, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from training_credits.domain.change import WRITES_MAX, Change
from training_credits.domain.errors import Reason, Stale, Unavailable
from training_credits.domain.model import Submission
from training_credits.dynamodb import reading
from training_credits.dynamodb.items import Item, SubmissionItem
from training_credits.dynamodb.steps import ABSENT, Step, steps
from training_credits.ports import Replayed


class UnknownOutcome(Exception):
    """The table contradicts itself: a submission stood in the way and is not there."""


TRIES_MAX = 5
FIRST_PAUSE = 0.025
GUARD_FAILED = "ConditionalCheckFailed"
CANCELLED = "TransactionCanceledException"
BUSY_REASONS = frozenset(
    {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
)


def commit(change: Change, seconds_left: Callable[[], float]) -> None:
    """Write all of a change or none of it.

    Conflicts between transactions are ours to retry, for neither botocore nor pynamodb does:
    five tries with full jitter, and never past the time this invocation has left. Throttled
    requests and a silent network botocore has tried again itself before we hear of them.
    """
    planned = _in_order(change)
    pause = FIRST_PAUSE
    for left in reversed(range(TRIES_MAX)):
        try:
            _send(planned)
        except TransactWriteError as error:
            _raise_if_final(error, planned)
            if not left or seconds_left() < pause:
                break
            time.sleep(secrets.SystemRandom().uniform(0, pause))
            pause *= 2
        else:
            return
    raise Unavailable(
        Reason.BUSY, "The account is busy. Send the same request again, with the same key."
    )


def _in_order(change: Change) -> list[Step]:
    """Checks, puts, updates: the order in which pynamodb sends them and reasons come back."""
    planned = list(steps(change))
    if len(planned) > WRITES_MAX:
        raise ValueError(len(planned))
    return sorted(planned, key=_rank)


def _rank(step: Step) -> int:
    if step.actions is None:
        return 1
    return 2 if step.actions else 0


def _send(planned: list[Step]) -> None:
    with TransactWrite(connection=Item.connection()) as transaction:
        for step in planned:
            if step.actions is None:
                transaction.save(step.item, step.guard, return_values="ALL_OLD")
            elif step.actions:
                transaction.update(step.item, list(step.actions), step.guard)
            else:
                item = step.item
                transaction.condition_check(type(item), item.pk, item.sk, condition=step.guard)


def _raise_if_final(error: TransactWriteError, planned: list[Step]) -> None:
    """A replay first, whatever else failed: a retried success must not turn into a refusal."""
    code = reading.code_of(error)
    if code in reading.BUSY_CODES:
        raise reading.no_answer() from error
    if code != CANCELLED:
        raise error
    reasons = list(zip(planned, error.cancellation_reasons, strict=True))
    failed = [(step, why) for step, why in reasons if why and why.code == GUARD_FAILED]
    for step, why in failed:
        if isinstance(step.write, Submission):
            raise Replayed(_recorded(step, why.raw_item)) from error
    for step, _ in failed:
        raise Stale(step.write) from error
    if not any(why and why.code in BUSY_REASONS for _, why in reasons):
        raise error


def _recorded(step: Step, raw: dict[str, dict[str, Any]] | None) -> Submission:
    """The submission that was there first; read again where the engine does not send it along."""
    item = SubmissionItem.from_raw_data(raw) if raw else None
    item = item or reading.get(SubmissionItem, step.item.pk, step.item.sk)
    if item is None:
        raise UnknownOutcome(step.item.sk)
    return item.value()


def put_if(item: Item, replaceable: Condition) -> bool:
    """Put an item that is absent or replaceable; False, and nothing done, if it is neither."""
    try:
        item.save(ABSENT | replaceable)
    except PutError as error:
        if reading.code_of(error) == "ConditionalCheckFailedException":
            return False
        raise
    return True
