from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.builders import SECRET, order_of, pending
from tests.fakes.outside import PORTAL, RecordedMailer, office_of
from tests.world import World, ready
from training_credits.domain.change import EditAccount, MakeRequest, PlaceOrder
from training_credits.domain.model import Contact, OrderState, Role
from training_credits.ports import Depth, Event
from training_credits.use_cases.notify import notify
from training_credits.use_cases.readers import MAILS

FACTS: dict[str, str | int | None] = {
    "redemption": "A1-R1",
    "learner": "Lee",
    "learner_email": "lee@acme.example",
    "buyer": "Ann",
    "buyer_email": "ann@acme.example",
    "order": "O1",
    "lot": "O1",
    "credits": 300,
    "title": "Jira Basics",
    "decided_by": None,
    "company": "Acme",
    "product": "TC",
    "total_minor": 1_600_000,
    "currency": "USD",
    "valid_until": "2026-03-12",
    "channel": "direct",
    "by": "olga@cisco.example",
    "email": "zoe@acme.example",
    "added_by": "ann@acme.example",
    "role": "owner",
    "line": 1,
    "returned": 300,
    "moves": 1,
    "holder": "Bea",
    "holder_email": "bea@acme.example",
    "hint": "9ABC",
    "usable_until": "2027-02-10",
    "entry": "E1",
    "kind": "redeem",
    "change": -300,
    "reference": "A1-R1",
    "actor": "ann@acme.example",
    "expires_on": "2027-01-15",
    "reissue_until": "2027-03-16",
    "days": 30,
    "left": 100,
    "bought": 300,
    "percent": 50,
}
TARA = Contact(role=Role.ACCOUNT_MANAGER, name="T. Ara", email="tara@cisco.example")


def event(world: World, kind: str, **facts: Any) -> Event:
    return Event(
        id=f"{kind}-A1-R1",
        type=kind,
        program=world.program,
        account_id=world.account,
        at=datetime(2026, 2, 10, 9, tzinfo=UTC),
        facts=FACTS | facts,
    )


def tell(world: World, mailer: RecordedMailer, kind: str, **facts: Any) -> int:
    """Of a request that waits, unless the world has it in another state."""
    happened = event(world, kind, **facts)
    asked = str(happened.facts["redemption"])
    known = world.account and world.ledger.redemptions(world.program, world.account, [asked])
    if world.ledger.book(world.program, world.account, Depth.FUNDS) and not known:
        waits = pending(300, redemption_id=asked, account_id=world.account)
        world.commit(MakeRequest(redemption=waits))
    return notify(office_of(world.ledger, mailer), happened, secret=SECRET)


def told(world: World, mailer: RecordedMailer, kind: str, **facts: Any) -> dict[str, str]:
    """Who gets a mail of this event, and its subject."""
    tell(world, mailer, kind, **facts)
    return {mail.to: mail.subject for mail in mailer.mails}


@pytest.mark.rule("AT-16")
@pytest.mark.rule("AT-31")
@pytest.mark.parametrize("kind", ["RedemptionRequested", "CreditsExpired"])
def test_each_of_three_owners_is_mailed_once(mailer: RecordedMailer, kind: str) -> None:
    world = ready()
    world.add_owner("bob")
    world.add_owner("cid")
    assert tell(world, mailer, kind) == 3
    assert tell(world, mailer, kind) == 0
    assert sorted(mail.to for mail in mailer.mails) == [
        "ann@acme.example",
        "bob@acme.example",
        "cid@acme.example",
    ]
    assert all(f"{PORTAL}/accounts/{world.account}" in mail.text for mail in mailer.mails)


@pytest.mark.rule("AT-19")
@pytest.mark.rule("AT-20")
@pytest.mark.parametrize("kind", ["RedemptionApproved", "RedemptionDenied"])
def test_the_learner_is_told_of_the_decision(mailer: RecordedMailer, kind: str) -> None:
    assert tell(ready(), mailer, kind) == 1
    (mail,) = mailer.mails
    assert mail.to == "lee@acme.example"
    assert "300 training credits for Jira Basics" in mail.text


