"""When credits end, and how long one may still ask for them back."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from training_credits.domain.calendar import plus_months
from training_credits.domain.program.checks import check


class Anchor(StrEnum):
    """The event from which a lot's term is counted."""

    PURCHASE = "purchase"
    INVOICE = "invoice"
    ORDER_START = "order_start"
    ISSUE = "issue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Expiry:
    """Term and end of a lot: the earliest anchor, plus months and days.

    `at` is the wall time on the expiry date from which credits are dead; None means that
    the date itself is still usable to its end. `reissue_days` is how long after that date
    expired credits may be asked for again (CI-49); 0 where they may not.
    """

    anchors: tuple[Anchor, ...]
    months: int = 0
    days: int = 0
    at: time | None = None
    reissue_days: int = 0

    def __post_init__(self) -> None:
        check(bool(self.anchors), "expiry.anchors names an event")
        term = (self.months, self.days)
        check(min(term) >= 0 < max(term), "expiry has a term in months or days")
        check(self.reissue_days >= 0, "expiry.reissue_days is 0 or more")

    def on(self, dates: dict[Anchor, date]) -> date:
        """The expiry date; the anchors the program names must be there."""
        start = min(dates[anchor] for anchor in self.anchors)
        return plus_months(start, self.months) + timedelta(days=self.days)

    def reissue_until(self, expires_on: date) -> date | None:
        """The last day on which credits that end on this date may be asked for again."""
        return expires_on + timedelta(days=self.reissue_days) if self.reissue_days else None
