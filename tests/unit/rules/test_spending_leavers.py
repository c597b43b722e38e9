"""Whoever has left an account has nothing more to do with what they asked for as its member."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.builders import SECRET, refused
from tests.unit.rules.spending_tools import advisor, cisco, line, number, offers, salesforce
from tests.world import World
from training_credits.domain.errors import Forbidden, NotFound, Problem, Reason
from training_credits.domain.model import Approval, Mode, RedemptionState, Role
from training_credits.use_cases import bookings, vouchers
from training_credits.use_cases.instruments import Instrument


def exams(world: World, **wish: Any) -> str:
    """Two of them, asked for by Pat as a member."""
    offers(world, "X", "exam", credits=2)
    pays = [line(number(), offering="X", quantity=2)]
    return world.redeem(who="pat", lines=pays, **wish)


def gives_back(world: World, asked: str, who: str = "pat") -> str:
    asking = world.intent(who, "returnLine")
    return bookings.give_back(world.ledger, world.clock, asking, asked, 1)


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("step", ["confirm", "export", "return"])
def test_a_removed_member_neither_confirms_nor_exports_nor_gives_back(step: str) -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    asked = exams(world, reserve=step == "confirm")
    before = world.balance()
    world.remove("pat")
    steps: dict[str, Callable[[], object]] = {
        "confirm": partial(world.confirm, asked, "pat"),
        "return": partial(gives_back, world, asked),
        "export": lambda: vouchers.export(
            world.ledger, world.clock, world.intent("pat", "export"), asked, secret=SECRET
        ),
    }
    assert refused(steps[step], NotFound).reason is Reason.REDEMPTION_NOT_FOUND
    assert world.balance() == before


@pytest.mark.rule("CI-42")
def test_who_is_back_in_a_role_that_does_not_spend_confirms_nothing() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    asked = exams(world, reserve=True)
    world.remove("pat")
    world.clock.advance(timedelta(seconds=1))
    world.add("pat", Role.FINANCE)
    no = refused(partial(world.confirm, asked, "pat"), NotFound)
    assert no.reason is Reason.REDEMPTION_NOT_FOUND
    assert world.redemption(asked).state is RedemptionState.RESERVED


def test_who_is_removed_while_they_confirm_spends_nothing() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    asked = exams(world, reserve=True)
    world.ledger.meanwhile.append(lambda: world.remove("pat"))
    refused(partial(world.confirm, asked, "pat"), NotFound)
    assert world.redemption(asked).state is RedemptionState.RESERVED


def test_what_a_removed_member_has_reserved_they_may_still_give_up() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    asked = exams(world, reserve=True)
    world.remove("pat")
    world.cancel(asked, "pat")
    assert world.balance().available == 61


@pytest.mark.rule("AT-41")
def test_whoever_asked_with_a_code_was_never_a_member_and_confirms() -> None:
    world = salesforce()
    asked = world.redeem(100, reserve=True)
    world.confirm(asked)
    assert world.redemption(asked).state is RedemptionState.APPROVED


@pytest.mark.rule("SF-20")
def test_staff_whom_the_account_no_longer_names_give_nothing_back() -> None:
    world = salesforce()
    kim = advisor(world)
    offers(world, "B", "bulk_exam", credits=200, mode=Mode.VIRTUAL)
    pays = [line(Instrument(lot_id="L1"), offering="B", quantity=20)]
    asking = world.intent(kim, "redeem")
    asked = world.redeem(lines=pays, account=world.account, asking=asking)
    advisor(world, "mo")  # who follows on Kim
    again = world.intent(kim, "returnLine")
    no = refused(lambda: bookings.give_back(world.ledger, world.clock, again, asked, 1), NotFound)
    assert no.reason is Reason.REDEMPTION_NOT_FOUND


@pytest.mark.rule("SF-20")
def test_what_staff_redeem_alone_at_a_price_of_their_own_has_a_statement_of_work() -> None:
    world = salesforce()
    kim = advisor(world)
    pays = Instrument(lot_id="L1")

    def asks(**facts: Any) -> str:
        lines = [line(pays, title="Consulting", credits=1_000, **facts)]
        return world.redeem(lines=lines, account=world.account, asking=world.intent(kim, "redeem"))

    no = refused(asks, Problem)
    assert no.reason is Reason.STATEMENT_OF_WORK_REQUIRED
    assert not isinstance(no, Forbidden)
    assert world.redemption(asks(work="SOW-12")).credits == 1_000