def test_the_buyer_is_told_that_the_credits_are_ready(mailer: RecordedMailer) -> None:
    world = ready()
    world.add("bill", Role.BUYER)
    world.add("fay", Role.FINANCE)
    mails = told(world, mailer, "OrderActivated", buyer_email="bill@acme.example")
    assert mails == {
        "bill@acme.example": "300 training credits are ready to use",
        "ann@acme.example": "300 training credits were added to your account",
        "fay@acme.example": "300 training credits were added to your account",
    }


@pytest.mark.rule("SF-11")
def test_the_buyer_alone_is_mailed_the_code_and_its_end(mailer: RecordedMailer) -> None:
    world = World(program="salesforce")
    world.open()
    world.add("bob")
    world.grant("O1", 900, order_start=date(2026, 7, 1), issue=date(2026, 7, 3))
    mails = told(world, mailer, "OrderActivated")
    assert set(mails) == {"ann@acme.example", "bob@acme.example"}
    texts = {mail.to: mail.text for mail in mailer.mails}
    assert world.first_code("O1") in texts["ann@acme.example"]
    assert "Usable until: 2027-07-01" in texts["ann@acme.example"]
    assert world.first_code("O1") not in texts["bob@acme.example"]


@pytest.mark.rule("CI-12")
def test_of_a_sale_the_owners_and_the_account_manager_are_told(mailer: RecordedMailer) -> None:
    world = ready(program="cisco")
    world.commit(EditAccount(contacts=(TARA,)))
    world.invite("bob")
    mails = told(world, mailer, "OrderActivated", buyer_email="olga@cisco.example")
    assert mails == {
        "ann@acme.example": "300 training credits are ready to use",
        "tara@cisco.example": "300 training credits of Acme are ready",
    }


@pytest.mark.rule("CI-12")
@pytest.mark.rule("AT-12")
@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("OrderInvoiced", "Activate 300 credits for Acme"),
        ("OrderAccepted", "Acme accepted a quote for 300 training credits"),
        ("OrderRequested", "Acme asks for 300 training credits"),
    ],
)
def test_the_vendors_staff_hear_of_orders_that_wait_for_them(
    mailer: RecordedMailer, kind: str, subject: str
) -> None:
    world = ready(program="cisco")
    assert told(world, mailer, kind) == {"learning-credits@cisco.example": subject}


@pytest.mark.parametrize(
    ("kind", "channel"), [("OrderAccepted", "card"), ("OrderInvoiced", "invoice")]
)
def test_of_what_waits_for_the_buyers_money_they_do_not_hear(
    mailer: RecordedMailer, kind: str, channel: str
) -> None:
    assert told(ready(), mailer, kind, channel=channel) == {}


@pytest.mark.parametrize("kind", ["MemberJoined", "MemberRemoved"])
def test_that_nobody_came_or_went_is_told_to_nobody(mailer: RecordedMailer, kind: str) -> None:
    assert told(ready(), mailer, kind, email=None) == {}


@pytest.mark.parametrize("channel", [None, "by post"])
def test_of_an_order_that_goes_a_way_nobody_knows_they_do_not_hear(
    mailer: RecordedMailer, channel: str | None
) -> None:
    assert told(ready(), mailer, "OrderAccepted", channel=channel) == {}


@pytest.mark.parametrize(
    ("by", "due"),
    [("olga@atlassian.example", {"ann@acme.example"}), ("ann@acme.example", set())],
)
def test_the_buyer_hears_that_somebody_else_cancelled_their_order(
    mailer: RecordedMailer, by: str, due: set[str]
) -> None:
    assert set(told(ready(), mailer, "OrderCancelled", by=by)) == due


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        ("OrderQuoted", "ann@acme.example"),
        ("OrderPaymentFailed", "ann@acme.example"),
        ("MemberInvited", "zoe@acme.example"),
    ],
)
def test_whoever_it_is_about_is_told(mailer: RecordedMailer, kind: str, to: str) -> None:
    assert set(told(ready(), mailer, kind)) == {to}


