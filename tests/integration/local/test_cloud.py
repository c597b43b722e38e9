"""The product on the local cloud: from an order over the stream and the bus to a mail."""

import hashlib
import json
import subprocess
import threading
from datetime import datetime
from typing import Any

import pytest

from local import stack
from local.cloud import Cloud
from local.provision import Resources
from tests.integration.local.conftest import Caller
from training_credits.domain.verifying import heads_of, verify

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics to publish")


@pytest.fixture(scope="module")
def account(cloud: Cloud) -> str:
    call = Caller(cloud)
    path = call.opened("ann@acme.example", "<b>Acme")
    order = call.ordered(path, "ann@acme.example", 100)
    assert call.paid(order, "ann@acme.example", method="pm_card_visa")[0] == 200
    return path.rpartition("/")[2]


def test_everything_the_product_talks_to_is_made(cloud: Cloud) -> None:
    clients = cloud.resources.clients
    table = clients["dynamodb"].describe_table(TableName="training-credits-Table")["Table"]
    assert [one["IndexName"] for one in table["LocalSecondaryIndexes"]] == ["book"]
    assert [one["IndexName"] for one in table["GlobalSecondaryIndexes"]] == ["worklist"]
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert clients["events"].describe_event_bus(Name="training-credits")["Name"]
    queues = cloud.resources.of_type("AWS::SQS::Queue")
    assert len(clients["sqs"].list_queues()["QueueUrls"]) == len(queues)
    made = {"AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SecretsManager::Secret"}
    assert not made & set(cloud.not_made.values())


def test_every_function_has_what_the_template_gives_it(cloud: Cloud) -> None:
    redeem = cloud.functions["RedeemFunction"]
    assert redeem.environment["TABLE_NAME"] == "training-credits-Table"
    assert len(redeem.environment["CODE_KEY"]) == 64
    assert redeem.folder.name == "redeem"
    assert redeem.timeout_seconds == 10


def test_one_secret_is_one_value(cloud: Cloud) -> None:
    again = stack.functions(cloud.resources)
    keys = {one.environment.get("CODE_KEY") for one in again.values()} - {None}
    assert len(keys) == 1


def test_with_its_own_pool_the_template_makes_one(cloud: Cloud) -> None:
    template = {**cloud.template, "Parameters": {**cloud.template["Parameters"]}}
    template["Parameters"]["Issuer"] = {"Type": "String", "Default": ""}
    resources = Resources(
        template, stack="other", clients=cloud.resources.clients, state=cloud.state
    )
    assert resources.of_type("AWS::Cognito::UserPool")
    assert not cloud.resources.of_type("AWS::Cognito::UserPool")


def test_what_is_committed_becomes_events(cloud: Cloud, account: str) -> None:
    mine = [one for one in cloud.events if one["detail"].get("account") == account]
    told = ["AccountOpened", "MemberJoined", "OrderAccepted", "OrderActivated", "TransactionPosted"]
    assert sorted(one["detail-type"] for one in mine) == told
    assert {one["bus"] for one in mine} == {"training-credits"}
    assert all({"NotifyFunction", "DispatchFunction"} <= {*one["targets"]} for one in mine)


def test_and_events_become_mails(cloud: Cloud, call: Caller, account: str) -> None:
    assert account
    mail = cloud.inbox[-1]
    assert (mail["to"], mail["subject"][:3]) == (["ann@acme.example"], "100")
    assert mail["text"].startswith("Hello")
    assert mail["html"].startswith("<!doctype html>")
    assert call("GET", "/_local/inbox")[1][-1] == mail
    status, page = call("GET", "/_local/inbox/")
    assert status == 200
    assert mail["subject"] in page


def test_nothing_failed_on_the_way(cloud: Cloud, account: str) -> None:
    assert account
    assert not cloud.failures


def test_a_year_later_the_credits_have_expired(call: Caller, account: str) -> None:
    assert call("POST", "/_local/clock", {"advance": "P400D"})[1]["calls"] > 0
    owner = call.as_("ann@acme.example")
    _, page = call("GET", f"/v1/accounts/{account}", **owner)
    balance = page["balances"]["TC"]
    assert (balance["available"], balance["expired"]) == (0, 100)


def test_a_move_that_takes_too_long_says_so_and_can_be_asked_again(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never() -> None:
        raise TimeoutError("events are still being delivered")

    with monkeypatch.context() as patch:
        patch.setattr(call.cloud.clock, "_settle", never)
        status, said = call("POST", "/_local/clock", {"seconds": 1})
    assert (status, said["message"]) == (503, "Events are still being delivered: ask again")
    assert datetime.fromisoformat(said["now"]).tzinfo
    assert call("POST", "/_local/clock", {"seconds": 1})[0] == 200


def test_and_every_month_of_it_is_filed_sealed_and_mailed(call: Caller, account: str) -> None:
    """After the year of the test before; as a verifier would read it."""
    call.cloud.flush()
    owner, path, items, cursor = call.as_("ann@acme.example"), "", [], ""
    while path == "" or cursor:
        path = f"/v1/accounts/{account}/journal{cursor and f'?cursor={cursor}'}"
        status, page = call("GET", path, **owner)
        assert status == 200, page
        items += page["items"]
        cursor = page.get("cursor", "")
    months = [item["block"]["month"] for item in items if "block" in item]
    assert len(months) in {13, 14}
    s3 = call.cloud.resources.clients["s3"]
    seals = [
        json.loads(s3.get_object(Bucket="training-credits-seals", Key=one["Key"])["Body"].read())
        for one in s3.list_objects_v2(Bucket="training-credits-seals")["Contents"]
        if account in one["Key"]
    ]
    verdict = verify(items, heads_of(seals))
    assert (verdict.finding, verdict.months) == (None, len(months))
    mailed = [mail["subject"] for mail in call.cloud.inbox if "in 20" in mail["subject"]]
    assert mailed == [f"Your training credits in {month}" for month in months]
    assert not call.cloud.failures


def test_calls_at_the_same_time_do_not_mix_up_their_callers(call: Caller) -> None:
    answers: dict[int, tuple[int, Any]] = {}

    def open_one(number: int) -> None:
        headers = call.as_(f"p{number}@acme.example")
        answers[number] = call("POST", "/v1/accounts", {"name": f"Company {number}"}, **headers)

    threads = [threading.Thread(target=open_one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, (status, opened) in answers.items():
        assert status == 201
        assert opened["opened_by"] == f"p{number}@acme.example"
        assert opened["name"] == f"Company {number}"


def test_the_link_of_a_paper_opens_with_curl(call: Caller) -> None:
    owner = "papers@example.com"
    account = call.opened(owner, 'Müller "& Søn"')
    call.paid(call.ordered(account, owner, 20_000), owner, method="pm_card_visa")
    month = f"{call.cloud.clock.now():%Y-%m}"
    wish = {"format": "pdf", "month": month}
    status, made = call("POST", f"{account}/documents", wish, **call.as_(owner))
    assert status == 201, made
    assert made["link"].startswith("http://127.0.0.1:")
    asked = ["curl", "-sS", "--fail", "--max-time", "10", "-D", "/dev/stderr", made["link"]]
    got = subprocess.run(asked, check=True, capture_output=True)
    assert hashlib.sha256(got.stdout).hexdigest() == made["sha256"]
    assert got.stdout.startswith(b"%PDF-")
    assert made["name"] == f'Müller "& Søn" statement {month}.pdf'
    assert f'filename="Muller & Sn statement {month}.pdf"' in got.stderr.decode()
