"""What people are told without anybody having done anything."""

from dataclasses import dataclass

from training_credits.domain.program.checks import check

WHOLE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminders:
    """Of what may get lost (CI-50), and when.

    Of a lot that ends, so many days `before_end`; of what can still be asked for again,
    `last_call` days before that is over; when so many percent of what was bought are left
    (`low_percent`); and of what was approved and not begun, after `unused_days` (AT-35).
    Empty or 0 is never.
    """

    before_end: tuple[int, ...] = ()
    last_call: int = 0
    low_percent: tuple[int, ...] = ()
    unused_days: int = 0

    def __post_init__(self) -> None:
        check(min(self.last_call, self.unused_days) >= 0, "the times of reminders are 0 or more")
        check(all(n > 0 for n in self.before_end), "reminders.before_end are 1 or more")
        check(all(0 < n < WHOLE for n in self.low_percent), "reminders.low_percent are 1 to 99")
