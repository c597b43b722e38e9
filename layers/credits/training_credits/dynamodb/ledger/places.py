"""Where a submission is kept, and the one value that a read may find."""

from collections.abc import Iterable
from typing import TypeVar

from training_credits.dynamodb import keys
from training_credits.ports import Identity

T = TypeVar("T")


def submitted(program: str, identity: Identity) -> tuple[str, str]:
    """Partition and sort key of what was carried out under an identity."""
    place = keys.submission(identity.operation, identity.key)
    return keys.caller(program, identity.subject), place


def first(values: Iterable[T]) -> T | None:
    """The only one there can be, or none."""
    return next(iter(values), None)
