"""Who is told what of an order; and the code, which is in the buyer's mail and in no other."""

from datetime import timedelta

import pytest

from tests.fakes.outside import PORTAL
from tests.unit.rules.selling_tools import (
    ToldLedger,
    booked,
    day,
    instant,
    name_contacts,
    told,
    world_of,
)
from tests.world import World
from training_credits.domain.model import AccountKind, OrderState, Role
from training_credits.ports import Mail
from training_credits.use_cases import accounts

BOOKED, ACTIVATED, CANCELLED = OrderState.BOOKED, OrderState.ACTIVATED, OrderState.CANCELLED
APPROVED, INVOICED, QUOTED = OrderState.APPROVED, OrderState.INVOICED, OrderState.QUOTED


def story(program: str, at: str) -> World:
    return world_of(program, at, ledger=ToldLedger())


def subjects(mails: list[Mail]) -> list[tuple[str, str]]:
    return sorted((mail.to.partition(".")[0], mail.subject) for mail in mails)


@pytest.mark.rule("SF-11")
def test_one_mail_to_the_buyer_holds_the_code_and_its_end_and_no_other_mail_does() -> None:
    world = story("salesforce", "2026-06-30T19:00")
    world.add("buyer", Role.BUYER)
    world.add("fay", Role.FINANCE)
    world.invite("ivy")
    name_contacts(world)
    order_id = world.place(3_000, "buyer", channel="assisted")
    world.clock.at = instant("2026-07-03T19:00")
    world.move(order_id, BOOKED, on=day("2026-07-01"))
    told(world)
    world.move(order_id, ACTIVATED)
    mails = told(world)
    code = world.first_code(order_id)
    (coded,) = (mail for mail in mails if code in mail.text or code in mail.subject)
    assert coded.to == "buyer@acme.example"
    assert "2027-07-01" in coded.text
    assert [to for to, _ in subjects(mails)] == [
        "ann@acme",
        "buyer@acme",
        "fay@acme",
        "jo@salesforce",
    ]
    bare = code.replace("-", "")
    assert all(bare not in mail.text.replace("-", "") for mail in mails if mail is not coded)


@pytest.mark.rule("SF-11")
def test_the_code_of_what_the_vendor_entered_goes_to_the_owners_who_have_joined() -> None:
    world = story("salesforce", "2026-07-01T19:00")
    world.add("bob")
    world.invite("ivy")
    world.add("fay", Role.FINANCE)
    order_id = world.enter(900, channel="assisted")
    world.move(order_id, ACTIVATED)
    code = world.first_code(order_id)
    assert sorted(mail.to for mail in told(world) if code in mail.text) == [
        "ann@acme.example",
        "bob@acme.example",
    ]


@pytest.mark.rule("SF-11")
def test_before_any_owner_has_signed_in_the_code_goes_to_whom_the_vendor_named() -> None:
    world = World(program="salesforce", ledger=ToldLedger())
    world.account = accounts.open_account(
        world.ledger,
        world.clock,
        world.intent("olga", "open_account"),
        name="Acme",
        kind=AccountKind.ORGANISATION,
        approval=None,
        owner="ann@acme.example",
    )
    order_id = world.enter(900, channel="assisted")
    world.move(order_id, ACTIVATED)
    code = world.first_code(order_id)
    assert [mail.to for mail in told(world) if code in mail.text] == ["ann@acme.example"]


@pytest.mark.rule("SF-11")
def test_a_buyer_who_left_before_the_credits_came_gets_no_code() -> None:
    world = story("salesforce", "2026-07-01T19:00")
    world.add("buyer", Role.BUYER)
    order_id = world.place(900, "buyer", channel="assisted")
    world.move(order_id, BOOKED)
    world.remove("buyer")
    world.move(order_id, ACTIVATED)
    code = world.first_code(order_id)
    mails = told(world)
    assert [mail.to for mail in mails if code in mail.text] == ["ann@acme.example"]
    assert all(mail.to != "buyer@acme.example" for mail in mails)


@pytest.mark.rule("SF-11")
@pytest.mark.rule("SF-37")
def test_two_orders_are_two_mails_with_two_codes() -> None:
    world = story("salesforce", "2026-07-01T19:00")
    codes = []
    for credits in (800, 900):
        order_id = world.place(credits, channel="assisted")
        world.move(order_id, BOOKED)
        world.move(order_id, ACTIVATED)
        codes.append(world.first_code(order_id))
    texts = [mail.text for mail in told(world) if mail.to == "ann@acme.example"]
    assert [[code in text for code in codes] for text in texts] == [[True, False], [False, True]]


