"""A quick table answers as moto's own does, and a transaction that fails leaves nothing behind."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from moto import mock_aws

from local.quick_moto import quick
from tests import engines

KEY = {"pk": {"S": "a"}, "sk": {"S": "1"}}
PARTS = {
    "n": {"N": "5"},
    "yes": {"BOOL": True},
    "none": {"NULL": True},
    "several": {"SS": ["x", "y"]},
    "held": {"M": {"parts": {"L": [{"S": "x"}, {"M": {"n": {"N": "1"}}}, {"L": []}]}}},
    "empty": {"M": {}},
    "worklist": {"S": "w"},
    "due": {"S": "2026"},
}
Asks = dict[str, Any]


def put(pk: str, sk: str) -> Asks:
    item = {"pk": {"S": pk}, "sk": {"S": sk}, **PARTS}
    return {"Put": {"TableName": "t", "Item": item}}


def update(said: str, condition: str, key: dict[str, Any] | None = None) -> Asks:
    values = {":n": {"N": "7"}, ":five": {"N": "5"}}
    asked = {"TableName": "t", "Key": key or KEY, "UpdateExpression": said}
    more = {"ConditionExpression": condition, "ExpressionAttributeValues": values}
    return {"Update": asked | more}


def played(ask: Callable[..., Any]) -> list[Any]:
    """What all of it answers; the second and the third transaction fail."""
    ask("transact_write_items", TransactItems=[put("a", "1"), put("a", "2"), put("b", "1")])
    last = KEY | {"sk": {"S": "2"}}
    for items in (
        [update("SET n = :n, held.parts[0] = :n", "n = :five"), put("c", "1")],
        [update("SET n = n + :n", "n = :five"), put("d", "1"), put("d", "2")],
        [update("SET n = :n", "n = :five", last), update("SET n = :n", "n = :five"), put("e", "1")],
    ):
        ask("transact_write_items", TransactItems=items)
    here = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": KEY["pk"]}}
    due = {"IndexName": "worklist", "KeyConditionExpression": "worklist = :pk"}
    return [
        ask("get_item", Key=KEY),
        ask("query", **here),
        ask("query", **here, Limit=1, ScanIndexForward=False),
        ask("query", **here, ExclusiveStartKey=KEY),
        ask("query", **due, ExpressionAttributeValues={":pk": {"S": "w"}}),
        ask("batch_get_item", RequestItems={"t": {"Keys": [KEY, last]}}),
        ask("scan"),
    ]


def answers() -> tuple[list[Any], list[Any]]:
    """And the stream, without what differs in each run."""
    engines.make_table("t", stream=True)
    client = engines.mine("dynamodb")

    def ask(operation: str, **asked: Any) -> Any:
        of_a_table = (
            {} if operation in {"transact_write_items", "batch_get_item"} else {"TableName": "t"}
        )
        with suppress(client.exceptions.TransactionCanceledException):
            found = getattr(client, operation)(**of_a_table, **asked)
            return {name: part for name, part in found.items() if name != "ResponseMetadata"}

    said = played(ask)
    arn = client.describe_table(TableName="t")["Table"]["LatestStreamArn"]
    streams = engines.mine("dynamodbstreams")
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]
    place = {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
    iterator = streams.get_shard_iterator(**place)["ShardIterator"]
    records = streams.get_records(ShardIterator=iterator)["Records"]
    return said, [(r["eventName"], r["dynamodb"].get("NewImage")) for r in records]


def test_a_quick_table_answers_as_moto_s_own() -> None:
    with engines.environment(), mock_aws():
        own, streamed = answers()
    with engines.environment(), mock_aws(), quick():
        assert answers() == (own, streamed)
    item = own[0]["Item"]
    assert (item["n"], item["held"]["M"]["parts"]["L"][0]) == ({"N": "7"}, {"N": "7"})
    assert len(own[-1]["Items"]) == len(streamed) - 1 == 4
