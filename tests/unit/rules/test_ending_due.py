"""When something is said of the end of a lot at all, before it and after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.rules.ending_tools import begins, lot_now
from tests.unit.rules.spending_tools import cisco
from training_credits.domain.decisions import notices
from training_credits.domain.program import Reissue

MOMENT = timedelta(microseconds=1)
# Of 61 credits invoiced on 15 January 2026.
END = date(2027, 1, 15)


def test_of_a_lot_that_is_not_due_or_ended_and_is_not_closed_yet_nothing_is_said() -> None:
    """As where the worklist still shows what another run has told."""
    world = cisco()
    world.clock.at = begins(world, "2026-12-16")
    lot = replace(lot_now(world), notice_at=world.clock())
    assert notices.tell(world.rules, lot, world.clock()) is not None
    assert notices.tell(world.rules, lot, world.clock() - MOMENT) is None
    assert notices.tell(world.rules, lot, lot.expires_at) is None


@pytest.mark.parametrize(("days", "call"), [(14, None), (15, None), (16, date(2027, 1, 17))])
def test_there_is_a_last_call_only_after_the_end_was_told(days: int, call: date | None) -> None:
    """Credits that are good to the end of a day end as the next one begins."""
    world = cisco()
    reissue = Reissue(days_before=60, days_after=days, months=6)
    rules = replace(world.rules, expiry=replace(world.rules.expiry, at=None, reissue=reissue))
    lot = replace(lot_now(world), expires_at=rules.expires_at(END))
    assert lot.expires_at == begins(world, "2027-01-16")
    due = notices.call_at(rules, lot)
    assert due == (begins(world, call.isoformat()) if call else None)
