"""How much one transaction may hold, and what is never asked for at all."""

from collections import Counter
from typing import Any

import boto3
import pytest
from botocore import xform_name

from tests.http.people import Company, company, someone
from tests.http.wire import Wire

KEY = {"pk": {"S": "x"}, "sk": {"S": "x"}}


@pytest.fixture
def acme(own_wire: Wire) -> Company:
    return company(own_wire, credits=100)


def test_each_request_of_a_batch_is_read_and_written_like_one_alone(acme: Company) -> None:
    ids = [acme.wants().json["redemption"] for _ in range(20)]
    reply = acme.decides("approve", *ids)
    asked = Counter(request.operation for request in reply.heard)
    # The whole batch is looked at first: its sum, and whether it was sent before.
    assert asked == {"Query": 1 + 20, "GetItem": 1, "TransactWriteItems": 20}


@pytest.mark.proves("G18", "I19")
def test_no_transaction_touches_more_than_sixty_items(own_wire: Wire) -> None:
    acme = company(own_wire, approval="automatic")
    for _ in range(20):
        acme.buys(1)
    reply = acme.wants(20)
    assert reply.status == 201
    written = [r for r in reply.heard if r.operation == "TransactWriteItems"]
    # Twenty lots, the request, its entry, and the submission.
    assert [len(request.body["TransactItems"]) for request in written] == [23]


@pytest.mark.proves("T17", "G18")
@pytest.mark.parametrize("operation", ["Scan", "DeleteItem", "BatchWriteItem"])
def test_the_tap_that_forbids_them_can_fail(acme: Company, operation: str) -> None:
    parameters: dict[str, dict[str, Any]] = {
        "Scan": {"TableName": "credits"},
        "DeleteItem": {"TableName": "credits", "Key": KEY},
        "BatchWriteItem": {"RequestItems": {"credits": [{"DeleteRequest": {"Key": KEY}}]}},
    }
    client = boto3.client("dynamodb")
    with pytest.raises(AssertionError, match=f"{operation} is never asked for"):
        getattr(client, xform_name(operation))(**parameters[operation])
    assert acme.owner.get(acme.path).status == 200


@pytest.mark.proves("T5", "I18")
def test_the_watch_on_foreign_keys_can_fail(acme: Company) -> None:
    also = {"custom:program": "atlassian"}
    mole = someone(acme.owner.wire, "mole", program="cisco", also=also)
    with pytest.raises(AssertionError):
        mole.get(acme.path)
