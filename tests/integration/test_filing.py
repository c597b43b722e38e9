"""The end of a month through handlers: schedule, queue, papers, seals, journal, event, mail."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import engines
from tests.http.people import Company, company, invoke
from tests.http.world import SETTINGS
from tests.integration.cloud import Cloud, Json
from training_credits.domain.verifying import heads_of, verify


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """The functions' clock is so many days ahead."""
    return lambda days: monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(days * 86_400))


@pytest.fixture(autouse=True)
def _plain_papers(request: pytest.FixtureRequest) -> None:
    """Typesetting is shown once."""
    if not request.node.name.startswith("test_what_was_missed"):
        request.getfixturevalue("untypeset")


def queued() -> list[Json]:
    """What is on the queue, taken off it, as Lambda hands it over."""
    sqs, url = engines.mine("sqs"), months_url()
    found = []
    while batch := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in batch:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            found.append({"messageId": message["MessageId"], "body": message["Body"]})
    return found


def months_url() -> str:
    return str(engines.mine("sqs").get_queue_url(QueueName="months")["QueueUrl"])


def filed() -> None:
    """One run of the month end, to its last account."""
    invoke("month_end", {})
    assert invoke("close_month", {"Records": queued()}) == {"batchItemFailures": []}


def kept(bucket: str) -> dict[str, bytes]:
    s3 = engines.mine("s3")
    found = s3.list_objects_v2(Bucket=SETTINGS[bucket]).get("Contents", [])
    return {
        one["Key"]: s3.get_object(Bucket=SETTINGS[bucket], Key=one["Key"])["Body"].read()
        for one in found
    }


def exported(acme: Company, limit: int = 100) -> list[Json]:
    """Every page of the journal."""
    pages, query = [], f"limit={limit}"
    while True:
        reply = acme.owner.get(f"{acme.path}/journal", query=query)
        assert reply.status == 200, reply.body
        pages.append(reply.json)
        if "cursor" not in reply.json:
            return pages
        query = f"limit={limit}&cursor={reply.json['cursor']}"


def items(pages: list[Json]) -> list[Json]:
    return [item for page in pages for item in page["items"]]


def spent(acme: Company, credits: int) -> None:
    assert acme.decides("approve", acme.wants(credits).json["redemption"]).status == 200


def this_month() -> str:
    return f"{datetime.now(UTC):%Y-%m}"


@pytest.mark.rule("CI-17")
def test_what_was_missed_is_filed_sealed_exported_verified_and_mailed(
    cloud: Cloud, later: Callable[[int], None]
) -> None:
    acme = company(cloud.wire, credits=100)
    spent(acme, 39)
    assert exported(acme) == [{"items": []}]
    cloud.happens()
    before = len(cloud.inbox())
    later(75)
    assert invoke("month_end", {}) == {"accounts": 1, "finished": True}
    records = queued()
    wanted = {"program": "atlassian", "account": acme.account}
    assert [json.loads(one["body"]) for one in records] == [wanted]
    assert invoke("close_month", {"Records": records}) == {"batchItemFailures": []}
    blocks = [item["block"] for item in items(exported(acme)) if "block" in item]
    assert [block["month"] for block in blocks] == months_from(this_month(), len(blocks))
    assert len(blocks) in {2, 3}
    assert (blocks[0]["opening"], blocks[0]["closing"]) == (0, 61)

    assert len(kept("DOCUMENTS_BUCKET")) == 3 * len(blocks)
    seals = kept("SEALS_BUCKET")
    verdict = verify(items(exported(acme)), heads_of([json.loads(one) for one in seals.values()]))
    assert (verdict.finding, verdict.months) == (None, len(blocks))
    assert len(seals) == len(blocks)

    kinds = cloud.happens()
    assert kinds.count("StatementFiled") == len(blocks)
    mails = [mail for mail in cloud.inbox()[before:] if mail[1].startswith("Your training credits")]
    assert mails == [
        (acme.owner.email, f"Your training credits in {block['month']}") for block in blocks
    ]
    said = next(text for _, text in cloud.texts() if this_month() in text)
    assert "opening 0, purchases 100, redemptions -39" in said
    assert "closing 61" in said


def months_from(first: str, count: int) -> list[str]:
    year, month = (int(part) for part in first.split("-"))
    return [f"{year + n // 12}-{n % 12 + 1:02}" for n in range(month - 1, month - 1 + count)]


