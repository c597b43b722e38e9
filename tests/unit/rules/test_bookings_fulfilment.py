"""What is delivered: said once by a machine or an operator, and a partner's number for it."""

from datetime import date

import pytest

from tests.builders import refused
from tests.figures import figures
from tests.unit.rules.bookings_tools import JUNE, LOT, Booked, world
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import (
    Balance,
    EntryKind,
    LineState,
    Movement,
    State,
)
from training_credits.use_cases import statements


def bundle(made: Booked) -> str:
    """An exam with training, from the store."""
    made.lists("BUN", type="bundle", title="Bundle", partner="Store")
    return made.books(("BUN", None))


@pytest.mark.rule("CI-31")
def test_the_store_gives_its_order_number_which_is_then_on_the_redemption() -> None:
    made = world("cisco")
    asked = bundle(made)
    made.reports(asked, who=made.machine(), completed=False, reference="STORE-4711")
    (line,) = made.redemption(asked).lines
    assert (line.reference, line.state) == ("STORE-4711", LineState.BOOKED)
    assert line.item is not None
    assert line.item.offering.partner == "Store"
    assert made.of_kind(EntryKind.DELIVER) == []


def test_a_wrong_number_is_put_right_and_one_may_come_after_completion() -> None:
    made = world("cisco")
    asked = bundle(made)
    for number in ("STORE-1", "STORE-2"):
        made.reports(asked, completed=False, reference=number)
    made.reports(asked)
    assert made.redemption(asked).lines[0].reference == "STORE-2"
    made.reports(asked, completed=False, reference="STORE-3")
    (line,) = made.redemption(asked).lines
    assert (line.reference, line.state) == ("STORE-3", LineState.DELIVERED)


@pytest.mark.rule("CI-31")
def test_completion_and_number_come_in_one_report() -> None:
    made = world("cisco")
    asked = bundle(made)
    made.reports(asked, reference="STORE-4711")
    (line,) = made.redemption(asked).lines
    assert (line.reference, line.state) == ("STORE-4711", LineState.DELIVERED)


def test_completion_delivers_the_credits_of_its_line_and_no_others() -> None:
    made = world()
    made.runs("JUN-11", date(2027, 6, 11))
    asked = made.books(JUNE, ("ADM-201", "JUN-11"))
    made.reports(asked, 2, who=made.machine())
    assert made.balance() == Balance(available=2_400, redeemed=300, delivered=300)
    (entry,) = made.of_kind(EntryKind.DELIVER)
    assert (entry.entry_id, entry.change) == (f"deliver-{asked}-2", 0)
    assert (entry.actor, entry.learner) == ("lms@salesforce.example", "lee@acme.example")
    assert entry.movements == (
        Movement(lot_id=LOT, source=State.REDEEMED, target=State.DELIVERED, credits=300),
    )
    assert [line.state for line in made.redemption(asked).lines] == ["booked", "delivered"]
    assert made.taken("JUN-11") == 1


def test_credits_of_a_dead_lot_are_delivered_all_the_same() -> None:
    made = world("cisco")
    made.runs("LATE", date(2027, 12, 1))
    asked = made.books(("ADM-201", "LATE"))
    made.on(date(2027, 12, 2))
    made.reports(asked)
    assert made.balance() == Balance(expired=2_700, delivered=300)


def test_a_delivery_changes_no_statement() -> None:
    """What is unspent counts there, and it was spent before."""
    made = world()
    asked = made.books(JUNE)
    made.reports(asked)
    made.on(date(2026, 8, 2))
    stated = statements.monthly_statement(
        made.ledger, made.clock, made.caller("ann"), made.account, 2026, 7
    )
    assert [line.entry.kind for line in stated.lines] == ["purchase", "redeem"]
    assert figures(stated) == (0, {"purchases": 3_000, "redemptions": -300}, 2_700)


def test_it_is_completed_once_and_then_neither_given_back_nor_moved() -> None:
    made = world()
    made.runs("JUN-25", date(2027, 6, 25))
    asked = made.books(JUNE)
    made.reports(asked)
    for again in (
        lambda: made.reports(asked),
        lambda: made.reports(asked, reference="R-1"),
        lambda: made.back(asked),
        lambda: made.moves(asked, "JUN-25"),
    ):
        no = refused(again, Conflict)
        assert (no.reason, no.facts) == (Reason.LINE_DONE, {"state": "delivered"})
    assert len(made.of_kind(EntryKind.DELIVER)) == 1


def test_what_was_given_back_is_not_delivered_nor_named_by_a_partner() -> None:
    made = world()
    asked = made.books(JUNE)
    made.back(asked)
    for said in ({"completed": True}, {"completed": False, "reference": "R-1"}):
        no = refused(lambda s=said: made.reports(asked, **s), Conflict)  # type: ignore[misc]
        assert (no.reason, no.facts) == (Reason.LINE_DONE, {"state": "returned"})


def test_what_nobody_has_approved_is_not_delivered() -> None:
    made = world("atlassian")
    asked = made.redeem(10)
    no = refused(lambda: made.reports(asked), Conflict)
    assert (no.reason, no.facts["state"]) == (Reason.NOT_BOOKED, "pending")


def test_what_cost_nothing_is_delivered_without_an_entry() -> None:
    made = world()
    made.agrees("signature")
    asked = made.books(JUNE)
    made.reports(asked)
    assert made.redemption(asked).lines[0].state is LineState.DELIVERED
    assert made.of_kind(EntryKind.DELIVER) == []


def test_the_same_report_again_delivers_once() -> None:
    made = world()
    asked = made.books(JUNE)
    again = made.intent(made.machine(), "fulfilLine", "a key of mine")
    assert made.reports(asked, asking=again) == made.reports(asked, asking=again) == asked
    assert made.balance() == Balance(available=2_700, delivered=300)
