"""Writes of cases."""

from dataclasses import dataclass

from training_credits.domain.model import Case


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCase:
    """Guard: there is no such case."""

    case: Case


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveCase:
    """Another step, or another draft. Guard: nobody has touched it since it was read."""

    case: Case
    was: Case
