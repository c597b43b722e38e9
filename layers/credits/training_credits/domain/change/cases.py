"""Writes of cases."""

from dataclasses import dataclass

from training_credits.domain.model import Case


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCase:
    """Guard: there is no such case."""

    case: Case


@dataclass(frozen=True, kw_only=True, slots=True)
class BeNewest:
    """It is the newest case of its kind about its lot. Guard: `was` is, or none where None."""

    case: Case
    was: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveCase:
    """Another step, or another draft. Guard: nobody has touched it since it was read."""

    case: Case
    was: Case
