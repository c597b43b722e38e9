"""The table on trial, made from template.yaml: on moto, and on DynamoDB Local."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from typing import Any

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.httpsession import URLLib3Session
from botocore.loaders import create_loader
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from local.dynamodb_local import DynamoDBLocal, missing
from local.intrinsics import ACCOUNT
from local.provision import create_table
from local.quick_moto import quick
from local.template import REGION, translate

Dump = dict[tuple[str, str], dict[str, Any]]

ENDPOINT = "AWS_ENDPOINT_URL_DYNAMODB"
SERVICES = "AWS_ENDPOINT_URL"
JSON = "application/x-amz-json-1.0"
A_BATCH = 25  # the most that one BatchWriteItem takes
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
}

# What services are like is read from files once, not for each client.
one_loader = cache(create_loader)


@contextmanager
def environment(**more: str) -> Iterator[None]:
    """What botocore and the functions read, until the end of the block."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in (ENVIRONMENT | more).items():
            patch.setenv(name, value)
        patch.setattr("botocore.session.create_loader", one_loader)
        yield


@contextmanager
def moto() -> Iterator[None]:
    """Every AWS service in this process; atomic only for one thread."""
    with environment(), mock_aws(), quick():
        yield


@contextmanager
def dynamodb_local() -> Iterator[None]:
    """The engine that is atomic under concurrency, with whatever tables others made in it."""
    lacking = missing()
    if lacking:
        pytest.skip(lacking)
    with environment(**{ENDPOINT: _engine().endpoint_url}):
        yield


@cache
def _engine() -> DynamoDBLocal:
    """One for each process: to start another takes as long as some twenty tests."""
    return DynamoDBLocal.start()


def stop() -> None:
    """End what has been started here."""
    if _engine.cache_info().currsize:
        _engine().close()
        _engine.cache_clear()


def table_alone() -> bool:
    """Whether there is a table, and no queue, bucket, bus or mail."""
    return ENDPOINT in os.environ and SERVICES not in os.environ


@cache
def table_properties() -> dict[str, Any]:
    """The table as template.yaml declares it."""
    found: dict[str, Any] = translate()["Resources"]["Table"]["Properties"]
    return found


def make_table(name: str, *, stream: bool = False) -> dict[str, str]:
    """A new table on whichever engine is running; returns its attributes.

    Without a stream unless it is read: each write would be told there for nobody.
    """
    left_out = set() if stream else {"StreamSpecification"}
    properties = {k: v for k, v in table_properties().items() if k not in left_out}
    return create_table(mine("dynamodb"), properties, name)


def drop_table(name: str) -> None:
    """Make room for another of that name."""
    mine("dynamodb").delete_table(TableName=name)


def dump(name: str) -> Dump:
    """Everything in a table, by key, as plain values; numbers as text."""
    if ENDPOINT in os.environ:
        items = scanned(name)
    else:  # fifty times faster than asking
        table = dynamodb_backends[ACCOUNT][REGION].get_table(name)
        items = [item.to_json()["Attributes"] for item in table.all_items()]
    return {(item["pk"]["S"], item["sk"]["S"]): _plain({"M": item}) for item in items}


def raw(name: str) -> Dump:
    """Every item of a table of DynamoDB Local by key, as it writes them."""
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in scanned(name)}


def put_back(name: str, wanted: Dump) -> None:
    """A table of DynamoDB Local as it was when it was `raw`."""
    there, client = raw(name), mine("dynamodb")
    gone = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in there.keys() - wanted.keys()]
    changed = [item for place, item in wanted.items() if there.get(place) != item]
    requests: list[Any] = [{"DeleteRequest": {"Key": key}} for key in gone]
    requests += [{"PutRequest": {"Item": item}} for item in changed]
    for first in range(0, len(requests), A_BATCH):
        batch = {name: requests[first : first + A_BATCH]}
        assert not client.batch_write_item(RequestItems=batch)["UnprocessedItems"]


def scanned(name: str) -> list[Any]:
    """Every item of a table of DynamoDB Local.

    botocore would look at each value through the service's shapes, which takes three times as long.
    """
    items: list[Any] = []
    page: dict[str, Any] = {"TableName": name}
    while True:
        answer = _asked("Scan", page)
        items += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return items
        page["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _asked(operation: str, body: dict[str, Any]) -> Any:
    headers = {"Content-Type": JSON, "X-Amz-Target": f"DynamoDB_20120810.{operation}"}
    request = AWSRequest("POST", os.environ[ENDPOINT], headers, json.dumps(body))
    who = Credentials(ENVIRONMENT["AWS_ACCESS_KEY_ID"], ENVIRONMENT["AWS_SECRET_ACCESS_KEY"])
    SigV4Auth(who, "dynamodb", REGION).add_auth(request)
    answer = _http().send(request.prepare())
    assert answer.status_code == HTTPStatus.OK, answer.content
    return json.loads(answer.content)


@cache
def _http() -> URLLib3Session:
    return URLLib3Session()


def mine(service: str) -> Any:
    """A client of the tests: what it asks is no request of the product (see tests/http/wire.py)."""
    return _client(service, os.environ.get(ENDPOINT), os.environ.get(SERVICES))


@cache
def _client(service: Any, *_: str | None) -> Any:
    client: Any = boto3.client(service, config=Config(user_agent_extra="the-tests"))
    return client


def _plain(value: dict[str, Any]) -> Any:
    """A DynamoDB value without its type letters."""
    kind, held = next(iter(value.items()))
    if kind == "M":
        return {name: _plain(one) for name, one in held.items()}
    if kind == "L":
        return [_plain(one) for one in held]
    return int(held) if kind == "N" else held
