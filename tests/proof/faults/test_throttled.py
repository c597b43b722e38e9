"""F4: a table that wants it slower, at each request and so many times: waited out, or told."""

from collections.abc import Iterator

import pytest

from tests.engine.conftest import Dumps
from tests.http.people import Company
from tests.http.wire import Wire, always, struck
from tests.http.wire import refused_by_dynamodb as refused
from tests.proof.faults.errands import ERRANDS, Errand
from tests.proof.faults.planting import ALWAYS
from tests.proof.figures import Counts
from training_credits.domain.errors import Reason
from training_credits.dynamodb.items import Item

pytestmark = [pytest.mark.engine, pytest.mark.proves("F4"), pytest.mark.timeout(900)]
THROTTLED = "ProvisionedThroughputExceededException"
ASKED_AGAIN = Item.Meta.max_retry_attempts
REQUESTS_MAX = 12
SAMPLE = "redeem"


def places(errand: Errand, acme: Company) -> Iterator[tuple[int, int]]:
    """Each request of an undisturbed way, and how often it is refused."""
    for at in range(len(errand.next(acme)().heard)):
        for times in (1, 2, 3, ALWAYS):
            yield at, times


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n == SAMPLE else pytest.mark.proof) for n in ERRANDS]
)
def test_throttled_anywhere_it_is_carried_out_once_or_not_at_all(
    wire: Wire, dump: Dumps, pauses: list[float], name: str, figure: Counts
) -> None:
    errand = ERRANDS[name]
    acme = errand.company(wire)
    cases = list(places(errand, acme))
    for at, times in cases:
        ask, before, had = errand.next(acme), dump(), acme.balance()
        wire.fault = struck(always(refused(THROTTLED)), first=at, times=times)
        first = ask()
        wire.fault = None
        assert len(first.heard) <= REQUESTS_MAX
        if times <= ASKED_AGAIN:
            assert first.status < 300, (at, times, first)
        else:
            assert (first.status, first.code) == (503, Reason.BUSY), (at, times)
            assert first.headers["retry-after"] == "1"
            assert dump() == before, (at, times)
        assert ask().status < 300
        assert acme.balance() == errand.after(had), (at, times)
    assert len(set(pauses)) > len(cases) / 2, "not by lot"
    assert max(pauses) <= 20
    figure("throttled requests, each carried out once or not at all", len(cases), "≥ 40")
