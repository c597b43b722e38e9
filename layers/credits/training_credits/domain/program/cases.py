"""How the vendor answers what customers ask it to look at."""

from dataclasses import dataclass

from training_credits.domain.program.checks import check


@dataclass(frozen=True, kw_only=True, slots=True)
class Cases:
    """By when the vendor answers, and how long a transaction may be refuted.

    `answer_days` are business days after it was asked; `dispute_days` calendar days after the
    transaction, 0 where none may be (CI-18).
    """

    answer_days: int = 5
    dispute_days: int = 0

    def __post_init__(self) -> None:
        check(self.answer_days >= 1, "cases.answer_days is 1 or more")
        check(self.dispute_days >= 0, "cases.dispute_days is 0 or more")
