"""No amount is believed that is not a whole number, written plainly, within its bounds."""

import json
import re
import uuid

import pytest

from tests.http.audit import violations
from tests.http.people import JSON, Company, company
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from tests.proof.attacks.amounts import FIELDS, NEVER, NOBODY, NOTHING, Field
from tests.proof.figures import Counts
from training_credits.edge.problems import BadInput
from training_credits.edge.routes import ROUTES
from training_credits.edge.routes.base import LIMIT

pytestmark = pytest.mark.proves("T18")
BAD_LIMITS = (
    "0",
    "-1",
    "101",
    "1e2",
    "+5",
    "1_0",
    "0x10",
    "１０",
    "٥",
    "1.0",
    "true",
    "",
    " 5",
    "5 ",
)


@pytest.fixture(scope="module")
def acme(wire: Wire) -> Company:
    return company(wire, credits=100)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.says)
def test_no_bad_amount_is_taken_in_any_field_and_none_reaches_the_table(
    acme: Company, dump: Dumps, field: Field
) -> None:
    before = dump()
    taken: dict[str, object] = {}
    text = json.dumps(field.body)
    assert text.count('"@"') == 1
    path = field.path.replace("{account}", acme.account)
    for amount in field.refuses:
        headers = (JSON, ("idempotency-key", uuid.uuid4().hex))
        body = text.replace('"@"', amount)
        reply = acme.owner.send(field.method, path, body, headers=headers)
        understood = reply.status == 400 and reply.code in [*BadInput]
        if not understood or reply.heard:
            taken[amount[:30]] = (reply.status, reply.code)
    assert taken == {}
    assert dump() == before


def test_a_good_amount_is_taken_in_each_of_them(acme: Company) -> None:
    """Else the others might be refused for another reason: what is answered is no bad input."""
    refused = {}
    for field in FIELDS:
        body = json.dumps(field.body).replace('"@"', "1")
        headers = (JSON, ("idempotency-key", uuid.uuid4().hex))
        path = field.path.replace("{account}", acme.account)
        reply = acme.owner.send(field.method, path, body, headers=headers)
        if reply.code in [*BadInput]:
            refused[field.says] = reply.json["detail"]
    assert refused == {}


def test_there_are_enough_of_them(figure: Counts) -> None:
    amounts = {*NEVER, *NOTHING}
    figure("bad amounts", len(amounts), "≥ 40")
    figure("bad amounts tried in all fields", sum(len(f.refuses) for f in FIELDS), "≥ 1000")
    assert len(amounts) == len(NEVER) + len(NOTHING) >= 40


@pytest.mark.proves("T17")
@pytest.mark.parametrize("limit", BAD_LIMITS)
def test_a_page_is_a_hundred_at_most_and_its_size_a_plain_number(acme: Company, limit: str) -> None:
    lists = [route for route in ROUTES if LIMIT in route.query]
    assert len(lists) >= 10
    for route in lists:
        path = re.sub("{account}", acme.account, route.path)
        reply = acme.owner.get(re.sub("{.*?}", NOBODY, path), f"limit={limit}")
        assert (reply.status, reply.code in [*BadInput]) == (400, True), (path, reply)
        assert reply.heard == []


def test_all_that_has_left_every_credit_where_it_was(acme: Company, dump: Dumps) -> None:
    assert violations(dump()) == []
    assert acme.balance()["available"] == 100
