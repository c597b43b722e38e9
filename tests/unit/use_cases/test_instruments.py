"""What a request is paid with: a code or the number of a sales order, and how often one guesses."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.world import World, ready
from training_credits.domain.errors import Problem, Reason, Throttled
from training_credits.domain.model import Balance, Book, Draw, Line, Role, Tender
from training_credits.ports import Depth
from training_credits.use_cases.expire import sweep
from training_credits.use_cases.guessing import TRIES_DAYS, TRIES_MAX
from training_credits.use_cases.instruments import (
    Instrument,
    Position,
)


def reason(act: Callable[[], object]) -> object:
    return refused(act, Problem).reason


@pytest.fixture
def cisco() -> World:
    """SO-5001 of 61 credits and SO-5002 of 10, and Pat who may spend them."""
    world = World(program="cisco")
    world.open()
    world.add("pat", Role.PLAYER)
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.grant("SO-5002", 10, invoice=date(2026, 1, 1))
    return world


@pytest.mark.rule("CI-14")
def test_a_registration_with_a_number_reserves_credits_of_that_lot_alone(cisco: World) -> None:
    asked = cisco.redemption(cisco.redeem(22, "pat", sales_order="SO-5001"))
    assert asked.lines[0].tenders == (Tender(lot_id="SO-5001"),)
    assert asked.draws == (Draw(lot_id="SO-5001", credits=22),)
    no = refused(lambda: cisco.redeem(11, "pat", sales_order="SO-5002"))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 1)


@pytest.mark.rule("CI-14")
@pytest.mark.parametrize("who", ["eve", "fay", "zoe", "olga"])
def test_to_whoever_may_not_spend_a_number_opens_nothing(cisco: World, who: str) -> None:
    cisco.add("fay", Role.FINANCE)
    cisco.invite("zoe", Role.PLAYER)
    cisco.accept_terms(who) if who != "olga" else None
    before = cisco.ledger.kept()
    for number in ("SO-5001", "SO-unknown"):
        no = refused(partial(cisco.redeem, 1, who, sales_order=number))
        assert (no.reason, no.facts) == (Reason.CODE_NOT_ACCEPTED, {})
    assert cisco.ledger.kept() == before


def test_where_codes_pay_a_number_opens_nothing() -> None:
    world = ready()
    world.buy(500)
    assert reason(lambda: world.redeem(1, "ann", sales_order="SO-1")) is Reason.CODE_NOT_ACCEPTED


@pytest.mark.rule("CI-21")
@pytest.mark.parametrize("swept", [False, True])
def test_a_number_whose_credits_have_ended_says_when(cisco: World, *, swept: bool) -> None:
    cisco.clock.at = cisco.book().lots[-1].expires_at
    if swept:
        sweep(cisco.ledger, cisco.clock, lambda: True)
    no = refused(lambda: cisco.redeem(1, "pat", sales_order="SO-5001"))
    assert (no.reason, no.facts["expired_on"]) == (Reason.CREDITS_EXPIRED, "2027-01-15")


# Guessing


class Watched(MemoryLedger):
    """Counts how often an account is opened."""

    looks: int = 0

    def book(self, program: str, account_id: str, depth: Depth) -> Book | None:
        self.looks += 1
        return super().book(program, account_id, depth)


@pytest.mark.rule("SF-40")
def test_after_100_wrong_codes_even_the_right_one_opens_nothing() -> None:
    ledger = Watched()
    world = ready(ledger=ledger)
    world.buy(500)
    for _ in range(TRIES_MAX):
        assert reason(lambda: world.redeem(1, code="wrong")) is Reason.CODE_NOT_ACCEPTED
    looked = ledger.looks
    no = refused(lambda: world.redeem(1), Throttled)
    assert (no.reason, no.facts) == (Reason.TOO_MANY_TRIES, {"tries_max": 100, "days": 30})
    assert ledger.looks == looked
    world.redeem(1, "kim")


@pytest.mark.rule("SF-40")
def test_tries_are_forgotten_thirty_days_later() -> None:
    world = ready(clock=StoppedClock(datetime(2026, 2, 10, tzinfo=UTC)))
    world.buy(500)
    for _ in range(TRIES_MAX):
        refused(lambda: world.redeem(1, code="wrong"))
    world.clock.advance(timedelta(days=TRIES_DAYS))
    assert reason(lambda: world.redeem(1)) is Reason.TOO_MANY_TRIES
    world.clock.advance(timedelta(microseconds=1))
    assert world.redeem(1)


def test_guessed_numbers_are_counted_as_codes_are(cisco: World) -> None:
    cisco.accept_terms("eve")
    for number in range(TRIES_MAX):
        refused(partial(cisco.redeem, 1, "eve", sales_order=f"SO-{number}"))
    assert reason(lambda: cisco.redeem(1, "eve", sales_order="SO-5001")) is Reason.TOO_MANY_TRIES
    assert cisco.redeem(1, "pat", sales_order="SO-5001")


def test_what_is_refused_for_another_reason_is_no_guess() -> None:
    world = ready()
    for _ in range(TRIES_MAX + 1):
        assert reason(lambda: world.redeem(1)) is Reason.NO_CREDITS
    world.buy(1)
    assert world.redeem(1)


# What the program asks of every request


@pytest.mark.rule("SF-31")
@pytest.mark.parametrize("ticked", [None, "2023-01"])
def test_an_order_without_the_terms_in_force_is_refused(ticked: str | None) -> None:
    world = World(program="salesforce")
    world.open()
    world.grant("O1", 3_000, order_start=date(2026, 1, 1))
    world.issue_code(lot="O1")
    no = refused(lambda: world.redeem(1_200, terms=ticked))
    assert (no.reason, no.facts["version"]) == (Reason.TERMS_NOT_TICKED, "2024-09")
    assert world.redeem(1_200, terms="2024-09")


@pytest.mark.rule("CI-01")
@pytest.mark.rule("CI-26")
def test_a_partner_redeems_on_13_june_2021_and_no_more_on_the_14th() -> None:
    clock = StoppedClock(datetime.fromisoformat("2021-06-13T23:59:59-07:00"))
    world = World(program="cisco", clock=clock)
    world.open()
    world.grant("SO-5001", 61, invoice=date(2021, 1, 15))
    asked = world.redeem(22, "ann", sales_order="SO-5001", partner=True)
    assert world.redemption(asked).policy == "2013-01-01"
    world.clock.advance(timedelta(seconds=1))
    world.accept_terms("ann")
    act = partial(world.redeem, 22, "ann", sales_order="SO-5001", partner=True)
    assert reason(act) is Reason.PARTNERS_NOT_ACCEPTED
    assert world.redemption(world.redeem(1, "ann", sales_order="SO-5001")).policy == "2021-06-14"
    assert world.balance() == Balance(available=38, held=23)


# Of one account


def test_instruments_of_two_accounts_are_told_apart_from_a_wrong_one_by_nothing() -> None:
    mine = ready()
    other = World(ledger=mine.ledger, requests=50)
    other.open(who="cid")
    for world, who in ((mine, "ann"), (other, "cid")):
        world.buy(500, who)
    other.issue_code("cid")
    pays = tuple(Instrument(code=world.code, credits=1) for world in (mine, other))
    wrong = (pays[0], Instrument(code="0000-0000-00000", credits=1))
    for instruments in (pays, wrong):
        lines = [Position(line=Line(title="A course", credits=2), instruments=instruments)]
        no = refused(partial(mine.redeem, lines=lines))
        assert (no.reason, no.facts) == (Reason.CODE_NOT_ACCEPTED, {})


def test_without_anything_that_pays_and_without_an_account_nothing_is_found() -> None:
    world = ready()
    world.buy(500)
    lines = [Position(line=Line(title="A course", credits=2))]
    assert reason(lambda: world.redeem(lines=lines)) is Reason.CODE_NOT_ACCEPTED


def test_a_line_that_names_nothing_that_pays_costs_nothing_or_is_refused() -> None:
    world = World(program="cisco")
    world.open()
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    pays = (Instrument(sales_order="SO-5001"),)
    lines = [
        Position(line=Line(title="CCNA", credits=22), instruments=pays),
        Position(line=Line(title="CCNP", credits=1)),
    ]
    no = refused(lambda: world.redeem(who="ann", lines=lines))
    assert (no.reason, no.facts["line"]) == (Reason.TENDER_INCOMPLETE, 2)
