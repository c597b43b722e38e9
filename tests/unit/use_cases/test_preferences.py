from dataclasses import replace

import pytest

from tests.builders import SECRET, pending
from tests.fakes.outside import RecordedMailer, office_of
from tests.unit.use_cases.test_notify import event
from tests.world import World, ready
from training_credits.domain.change import MakeRequest
from training_credits.domain.model import Attendee, Line, Pace, Preferences, Topic
from training_credits.mails import KINDS
from training_credits.use_cases.notify import notify
from training_credits.use_cases.preferences import choose, preferences
from training_credits.use_cases.readers import MAILS


def hear(world: World, mailer: RecordedMailer, kind: str, **facts: object) -> dict[str, str]:
    """Who is mailed of an event, and what the mail is called."""
    happened = event(world, kind, **facts)
    notify(office_of(world.ledger, mailer), happened, secret=SECRET)
    return {mail.to: mail.subject for mail in mailer.mails}


def test_nothing_is_chosen_until_somebody_chooses() -> None:
    world = ready()
    assert preferences(world.ledger, world.caller("ann")) == Preferences()


def test_the_last_choice_counts_whole_and_is_one_s_own() -> None:
    world = ready()
    ann = world.caller("ann")
    choose(world.ledger, ann, [Topic.MEMBERS, Topic.EXPIRY, Topic.MEMBERS], Pace.DAILY, "de")
    choose(world.ledger, ann, [Topic.EXPIRY, Topic.MEMBERS], None, None)
    chosen = Preferences(off=(Topic.MEMBERS, Topic.EXPIRY))
    assert preferences(world.ledger, ann) == chosen
    assert preferences(world.ledger, world.caller("bob")) == Preferences()
    assert preferences(world.ledger, world.caller("ann", "x")) == chosen


def test_in_another_program_it_is_another_choice() -> None:
    world, other = ready(), World(program="cisco")
    choose(world.ledger, world.caller("ann"), [Topic.MEMBERS], None, None)
    assert preferences(world.ledger, other.caller("ann")) == Preferences()


def test_what_is_turned_off_is_not_mailed_and_the_others_are_told_all_the_same(
    mailer: RecordedMailer,
) -> None:
    world = ready()
    world.add_owner("bob")
    choose(world.ledger, world.caller("ann"), [Topic.MEMBERS], None, None)
    assert hear(world, mailer, "MemberJoined") == {
        "bob@acme.example": "zoe@acme.example joined your training credit account"
    }


def test_whoever_turns_it_on_again_is_told_when_the_event_comes_again(
    mailer: RecordedMailer,
) -> None:
    world = ready()
    choose(world.ledger, world.caller("ann"), [Topic.MEMBERS], None, None)
    assert not hear(world, mailer, "MemberJoined")
    choose(world.ledger, world.caller("ann"), [], None, None)
    assert set(hear(world, mailer, "MemberJoined")) == {"ann@acme.example"}


# What may not be turned off: codes, decisions, invitations, quotes, what was bought or lost.
OBLIGED = {
    *("RedemptionRequested", "RedemptionApproved", "RedemptionConfirmed", "RedemptionDenied"),
    *("RedemptionLapsed", "OrderActivatedWithCode", "OrderActivated", "OrderQuoted"),
    *("MemberInvited", "CreditsExpired", "OrderPaymentFailed"),
}


@pytest.mark.parametrize("kind", sorted(OBLIGED))
def test_an_obligation_cannot_be_turned_off(kind: str) -> None:
    assert KINDS[kind].obliged


@pytest.mark.parametrize("kind", ["RedemptionRequested", "MemberInvited", "OrderQuoted"])
def test_who_has_turned_everything_off_still_gets_what_is_owed(
    mailer: RecordedMailer, kind: str
) -> None:
    world = ready()
    world.commit(MakeRequest(redemption=pending(300, redemption_id="A1-R1")))
    for name in ("ann", "zoe"):
        choose(world.ledger, world.caller(name), list(Topic), Pace.OFF, None)
    assert len(hear(world, mailer, kind)) == 1


def test_every_topic_has_a_mail_that_it_turns_off() -> None:
    mailed = {text for of_event in MAILS.values() for text, _ in of_event}
    assert {KINDS[text].topic for text in mailed} - {None} <= set(Topic)
    assert {kind.topic for kind in KINDS.values()} >= set(Topic)


@pytest.mark.rule("SF-24")
@pytest.mark.parametrize(
    ("asked_in", "chosen", "subject"),
    [
        ("de", None, "Ihre Bestellung ist bestätigt: Jira Basics"),
        ("de", "en", "Your order is confirmed: Jira Basics"),
        (None, "de", "Ihre Bestellung ist bestätigt: Jira Basics"),
        ("fr", None, "Your order is confirmed: Jira Basics"),
        (None, None, "Your order is confirmed: Jira Basics"),
    ],
)
def test_a_mail_is_in_the_language_of_the_request_unless_its_reader_chose_another(
    mailer: RecordedMailer, asked_in: str | None, chosen: str | None, subject: str
) -> None:
    world = ready()
    bea = Attendee(email="Bea@acme.example", name="Bea")
    asked = pending(300, account_id=world.account, redemption_id="A1-R1", language=asked_in)
    lines = (Line(title="Jira Basics", credits=300, attendee=bea),)
    world.commit(MakeRequest(redemption=replace(asked, lines=lines)))
    if chosen is not None:
        choose(world.ledger, world.caller("lee"), [], None, chosen)
    mails = hear(world, mailer, "RedemptionApproved", decided_by="system")
    assert mails["lee@acme.example"] == subject
    german = asked_in == "de"
    assert mails["bea@acme.example"].startswith("Sie sind" if german else "You are")
