"""When credits end, and what may be asked for about that."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from training_credits.domain.calendar import plus_months
from training_credits.domain.model import Lot
from training_credits.domain.program.checks import check


class Anchor(StrEnum):
    """The event from which a lot's term is counted."""

    PURCHASE = "purchase"
    INVOICE = "invoice"
    ORDER_START = "order_start"
    ISSUE = "issue"


class TermStart(StrEnum):
    """From when the months of a reissue are counted (CI-46)."""

    APPROVAL = "approval"
    EXPIRY = "expiry"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reissue:
    """A remainder may live on for `months`, `most` times (CI-22), if its use is planned (CI-24).

    It is asked for and granted from `days_before` to `days_after` the expiry date, both included
    (CI-23).
    """

    days_before: int
    days_after: int
    months: int
    most: int = 1
    term_start: TermStart = TermStart.APPROVAL

    def __post_init__(self) -> None:
        check(min(self.days_before, self.days_after) >= 0, "expiry.reissue has a window")
        check(
            min(self.months, self.most) >= 1, "expiry.reissue gives a month or more, once or more"
        )

    def left(self, lot: Lot) -> bool:
        """Whether a lot has a turn left: each has one, and the chain so many (CI-22).

        What comes back to a lot that was reissued before has had its turn.
        """
        return lot.renewals < self.most and not lot.balance.reissued

    def window(self, expires_on: date) -> tuple[date, date]:
        """The first and the last day of asking and granting."""
        before, after = timedelta(days=self.days_before), timedelta(days=self.days_after)
        return expires_on - before, expires_on + after

    def ends_on(self, approved_on: date, expired_on: date) -> date:
        """The expiry date of what is granted on a day."""
        return plus_months(self.starts_on(approved_on, expired_on), self.months)

    def starts_on(self, approved_on: date, expired_on: date) -> date:
        """The day from which its months are counted (CI-46)."""
        return approved_on if self.term_start is TermStart.APPROVAL else expired_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """The vendor may move the end of a remainder, case by case (AT-37).

    By at most `days_max`, asked for until `days_after` its expiry date.
    """

    days_max: int
    days_after: int

    def __post_init__(self) -> None:
        check(self.days_max >= 1, "expiry.extension.days_max is 1 or more")
        check(self.days_after >= 0, "expiry.extension.days_after is 0 or more")


@dataclass(frozen=True, kw_only=True, slots=True)
class Expiry:
    """Term and end of a lot: the earliest anchor, plus months and days.

    `at` is the wall time on the expiry date from which credits are dead; None means that
    the date itself is still usable to its end. A remainder can be had again by `reissue`, or
    longer by `extension`, or neither (SF-16).
    """

    anchors: tuple[Anchor, ...]
    months: int = 0
    days: int = 0
    at: time | None = None
    reissue: Reissue | None = None
    extension: Extension | None = None

    def __post_init__(self) -> None:
        check(bool(self.anchors), "expiry.anchors names an event")
        term = (self.months, self.days)
        check(min(term) >= 0 < max(term), "expiry has a term in months or days")

    def on(self, dates: dict[Anchor, date]) -> date:
        """The expiry date; the anchors the program names must be there."""
        start = min(dates[anchor] for anchor in self.anchors)
        return plus_months(start, self.months) + timedelta(days=self.days)

    def reissue_until(self, expires_on: date) -> date | None:
        """The last day on which credits that end on this date may be asked for again (CI-49)."""
        return self.reissue.window(expires_on)[1] if self.reissue else None