@pytest.mark.proves("F2")
def test_what_was_filed_is_not_filed_or_sent_again(
    cloud: Cloud, later: Callable[[int], None]
) -> None:
    acme = company(cloud.wire, credits=10)
    later(40)
    invoke("month_end", {})
    records = queued()
    assert invoke("close_month", {"Records": records * 3}) == {"batchItemFailures": []}
    before = engines.dump("credits"), kept("SEALS_BUCKET"), exported(acme)
    assert invoke("close_month", {"Records": records}) == {"batchItemFailures": []}
    assert invoke("month_end", {})["accounts"] == 0
    assert (engines.dump("credits"), kept("SEALS_BUCKET"), exported(acme)) == before


@pytest.mark.proves("F8", "F15")
def test_what_cannot_be_filed_comes_again_and_stops_no_other(
    cloud: Cloud, later: Callable[[int], None]
) -> None:
    acme = company(cloud.wire, credits=10)
    later(40)
    invoke("month_end", {})
    broken = [
        {"messageId": "m-1", "body": "no json"},
        {"messageId": "m-2", "body": "{}"},
        {"messageId": "m-3", "body": '{"program": "nobody", "account": "1"}'},
    ]
    answer = invoke("close_month", {"Records": [*broken, *queued()]})
    failed = [one["itemIdentifier"] for one in answer["batchItemFailures"]]
    assert failed == ["m-1", "m-2"]
    assert len(items(exported(acme))) > 0


def test_a_queue_that_takes_nothing_is_an_error_that_somebody_hears_of(
    cloud: Cloud, later: Callable[[int], None]
) -> None:
    company(cloud.wire, credits=10)
    later(40)
    engines.mine("sqs").delete_queue(QueueUrl=months_url())
    with pytest.raises(Exception, match=r"NonExistentQueue|does not exist"):
        invoke("month_end", {})


def test_the_journal_is_read_page_by_page_and_each_page_has_one_month(
    cloud: Cloud, later: Callable[[int], None]
) -> None:
    acme = company(cloud.wire, credits=10)
    for _ in range(4):
        spent(acme, 1)
    later(62)
    filed()
    whole = items(exported(acme))
    pages = exported(acme, limit=2)
    assert items(pages) == whole
    assert [sum("block" in item for item in page["items"]) for page in pages][:4] == [1, 0, 0, 1]
    assert [len(page["items"]) for page in pages][:3] == [3, 2, 1]
    for query in ("cursor=x", "cursor=~", "cursor=~x", "cursor=x~"):
        reply = acme.owner.get(f"{acme.path}/journal", query=query)
        assert (reply.status, reply.code) == (422, "invalid_cursor"), query


def test_an_entry_that_somebody_alters_in_the_table_is_named(
    cloud: Cloud, later: Callable[[int], None]
) -> None:
    acme = company(cloud.wire, credits=10)
    spent(acme, 3)
    later(40)
    filed()
    (place,) = (place for place in engines.dump("credits") if "#redeem-" in place[1])
    table: Any = engines.mine("dynamodb")
    key = {"pk": {"S": place[0]}, "sk": {"S": place[1]}}
    entry = table.get_item(TableName="credits", Key=key)["Item"]
    table.put_item(TableName="credits", Item=entry | {"title": {"S": "Something else"}})
    found = verify(items(exported(acme))).finding
    assert found is not None
    assert (found.kind, found.place) == ("altered", entry["sk"]["S"].removeprefix("ENTRY#"))
    table.put_item(TableName="credits", Item=entry)


def test_a_seal_cannot_be_deleted_or_replaced(cloud: Cloud, later: Callable[[int], None]) -> None:
    company(cloud.wire, credits=10)
    later(40)
    filed()
    s3, bucket = engines.mine("s3"), SETTINGS["SEALS_BUCKET"]
    (key, text), *_ = kept("SEALS_BUCKET").items()
    head = s3.head_object(Bucket=bucket, Key=key)
    assert head["ObjectLockMode"] == "COMPLIANCE"
    assert head["ObjectLockRetainUntilDate"] > datetime.now(UTC) + timedelta(days=3640)
    with pytest.raises(Exception, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key=key, VersionId=head["VersionId"])
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == text
