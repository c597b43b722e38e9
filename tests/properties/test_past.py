"""The balances of any past instant are those that were seen then (CI-43)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import refused
from tests.unit.rules.bookings_tools import BOUGHT, Booked, world
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import Balance, RedemptionState
from training_credits.use_cases import reports
from training_credits.use_cases.expire import sweep

MOMENT = timedelta(microseconds=1)
# What spends comes more often: of a request that is not there nothing becomes.
SPENDING = ["asks", "asks", "books", "books", "books", "back", "back"]
DEEDS = st.sampled_from(
    [*SPENDING, "approve", "deny", "cancel", "deliver", "grant", "end", "sweep"]
)
STEPS = st.tuples(DEEDS, st.integers(0, 2), st.sampled_from([0, 0, 1, 1, 5, 30, 100]))
Seen = dict[str, Balance]


class Year:
    """A class costs 10; whatever is not possible is refused, and nothing has happened."""

    def __init__(self) -> None:
        self.made = world("cisco", credits=100)
        self.made.lists("ADM-201", credits=10)
        self.made.runs("LATE", date(2040, 6, 10), seats=None)
        self.lots = 1
        self.asked: list[str] = []

    def does(self, deed: str, which: int) -> None:
        try:
            getattr(self, f"_{deed}")(which)
        except Problem:
            return

    def sees(self) -> Seen:
        """Every lot as a reader sees it now."""
        now = self.made.clock()
        found = self.made.ledger.lots(self.made.program, self.made.account)
        return {lot.lot_id: lot.seen_at(now).balance for lot in found}

    def _grant(self, which: int) -> None:
        self.lots += 1
        invoiced = self.made.clock().date() - timedelta(days=100 * which)
        self.made.grant(f"SO-{self.lots}", 50, invoice=invoiced)

    def _asks(self, which: int) -> None:
        self.asked.append(self.made.redeem(7 * which + 1, sales_order="SO-1"))

    def _books(self, which: int) -> None:
        self.asked += [self.made.books(("ADM-201", "LATE")) for _ in range(which + 1)]

    def _approve(self, which: int) -> None:
        self.made.approve(*self._waiting(which))

    def _deny(self, which: int) -> None:
        self.made.deny(*self._waiting(which))

    def _cancel(self, which: int) -> None:
        for asked in self._waiting(which):
            self.made.cancel(asked)

    def _back(self, which: int) -> None:
        for asked in self.asked[-1 - which :]:
            self.made.back(asked)

    def _deliver(self, which: int) -> None:
        for asked in self.asked[-1 - which :]:
            self.made.reports(asked)

    def _end(self, which: int) -> None:
        """Around the end that comes next."""
        now = self.made.clock()
        ends = [lot.expires_at for lot in self.made.ledger.lots("cisco", self.made.account)]
        end = min((end for end in ends if end > now), default=now)
        self.made.clock.at = max(end + (which - 1) * MOMENT, now)

    def _sweep(self, _: int) -> None:
        sweep(self.made.ledger, self.made.clock, lambda: True)

    def _waiting(self, which: int) -> Iterator[str]:
        waiting = [
            one for one in self.asked if self.made.redemption(one).state is RedemptionState.PENDING
        ]
        yield from waiting[which : which + 1]


def past(made: Booked, at: datetime) -> Seen:
    asking = made.caller("ann")
    found = reports.balances(made.ledger, made.clock, asking, made.account, at)
    return {lot.lot_id: lot.balance for lot in found.lots}


@pytest.mark.rule("CI-43")
@settings(deadline=None, max_examples=60)
@given(steps=st.lists(STEPS, min_size=8, max_size=25))
def test_the_lots_of_any_past_instant_are_those_that_were_seen_then(
    steps: list[tuple[str, int, int]],
) -> None:
    year, seen = Year(), dict[datetime, Seen]()
    year.made.clock.advance(timedelta(hours=1))
    for deed, which, days in steps:
        year.does(deed, which)
        seen[year.made.clock()] = year.sees()
        year.made.clock.advance(timedelta(days=days) if days else MOMENT)
    for at, then in seen.items():
        assert past(year.made, at) == then
    assert past(year.made, year.made.clock()) == year.sees()


def test_what_has_not_come_is_no_past() -> None:
    made = world("cisco")
    no = refused(lambda: past(made, made.clock() + MOMENT))
    assert no.reason is Reason.PERIOD_IN_FUTURE
    assert past(made, made.clock())["SO-1"] == Balance(available=3_000)


@pytest.mark.rule("CI-43")
@settings(deadline=None, max_examples=30)
@given(steps=st.lists(STEPS, min_size=5, max_size=15), days=st.integers(0, 900))
def test_what_was_issued_by_then_is_always_all_there(
    steps: list[tuple[str, int, int]], days: int
) -> None:
    """Between two deeds as well: nothing is lost, and nothing is there before it was issued."""
    year, issued = Year(), {"SO-1": BOUGHT}
    for deed, which, gone in steps:
        year.does(deed, which)
        for lot in year.made.ledger.lots("cisco", year.made.account):
            issued.setdefault(lot.lot_id, year.made.clock())
        year.made.clock.advance(timedelta(days=gone))
    at = min(BOUGHT - timedelta(days=30) + timedelta(days=days), year.made.clock())
    then = past(year.made, at)
    assert then.keys() == {lot_id for lot_id, since in issued.items() if since <= at}
    assert all(
        balance.total == (50 if lot_id != "SO-1" else 100) for lot_id, balance in then.items()
    )
