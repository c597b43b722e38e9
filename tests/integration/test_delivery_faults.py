"""Events that come often, late, in any order and with poison among them; and mail that cannot go.

The bus is the local one, with the retries of template.yaml, the functions are the real ones. What
is given up goes to a queue as Lambda puts it there, and is sent again from it.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from tests import engines
from tests.http.people import company, invoke, someone
from tests.http.wire import Request
from tests.integration.cloud import Cloud, Json
from tests.integration.delivery import POISON, Delivery, expected
from training_credits.messaging.ses import TOO_FAST

A_DAY, A_YEAR = 86_400, 366 * 86_400
SILENCE = "silence"


def a_year_of(cloud: Cloud, patch: pytest.MonkeyPatch) -> list[Json]:
    """Events of orders, requests, what became of them, an end that is announced and comes."""
    acme = company(cloud.wire, credits=20)
    asked = [acme.wants(n).json["redemption"] for n in (3, 4, 12)]
    acme.decides("approve", asked[0], asked[2])
    acme.decides("deny", asked[1])
    for days in (61, 280, 360, 366):
        patch.setenv("CLOCK_OFFSET_SECONDS", str(days * A_DAY))
        invoke("lapse", {})
        invoke("expire", {})
    events, answer = cloud.published(cloud.records())
    assert answer == {"batchItemFailures": []}
    return events


def but_mails() -> engines.Dump:
    """The table without what the outbox has kept."""
    table = engines.dump("credits")
    return {place: item for place, item in table.items() if item["kind"] != "sent"}


@pytest.mark.proves("F2", "F3", "F15", "T12")
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.proof) for n in range(1, 20))]
)
def test_five_times_in_any_order_a_day_late_and_poisoned_it_is_the_same_and_told_once(
    cloud: Cloud, delivery: Delivery, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    events = a_year_of(cloud, monkeypatch)
    kinds = {event["detail-type"] for event in events}
    assert {"CreditsEndSoon", "CreditsExpired", "RedemptionUnused", "RedemptionDenied"} <= kinds
    wanted, before = expected(events), but_mails()
    assert sum(wanted.values()) >= 10
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_YEAR + A_DAY))
    mixed = [*(events * 5), *POISON]
    random.Random(seed).shuffle(mixed)  # noqa: S311 - an order, not a secret
    delivery.deliver(mixed)
    assert Counter(cloud.inbox()) == wanted
    assert but_mails() == before
    letters = delivery.letters()
    assert sorted(map(str, letters)) == sorted(map(str, POISON))
    poisoned = {json.dumps(one, sort_keys=True) for one in POISON}
    assert {delivery.tries[one] for one in poisoned} == {3}
    assert {n for one, n in delivery.tries.items() if one not in poisoned} == {5}


@pytest.mark.proves("F10", "F15", "F18")
def test_what_was_given_up_is_told_when_it_is_sent_again_and_only_then(
    cloud: Cloud, delivery: Delivery
) -> None:
    company(cloud.wire, credits=20).wants(3)
    events, _ = cloud.published(cloud.records())
    wanted = expected(events)
    before = but_mails()
    with ses_says(cloud, "LimitExceededException"):
        delivery.deliver(events)
    assert cloud.inbox() == []
    letters = delivery.letters()
    assert {json.dumps(one, sort_keys=True) for one in letters} == {
        each for each, tries in delivery.tries.items() if tries == 3
    }
    assert but_mails() == before
    delivery.deliver(letters)
    assert Counter(cloud.inbox()) == wanted
    delivery.deliver(letters)
    delivery.deliver(events)
    assert Counter(cloud.inbox()) == wanted
    assert delivery.letters() == []


@contextmanager
def ses_says(cloud: Cloud, code: str, times: int = 999) -> Iterator[list[str]]:
    """While it lasts SES refuses, or does not answer, so many times at most; whom it was asked for.

    A refusal is raised as botocore does: moto would send what is only answered in its place.
    """
    asked: list[str] = []

    def answer(request: Request) -> Any:
        if request.operation == "SendEmail":
            asked.append(request.body["Destination"]["ToAddresses"][0])
            if len(asked) <= times:
                if code == SILENCE:
                    raise ReadTimeoutError(endpoint_url="ses")
                raise ClientError({"Error": {"Code": code, "Message": code}}, "SendEmail")

    cloud.wire.fault = answer
    yield asked
    cloud.wire.fault = None


# How often one call of the function asks SES: once where the quota of the day is used up.
TRIES_WITHIN = {
    "LimitExceededException": 1,
    "SendingPausedException": 1,
    **dict.fromkeys(TOO_FAST, 3),
}


@pytest.mark.proves("F10")
@pytest.mark.parametrize("code", sorted(TRIES_WITHIN))
def test_while_mail_cannot_go_money_moves_and_the_mail_comes_later(
    cloud: Cloud, delivery: Delivery, code: str
) -> None:
    acme = company(cloud.wire, credits=10)
    with ses_says(cloud, code) as tried:
        asked = acme.wants(3)
        assert asked.status == 201
        delivery.deliver(cloud.published(cloud.records())[0])
        decided = acme.decides("approve", asked.json["redemption"])
        assert decided.status == 200
        delivery.deliver(cloud.published(cloud.records())[0])
    assert acme.balance()["redeemed"] == 3
    assert cloud.inbox() == []
    # Three mails, each event tried three times: a quota that is used up is not asked for ever.
    assert len(tried) == 3 * 3 * TRIES_WITHIN[code]
    delivery.deliver(delivery.letters())
    assert [subject for _, subject in cloud.inbox()] == [
        "10 training credits are ready to use",
        f"{acme.learner.name.title()} asks for 3 training credits",
        "Your training credits request was approved",
    ]


@pytest.mark.proves("F10")
def test_two_refusals_for_haste_are_waited_out_and_nothing_is_given_up(
    cloud: Cloud, delivery: Delivery
) -> None:
    events = bought(cloud)
    with ses_says(cloud, "TooManyRequestsException", times=2) as asked:
        delivery.deliver(events)
    assert (len(asked), len(cloud.inbox()), delivery.letters()) == (3, 1, [])
    assert max(delivery.tries.values()) == 1


@pytest.mark.proves("F10")
def test_an_address_that_is_refused_costs_nobody_else_their_mail(
    cloud: Cloud, delivery: Delivery
) -> None:
    acme = company(cloud.wire, credits=10)
    bob = someone(cloud.wire, "bob")
    acme.adds(bob)
    delivery.deliver(cloud.published(cloud.records())[0])
    before = len(cloud.inbox())
    acme.wants(3)

    def answer(request: Request) -> None:
        if request.operation == "SendEmail" and request.mentions(bob.email):
            raise ClientError({"Error": {"Code": "MessageRejected"}}, "SendEmail")

    cloud.wire.fault = answer
    delivery.deliver(cloud.published(cloud.records())[0])
    cloud.wire.fault = None
    assert [address for address, _ in cloud.inbox()[before:]] == [acme.owner.email]
    delivery.deliver(delivery.letters())
    assert [address for address, _ in cloud.inbox()[before:]] == [acme.owner.email, bob.email]


@pytest.mark.proves("F10", "I16")
def test_a_mail_that_may_have_gone_is_not_sent_again(cloud: Cloud, delivery: Delivery) -> None:
    events = bought(cloud)
    with ses_says(cloud, SILENCE, times=1) as asked:
        delivery.deliver(events)
        delivery.deliver(events)
    assert (len(asked), delivery.letters()) == (1, [])


def bought(cloud: Cloud) -> list[Json]:
    company(cloud.wire, credits=10)
    return cloud.published(cloud.records())[0]
