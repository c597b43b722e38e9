"""Who is told what of a request, from the asking to the end of it."""

from datetime import timedelta

import pytest

from tests.fakes.outside import PORTAL
from tests.unit.rules.people_tools import edit
from tests.unit.rules.spending_tools import (
    BOB,
    advisor,
    atlassian,
    cisco,
    code,
    email,
    line,
    number,
    offers,
    runs,
    salesforce,
    says,
)
from tests.unit.rules.told_tools import Told
from training_credits.domain.model import (
    Approval,
    Attendee,
    Role,
    Verdict,
)

ANN, LEE = email("ann"), email("lee")


@pytest.mark.rule("CI-39")
def test_captains_are_told_of_item_attendee_credits_the_balance_after_and_where_to_approve() -> (
    None
):
    world = cisco()
    world.add("cap", Role.CAPTAIN)
    told = Told(world)
    asked = world.redeem(who="pat", lines=[line(number(), title="CCNA", credits=22, attendee=BOB)])
    mails = told()
    assert set(mails) == {ANN, email("cap")}
    for mail in mails.values():
        for said in ("CCNA", "Bob", "22 training credits", "39 left if approved"):
            assert said in mail.text
        assert f"{PORTAL}/accounts/{world.account}/redemptions/{asked}" in mail.text


@pytest.mark.rule("CI-39")
def test_where_nothing_is_held_the_request_itself_still_has_to_go_off() -> None:
    world = atlassian(61)
    told = Told(world)
    world.redeem(22)
    world.redeem(30)
    told()
    first, second = (mail.text for mail in told.mailer.mails)
    assert "39 left if approved" in first
    assert "31 left if approved" in second


def test_what_others_have_taken_meanwhile_is_not_left_and_less_than_nothing_is_nothing() -> None:
    world = atlassian(61)
    told = Told(world)
    first, _ = world.redeem(60), world.redeem(22)
    world.approve(first)
    told()
    assert [mail.text for mail in told.mailer.mails if "0 left if approved" in mail.text]


def test_another_product_pays_for_nothing_and_counts_for_nothing() -> None:
    world = salesforce(500)
    world.grant("V1", 700, product="VLC", order_start=world.clock().date())
    edit(world, four_eyes=True)
    told = Told(world)
    world.redeem(200)
    assert "300 left if approved" in told()[ANN].text


@pytest.mark.rule("AT-16")
@pytest.mark.rule("AT-31")
def test_each_of_three_owners_hears_of_a_request_with_a_link_that_shows_who_was_first() -> None:
    world = atlassian()
    for name in ("bob", "cid"):
        world.add_owner(name)
    told = Told(world)
    asked = world.redeem(300)
    mails = told()
    assert set(mails) == {ANN, email("bob"), email("cid")}
    assert all(f"/redemptions/{asked}\n" in mail.text for mail in mails.values())
    assert told.again(told.events[0]) == 0


def test_who_decides_in_an_owners_place_is_asked_too_and_from_the_day_after_no_more() -> None:
    world = atlassian()
    world.add("fay", Role.FINANCE)
    world.names_deputy("fay", world.clock().date())
    told = Told(world)
    world.redeem(300)
    assert set(told()) == {ANN, email("fay")}
    world.clock.advance(timedelta(days=1))
    world.redeem(200)
    assert set(told()) == {ANN}


@pytest.mark.rule("AT-19")
def test_on_approval_the_learner_reads_credits_and_course_and_no_balance() -> None:
    world = atlassian(1_000)
    told = Told(world)
    asked = world.redeem(300, title="Jira Basics")
    told()
    world.approve(asked)
    mails = told()
    assert set(mails) == {LEE}
    assert mails[LEE].text.startswith(
        "Hello Lee,\n\nYour request to redeem 300 training credits for Jira Basics "
        "has been approved.\n\n-- \n"
    )
    assert "700" not in mails[LEE].text


@pytest.mark.rule("AT-20")
def test_on_denial_the_learner_is_told_and_why_if_somebody_said_why() -> None:
    world = atlassian()
    asked, other = world.redeem(300), world.redeem(200)
    told = Told(world)
    world.deny(asked)
    assert "Nothing was spent." in told()[LEE].text
    assert "reason" not in told.mailer.mails[0].text
    world.deny(other, note="Next quarter.")
    assert "The reason: Next quarter." in told()[LEE].text


