"""What lasts for a term: subscriptions and licences, to which day."""

from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.bookings_tools import world as booked
from tests.unit.rules.spending_tools import advisor, cisco, line, number, offers, salesforce
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Approval, Mode, RedemptionState, Role
from training_credits.edge import views
from training_credits.use_cases.instruments import Instrument


@pytest.mark.rule("CI-48")
def test_all_access_of_twelve_months_runs_past_the_end_of_its_lot() -> None:
    world = cisco(at="2026-12-10T18:00", approval=Approval.AUTOMATIC)
    world.grant("SO-7", 40, invoice=date(2026, 1, 16))  # ends on 2027-01-16
    world.clock.advance(timedelta(days=31))  # 2027-01-10
    offers(world, "ALL", "subscription", credits=40, mode=Mode.SELF_PACED)
    asked = world.redemption(world.redeem(who="pat", lines=[line(number("SO-7"), offering="ALL")]))
    assert asked.lines[0].usable_until == date(2028, 1, 10)
    (shown,) = views.redemption(asked).lines
    assert shown.usable_until == date(2028, 1, 10)
    lots = {lot.lot_id: lot.balance.available for lot in world.book().lots}
    assert lots["SO-7"] == 0


@pytest.mark.rule("SF-22")
def test_elearning_ends_with_the_lot_that_paid_for_it() -> None:
    world = salesforce()
    kim = advisor(world)
    offers(world, "T", "self_paced", credits=200, family="Tableau", mode=Mode.SELF_PACED)
    pays = Instrument(lot_id="L1")
    asking = world.intent(kim, "redeem")
    asked = world.redemption(
        world.redeem(lines=[line(pays, offering="T")], account=world.account, asking=asking)
    )
    (lot,) = world.book().lots
    assert asked.lines[0].usable_until == lot.expires_on == date(2027, 7, 1)


def test_what_is_reserved_lasts_from_its_confirmation_on() -> None:
    world = cisco(approval=Approval.AUTOMATIC)  # 2026-03-02
    offers(world, "ALL", "subscription", credits=40)
    lines = [line(number(), offering="ALL")]
    kept = world.redeem(who="pat", lines=lines, reserve=True)
    assert world.redemption(kept).lines[0].usable_until is None
    world.clock.advance(timedelta(days=1))
    world.confirm(kept, "pat")
    assert world.redemption(kept).lines[0].usable_until == date(2027, 3, 3)


@pytest.mark.rule("SF-29")
def test_a_free_class_is_for_who_still_belongs_to_the_account_when_it_is_written() -> None:
    made = booked()
    made.agrees("signature")
    made.add("mia", Role.PLAYER)
    free = [line(offering="ADM-201", session="JUN-10")]
    first = made.redeem(who="mia", lines=free, account=made.account)
    asked = made.redemption(first)
    assert (asked.state, asked.credits) == (RedemptionState.APPROVED, 0)
    made.ledger.meanwhile.append(lambda: made.remove("mia"))
    no = refused(lambda: made.redeem(who="mia", lines=free, account=made.account), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
    assert made.taken("JUN-10") == 1
