"""moto's queues on the local clock: what is hidden for an hour shows when the clock has moved.

And for as long as SQS allows: moto counts the twelve hours of a message from when it was sent, SQS
from when it was received last.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from moto.sqs import models
from moto.sqs.exceptions import InvalidParameterValue, ReceiptHandleIsInvalid
from moto.sqs.models import SQSBackend, sqs_backends

from local.intrinsics import ACCOUNT
from local.template import REGION

HIDDEN_SECONDS_MAX = 43_200


@contextmanager
def on_clock(now: Callable[[], datetime]) -> Iterator[None]:
    """Until the end of the block."""

    def seconds() -> float:
        return now().timestamp()

    def milliseconds() -> float:
        return now().timestamp() * 1000

    patches = (
        mock.patch.object(models, "unix_time", seconds),
        mock.patch.object(models, "unix_time_millis", milliseconds),
        mock.patch.object(SQSBackend, "change_message_visibility", _change_visibility),
    )
    with ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def hidden_until(url: str) -> dict[str, datetime]:
    """When each message of a queue shows, by its id; what shows already has a time in the past."""
    return {
        message.id: datetime.fromtimestamp(
            max(message.visible_at, message.delayed_until) / 1000, UTC
        )
        for message in list(_queue(url)._messages)  # noqa: SLF001  # moto's only list of all
    }


def tries_max(url: str) -> int | None:
    """After how many receives the queue itself takes a message to its dead letters."""
    policy = _queue(url).redrive_policy
    return int(policy["maxReceiveCount"]) if policy else None


def _queue(url: str) -> Any:
    return sqs_backends[ACCOUNT][REGION].queues[url.rpartition("/")[2]]


def _change_visibility(
    backend: SQSBackend, queue_name: str, receipt_handle: str, visibility_timeout: int
) -> None:
    queue = backend.get_queue(queue_name)
    if not 0 <= int(visibility_timeout) <= HIDDEN_SECONDS_MAX:
        raise InvalidParameterValue(f"VisibilityTimeout is {visibility_timeout}")
    for message in list(queue._messages):  # noqa: SLF001  # as moto's own does
        if message.had_receipt_handle(receipt_handle):
            message.change_visibility(visibility_timeout)
            if message.visible:
                queue.pending_messages.discard(message)
            return
    raise ReceiptHandleIsInvalid
