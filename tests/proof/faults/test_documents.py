"""F11: S3 that refuses, does not say that it has kept something, or has lost it."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
import requests
from botocore.exceptions import ReadTimeoutError

from tests import engines
from tests.http.people import Company, Reply, company, invoke
from tests.http.world import SETTINGS
from tests.integration.cloud import Cloud, Json
from tests.integration.test_filing import kept, queued
from tests.proof.faults.planting import said
from tests.proof.figures import Counts
from training_credits.domain.errors import Reason
from training_credits.edge import wiring
from training_credits.storage.s3 import S3Documents

pytestmark = [pytest.mark.proves("F11"), pytest.mark.timeout(600)]
A_MONTH = 40 * 86_400
PUTS = 4  # three papers and a seal of a month
FAULTS = ["refused", "kept and not said", "never answered"]


class Storage:
    """S3, but of all puts and gets the one of this number fails in this way."""

    def __init__(self) -> None:
        self.client, self.seen, self.at, self.fault = engines.mine("s3"), 0, -1, ""

    def fails(self, at: int, fault: str = "refused") -> None:
        self.seen, self.at, self.fault = 0, at, fault

    def put_object(self, **wanted: Any) -> Any:
        return self._asked("PutObject", lambda: self.client.put_object(**wanted))

    def _asked(self, operation: str, call: Callable[[], Any]) -> Any:
        self.seen += 1
        if self.seen - 1 != self.at:
            return call()
        if self.fault == "kept and not said":
            call()
        if self.fault == "refused":
            raise said("SlowDown", operation, 503)
        raise ReadTimeoutError(endpoint_url="s3")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


@pytest.fixture
def storage(cloud: Cloud, untypeset: None, monkeypatch: pytest.MonkeyPatch) -> Storage:
    del cloud, untypeset
    made = Storage()
    for name, bucket in (("documents", "DOCUMENTS_BUCKET"), ("seals", "SEALS_BUCKET")):
        port = S3Documents(SETTINGS[bucket], made)
        monkeypatch.setattr(wiring, name, lambda port=port: port)
    return made


@pytest.fixture
def acme(cloud: Cloud) -> Company:
    return company(cloud.wire, credits=9)


def asks(acme: Company, **more: str) -> Reply:
    body = {"paper": "statement", "format": "csv", **more}
    return acme.owner.post(f"{acme.path}/documents", body)


PERIOD = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_paper_that_could_not_be_kept_is_no_link_and_the_next_time_it_is(
    acme: Company, storage: Storage, fault: str
) -> None:
    storage.fails(0, fault)
    first = asks(acme, **PERIOD)
    assert (first.status, first.code) == (503, Reason.BUSY)
    again = asks(acme, **PERIOD)
    assert again.status < 300, again
    assert_leads_somewhere(again)


def assert_leads_somewhere(reply: Reply) -> None:
    made = reply.json
    body = requests.get(made["link"], timeout=5).content
    assert hashlib.sha256(body).hexdigest() == made["sha256"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_month_counts_as_filed_only_when_all_of_it_is_kept(
    acme: Company,
    storage: Storage,
    monkeypatch: pytest.MonkeyPatch,
    figure: Counts,
    fault: str,
) -> None:
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_MONTH))
    invoke("month_end", {})
    records, count = queued(), 0
    while True:
        storage.fails(count, fault)
        failed = invoke("close_month", {"Records": records})["batchItemFailures"]
        months, keys = blocks(), {*kept("DOCUMENTS_BUCKET"), *kept("SEALS_BUCKET")}
        for month in months:
            assert sum(month in key for key in keys) == PUTS, (count, month)
        if not failed:
            break
        count += 1
    assert count >= PUTS
    assert len(months) in {1, 2}
    reply = asks(acme, month=months[0])
    assert_leads_somewhere(reply)
    figure("puts of a month that failed, each in three ways", count, "≥ 12")


def blocks() -> list[str]:
    items = engines.dump("credits").values()
    return sorted(item["month"] for item in items if item["kind"] == "block")


def test_a_filed_paper_that_somebody_lost_is_made_again_rather_than_linked_to(
    acme: Company, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    del storage
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_MONTH))
    invoke("month_end", {})
    assert invoke("close_month", {"Records": queued()}) == {"batchItemFailures": []}
    (month, *_), before = blocks(), engines.dump("credits")
    lost: Json = {"Bucket": SETTINGS["DOCUMENTS_BUCKET"]}
    key = next(key for key in kept("DOCUMENTS_BUCKET") if key.endswith(f"{month}.csv"))
    engines.mine("s3").delete_object(**lost, Key=key)
    assert_leads_somewhere(asks(acme, month=month))
    after = {k: v for k, v in engines.dump("credits").items() if v["kind"] != "papers"}
    assert after == before
