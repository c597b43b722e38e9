"""F2 and F18: the same comes twice, five times, at once, or again after weeks: it counts once."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests import engines
from tests.compat.story import filed
from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd
from tests.fakes.outside import RecordedMailer
from tests.http import hooks
from tests.http.hooks import path_of, robot
from tests.http.people import Company, Reply, company, invoke, provider_says
from tests.http.stripe import signed_event
from tests.http.wire import Wire
from tests.integration.cloud import Cloud, Json
from tests.integration.test_filing import kept, queued
from tests.proof.faults.errands import ERRANDS
from tests.proof.figures import Counts
from tests.receiver import receiving
from training_credits.edge import wiring

pytestmark = pytest.mark.timeout(900)
TIMES, A_WEEK, A_MONTH = 5, 7 * 86_400, 40 * 86_400


@pytest.mark.engine
@pytest.mark.proves("F2", "I13")
@pytest.mark.parametrize("name", ERRANDS)
def test_what_is_sent_five_times_at_once_is_carried_out_once(
    wire: Wire, crowd: Crowd, dump: Dumps, name: str
) -> None:
    errand = ERRANDS[name]
    acme = errand.company(wire)
    ask, had = errand.next(acme), acme.balance()
    replies = crowd.all([ask] * TIMES)
    after = dump()
    replies += [ask() for _ in range(2)]
    assert {reply.status for reply in replies} <= {200, 201}
    bodies = {reply.body for reply in replies}
    told = {b'{"booked":true}', b'{"booked":false}'} if name == "pay" else None
    assert len(bodies) == 1 or bodies == told
    assert acme.balance() == errand.after(had)
    if name != "approve":  # whose answer is looked up, and says so
        assert dump() == after


@pytest.mark.engine
@pytest.mark.proves("F2", "I16")
def test_an_event_that_five_environments_are_handed_at_once_is_mailed_once(
    wire: Wire, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailer = RecordedMailer()
    monkeypatch.setattr(wiring, "mailer", lambda: mailer)
    acme = company(wire, credits=3)
    event = activated(acme.account, acme.program, str(acme.owner.email))
    crowd.all([partial(invoke, "notify", event)] * TIMES)
    assert Counter(mail.to for mail in mailer.mails) == {acme.owner.email: 1}


def activated(account: str, program: str, buyer: str) -> Json:
    """An order was paid for, and its credits can be used."""
    facts = {"order": "O1", "product": "TC", "credits": 3, "total_minor": 300, "currency": "USD"}
    facts |= {"channel": "card", "buyer": "Ann", "buyer_email": buyer, "company": "Acme"}
    facts |= {"sales_order": None, "valid_until": None, "problem": None, "by": buyer}
    at = wiring.clock().isoformat()
    said = {"version": 1, "id": "OrderActivated-O1", "program": program, "account": account}
    return {
        "source": "training-credits",
        "detail-type": "OrderActivated",
        "detail": {**said, "at": at, "facts": facts},
    }


@pytest.mark.usefixtures("untypeset")
@pytest.mark.proves("F18", "F2", "G7")
def test_whatever_is_sent_again_after_weeks_has_no_second_effect(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, figure: Counts
) -> None:
    with receiving() as receiver:
        path_of(robot(cloud.wire), receiver.url)
        acme = company(cloud.wire)
        placed = acme.orders(9, "the-order-key").json
        acme.pays(placed)
        asks: list[Callable[[], Reply]] = [partial(acme.orders, 9, "the-order-key")]
        asks += approved(acme)
        records = cloud.records()
        events, _ = cloud.published(records)
        told(events)
        monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_MONTH))
        invoke("month_end", {})
        months = queued()
        filed(months)
        settled = (money(), len(receiver.ids), cloud.inbox())
        sealed = kept("SEALS_BUCKET")
        assert len(receiver.ids) == len(events) > 3
        sent = 0
        for weeks in (1, 8):  # before the lot ends, which would be booked
            monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_MONTH + weeks * A_WEEK))
            again, _ = cloud.published(records)
            assert [one["detail"] for one in again] == [one["detail"] for one in events]
            told(again)
            sent += len(again) + len(asks) + len(months) + 1
            assert provider_says(cloud.wire, acme.program, paid(acme.account, placed)).status == 200
            filed(redriven(months))
            assert {ask().status for ask in asks} <= {200, 201}
            assert (money(), len(receiver.ids), cloud.inbox()) == settled
            assert sealed.items() <= kept("SEALS_BUCKET").items()
    figure("things sent again after weeks, without a second effect", sent, "≥ 20")


def approved(acme: Company) -> list[Callable[[], Reply]]:
    """A request and its yes, both carried out; to be sent again."""
    wants = partial(acme.wants, 3, "the-request-key")
    says = partial(acme.decides, "approve", wants().json["redemption"], key="the-yes-key")
    assert says().status == 200
    return [wants, says]


def told(events: list[Json]) -> None:
    """Mailed, and handed to the endpoint."""
    for event in events:
        invoke("notify", event)
        invoke("dispatch", event)
    while batch := hooks.queued():
        assert hooks.delivered(batch) == []


def paid(account: str, placed: Json) -> tuple[bytes, str]:
    """The provider's word, signed as of now."""
    facts = {"program": "atlassian", "account": account, "order": placed["order"]}
    return signed_event(**facts, amount_minor=placed["total_minor"])


def redriven(messages: list[Json]) -> list[Json]:
    """From the dead letters: by other ids, with the same words."""
    return [{**one, "messageId": f"again-{one['messageId']}"} for one in messages]


MONEY = {"entry", "lot", "order", "redemption", "submission", "voucher", "sent", "delivery"}


def money() -> Any:
    """Months that have come since are filed, and papers of before stay as they were."""
    return {place: i for place, i in engines.dump("credits").items() if i["kind"] in MONEY}
