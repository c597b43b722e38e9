"""What an operation asks AWS for: counted on the wire, so that no change makes it dearer unseen."""

from collections import Counter

import pytest

from tests.http import wire as wires
from tests.http.people import Company, Reply, company, operator
from tests.http.wire import READS, Wire
from tests.integration.matrix_requests import OPERATIONS
from tests.integration.requests_of_all import ASKED, BATCH, GATED, OF_LOTS, QUERY

ALWAYS = "from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def acme(wire: Wire) -> Company:
    made = company(wire, credits=1_000)
    made.buys(50)
    return made


@pytest.fixture(scope="module")
def globex(wire: Wire) -> Company:
    return company(wire, program="salesforce", credits=1_000)


@pytest.fixture(scope="module")
def initech(wire: Wire) -> Company:
    return company(wire, program="cisco", credits=1_000)


def assert_within(budget: dict[str, int], reply: Reply) -> None:
    assert 200 <= reply.status < 300, reply
    assert Counter(request.operation for request in reply.heard) == budget
    assert all(_consistent(r) for r in reply.heard if r.operation in READS)


def _consistent(request: wires.Request) -> bool:
    asked = request.body
    tables = asked.get("RequestItems", {"the only": asked}).values()
    return all(table["ConsistentRead"] for table in tables)


@pytest.mark.parametrize("says", ASKED)
def test_an_operation_asks_for_no_more_than_its_budget(acme: Company, says: str) -> None:
    ask, budget = ASKED[says]
    assert_within(budget, ask(acme))


@pytest.mark.parametrize("says", OF_LOTS)
def test_so_does_what_only_codes_of_lots_have(globex: Company, says: str) -> None:
    ask, budget = OF_LOTS[says]
    assert_within(budget, ask(globex))


@pytest.mark.parametrize("says", GATED)
def test_terms_that_have_to_be_accepted_cost_one_get_more_and_staff_is_not_asked(
    initech: Company, says: str
) -> None:
    ask, budget = GATED[says]
    assert_within(budget, ask(initech))


def test_the_worklist_of_orders_is_one_query_of_its_index_and_one_batch_get(acme: Company) -> None:
    reply = operator(acme.owner.wire).get("/v1/orders", "limit=3")
    assert [r.operation for r in reply.heard] == [QUERY, BATCH]
    assert [reply.heard[0].body.get(name) for name in ("IndexName", "Limit")] == ["worklist", 3]


def test_every_operation_has_a_budget() -> None:
    budgets = {says.partition(",")[0] for each in (ASKED, OF_LOTS, GATED) for says in each}
    assert budgets | {"listOpenOrders", "listOpenCases"} == OPERATIONS.keys()


def test_a_webhook_that_comes_again_is_one_read(acme: Company) -> None:
    placed = acme.orders(1).json
    assert acme.pays(placed).json == {"booked": True}
    again = acme.pays(placed)
    assert (again.json, [r.operation for r in again.heard]) == ({"booked": False}, [BATCH])


@pytest.mark.proves("T17")
def test_a_page_reads_no_more_than_it_shows(acme: Company) -> None:
    for path, query in (("transactions", f"{ALWAYS}&limit=1"), ("orders", "limit=1")):
        reply = acme.owner.get(f"{acme.path}/{path}", query)
        assert [r.body.get("Limit") for r in reply.heard if r.operation == QUERY] == [1]
