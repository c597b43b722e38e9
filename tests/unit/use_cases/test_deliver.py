"""From an event to each endpoint that waits for it: once, retried, given up, told of."""

from datetime import timedelta

import pytest

from tests.fakes.outside import PORTAL, RecordedMailer, office_of
from tests.unit.use_cases.hook_tools import URL, Vendor, hours
from training_credits.domain.decisions import webhooks as decisions
from training_credits.domain.decisions.webhooks import PAUSES, TRIES_MAX, pause_after
from training_credits.domain.model import DeliveryState, EndpointState
from training_credits.use_cases.deliver import NotHandedOver, Outcome, tell_contact

OTHER = "https://other.example.com/in"


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


def test_an_event_goes_to_whoever_waits_for_it(vendor: Vendor) -> None:
    every = vendor.add()
    some = vendor.add(OTHER, types=("CreditsExpired",))
    assert vendor.happens() == 1
    assert vendor.happens(2, "CreditsExpired") == 2
    assert vendor.works() == Outcome(delivered=3)
    assert [one.url for one in vendor.sender.sent].count(OTHER) == 1
    assert len(vendor.log(every)) == 2
    [only] = vendor.log(some)
    assert (only.type, only.state) == ("CreditsExpired", DeliveryState.DELIVERED)


def test_what_is_sent_is_the_event_as_the_bus_has_it(vendor: Vendor) -> None:
    vendor.add()
    vendor.happens()
    vendor.works()
    [said] = vendor.bodies()
    assert said == {
        "type": "AccountOpened",
        "timestamp": "2026-02-10T09:00:00+00:00",
        "data": {
            "version": 1,
            "id": "AccountOpened-1",
            "program": "atlassian",
            "account": "A1",
            "at": "2026-02-10T09:00:00+00:00",
            "facts": {"name": "Acme"},
        },
    }


def test_an_event_that_comes_five_times_is_one_delivery_under_one_id(vendor: Vendor) -> None:
    there = vendor.add()
    for _ in range(3):
        vendor.happens()
    vendor.works()
    for _ in range(2):
        vendor.happens()
    assert vendor.works() == Outcome()
    assert [one.event_id for one in vendor.sender.sent] == ["AccountOpened-1"]
    assert len(vendor.log(there)) == 1


def test_a_queue_that_takes_nothing_has_the_event_come_again(vendor: Vendor) -> None:
    there = vendor.add()
    vendor.queue.down = True
    with pytest.raises(NotHandedOver):
        vendor.happens()
    vendor.queue.down = False
    vendor.happens()
    vendor.works()
    assert vendor.log(there)[0].state is DeliveryState.DELIVERED


def test_only_what_failed_is_tried_again(vendor: Vendor) -> None:
    good, bad = vendor.add(), vendor.add(OTHER)
    vendor.sender.answers[OTHER] = "timed_out"
    vendor.happens()
    outcome = vendor.works()
    assert (outcome.delivered, len(outcome.failed)) == (1, 1)
    assert vendor.log(good)[0].state is DeliveryState.DELIVERED
    [waiting] = vendor.log(bad)
    assert waiting.state is DeliveryState.PENDING
    [attempt] = waiting.attempts
    assert (attempt.error, attempt.status, attempt.milliseconds) == ("timed_out", None, 10_000)
    vendor.sender.answers.clear()
    vendor.works(received=2)
    assert vendor.log(bad)[0].state is DeliveryState.DELIVERED
    assert [one.event_id for one in vendor.sender.sent] == ["AccountOpened-1"] * 3


def test_it_waits_longer_each_time_and_never_longer_than_the_queue_can() -> None:
    pauses = [pause_after(tries, 0) for tries in range(1, TRIES_MAX)]
    assert [round(hours(one), 4) for one in pauses] == [
        *(0.0014, 0.0833, 0.5, 2.0, 5.0, 10.0, 11.0, 11.0)
    ]
    assert sum(map(hours, pauses)) > 39
    assert max(pause_after(tries, 0.999) for tries in range(1, 50)) < timedelta(hours=12)
    assert pause_after(1, 0.5) > PAUSES[0]
    assert pause_after(2, 0.25) == 1.02 * PAUSES[1]


def test_after_the_last_try_the_endpoint_fails_and_its_contact_is_told(vendor: Vendor) -> None:
    there = vendor.add()
    vendor.sender.answers[URL] = 500
    vendor.happens()
    assert vendor.tries(TRIES_MAX - 1).given_up == 0
    assert vendor.endpoint(there).state is EndpointState.ACTIVE
    assert vendor.gave_up == []
    outcome = vendor.works(TRIES_MAX)
    assert (outcome.given_up, len(outcome.failed)) == (1, 1)
    [given_up] = vendor.log(there)
    assert (given_up.state, len(given_up.attempts)) == (DeliveryState.FAILED, TRIES_MAX)
    assert vendor.endpoint(there).state is EndpointState.FAILING
    assert [one.endpoint_id for one in vendor.gave_up] == [there]
    assert given_up.attempts[-1].at - given_up.attempts[0].at > timedelta(hours=39)


