"""Each transaction is told to those who decide: one by one, a day's together, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.rules.posted_tools import Posting
from tests.unit.rules.spending_tools import atlassian, cisco, email
from training_credits.domain.model import Approval, Pace, Role, Topic
from training_credits.use_cases.digest import SHOWN_MAX

ANN, CAP = email("ann"), email("cap")
# Seven in the morning in Los Angeles, where the program's days are, after the second of March.
MORNING = datetime(2026, 3, 3, 15, tzinfo=UTC)


def captains() -> Posting:
    """Acme of 61 credits; Ann and Cap decide, Pat spends; all until now is told."""
    world = cisco()
    world.add("cap", Role.CAPTAIN)
    posting = Posting(world)
    posting.told()
    return posting


@pytest.mark.rule("CI-16")
def test_three_debits_in_a_day_are_three_mails_to_each_captain() -> None:
    posting = captains()
    posting.debits(9, 10, 20)
    mails = posting.told()
    assert sorted(mail.to for mail in mails) == [ANN] * 3 + [CAP] * 3
    first = next(mail for mail in mails if mail.to == CAP)
    assert first.subject == "Redeemed: 9 training credits, CCNA"
    assert "22 training credits can be used now" in first.text
    for said in ("For: CCNA", "Learner: pat@acme.example", "Credits: -9", "When: 2026-03-02 10:00"):
        assert said in first.text
    assert posting.mornings().sent == 0


@pytest.mark.rule("CI-16")
def test_or_one_digest_on_the_next_morning_if_a_captain_chose_it() -> None:
    posting = captains()
    posting.chooses("cap", Pace.DAILY)
    posting.debits(9, 10, 20)
    assert [mail.to for mail in posting.told()] == [ANN] * 3
    posting.world.clock.at = MORNING - timedelta(microseconds=1)
    assert posting.mornings().sent == 0
    posting.world.clock.at = MORNING
    posting.mailer.mails.clear()
    assert posting.mornings().sent == 1
    (digest,) = posting.mailer.mails
    assert (digest.to, digest.subject) == (
        CAP,
        "Your training credits on 2026-03-02: 4 transactions",
    )
    assert "- 2026-03-02 10:00 Purchase: +61" in digest.text
    for credits in (9, 10, 20):
        line = f"- 2026-03-02 10:00 Redeemed: -{credits} CCNA pat@acme.example\n"
        assert line in digest.text
    assert "22 training credits can be used now" in digest.text
    assert digest.html.count("<li ") == 4
    assert posting.mornings().sent == 0


def test_a_day_is_one_of_the_program_s_not_of_the_world_s_clock() -> None:
    """At nine in the evening in Los Angeles it is the next day already where clocks show UTC."""
    posting = captains()
    posting.chooses("cap", Pace.DAILY)
    posting.world.clock.at = datetime(2026, 3, 3, 5, tzinfo=UTC)
    posting.debits(9)
    posting.world.clock.at = datetime(2026, 3, 3, 8, tzinfo=UTC)
    posting.debits(10)
    posting.told()
    posting.mailer.mails.clear()
    posting.world.clock.at = MORNING
    posting.mornings()
    (digest,) = posting.mailer.mails
    assert "- 2026-03-02 21:00 Redeemed: -9 " in digest.text
    assert "-10" not in digest.text
    # A day later clocks there go on as before; on the eighth they are put forward.
    posting.world.clock.at = MORNING + timedelta(days=1)
    assert posting.mornings().sent == 1
    posting.world.clock.at = datetime(2026, 3, 8, 6, tzinfo=UTC)
    posting.debits(1)
    posting.told()
    posting.world.clock.at = datetime(2026, 3, 8, 13, 59, tzinfo=UTC)
    assert posting.mornings().sent == 0
    posting.world.clock.at = datetime(2026, 3, 8, 14, tzinfo=UTC)
    assert posting.mornings().sent == 1


@pytest.mark.rule("CI-16")
def test_or_none_at_all() -> None:
    posting = captains()
    posting.chooses("ann", Pace.OFF)
    posting.chooses("cap", Pace.OFF)
    posting.debits(9)
    assert posting.told() == []
    posting.world.clock.at = MORNING
    assert posting.mornings().sent == 0


def test_where_the_program_says_nothing_an_owner_can_ask_for_them() -> None:
    world = atlassian(approval=Approval.AUTOMATIC)
    posting = Posting(world)
    posting.told()
    world.redeem(300)
    assert posting.told() == []
    posting.chooses("ann", Pace.EACH)
    world.redeem(200)
    assert [mail.subject for mail in posting.told()] == [
        "Redeemed: 200 training credits, Jira Basics"
    ]


def test_what_is_only_set_aside_is_no_transaction_and_a_purchase_has_words_of_its_own() -> None:
    posting = captains()
    posting.debits(5)
    kinds = [entry.kind.value for entry in posting.world.entries()]
    assert kinds == ["purchase", "hold", "redeem"]
    assert {mail.subject for mail in posting.told()} == {"Redeemed: 5 training credits, CCNA"}


def test_five_deliveries_in_any_order_and_a_day_late_make_one_digest() -> None:
    posting = captains()
    posting.chooses("ann", Pace.DAILY)
    posting.chooses("cap", Pace.DAILY)
    posting.debits(9, 10, 20)
    events = posting.happened()
    posting.hear(events[2])
    posting.world.clock.at = MORNING + timedelta(days=1)
    for event in reversed(events * 5):
        posting.hear(event)
    assert posting.mornings().sent == 2
    for event in events:
        posting.hear(event)
    assert posting.mornings().sent == 0
    assert sorted(mail.to for mail in posting.mailer.mails) == [ANN, CAP]
    assert all("Redeemed: -20" in mail.text for mail in posting.mailer.mails)


def test_runs_that_were_missed_are_caught_up_day_by_day() -> None:
    posting = captains()
    posting.chooses("ann", Pace.DAILY)
    posting.chooses("cap", Pace.OFF)
    for credits in (1, 2, 3):
        posting.debits(credits)
        posting.told()
        posting.world.clock.advance(timedelta(days=1))
    posting.world.clock.advance(timedelta(days=30))
    posting.mailer.mails.clear()
    assert posting.mornings().sent == 3
    assert [mail.subject.split(" on ")[1][:10] for mail in posting.mailer.mails] == [
        "2026-03-02",
        "2026-03-03",
        "2026-03-04",
    ]


def test_a_digest_that_could_not_be_handed_over_goes_out_the_next_time() -> None:
    posting = captains()
    posting.chooses("ann", Pace.DAILY)
    posting.chooses("cap", Pace.DAILY)
    posting.debits(9)
    posting.told()
    posting.world.clock.at = MORNING
    posting.mailer.down_for = frozenset({ANN})
    told = posting.mornings()
    assert (told.sent, len(told.errors)) == (1, 1)
    posting.mailer.down_for = frozenset()
    assert posting.mornings().sent == 1
    assert [mail.to for mail in posting.mailer.mails[-2:]] == [CAP, ANN]


def test_a_run_that_was_killed_after_the_mail_sends_no_other() -> None:
    posting = captains()
    posting.chooses("cap", Pace.DAILY)
    posting.chooses("ann", Pace.OFF)
    posting.debits(9)
    posting.told()
    posting.world.clock.at = MORNING
    ledger = posting.world.ledger
    ledger.claim("cisco", f"Digest-{posting.world.account}-2026-03-02#{CAP}")
    told = posting.mornings()
    assert (told.sent, told.errors, posting.mailer.mails) == (0, (), [])
    assert not ledger.due_digests("cisco", MORNING, 0, None, 10).items


def test_time_that_runs_out_leaves_the_rest_to_the_next_run() -> None:
    posting = captains()
    posting.chooses("ann", Pace.DAILY)
    posting.chooses("cap", Pace.DAILY)
    posting.debits(9)
    posting.told()
    posting.world.clock.at = MORNING
    left = iter((True, False))
    told = posting.mornings(lambda: next(left))
    assert (told.sent, told.finished) == (1, False)
    assert posting.mornings().sent == 1


def test_who_has_left_or_wants_none_any_more_hears_nothing_of_the_day() -> None:
    posting = captains()
    for name in ("dan", "eva"):
        posting.world.add(name, Role.CAPTAIN)
        posting.chooses(name, Pace.DAILY)
    posting.chooses("cap", Pace.DAILY)
    posting.debits(9)
    posting.told()
    posting.world.remove("dan")
    posting.chooses("eva", Pace.OFF)
    posting.world.clock.at = MORNING
    posting.mailer.mails.clear()
    assert posting.mornings().sent == 1
    assert [mail.to for mail in posting.mailer.mails] == [CAP]
    assert not posting.world.ledger.due_digests("cisco", MORNING, 0, None, 10).items


def test_a_long_day_is_counted_whole_and_shown_in_part() -> None:
    posting = captains()
    posting.chooses("cap", Pace.DAILY)
    posting.debits(*([1] * (SHOWN_MAX + 5)))
    posting.told()
    posting.world.clock.at = MORNING
    posting.mailer.mails.clear()
    posting.mornings()
    (digest,) = posting.mailer.mails
    assert digest.subject.endswith(f"{SHOWN_MAX + 6} transactions")
    assert f"{SHOWN_MAX} of {SHOWN_MAX + 6}" in digest.text
    assert digest.html.count("<li ") == SHOWN_MAX


def test_what_is_no_obligation_can_be_turned_off_and_nothing_else() -> None:
    posting = captains()
    posting.chooses("cap", Pace.EACH, *Topic)
    posting.debits(9)
    assert [mail.to for mail in posting.told()] == [ANN, CAP]
