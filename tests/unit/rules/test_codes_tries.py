"""Guessing codes: every wrong one counts, and after a hundred nobody looks any more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import refused
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.rules.codes_tools import START, with_lot
from tests.unit.rules.people_tools import names
from tests.world import World
from training_credits.domain.errors import Problem, Reason, Throttled
from training_credits.domain.model import Caller, Person, RedemptionState, Role

WRONG = "0000-0000-00000"
DAY = timedelta(days=1)


class Watched(MemoryLedger):
    """Counts how often it is asked for anything but what the request names."""

    looks: int = 0

    def __getattribute__(self, name: str) -> Any:
        if name in {"book", "standing", "submission", "commit", "used"}:
            object.__setattr__(self, "looks", object.__getattribute__(self, "looks") + 1)
        return super().__getattribute__(name)


def tries(world: World, who: str = "lee") -> int:
    return sum(len(at) for (_, subject), at in world.ledger.wrong.items() if subject == f"s-{who}")


def guess(world: World, times: int = 1, who: str = "lee") -> None:
    """So slowly that it is the month that counts, and not the last minutes."""
    for _ in range(times):
        no = refused(lambda: world.redeem(1, who, code=WRONG))
        assert (no.reason, no.facts) == (Reason.CODE_NOT_ACCEPTED, {})
        world.clock.advance(timedelta(minutes=3))


def unknown(world: World) -> str:
    assert world.code != WRONG
    return WRONG


def malformed(_: World) -> str:
    return "not a code at all!"


def revoked(world: World) -> str:
    world.revoke()
    return world.code


def ended(world: World) -> str:
    world.clock.advance(timedelta(days=3))
    return world.code


def replaced(world: World) -> str:
    old = world.code
    world.rotate()
    return old


def not_for_them(world: World) -> str:
    return world.issue_code(lot="L1", domains=("elsewhere.example",))


CAUSES: list[Callable[[World], str]] = [
    unknown,
    malformed,
    revoked,
    ended,
    replaced,
    not_for_them,
]


@pytest.mark.rule("SF-40")
@pytest.mark.parametrize("cause", CAUSES)
def test_whatever_is_wrong_with_a_code_the_answer_is_the_same_and_it_counts(
    cause: Callable[[World], str],
) -> None:
    world = with_lot(ends_on=START + DAY)
    text = cause(world)
    before = world.ledger.kept()
    no = refused(lambda: world.redeem(1, code=text))
    told = (no.reason, no.detail, no.facts)
    assert told == (Reason.CODE_NOT_ACCEPTED, "This is not accepted.", {})
    assert tries(world) == 1
    assert world.ledger.kept() == before


def test_a_no_that_is_not_about_the_code_does_not_count() -> None:
    world = with_lot(100, limit=90, limit_each=50)
    refused(lambda: world.redeem(101))
    refused(lambda: world.redeem(51))
    world.redeem(50)
    refused(lambda: world.redeem(1))
    refused(lambda: world.redeem(10, "mia", terms="old"))
    world.clock.advance(timedelta(days=500))
    assert refused(lambda: world.redeem(10, "mia")).reason is Reason.CREDITS_EXPIRED
    assert (tries(world, "lee"), tries(world, "mia")) == (0, 0)


def test_a_request_sent_again_after_its_code_was_revoked_is_answered_and_does_not_count() -> None:
    world = with_lot()
    asking = world.intent("lee", "redeem")
    asked = world.redeem(10, asking=asking)
    world.revoke()
    assert world.redeem(10, asking=asking) == asked
    assert tries(world) == 0


def test_the_hundredth_wrong_try_is_looked_at_and_nothing_after_it() -> None:
    world = with_lot()
    watched = Watched()
    watched.accounts, watched.places = world.ledger.accounts, world.ledger.places
    world.ledger = watched
    guess(world, 99)
    world.redeem(1)
    guess(world, 1)
    watched.looks = 0
    for text in (WRONG, world.code):
        no = refused(lambda code=text: world.redeem(1, code=code), Throttled)  # type: ignore[misc]
        assert (no.reason, no.facts) == (Reason.TOO_MANY_TRIES, {"tries_max": 100, "days": 30})
    assert watched.looks == 0
    assert tries(world) == 100
    assert world.balance().redeemed == 1


def test_it_is_one_persons_count_and_not_the_accounts() -> None:
    world = with_lot()
    guess(world, 100)
    assert refused(lambda: world.redeem(1), Throttled).reason is Reason.TOO_MANY_TRIES
    asked = world.redeem(1, "mia")
    assert world.redemption(asked).state is RedemptionState.APPROVED


def test_another_address_of_the_same_person_is_the_same_person() -> None:
    world = with_lot()
    guess(world, 100)
    renamed = Person(subject="s-lee", email="lee@new.example", name="Lee")
    asking = world.intent(Caller(person=renamed, program="salesforce"), "redeem")
    no = refused(lambda: world.redeem(1, asking=asking), Throttled)
    assert no.reason is Reason.TOO_MANY_TRIES


def test_tries_in_one_program_are_none_in_another() -> None:
    world = with_lot()
    guess(world, 100)
    other = World(ledger=world.ledger)
    no = refused(lambda: other.redeem(1, code=WRONG))
    assert no.reason is Reason.CODE_NOT_ACCEPTED


def test_a_try_counts_for_thirty_days_to_the_moment() -> None:
    world = with_lot()
    first = world.clock()
    guess(world, 100)
    world.clock.at = first + 30 * DAY
    assert refused(lambda: world.redeem(1), Throttled).reason is Reason.TOO_MANY_TRIES
    world.clock.advance(timedelta(microseconds=1))
    world.redeem(1)


# Numbers of sales orders can be guessed too


def with_number() -> World:
    """Ann's account, whose order SO-1 pays for its members."""
    world = World(program="cisco")
    world.open()
    world.grant("SO-1", 100, invoice=START)
    return world