@pytest.mark.rule("CI-12")
def test_an_invoice_at_ten_is_one_task_of_operations_and_activation_one_mail_to_the_manager() -> (
    None
):
    world = story("cisco", "2026-03-05T18:00")
    name_contacts(world)
    order_id = booked(world, 100)
    assert subjects(told(world)) == [("ann@acme", "Your order of 100 training credits is booked")]
    world.move(order_id, APPROVED)
    assert told(world) == []
    world.move(order_id, INVOICED)
    (task,) = told(world)
    assert (task.to, task.subject) == (
        "learning-credits@cisco.example",
        "Activate 100 credits for Acme",
    )
    assert f"{PORTAL}/accounts/{world.account}/orders/{order_id}" in task.text
    world.move(order_id, ACTIVATED)
    assert subjects(told(world)) == [
        ("ann@acme", "100 training credits are ready to use"),
        ("jo@cisco", "100 training credits of Acme are ready"),
    ]


@pytest.mark.rule("AT-12")
def test_a_request_for_a_quote_is_told_to_operations_and_the_quote_to_who_asked() -> None:
    world = story("atlassian", "2026-02-10T09:00")
    world.add("bob")
    order_id = world.place(20_000, channel="invoice")
    assert subjects(told(world)) == [
        ("training-credits@atlassian", "Acme asks for 20,000 training credits")
    ]
    world.move(order_id, QUOTED)
    (quote,) = told(world)
    assert (quote.to, quote.subject) == (
        "ann@acme.example",
        "Your quote for 20,000 training credits",
    )
    assert "for USD 16,000.00. The price stands until 2026-03-12." in quote.text
    world.move(order_id, OrderState.ACCEPTED, "ann")
    (agreed,) = told(world)
    assert agreed.to == "training-credits@atlassian.example"
    assert "20,000 credits (Training credits): USD 16,000.00." in agreed.text
    world.move(order_id, INVOICED)
    assert told(world) == []
    world.move(order_id, OrderState.PAID)
    assert subjects(told(world)) == [
        ("ann@acme", "20,000 training credits are ready to use"),
        ("bob@acme", "20,000 training credits were added to your account"),
    ]


@pytest.mark.rule("AT-09")
def test_a_card_that_was_refused_is_told_to_the_buyer_each_time_it_is_refused_anew() -> None:
    world = story("atlassian", "2026-02-10T09:00")
    order_id = world.place(500)
    assert told(world) == []
    world.settle(order_id, succeeded=False, problem="card_declined", event_id="evt-1")
    (refusal,) = told(world)
    assert (refusal.to, refusal.subject) == ("ann@acme.example", "Your card was not accepted")
    assert f"/orders/{order_id}" in refusal.text
    assert "The payment of USD 500.00 for" in refusal.text
    world.settle(order_id, succeeded=False, problem="card_declined", event_id="evt-1")
    assert told(world) == []
    world.clock.advance(timedelta(minutes=1))
    for number, problem in enumerate(("expired_card", "expired_card"), start=2):
        world.clock.advance(timedelta(minutes=1))
        event_id = f"evt-{number}"
        world.settle(order_id, succeeded=False, problem=problem, event_id=event_id)
        assert [mail.to for mail in told(world)] == ["ann@acme.example"]
    world.settle(order_id, event_id="evt-9")
    assert subjects(told(world)) == [("ann@acme", "500 training credits are ready to use")]


def test_no_mail_of_a_program_without_codes_by_mail_holds_one() -> None:
    for program, channel in (("atlassian", "invoice"), ("cisco", "direct")):
        world = story(program, "2026-03-05T20:00")
        if program == "atlassian":
            order_id = world.buy(500)
        else:
            order_id = booked(world, 500, channel=channel)
            for to in (APPROVED, INVOICED, ACTIVATED):
                world.move(order_id, to)
        mails = told(world)
        assert mails
        assert all("code" not in mail.text for mail in mails)


def test_of_an_order_that_was_cancelled_nobody_hears_that_credits_are_ready() -> None:
    world = story("salesforce", "2026-07-01T19:00")
    order_id = world.place(900, channel="assisted")
    told(world)
    world.move(order_id, CANCELLED, "ann")
    assert told(world) == []
    other = world.place(900, channel="assisted")
    told(world)
    world.move(other, CANCELLED, note="Asked for twice.")
    assert subjects(told(world)) == [
        ("ann@acme", "Your order of 900 training credits was cancelled")
    ]


def test_an_event_that_comes_again_mails_nobody_again() -> None:
    world = story("atlassian", "2026-02-10T09:00")
    world.buy(500)
    ledger = world.ledger
    assert isinstance(ledger, ToldLedger)
    events = list(ledger.events)
    assert len(told(world)) == 1
    ledger.events += events
    assert told(world) == []
