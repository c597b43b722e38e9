"""Balances of the past, reports, forecasts, as they are answered."""

from datetime import date

from training_credits.domain.reports import By
from training_credits.edge.schemas.base import Answer, Instant
from training_credits.edge.schemas.credits import Balance


class PastLot(Answer, frozen=True, kw_only=True):
    """A lot as it stood then."""

    lot: str
    product: str
    credits: int
    expires_on: date
    balance: Balance
    sales_order: str | None = None


class BalancesAnswer(Answer, frozen=True, kw_only=True):
    """What a reader saw `at` that instant: the lots of a product add up to its balance (CI-43)."""

    account: str
    at: Instant
    balances: dict[str, Balance]
    lots: tuple[PastLot, ...]


class ReportRow(Answer, frozen=True, kw_only=True):
    """One row: credits, and how many `requests` were paid, by how many `learners`.

    `net` is what was spent and did not come back. `delivered` are the credits of the `completed`
    lines. `key` is the id of an offering, a title, an address, the ids of budgets, or a month.
    """

    key: str
    name: str
    requests: int
    learners: int
    spent: int
    returned: int
    net: int
    delivered: int
    completed: int


class ReportAnswer(Answer, frozen=True, kw_only=True):
    """Rows whose credits add up to those of `total`, and these to the account's entries (AT-34).

    A period that runs is told as it was `as_of` the moment of reading.

    Of requests and learners that is not so: one request may be about several courses.
    """

    account: str
    by: By
    start: Instant
    end: Instant
    as_of: Instant
    rows: tuple[ReportRow, ...]
    total: ReportRow


class PaceAnswer(Answer, frozen=True, kw_only=True):
    """So many credits in so many days; `per_day` is that with two decimals."""

    credits: int
    days: int
    per_day: str


class LotAtRisk(Answer, frozen=True, kw_only=True):
    """What of a lot is left at the end of its last whole day, and what was paid for it."""

    lot: str
    expires_on: date
    last_day: date
    available: int
    credits_at_risk: int
    paid_minor_at_risk: int
    currency: str
    sales_order: str | None = None


class BalanceLeft(Answer, frozen=True, kw_only=True):
    """What is available at the end of a day on which a lot ends."""

    on: date
    available: int


class ProductForecast(Answer, frozen=True, kw_only=True):
    """How one product burns down.

    `pace` is what was used, less what came back, in the last 90 days, or since the product's first
    lot if that is younger, and over 7 days at the least. Held credits count as used. From tomorrow
    on so many are spent each day, from the lot that would pay, to each lot's last whole day.
    `empty_on` is the first day at whose end nothing is available, spent or lost. `pace_needed`
    is the slowest pace at which nothing is lost, rounded up; there is none if nothing is
    available, or if a lot ends before tomorrow does.
    """

    product: str
    available: int
    held: int
    pace: PaceAnswer
    credits_at_risk: int
    paid_minor_at_risk: dict[str, int]
    lots: tuple[LotAtRisk, ...]
    burn_down: tuple[BalanceLeft, ...]
    empty_on: date | None = None
    pace_needed: PaceAnswer | None = None


class ForecastAnswer(Answer, frozen=True, kw_only=True):
    """What happens to the credits of an account if it goes on as it did; it promises nothing."""

    account: str
    at: Instant
    today: date
    products: tuple[ProductForecast, ...]
