"""F15: events that nobody can read: given up after three tries, told to nobody, in nobody's way."""

import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.http import hooks
from tests.http.hooks import path_of, robot
from tests.http.people import company, invoke
from tests.integration.cloud import Cloud, Json
from tests.integration.delivery import Delivery, expected
from tests.proof.figures import Counts

pytestmark = [pytest.mark.proves("F15", "T13"), pytest.mark.timeout(900)]
LONG, DEEP = "x" * 256 * 1024, 2_000
SAMPLE, ALL = 40, 1_000  # at least, of all that can be spoilt


def deep() -> Any:
    value: Any = 1
    for _ in range(DEEP):
        value = [value]
    return value


SPOILS: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda _: None,
    "a list": lambda value: [value],
    "a number": lambda _: 7,
    "a truth": lambda _: True,
    "long": lambda _: LONG,
    "deep": lambda _: deep(),
    "empty": lambda _: "",
    "elsewhere": lambda _: "ZZZZZZZZZZZZZZZZ",
    "a line break": lambda value: f"{value}\r\nBcc: somebody@elsewhere.example",
    "a key of others": lambda _: "cisco#ACCOUNT",
}


def places(value: Json, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every name in an envelope; an id of its own is a new event, and no poison."""
    for name, inner in value.items():
        if (*above, name) not in {("id",), ("version",), ("account",), ("detail", "id")}:
            yield (*above, name)
        if isinstance(inner, dict):
            yield from places(inner, (*above, name))


def spoilt(event: Json) -> Iterator[tuple[str, Json]]:
    """One thing of it is wrong."""
    for place in places(event):
        for name, spoil in SPOILS.items():
            made = copy.deepcopy(event)
            *above, last = place
            inner = made
            for step in above:
                inner = inner[step]
            inner[last] = spoil(inner[last])
            yield f"{'.'.join(place)} is {name}", made
        gone = copy.deepcopy(event)
        inner = gone
        for step in place[:-1]:
            inner = inner[step]
        del inner[place[-1]]
        yield f"{'.'.join(place)} is gone", gone


@pytest.mark.parametrize("most", [SAMPLE, pytest.param(100_000, marks=pytest.mark.proof)])
def test_an_event_of_which_something_is_wrong_reaches_nobody_it_would_not_have_reached(
    cloud: Cloud, delivery: Delivery, most: int, figure: Counts
) -> None:
    path_of(robot(cloud.wire), types=["OrderActivated", "RedemptionRequested"])
    acme, others = (company(cloud.wire, credits=9) for _ in range(2))
    acme.wants(3)
    records = [one for one in cloud.records() if acme.account in json.dumps(one)]
    events, _ = cloud.published(records)
    cases = [case for event in events for case in spoilt(event)]
    drawn = random.Random(1).sample(cases, min(most, len(cases)))  # noqa: S311 - no secret
    delivery.deliver([poison for _, poison in drawn])
    assert set(delivery.tries.values()) <= {1, 2, 3}, "a queue that never ends"
    assert {address for address, _ in cloud.inbox()} <= {acme.owner.email, acme.learner.email}
    assert others.owner.email not in json.dumps(cloud.inbox())
    for _, poison in drawn:
        dispatched(poison)
    delivery.letters()
    for _ in range(2):
        delivery.deliver(events)
    assert delivery.letters() == []
    # Whoever was told by a spoilt one in its stead is not told again.
    wanted = Counter(address for address, _ in expected(events).elements())
    assert Counter(address for address, _ in cloud.inbox()) == wanted
    figure("spoilt events", len(drawn), f"≥ {ALL}")


def dispatched(poison: Json) -> None:
    """To endpoints; what nobody can read Lambda tries twice more, and gives it up."""
    with suppress(Exception):
        invoke("dispatch", poison)
    for record in hooks.queued():
        assert len(record["body"]) < 1_000