@pytest.mark.rule("SF-32")
def test_whoever_registers_and_whoever_attends_get_one_confirmation_each() -> None:
    world = salesforce()
    told = Told(world)
    asked = world.redeem(lines=[line(code(world), title="ADM-201", credits=1_200, attendee=BOB)])
    mails = told()
    assert told.types == ["RedemptionApproved"]
    assert len(told.mailer.mails) == 2
    assert asked in mails[LEE].text
    assert asked in mails[BOB.email].text
    assert "ADM-201" in mails[BOB.email].subject
    assert "1,200" in mails[LEE].text
    assert "1,200" not in mails[BOB.email].text


@pytest.mark.rule("SF-32")
def test_each_attendee_reads_of_their_own_lines_and_a_learner_who_attends_gets_one_mail() -> None:
    world = salesforce()
    told = Told(world)
    self_, bea = (
        Attendee(email="LEE@acme.example", name="Lee"),
        Attendee(email=email("bea"), name="B"),
    )
    titles = (("One", BOB), ("Two", bea), ("Three", BOB), ("Four", self_))
    world.redeem(lines=[line(code(world), title=t, credits=10, attendee=who) for t, who in titles])
    mails = told()
    assert len(told.mailer.mails) == 3
    assert mails[BOB.email].subject == "You are registered: One, Three"
    assert mails[bea.email].subject == "You are registered: Two"


def test_an_attendee_hears_of_it_only_once_somebody_has_said_yes() -> None:
    world = cisco()
    told = Told(world)
    asked = world.redeem(who="pat", lines=[line(number(), title="CCNA", credits=22, attendee=BOB)])
    assert BOB.email not in told()
    world.approve(asked)
    mails = told()
    assert set(mails) == {email("pat"), BOB.email}
    assert mails[email("pat")].subject == "Your training credits request was approved"


@pytest.mark.rule("CI-36")
def test_of_a_reservation_the_learner_reads_until_when_and_of_its_confirmation_once() -> None:
    world = cisco()
    asked = world.redeem(22, "pat", sales_order="SO-5001", reserve=True)
    told = Told(world)
    world.approve(asked)
    mail = told()[email("pat")]
    assert told.types == ["RedemptionReserved"]
    until = world.redemption(asked).lapses_at
    assert until is not None
    assert f"until {until:%Y-%m-%d %H:%M} UTC" in mail.text
    world.confirm(asked, "pat")
    assert told()[email("pat")].subject == "Your order is confirmed: Jira Basics"


def test_of_a_reservation_that_needed_nobody_nobody_is_told() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    told = Told(world)
    world.redeem(22, "pat", sales_order="SO-5001", reserve=True)
    assert (told(), told.types) == ({}, ["RedemptionReserved"])


@pytest.mark.rule("CI-41")
def test_what_goes_abroad_is_the_advisors_to_hear_of_and_then_the_captains() -> None:
    world = cisco()
    offers(world, "C", "class", credits=22)
    runs(world, "C", "2026-09-01", country="DE")
    told = Told(world)
    asked = world.redeem(who="pat", lines=[line(number(), offering="C", session="S1")])
    assert set(told()) == {"learning-credits@cisco.example"}  # nobody is named yet
    assert told.types == ["RedemptionReferred"]
    kim = advisor(world)
    world.clock.advance(timedelta(days=30))
    world.lapse()
    assert set(told()) == {kim.person.email}
    says(world, kim, Verdict.APPROVE, asked)
    assert (set(told()), told.types) == ({ANN}, ["RedemptionRequested"])


@pytest.mark.rule("AT-19")
def test_each_step_is_an_event_and_no_mail_tells_a_learner_what_is_left() -> None:
    world = atlassian(1_234)
    told = Told(world)
    seen = set()
    asked = [world.redeem(34, title=f"Course {n}") for n in range(3)]
    told()
    seen |= set(told.types)
    world.approve(asked[0])
    world.deny(asked[1])
    world.cancel(asked[2])
    mails = told()
    seen |= set(told.types)
    assert all("1,200" not in mail.text for mail in mails.values())
    assert seen == {
        f"Redemption{kind}" for kind in ("Requested", "Approved", "Denied", "Cancelled")
    }