def test_a_failing_one_still_hears_and_is_told_of_once_until_it_works_again(
    vendor: Vendor,
) -> None:
    there = vendor.add()
    vendor.sender.answers[URL] = 503
    for number in (1, 2):
        assert vendor.happens(number) == 1
        vendor.works(TRIES_MAX)
        vendor.queue.errands.clear()
    first, again = vendor.gave_up  # in case nobody was told the first time
    assert first.failing_since == again.failing_since == vendor.log(there)[-1].attempts[-1].at
    del vendor.sender.answers[URL]
    vendor.happens(3)
    vendor.works()
    after = vendor.endpoint(there)
    assert (after.state, after.failing_since) == (EndpointState.ACTIVE, None)


def test_gone_is_a_wish_to_be_told_no_more(vendor: Vendor) -> None:
    there = vendor.add()
    vendor.sender.answers[URL] = 410
    vendor.happens()
    outcome = vendor.works()
    assert (outcome.failed, outcome.given_up) == ((), 1)
    assert vendor.endpoint(there).state is EndpointState.DISABLED
    assert vendor.log(there)[0].state is DeliveryState.FAILED
    assert vendor.gave_up == []
    assert vendor.happens(2) == 0


def test_what_is_on_its_way_to_a_disabled_one_is_not_sent(vendor: Vendor) -> None:
    there = vendor.add()
    vendor.happens()
    vendor.edit(there, enabled=False)
    assert vendor.works() == Outcome()
    assert vendor.sender.sent == []
    assert vendor.log(there)[0].state is DeliveryState.PENDING


def test_a_name_that_leads_inside_by_now_is_not_followed(vendor: Vendor) -> None:
    there = vendor.add()
    vendor.happens()
    vendor.sender.addresses["hooks.example.com"] = ("169.254.169.254",)
    vendor.works()
    assert vendor.sender.sent == []
    assert vendor.log(there)[0].attempts[0].error == "address_not_public"


def test_a_message_that_names_nothing_of_ours_is_done_with(vendor: Vendor) -> None:
    vendor.queue.errands.append({"program": "atlassian", "webhook": "H", "delivery": "D"})
    assert vendor.works() == Outcome()


def test_two_messages_of_one_delivery_are_one_try(vendor: Vendor) -> None:
    vendor.add()
    vendor.happens()
    vendor.queue.errands *= 2
    vendor.works()
    assert len(vendor.sender.sent) == 1


def test_what_somebody_else_has_delivered_meanwhile_is_not_noted_as_failed(
    vendor: Vendor,
) -> None:
    there = vendor.add()
    vendor.happens()
    message = list(vendor.queue.errands)
    vendor.sender.answers[URL] = 500

    def meanwhile() -> None:
        del vendor.sender.answers[URL]
        vendor.queue.errands = list(message)
        vendor.works()

    vendor.ledger.meanwhile.append(meanwhile)
    assert vendor.works() == Outcome()
    [delivered] = vendor.log(there)
    assert [one.status for one in delivered.attempts] == [204]


def test_of_many_tries_the_last_are_kept(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "ATTEMPTS_KEPT", 2)
    there = vendor.add()
    vendor.sender.answers[URL] = 500
    vendor.happens()
    vendor.tries(3)
    begun = vendor.log(there)[0].made_at
    assert [one.at > begun for one in vendor.log(there)[0].attempts] == [True, True]


def test_the_contact_is_mailed_once_of_each_time_it_begins_to_fail(vendor: Vendor) -> None:
    vendor.add(contact="ops@vendor.example", name="Platform")
    vendor.sender.answers[URL] = 500
    vendor.happens()
    vendor.works(TRIES_MAX)
    [endpoint] = vendor.gave_up
    mailer = RecordedMailer()
    office = office_of(vendor.ledger, mailer)
    assert tell_contact(office, "atlassian", endpoint)
    assert not tell_contact(office, "atlassian", endpoint)
    [mail] = mailer.mails
    assert mail.to == "ops@vendor.example"
    assert mail.subject == "Webhook Platform does not take events any more"
    assert "Address: https://hooks.example.com/in" in mail.text
    assert f"{PORTAL}/webhooks/{endpoint.endpoint_id}" in mail.text
