"""F8: of a batch some fails, or all, or time runs out: what is done stays done, the rest comes."""

import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from local.runtime import Context
from tests import engines
from tests.http import hooks
from tests.http.hooks import path_of, robot
from tests.http.people import Company, company, invoke
from tests.http.wire import WRITE, Request, Wire
from tests.integration.cloud import Cloud, Json
from tests.integration.test_filing import kept, queued
from tests.proof.faults.planting import said
from tests.receiver import receiving
from training_credits.use_cases import worklist

pytestmark = [pytest.mark.proves("F8"), pytest.mark.timeout(600)]
A_YEAR, A_MONTH = 366 * 86_400, 40 * 86_400
COUNT = 3


class Ending(Context):
    """So often there is time for one thing more."""

    things = 0

    def get_remaining_time_in_millis(self) -> int:
        self.things -= 1
        return 25_000 if self.things >= 0 else 0


def hurried(function: str, event: Json, things: int) -> Any:
    """Call a handler that has time for so many things."""
    context = Ending(function_name=function, memory_limit_in_mb=256, deadline=0)
    context.things = things
    return importlib.import_module(f"functions.{function}.app").handler(event, context)


def without(wire: Wire, accounts: list[str], operation: str | None = None) -> None:
    """The table refuses whatever is about these; moto is not asked."""

    def fault(request: Request) -> None:
        if request.operation in {operation, *([] if operation else ["Query", "GetItem", WRITE])}:
            for account in accounts:
                if request.mentions(f"atlassian#ACCOUNT#{account}"):
                    raise said("InternalServerError", request.operation, 500)

    wire.fault = fault if accounts else None


@pytest.fixture
def companies(cloud: Cloud) -> list[Company]:
    """Each with a lot, and with a month to be filed later."""
    return [company(cloud.wire, credits=5 + n) for n in range(COUNT)]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    return lambda seconds: monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(seconds))


def closed() -> set[str]:
    """The accounts whose lots are."""
    items = engines.dump("credits").values()
    return {item["account_id"] for item in items if item["kind"] == "lot" and item["closed"]}


def test_lots_that_cannot_be_closed_stand_in_no_others_way_and_are_closed_the_next_time(
    cloud: Cloud,
    companies: list[Company],
    later: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worklist, "PAGE", 2)
    accounts = [each.account for each in companies]
    later(A_YEAR)
    for broken in (accounts, accounts[1:], accounts[1:2]):
        without(cloud.wire, broken, WRITE)
        asked = cloud.wire.count(WRITE)
        with pytest.raises(ExceptionGroup) as raised:
            invoke("expire", {})
        assert len(raised.value.exceptions) == len(broken)
        assert closed() == {*accounts} - {*broken}
        # Tried once each, and not for ever; nor what is done already.
        assert cloud.wire.count(WRITE) - asked <= len(accounts)
    without(cloud.wire, [])
    assert invoke("expire", {})["lots"] == 1
    assert closed() == {*accounts}
    ends = [i["credits"] for i in engines.dump("credits").values() if i["kind"] == "lot"]
    assert invoke("expire", {}) == {"lots": 0, "credits": 0, "told": 0, "finished": True}
    assert sorted(ends) == [5, 6, 7]


@pytest.mark.proves("F9")
@pytest.mark.usefixtures("companies")
def test_a_sweep_whose_time_is_over_goes_on_where_it_was(later: Callable[[int], None]) -> None:
    later(A_YEAR)
    runs = [hurried("expire", {}, 1) for _ in range(COUNT + 1)]
    assert [run["lots"] for run in runs] == [1, 1, 1, 0]
    assert [run["finished"] for run in runs] == [False, False, True, True]
    assert sum(run["credits"] for run in runs) == 5 + 6 + 7


@pytest.fixture
def months(companies: list[Company], later: Callable[[int], None], untypeset: None) -> list[Json]:
    """A message for each account of which a month is to be filed, in the order of `companies`."""
    del untypeset
    later(A_MONTH)
    invoke("month_end", {})
    found = {json.loads(one["body"])["account"]: one for one in queued()}
    return [found[each.account] for each in companies]


def failed(answer: Json) -> list[str]:
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def sealed() -> set[str]:
    """The accounts of which a month is."""
    return {key.split("/")[2] for key in kept("SEALS_BUCKET")}


def test_of_a_batch_of_months_only_what_failed_comes_again(
    cloud: Cloud, companies: list[Company], months: list[Json]
) -> None:
    accounts, ids = [each.account for each in companies], [one["messageId"] for one in months]
    for first in range(COUNT + 1):  # all fail, then fewer, then none
        without(cloud.wire, accounts[first:])
        assert failed(invoke("close_month", {"Records": months})) == ids[first:]
        assert sealed() == {*accounts[:first]}
    before = kept("SEALS_BUCKET"), kept("DOCUMENTS_BUCKET"), engines.dump("credits")
    assert failed(invoke("close_month", {"Records": months})) == []
    assert (kept("SEALS_BUCKET"), kept("DOCUMENTS_BUCKET"), engines.dump("credits")) == before


@pytest.mark.proves("F9")
def test_months_for_which_there_was_no_time_come_again(months: list[Json]) -> None:
    """An account is asked once more than it has months, so here is time for one of them."""
    ids = [one["messageId"] for one in months]
    over, rest = [], months
    while rest:
        over.append(failed(hurried("close_month", {"Records": rest}, 1)))
        rest = [one for one in months if one["messageId"] in over[-1]]
        assert len(over) <= 3 * COUNT
    assert over[0] == ids
    assert len(sealed()) == COUNT


def test_what_an_endpoint_took_and_nobody_could_note_is_sent_again_under_its_id_and_no_other(
    cloud: Cloud,
) -> None:
    platform = robot(cloud.wire)
    with receiving() as forgotten, receiving() as noted:
        unlucky = path_of(platform, forgotten.url, types=["AccountOpened"]).rpartition("/")[2]
        path_of(platform, noted.url, types=["AccountOpened"])
        company(cloud.wire)
        for event in cloud.published(cloud.records())[0]:
            invoke("dispatch", event)
        batch = hooks.queued()

        def fault(request: Request) -> None:
            if request.operation == WRITE and request.mentions(f"atlassian#WEBHOOK#{unlucky}"):
                raise said("InternalServerError", WRITE, 500)

        cloud.wire.fault = fault
        (again,) = invoke("deliver", {"Records": batch})["batchItemFailures"]
        cloud.wire.fault = None
        for _ in range(2):
            assert hooks.delivered(batch) == []
        [unnoted] = [one for one in batch if one["messageId"] == again["itemIdentifier"]]
        assert unlucky in unnoted["body"]
        assert len(forgotten.ids) == 2
        assert len({*forgotten.ids}) == 1
        assert noted.ids == forgotten.ids[:1]
