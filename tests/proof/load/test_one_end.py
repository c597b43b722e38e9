"""Of each of many requests four people make an end at once: one of them does."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests import engines
from tests.engine.conftest import Dumps
from tests.engine.fresh import Fresh, Table
from tests.engine.stages import TICK, asked, atlassian, lapse_of
from tests.http.audit import violations
from tests.proof.figures import Counts
from training_credits.domain.errors import Problem, Reason, Unavailable
from training_credits.domain.model import Verdict
from training_credits.dynamodb.items import RedemptionItem
from training_credits.dynamodb.steps import credits as steps

pytestmark = [pytest.mark.engine, pytest.mark.proves("E6", "I15")]
ALL = 500
MANY = [20, pytest.param(ALL, marks=[pytest.mark.proof, pytest.mark.timeout(3_000)])]
THREADS, SENT_MAX = 8, 50
ENDS = {"approved", "denied", "cancelled", "1 lapsed"}
Act = Callable[[], object]


def waiting(table: str, many: int) -> tuple[Fresh, dict[str, str]]:
    """So many requests, each of somebody else, on which nobody has decided."""
    world = Fresh.of(Table(table), "atlassian", 0)
    atlassian(world, many)
    world.add_owner("bob")
    return world, {asked(world, 1, who=f"lee{n}"): f"lee{n}" for n in range(many)}


def four(world: Fresh, table: str, request: str, learner: str) -> Iterator[tuple[str, Act]]:
    """Two owners, the learner, and the sweep, whose clock alone has reached the last instant."""
    alone: Any = Table(table)
    sweep = replace(world, ledger=alone)
    end = lapse_of(sweep, request)
    early = world.later(end - TICK)

    def decides(who: str, verdict: Verdict) -> Act:
        asking = early.intent(who, "decide", f"{verdict}-{request}")
        return lambda: early.decide(verdict, [request], asking=asking)

    cancelling = early.intent(learner, "cancel", f"back-{request}")
    yield "approved", decides("ann", Verdict.APPROVE)
    yield "denied", decides("bob", Verdict.DENY)
    yield "cancelled", partial(early.cancel, request, learner, cancelling)
    yield "lapsed", sweep.later(end).lapses


def told(word: str, act: Act) -> str:
    """What came of it in the end; whoever is told to come back sends the same again."""
    for _ in range(SENT_MAX):
        try:
            said = act()
        except Unavailable:
            continue
        except Problem as no:
            return no.reason
        return str(said) if word == "lapsed" else word
    raise AssertionError(f"{word} is busy for ever")


def ended(table: str, many: int) -> tuple[Counter[str], Fresh]:
    """What each of all was told."""
    engines.make_table(table)
    world, requests = waiting(table, many)
    calls = [partial(told, *act) for each in requests.items() for act in four(world, table, *each)]
    random.Random(many).shuffle(calls)  # noqa: S311 - an order, not a secret
    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(lambda call: call(), calls)), world


@pytest.mark.parametrize("many", MANY)
def test_each_of_many_requests_has_one_end_and_three_who_came_too_late(
    table: str, dump: Dumps, figure: Counts, many: int
) -> None:
    said, world = ended(table, many)
    ends = sum(said[word] for word in ENDS)
    refused = said[Reason.ALREADY_DECIDED] + said["0 lapsed"]
    if many == ALL:
        figure(f"E6 ends of {ALL} requests, four at once", ends, ALL)
    assert (ends, refused, said.total()) == (many, 3 * many, 4 * many), said
    kept = world.kept()
    states = Counter(each.state for each in kept.redemptions.values())
    assert states == Counter(
        {word.removeprefix("1 "): said[word] for word in ENDS if said[word]}
    ), "what is kept is what they were told"
    assert kept.balance.redeemed == said["approved"]
    assert kept.broken(holds=False) == []
    assert violations(dump()) == []


def unguarded(change: Any, write: Any) -> Any:
    step = OF_REQUEST(change, write)
    return replace(step, guard=RedemptionItem.redemption_id.exists())


OF_REQUEST = steps._of_request  # noqa: SLF001 - the defect is planted there


def test_without_the_guard_of_its_state_a_request_would_have_two_ends(
    table: str, dump: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "_of_request", unguarded)
    said, _ = ended(table, 20)
    assert sum(said[word] for word in ENDS) > 20
    assert violations(dump()) != []
