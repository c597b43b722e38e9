"""How long a code works, and for whose addresses."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import caller, refused
from tests.unit.rules.codes_tools import START, accepted, card, listed, with_lot
from tests.world import World
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Caller, Person, RedemptionState

MOMENT = timedelta(microseconds=1)
OVER = datetime(2026, 2, 11, 8, 0, tzinfo=UTC)  # midnight in Los Angeles after 10 February


def at(world: World, instant: datetime) -> World:
    world.clock.advance(instant - world.clock())
    return world


def test_the_last_day_is_usable_to_its_end_where_the_vendor_is_and_not_after() -> None:
    world = with_lot(ends_on=START)
    assert accepted(at(world, OVER - MOMENT))
    assert not accepted(at(world, OVER))
    assert not accepted(at(world, OVER + timedelta(days=30)))


def test_a_day_of_summer_time_ends_an_hour_earlier_in_utc() -> None:
    world = with_lot(ends_on=datetime(2026, 7, 1, tzinfo=UTC).date())
    assert card(world).ends_at == datetime(2026, 7, 2, 7, 0, tzinfo=UTC)


def test_a_code_without_an_end_works_as_long_as_its_lot() -> None:
    world = with_lot()
    lot = world.ledger.lot("salesforce", world.account, "L1")
    assert lot is not None
    assert accepted(at(world, lot.expires_at - MOMENT))
    no = refused(lambda: at(world, lot.expires_at).redeem(1))
    assert no.reason is Reason.CREDITS_EXPIRED


def test_a_code_revoked_ends_at_that_instant() -> None:
    world = with_lot()
    assert accepted(world)
    world.clock.advance(timedelta(hours=1))
    world.revoke()
    assert card(world).ends_at == world.clock()
    assert not accepted(world)


def test_a_code_that_ends_while_somebody_redeems_is_not_accepted_any_more() -> None:
    world = with_lot()
    world.ledger.meanwhile.append(world.revoke)
    assert not accepted(world)
    assert world.balance().available == 1_000


def test_what_was_asked_for_before_stays_asked_for() -> None:
    world = with_lot()
    asked = world.redeem(100)
    world.revoke()
    assert world.redemption(asked).state is RedemptionState.APPROVED
    assert [r.redemption_id for r in world.uses().items] == [asked]
    assert world.balance().redeemed == 100


def test_owners_still_see_codes_that_have_ended() -> None:
    world = with_lot(ends_on=START)
    world.issue_code(lot="L1")
    world.revoke()
    at(world, OVER)
    assert [code.works(world.clock()) for code in listed(world)] == [False, False]


@pytest.mark.parametrize("how", ["revoked", "past its last day"])
def test_a_code_that_has_ended_is_neither_rotated_nor_revoked_again(how: str) -> None:
    world = with_lot(ends_on=START)
    if how == "revoked":
        world.revoke()
        world.clock.advance(timedelta(hours=1))
    else:
        at(world, OVER)
    before = world.ledger.kept()
    for act in (world.revoke, world.rotate):
        assert refused(act, NotFound).reason is Reason.CODE_NOT_FOUND
    assert world.ledger.kept() == before


def test_a_code_of_another_account_is_not_there() -> None:
    world = with_lot()
    other = World(program="salesforce", ledger=world.ledger, requests=50)
    other.open(who="cid")
    for act in (
        lambda: other.revoke("cid", world.code_id),
        lambda: other.rotate("cid", world.code_id),
        lambda: other.uses("cid", world.code_id),
    ):
        assert refused(act, NotFound).reason is Reason.CODE_NOT_FOUND
    assert accepted(world)


@pytest.mark.rule("SF-13")
@pytest.mark.parametrize(
    ("email", "due"),
    [
        ("lee@acme.example", True),
        ("lee@sub.acme.example", True),
        ("lee@other.sub.acme.example", False),
        ("lee@notacme.example", False),
        ("lee@acme.example.org", False),
        ("acme.example@evil.example", False),
    ],
)
def test_a_code_serves_the_domains_it_names_and_no_other(email: str, *, due: bool) -> None:
    world = with_lot(domains=("ACME.example", "sub.acme.example"))
    lee = Caller(person=Person(subject="s-lee", email=email, name="Lee"), program="salesforce")
    assert accepted(world, lee) is due


def test_a_code_without_domains_serves_everybody() -> None:
    assert accepted(with_lot(), caller("anybody", "salesforce"))
