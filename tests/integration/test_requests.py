"""What an operation asks AWS for: counted on the wire, so that no change makes it dearer unseen."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore import xform_name

from tests import engines
from tests.http import wire as wires
from tests.http.people import V1, Company, Reply, company, someone
from tests.http.wire import READS, Wire

PERIOD = "from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00Z"
WRITE = "TransactWriteItems"
QUERY, GET, BATCH = "Query", "GetItem", "BatchGetItem"


@pytest.fixture(scope="module")
def acme(wire: Wire) -> Company:
    made = company(wire, credits=1_000)
    made.buys(50)
    return made


def approved(acme: Company) -> Reply:
    return acme.decides("approve", acme.wants(2).json["redemption"])


def cancelled(acme: Company) -> Reply:
    asked = acme.wants(2).json["redemption"]
    return acme.learner.post(f"/v1/redemptions/{asked}/cancellation", {})


def added(acme: Company) -> Reply:
    return acme.owner.post(f"{acme.path}/owners", {"email": someone(acme.owner.wire, "b").email})


BUDGETS: dict[str, tuple[Callable[[Company], Reply], dict[str, int]]] = {
    "balance": (lambda a: a.owner.get(a.path), {QUERY: 1}),
    "my accounts": (lambda a: a.owner.get(V1), {QUERY: 1}),
    "purchase": (lambda a: a.owner.post(f"{a.path}/orders", {"credits": 1}), {BATCH: 1, WRITE: 1}),
    "redeem": (lambda a: a.wants(), {GET: 1, QUERY: 1, WRITE: 1}),
    "my redemption": (
        lambda a: a.learner.get(f"/v1/redemptions/{a.wants().json['redemption']}"),
        {BATCH: 1},
    ),
    "cancel": (cancelled, {BATCH: 1, QUERY: 1, WRITE: 1}),
    "approve": (approved, {QUERY: 1, WRITE: 1}),
    "requests": (lambda a: a.owner.get(f"{a.path}/redemptions"), {QUERY: 2}),
    "transactions": (lambda a: a.owner.get(f"{a.path}/transactions", PERIOD), {QUERY: 1, GET: 1}),
    "add owner": (added, {QUERY: 1, WRITE: 1}),
    "open account": (lambda a: someone(a.owner.wire, "new").post(V1, {}), {WRITE: 1}),
}


@pytest.mark.parametrize("says", BUDGETS)
def test_an_operation_asks_for_no_more_than_its_budget(acme: Company, says: str) -> None:
    operation, budget = BUDGETS[says]
    reply = operation(acme)
    assert reply.status in {200, 201}
    assert Counter(request.operation for request in reply.heard) == budget
    reads = [request for request in reply.heard if request.operation in READS]
    assert all(_consistent(request) for request in reads)


def _consistent(request: wires.Request) -> bool:
    asked = request.body
    tables = asked.get("RequestItems", {"the only": asked}).values()
    return all(table["ConsistentRead"] for table in tables)


def test_a_statement_asks_for_the_right_the_lots_and_the_entries(acme: Company) -> None:
    opened = acme.owner.get(acme.path).json["opened_at"]
    reply = acme.owner.get(f"{acme.path}/statements/{opened[:7]}")
    assert reply.status == 200
    assert Counter(request.operation for request in reply.heard) == {GET: 1, QUERY: 2}


def test_a_page_reads_no_more_than_it_shows(acme: Company) -> None:
    reply = acme.owner.get(f"{acme.path}/transactions", f"{PERIOD}&limit=1")
    assert [r.body.get("Limit") for r in reply.heard if r.operation == QUERY] == [1]


def test_each_request_of_a_batch_is_read_and_written_like_one_alone(wire: Wire) -> None:
    acme = company(wire, credits=100)
    ids = [acme.wants().json["redemption"] for _ in range(20)]
    reply = acme.decides("approve", *ids)
    asked = Counter(request.operation for request in reply.heard)
    # The whole batch is looked at first: its sum, and whether it was sent before.
    assert asked == {QUERY: 1 + 20, GET: 1, WRITE: 20}


def test_no_transaction_touches_more_than_sixty_items(wire: Wire) -> None:
    acme = company(wire, approval="automatic")
    for _ in range(20):
        acme.buys(1)
    reply = acme.wants(20)
    assert reply.status == 201
    assert [len(r.body["TransactItems"]) for r in reply.heard if r.operation == WRITE] == [23]


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


KEY = {"pk": {"S": "x"}, "sk": {"S": "x"}}


# Another program, another account: as if it did not exist


def forms(account: str) -> dict[str, Callable[..., Reply]]:
    """Every request that names an account."""
    path = f"{V1}/{account}"
    json = {"idempotency-key": "k" * 8, "content-type": "application/json"}
    edit = tuple(json.items())
    return {
        "balance": lambda who: who.get(path),
        "edit": lambda who: who.send("PATCH", path, '{"name": "Mine"}', headers=edit),
        "owner": lambda who: who.post(f"{path}/owners", {"email": "e@x.example"}),
        "removal": lambda who: who.send("DELETE", f"{path}/owners/e@x.example"),
        "code": lambda who: who.post(f"{path}/codes", {}),
        "order": lambda who: who.post(f"{path}/orders", {"credits": 1}),
        "one order": lambda who: who.get(f"{path}/orders/{account}"),
        "requests": lambda who: who.get(f"{path}/redemptions"),
        "decision": lambda who: who.post(
            f"{path}/decisions", {"verdict": "approve", "redemptions": [f"{account}-{account}"]}
        ),
        "transactions": lambda who: who.get(f"{path}/transactions", PERIOD),
        "statement": lambda who: who.get(f"{path}/statements/2026-01"),
        "redemption": lambda who: who.get(f"/v1/redemptions/{account}-{account}"),
        "cancellation": lambda who: who.post(
            f"/v1/redemptions/{account}-{account}/cancellation", {}
        ),
    }


NOWHERE = "0000000000000000"


@pytest.mark.parametrize("form", forms(NOWHERE))
@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
def test_what_is_somebody_else_s_looks_like_what_is_not_there(
    acme: Company, form: str, program: str
) -> None:
    before = engines.dump("credits")
    eve = someone(acme.owner.wire, "eve", program=program)
    theirs, nobodys = (forms(account)[form](eve) for account in (acme.account, NOWHERE))
    assert (theirs.status, theirs.body, theirs.headers) == (
        nobodys.status,
        nobodys.body,
        nobodys.headers,
    )
    assert theirs.status == 404
    traces = [[(r.service, r.operation) for r in reply.heard] for reply in (theirs, nobodys)]
    assert traces[0] == traces[1]
    assert engines.dump("credits") == before


def test_a_code_of_one_program_is_a_wrong_code_in_another(acme: Company) -> None:
    eve = someone(acme.owner.wire, "eve", program="cisco")
    wrong = {"code": "0000-0000-00000", "title": "Jira", "credits": 1}
    right = {**wrong, "code": acme.code}
    answers = [eve.post("/v1/redemptions", wish) for wish in (wrong, right)]
    assert answers[0].body == answers[1].body
    assert answers[0].status == answers[1].status == 422
    assert [[r.operation for r in answer.heard] for answer in answers] == [[GET], [GET]]


def test_the_watch_on_foreign_keys_can_fail(acme: Company) -> None:
    also = {"custom:program": "atlassian"}
    mole = someone(acme.owner.wire, "mole", program="cisco", also=also)
    with pytest.raises(AssertionError):
        mole.get(acme.path)
