"""Budgets: how many of an account's credits a team, or one learner, may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """A cap, not a pot: credits stay in their lots, with their ends.

    It counts what its `learners` ask for, by their addresses: one for a person, several for a
    team. `left` is what they may still ask for of `limit`.
    """

    budget_id: str
    name: str
    limit: int
    left: int
    learners: tuple[str, ...] = ()

    def caps(self, email: str) -> bool:
        """Whether it counts what this address asks for."""
        return email.lower() in self.learners
