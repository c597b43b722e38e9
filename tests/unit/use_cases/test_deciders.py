"""Who decides: members whose role it is, for as long as it is, and never on what is not theirs."""

from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.unit.use_cases.conftest import funded, listed
from tests.world import World, ready
from training_credits.domain.change import EditAccount
from training_credits.domain.errors import Forbidden, NotFound, Problem, Reason
from training_credits.domain.model import (
    Balance,
    RedemptionState,
    Role,
)


@pytest.mark.rule("AT-25")
def test_an_owner_who_is_removed_at_the_same_moment_decides_nothing() -> None:
    world = funded(1_000)
    world.add_owner("bob")
    asked = [world.redeem(300), world.redeem(200)]
    world.ledger.meanwhile.append(lambda: world.remove("ann", who="bob"))
    no = refused(lambda: world.approve(*asked), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.balance() == Balance(available=1_000)


@pytest.mark.parametrize(
    ("who", "kind", "due"),
    [
        ("eve", NotFound, Reason.ACCOUNT_NOT_FOUND),
        ("lee", NotFound, Reason.ACCOUNT_NOT_FOUND),
        ("olga", Forbidden, Reason.NOT_PERMITTED),
        ("fay", Forbidden, Reason.NOT_PERMITTED),
    ],
)
def test_only_those_decide_whose_role_it_is(who: str, kind: type[Problem], due: Reason) -> None:
    world = funded(1_000)
    world.add("fay", Role.FINANCE)
    asked = world.redeem(300)
    no = refused(lambda: world.approve(asked, who=who), kind)
    assert no.reason is due
    assert world.redemption(asked).state is RedemptionState.PENDING


@pytest.mark.rule("CI-42")
def test_captains_decide_and_players_do_not() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.add("cap", Role.CAPTAIN)
    world.add("pat", Role.PLAYER)
    asked = world.redeem(22)
    assert refused(lambda: world.approve(asked, who="pat"), Forbidden).facts == {
        "needed": "decide",
        "roles": ["owner", "captain"],
    }
    world.approve(asked, who="cap")
    assert world.balance() == Balance(available=39, redeemed=22)


def test_whoever_is_demoted_to_another_role_at_the_same_moment_decides_nothing() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.add("cap", Role.CAPTAIN)
    asked = world.redeem(22)

    def demoted() -> None:
        world.remove("cap")
        world.clock.advance(timedelta(seconds=1))
        world.add("cap", Role.PLAYER)

    world.ledger.meanwhile.append(demoted)
    no = refused(lambda: world.approve(asked, who="cap"), Problem)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.redemption(asked).state is RedemptionState.PENDING


# Four eyes


def test_with_four_eyes_nobody_approves_their_own_request() -> None:
    world = funded(1_000)
    world.add_owner("bob")
    world.commit(EditAccount(four_eyes=True))
    asked = world.redeem(300, "ann")
    assert refused(lambda: world.approve(asked), Forbidden).reason is Reason.OWN_REQUEST
    assert world.balance() == Balance(available=1_000)
    world.approve(asked, who="bob")
    assert world.balance() == Balance(available=700, redeemed=300)


def test_with_four_eyes_an_own_request_may_be_denied_and_without_them_approved() -> None:
    world = funded(1_000)
    denied, approved = world.redeem(300, "ann"), world.redeem(200, "ann")
    world.approve(approved)
    world.commit(EditAccount(four_eyes=True))
    world.deny(denied)
    assert world.balance() == Balance(available=800, redeemed=200)


def test_in_a_batch_only_the_own_request_is_refused() -> None:
    world = funded(1_000)
    world.commit(EditAccount(four_eyes=True))
    own, other = world.redeem(300, "ann"), world.redeem(200)
    outcomes = world.approve(own, other)
    assert [o.problem and o.problem.reason for o in outcomes] == [Reason.OWN_REQUEST, None]


def test_a_request_of_another_account_is_not_found() -> None:
    world = funded(1_000)
    other = World(ledger=world.ledger, requests=50)
    other.open(who="bob")
    asked = world.redeem(300)
    no = refused(lambda: other.approve(asked, who="bob"), NotFound)
    assert no.reason is Reason.REDEMPTION_NOT_FOUND
    no = refused(lambda: listed(world, who="bob"), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
