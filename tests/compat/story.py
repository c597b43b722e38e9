"""Every operation once, in each program that has it; and the jobs, some months later."""

from collections.abc import Callable

import pytest

from tests.http.people import company, invoke
from tests.http.wire import Wire
from tests.integration.cloud import Json
from tests.integration.requests_of_all import ASKED, GATED, OF_LOTS
from tests.integration.test_filing import queued
from tests.stating import plainly
from training_credits import papers

DAY, RECEIVED_MAX = 86_400, 20
JOBS = ((10, "lapse"), (40, "month_end"), (300, "expire"))


def every_operation(wire: Wire, after: Callable[[str], None]) -> None:
    """`after` hears of each. Typesetting is shown elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("statement", "transactions"):
            patch.setattr(papers, name, plainly)
        _people(wire, after)
        for days, job in JOBS:
            patch.setenv("CLOCK_OFFSET_SECONDS", str(days * DAY))
            invoke(job, {})
            if job == "month_end":
                filed(queued())
            after(f"{job} after {days} days")


def _people(wire: Wire, after: Callable[[str], None]) -> None:
    acme = company(wire, credits=1_000)
    acme.buys(50)
    parts = (
        (acme, ASKED),
        (company(wire, program="salesforce", credits=1_000), OF_LOTS),
        (company(wire, program="cisco", credits=1_000), GATED),
    )
    after("companies")
    for made, operations in parts:
        for name, (ask, _) in operations.items():
            reply = ask(made)
            assert reply.status < 300, (name, reply)
            after(name)


def filed(messages: list[Json]) -> None:
    """As often as the queue would hand them over: a slow machine has no time for all at once."""
    for _ in range(RECEIVED_MAX):
        answer = invoke("close_month", {"Records": messages})
        again = {one["itemIdentifier"] for one in answer["batchItemFailures"]}
        messages = [one for one in messages if one["messageId"] in again]
        if not messages:
            return
    raise AssertionError(messages)
