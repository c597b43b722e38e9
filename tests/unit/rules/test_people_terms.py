"""Terms: before anything else at one vendor, with each order at another, never at the third."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import caller, refused, staff
from tests.fakes.clock import BEGIN, StoppedClock
from tests.unit.rules.people_tools import edit
from tests.world import World, ready
from training_credits.domain.errors import Forbidden, Reason
from training_credits.domain.model import Caller, RedemptionState, Role
from training_credits.edge import views
from training_credits.use_cases import people

TERMS = {"version": "2021-06", "url": "https://cisco.example/learning-credits/terms"}
CHANGE = datetime(2021, 6, 14, 7, 0, tzinfo=UTC)  # midnight in Los Angeles
MOMENT = timedelta(microseconds=1)


def gate(world: World, who: Caller) -> None:
    """What stands before every route but those of signing in and of terms."""
    people.check_terms(world.ledger, world.clock, who)


def accept(world: World, who: Caller, version: str) -> str:
    return people.accept_terms(world.ledger, world.clock, who, version)


def captain(world: World) -> Caller:
    """Somebody who has just been made one, and has joined."""
    world.open()
    world.invite("cid", Role.CAPTAIN)
    world.sign_in("cid")
    return world.caller("cid")


@pytest.mark.rule("CI-27")
def test_a_new_captain_has_no_access_before_they_accept_and_is_never_asked_again() -> None:
    world = World(program="cisco")
    cid = captain(world)
    no = refused(lambda: gate(world, cid), Forbidden)
    assert (no.reason, no.facts) == (Reason.TERMS_REQUIRED, TERMS)
    awaited = world.sign_in("cid").terms
    assert awaited is not None
    assert awaited.version == "2021-06"
    world.clock.advance(timedelta(minutes=5))
    assert accept(world, cid, "2021-06") == "2021-06"
    gate(world, cid)
    assert world.sign_in("cid").terms is None
    world.clock.advance(timedelta(days=3_650))
    gate(world, cid)
    kept = world.ledger.place("cisco").terms
    assert kept["cid@acme.example", "2021-06"] == ("s-cid", BEGIN + timedelta(minutes=5))


@pytest.mark.rule("CI-27")
def test_accepted_again_the_first_time_stands() -> None:
    world = World(program="cisco")
    cid = captain(world)
    accept(world, cid, "2021-06")
    before = world.ledger.kept()
    world.clock.advance(timedelta(days=1))
    assert accept(world, cid, "2021-06") == "2021-06"
    assert world.ledger.kept() == before


@pytest.mark.rule("CI-27")
def test_who_accepts_accepts_for_themself_alone() -> None:
    world = World(program="cisco")
    cid = captain(world)
    assert refused(lambda: gate(world, cid), Forbidden).reason is Reason.TERMS_REQUIRED
    gate(world, world.caller("ann"))


@pytest.mark.rule("CI-27")
def test_a_new_version_is_asked_for_from_the_first_instant_of_its_day_where_the_vendor_is() -> None:
    world = World(program="cisco", clock=StoppedClock(CHANGE - MOMENT))
    cid = captain(world)
    assert refused(lambda: accept(world, cid, "2021-06")).facts == {"version": "2013-01"}
    accept(world, cid, "2013-01")
    gate(world, cid)
    assert world.sign_in("cid").terms is None
    world.clock.advance(MOMENT)
    awaited = world.sign_in("cid").terms
    assert awaited is not None
    assert (awaited.version, awaited.url) == (TERMS["version"], TERMS["url"])
    no = refused(lambda: gate(world, cid), Forbidden)
    assert (no.reason, no.facts) == (Reason.TERMS_REQUIRED, TERMS)
    assert refused(lambda: accept(world, cid, "2013-01")).facts == {"version": "2021-06"}
    accept(world, cid, "2021-06")
    gate(world, cid)
    said = sorted(version for who, version in world.ledger.place("cisco").terms if "cid" in who)
    assert said == ["2013-01", "2021-06"]


@pytest.mark.parametrize("version", ["2021-6", "2021-06 ", "2013-01", "1"])
def test_any_other_version_is_not_accepted(version: str) -> None:
    world = World(program="cisco")
    cid = captain(world)
    no = refused(lambda: accept(world, cid, version))
    assert (no.reason, no.facts) == (Reason.TERMS_UNKNOWN, {"version": "2021-06"})
    assert refused(lambda: gate(world, cid), Forbidden).reason is Reason.TERMS_REQUIRED


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ACCOUNT_MANAGER, Role.ADVISOR])
def test_the_vendors_own_staff_are_not_asked(role: Role) -> None:
    world = World(program="cisco")
    gate(world, staff("mia", "cisco", role))
    signed_in = people.sign_in(world.ledger, world.clock, staff("mia", "cisco", role))
    assert signed_in.terms is None


def test_a_group_that_is_none_of_the_vendors_spares_nobody() -> None:
    world = World(program="cisco")
    lee = caller("lee", "cisco", "owner", "staff")
    assert refused(lambda: gate(world, lee), Forbidden).reason is Reason.TERMS_REQUIRED


@pytest.mark.parametrize(("program", "known"), [("atlassian", None), ("salesforce", "2024-09")])
def test_the_other_vendors_ask_for_nothing_first(program: str, known: str | None) -> None:
    world = World(program=program)
    gate(world, world.caller("ann"))
    assert world.sign_in("ann").terms is None
    no = refused(lambda: accept(world, world.caller("ann"), known or "1"))
    assert (no.reason, no.facts) == (Reason.TERMS_UNKNOWN, {"version": known})
    assert world.ledger.place(program).terms == {}


@pytest.mark.parametrize("ticked", [None, "", "2024-08", "2024-9"])
def test_where_they_come_with_each_order_every_order_needs_them_ticked(ticked: str | None) -> None:
    world = World(program="salesforce")
    world.open()
    world.grant("L1", 100, order_start=BEGIN.date())
    world.issue_code(lot="L1")
    world.redeem(10)
    before = world.ledger.kept()
    no = refused(lambda: world.redeem(10, terms=ticked))
    assert (no.reason, no.facts) == (
        Reason.TERMS_NOT_TICKED,
        {"version": "2024-09", "url": "https://salesforce.example/learning-credits/terms"},
    )
    assert world.ledger.kept() == before
    asked = world.redemption(world.redeem(10, terms="2024-09"))
    assert asked.state is RedemptionState.APPROVED
    assert asked.terms == "2024-09"


@pytest.mark.rule("SF-31")
@pytest.mark.parametrize("manual", [True, False])
def test_the_version_that_was_ticked_stays_with_the_request_and_its_instant(
    *, manual: bool
) -> None:
    world = World(program="salesforce")
    world.open()
    edit(world, four_eyes=manual)
    world.grant("L1", 100, order_start=BEGIN.date())
    world.issue_code(lot="L1")
    world.clock.advance(timedelta(hours=1))
    asked = world.redeem(10, terms="2024-09")
    ticked = world.clock()
    world.clock.advance(timedelta(hours=1))
    if manual:
        world.approve(asked)
    kept = world.redemption(asked)
    assert (kept.state, kept.terms) == (RedemptionState.APPROVED, "2024-09")
    assert kept.requested_at == ticked
    assert views.redemption(kept).terms == "2024-09"


@pytest.mark.parametrize("program", ["atlassian", "cisco"])
def test_what_is_ticked_where_nothing_is_asked_for_is_not_kept(program: str) -> None:
    world = ready(program=program)
    world.grant("L1", 100, order_start=BEGIN.date(), invoice=BEGIN.date())
    assert world.redemption(world.redeem(10, terms="2024-09")).terms is None