@pytest.mark.rule("CI-14")
def test_a_number_is_not_accepted_from_strangers_and_counts_as_a_wrong_try() -> None:
    world = with_number()
    world.invite("inez", Role.CAPTAIN)
    world.add("gone", Role.CAPTAIN)
    world.remove("gone")
    world.add("fay", Role.FINANCE)
    for who in ("eve", "inez", "gone", "fay"):
        world.accept_terms(who)
        before = world.ledger.kept()
        no = refused(lambda by=who: world.redeem(1, by, sales_order="SO-1"))  # type: ignore[misc]
        assert (no.reason, no.facts) == (Reason.CODE_NOT_ACCEPTED, {})
        assert (tries(world, who), world.ledger.kept()) == (1, before)


def test_a_number_that_is_not_there_looks_the_same_to_a_member_and_counts() -> None:
    world = with_number()
    no = refused(lambda: world.redeem(1, "ann", sales_order="SO-2"))
    assert (no.reason, no.detail) == (Reason.CODE_NOT_ACCEPTED, "This is not accepted.")
    assert tries(world, "ann") == 1
    assert refused(lambda: world.redeem(101, "ann", sales_order="SO-1")).reason is (
        Reason.INSUFFICIENT_CREDITS
    )
    assert tries(world, "ann") == 1


def test_a_hundred_wrong_numbers_are_enough_as_well() -> None:
    world = with_number()
    for number in range(100):
        refused(lambda n=number: world.redeem(1, "ann", sales_order=f"SO-1{n:03}"))  # type: ignore[misc]
    no = refused(lambda: world.redeem(1, "ann", sales_order="SO-1"), Throttled)
    assert no.reason is Reason.TOO_MANY_TRIES


@pytest.mark.parametrize("program", ["atlassian", "salesforce"])
def test_where_numbers_do_not_pay_none_is_accepted(program: str) -> None:
    world = World(program=program)
    world.open()
    world.grant("SO-1", 100, purchase=START, order_start=START)
    no = refused(lambda: world.redeem(1, "ann", sales_order="SO-1"))
    assert no.reason is Reason.CODE_NOT_ACCEPTED


@pytest.mark.rule("CI-04")
def test_the_advisor_of_the_account_asks_with_its_number_and_nobody_elses() -> None:
    world = with_number()
    kim = names(world, "kim", Role.ADVISOR)
    other = World(program="cisco", ledger=world.ledger, requests=50)
    other.open(who="cid")
    other.grant("SO-9", 100, invoice=START)
    asked = world.redeem(1, sales_order="SO-1", asking=world.intent(kim, "redeem"))
    assert world.redemption(asked).state is RedemptionState.PENDING
    asking = world.intent(kim, "redeem")
    no = refused(lambda: world.redeem(1, sales_order="SO-9", asking=asking), Problem)
    assert no.reason is Reason.CODE_NOT_ACCEPTED
