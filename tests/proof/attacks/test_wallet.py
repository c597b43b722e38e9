"""What costs the vendor money has an end: mails, documents, requests, cases, writes."""

import json
import uuid

import pytest

from tests import engines
from tests.http import casing
from tests.http.people import JSON, Company, company
from tests.http.wire import Wire
from tests.integration.cloud import Cloud
from tests.proof.figures import Counts
from training_credits.domain.decisions import waiting
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput
from training_credits.use_cases import documents
from training_credits.use_cases.documents import A_DAY_MAX

pytestmark = pytest.mark.proves("T23")
JANUARY = "2026-01-01T00:00:00Z"
FEW, ALL, OPEN_MAX = 5, 1_000, waiting.OPEN_MAX


def asks_for_a_paper(made: Company, number: int) -> int:
    """Another one each time."""
    to = f"2026-02-01T00:{number // 60:02}:{number % 60:02}Z"
    body = {"format": "csv", "from": JANUARY, "to": to}
    return made.owner.post(f"{made.path}/documents", body).status


@pytest.mark.parametrize(
    ("asked", "most"), [(12, FEW), pytest.param(ALL, A_DAY_MAX, marks=pytest.mark.proof)]
)
def test_however_many_documents_are_asked_for_no_more_are_made_than_a_day_allows(
    own_wire: Wire, figure: Counts, monkeypatch: pytest.MonkeyPatch, asked: int, most: int
) -> None:
    monkeypatch.setattr(documents, "A_DAY_MAX", most)
    acme = company(own_wire)
    answers = [asks_for_a_paper(acme, number) for number in range(asked)]
    assert answers == [201] * most + [429] * (asked - most)
    puts = own_wire.count("PutObject")
    assert puts == most
    assert asks_for_a_paper(company(own_wire), 0) == 201, "nobody else has to wait"
    if asked == ALL:
        figure(f"documents made of {ALL:,} asked for", puts, f"≤ {most}")


def test_asking_and_taking_back_by_turns_writes_few_mails(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, figure: Counts
) -> None:
    monkeypatch.setattr(waiting, "OPEN_MAX", FEW)
    acme = company(cloud.wire, credits=100)
    cloud.happens()
    before = len(cloud.inbox())
    refused: set[str | None] = set()
    for _ in range(4 * FEW):
        asked = acme.wants()
        refused.add(asked.code)
        if asked.status == 201:
            path = f"/v1/redemptions/{asked.json['redemption']}/cancellation"
            assert acme.learner.post(path, {}).status == 200
    cloud.happens()
    mails = len(cloud.inbox()) - before
    assert refused == {None, Reason.TOO_MANY_OPEN_REQUESTS}
    assert mails == FEW
    figure(f"mails of {4 * FEW} requests that were taken back", mails, f"≤ {FEW}")


@pytest.mark.parametrize("most", [FEW, pytest.param(OPEN_MAX, marks=pytest.mark.proof)])
def test_a_learner_s_requests_end_and_each_is_in_the_table(
    own_wire: Wire, figure: Counts, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(waiting, "OPEN_MAX", most)
    acme = company(own_wire, credits=1_000)
    answers = [acme.wants().code for _ in range(2 * most)]
    assert answers == [None] * most + [Reason.TOO_MANY_OPEN_REQUESTS] * most
    kept = [one for one in engines.dump("credits").values() if one["kind"] == "redemption"]
    assert len(kept) == most
    if most == OPEN_MAX:
        figure("open requests of one learner, who asked twice as often", len(kept), f"= {most}")


def test_thirty_cases_about_one_lot_are_one(cloud: Cloud, figure: Counts) -> None:
    acme = company(cloud.wire, credits=10)
    cloud.happens()
    before, lot = len(cloud.inbox()), casing.lot_of(acme)
    answers = [casing.opens(acme, kind="extension", lot=lot, days=30).code for _ in range(30)]
    assert answers == [None, *[Reason.ALREADY_ASKED] * 29]
    cloud.happens()
    mails = len(cloud.inbox()) - before
    assert mails == 1
    figure("mails of 30 cases about one lot", mails, "≤ 1")


def test_an_event_that_comes_again_and_again_is_one_mail(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=10)
    acme.wants()
    events, _ = cloud.published(cloud.records())
    for _ in range(20):
        cloud.told(events)
    assert len(cloud.inbox()) == len({*cloud.inbox()}) == 2


@pytest.mark.parametrize("size", [10_001, 1_000_000])
def test_what_is_too_large_is_refused_before_anything_is_asked(own_wire: Wire, size: int) -> None:
    acme = company(own_wire)
    body = json.dumps({"credits": 1, "promo_code": "x" * size})
    headers = (JSON, ("idempotency-key", uuid.uuid4().hex))
    reply = acme.owner.send("POST", f"{acme.path}/orders", body, headers=headers)
    assert (reply.status, reply.code, reply.heard) == (400, BadInput.BODY_TOO_LARGE, [])
