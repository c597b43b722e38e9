from datetime import UTC, datetime

import pytest

from tests.fakes.outside import RecordedMailer
from tests.world import World, ready
from training_credits.ports import Event
from training_credits.use_cases.notify import notify

PORTAL = "https://credits.example"
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
}


def event(world: World, kind: str) -> Event:
    return Event(
        id=f"{kind}-A1-R1",
        type=kind,
        program=world.program,
        account_id=world.account,
        at=datetime(2026, 2, 10, 9, tzinfo=UTC),
        facts=FACTS,
    )


def tell(world: World, mailer: RecordedMailer, kind: str) -> int:
    return notify(world.ledger, world.ledger, mailer, event(world, kind), PORTAL)


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
    assert tell(ready(), mailer, "OrderActivated") == 1
    assert mailer.mails[0].to == "ann@acme.example"


@pytest.mark.parametrize("kind", ["AccountOpened", "RedemptionCancelled", "Unknown"])
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