@pytest.mark.parametrize("kind", ["MemberJoined", "MemberRemoved"])
def test_owners_hear_who_comes_and_goes(mailer: RecordedMailer, kind: str) -> None:
    world = ready()
    world.add_owner("bob")
    world.add("fay", Role.FINANCE)
    mails = told(world, mailer, kind, email="bob@acme.example")
    assert set(mails) - {"bob@acme.example"} == {"ann@acme.example"}


@pytest.mark.parametrize("kind", ["RedemptionRequested", "CreditsExpired"])
def test_whoever_cannot_decide_is_not_asked_to(mailer: RecordedMailer, kind: str) -> None:
    world = ready()
    world.add("fay", Role.FINANCE)
    world.invite("bob")
    assert set(told(world, mailer, kind)) == {"ann@acme.example"}


# These need a case, or a month that was filed; they are told in tests of their own.
ELSEWHERE = {"CaseOpened", "CaseMoved", "StatementFiled"}


@pytest.mark.parametrize("kind", sorted(MAILS.keys() - ELSEWHERE))
def test_every_mail_there_is_can_be_written(mailer: RecordedMailer, kind: str) -> None:
    world = ready(program="cisco")
    booked = order_of(300, OrderState.BOOKED, channel="direct", product="CLC")
    world.commit(EditAccount(contacts=(TARA,)), PlaceOrder(order=booked))
    assert tell(world, mailer, kind) > 0
    assert all("$" not in mail.subject + mail.text for mail in mailer.mails)


@pytest.mark.parametrize("kind", ["AccountOpened", "RedemptionCancelled", "OrderPaid", "Unknown"])
def test_of_other_events_nobody_is_told(mailer: RecordedMailer, kind: str) -> None:
    assert tell(ready(), mailer, kind) == 0


def test_an_account_that_is_gone_has_nobody_to_tell(mailer: RecordedMailer) -> None:
    assert tell(World(account="A1"), mailer, "CreditsExpired") == 0


def test_whoever_joins_later_is_told_when_the_event_comes_again(mailer: RecordedMailer) -> None:
    world = ready()
    assert tell(world, mailer, "RedemptionRequested") == 1
    world.add_owner("bob")
    assert tell(world, mailer, "RedemptionRequested") == 1
    assert mailer.mails[1].to == "bob@acme.example"


def test_a_mail_that_could_not_be_handed_over_goes_out_when_the_event_comes_again(
    mailer: RecordedMailer,
) -> None:
    world = ready()
    mailer.down = True
    with pytest.RaisesGroup(ConnectionError):
        tell(world, mailer, "RedemptionRequested")
    mailer.down = False
    assert tell(world, mailer, "RedemptionRequested") == 1
    assert tell(world, mailer, "RedemptionRequested") == 0
    assert len(mailer.mails) == 1


def test_one_address_that_fails_keeps_nobody_else_from_being_told(mailer: RecordedMailer) -> None:
    world = ready()
    for name in ("bob", "cid", "dora"):
        world.add_owner(name)
    mailer.down_for = frozenset({"ann@acme.example", "cid@acme.example"})
    with pytest.RaisesGroup(
        pytest.RaisesExc(ConnectionError, match="ann@"),
        pytest.RaisesExc(ConnectionError, match="cid@"),
        match="could not be handed over",
    ):
        tell(world, mailer, "CreditsExpired")
    assert [mail.to for mail in mailer.mails] == ["bob@acme.example", "dora@acme.example"]
    mailer.down_for = frozenset()
    assert tell(world, mailer, "CreditsExpired") == 2
    assert sorted(mail.to for mail in mailer.mails) == [
        "ann@acme.example",
        "bob@acme.example",
        "cid@acme.example",
        "dora@acme.example",
    ]
