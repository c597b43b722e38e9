"""F6: whatever guards have failed, and however many at once, the answer is the right one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.http.casing import lot_of
from tests.http.people import Company, Reply, company
from tests.http.wire import WRITE, Wire, struck
from tests.proof.faults.planting import ALWAYS, FAILED, cancelled
from tests.proof.figures import Counts
from training_credits.domain.errors import Reason

pytestmark = [pytest.mark.engine, pytest.mark.proves("F6"), pytest.mark.timeout(900)]
A_YEAR = 366 * 86_400


def subsets(of: range) -> Iterator[tuple[int, ...]]:
    """Every one that is not empty."""
    return chain.from_iterable(combinations(of, size) for size in range(1, len(of) + 1))


def transaction(reply: Reply) -> list[dict[str, Any]]:
    """The actions that were asked for."""
    (asked,) = [request.body for request in reply.heard if request.operation == WRITE]
    actions: list[dict[str, Any]] = asked["TransactItems"]
    return actions


def identity(actions: list[dict[str, Any]]) -> int:
    """At which place the submission stands."""
    kept = [action.get("Put", {}).get("Item", {}).get("kind", {}) for action in actions]
    return kept.index({"S": "submission"})


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Credits were spent with a code that bounds its uses, by a transaction of these actions."""

    acme: Company
    reply: Reply
    places: range
    mine: int

    def again(self) -> Reply:
        return self.acme.wants(1, "the-first-key")


@pytest.fixture
def spent(wire: Wire) -> Spent:
    acme = company(wire, program="salesforce", approval="automatic", credits=1_000)
    acme.pays_with["code"] = acme.issues(lot=lot_of(acme), limit=500, limit_each=500)["code"]
    reply = acme.wants(1, "the-first-key")
    actions = transaction(reply)
    return Spent(acme=acme, reply=reply, places=range(len(actions)), mine=identity(actions))


def test_a_replay_is_a_replay_whatever_else_has_failed(
    wire: Wire, dump: Dumps, spent: Spent, figure: Counts
) -> None:
    before, count = dump(), 0
    for failing in subsets(spent.places):
        if spent.mine in failing:
            wire.fault = struck(cancelled(FAILED, failing), operation=WRITE)
            assert spent.again().body == spent.reply.body, failing
            count += 1
    wire.fault = None
    assert dump() == before
    figure("combinations of failed guards", count, "≥ 16")


def test_any_other_guard_that_fails_once_is_looked_at_again(
    wire: Wire, spent: Spent, figure: Counts
) -> None:
    done, count = spent.acme.balance()["redeemed"], 0
    for failing in subsets(spent.places):
        if spent.mine not in failing:
            wire.fault = struck(cancelled(FAILED, failing), operation=WRITE)
            reply = spent.acme.wants(1)
            wire.fault = None
            count += 1
            assert reply.status == 201, (failing, reply)
            assert sum(request.operation == WRITE for request in reply.heard) == 2, failing
    assert spent.acme.balance()["redeemed"] == done + count
    figure("combinations of failed guards", count, "≥ 16")


def test_a_guard_that_always_fails_is_no_reason_to_write_anything(
    wire: Wire, dump: Dumps, spent: Spent
) -> None:
    before = dump()
    for place in spent.places:
        if place != spent.mine:
            wire.fault = struck(cancelled(FAILED, {place}), operation=WRITE, times=ALWAYS)
            reply = spent.acme.wants(1)
            assert (reply.status, reply.code) == (503, Reason.BUSY), place
            assert sum(request.operation == WRITE for request in reply.heard) == 5
    wire.fault = None
    assert dump() == before


# What stands in the way, in the order in which it is said; and how it comes about.
OBSTACLES = {
    Reason.CODE_NOT_ACCEPTED: "its code was ended",
    Reason.CODE_LIMIT_REACHED: "the code is used up",
    Reason.CREDITS_EXPIRED: "the lot has ended",
    Reason.INSUFFICIENT_CREDITS: "there are too few",
}
MANY = list(combinations(OBSTACLES, 2)) + list(combinations(OBSTACLES, 3)) + [tuple(OBSTACLES)]


@pytest.fixture
def stand(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Callable[[tuple[Reason, ...]], Company]:
    """A company in whose way all of this stands, and which has spent something before."""

    def made(reasons: tuple[Reason, ...]) -> Company:
        monkeypatch.delenv("CLOCK_OFFSET_SECONDS", raising=False)
        acme = company(wire, program="salesforce", approval="automatic", credits=9)
        limit = 5 if Reason.CODE_LIMIT_REACHED in reasons else 100
        code = acme.issues(lot=lot_of(acme), limit=limit)
        acme.pays_with["code"] = code["code"]
        assert acme.wants(1, "the-first-key").status == 201
        if Reason.CODE_NOT_ACCEPTED in reasons:
            ended = acme.owner.delete(f"{acme.path}/codes/{code['code_id']}")
            assert ended.status == 204, ended
        if Reason.CREDITS_EXPIRED in reasons:
            monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_YEAR))
        return acme

    return made


@pytest.mark.parametrize("reasons", MANY, ids=lambda found: " and ".join(map(str, found)))
def test_of_all_that_stands_in_the_way_the_first_is_named_and_a_replay_is_not_stopped(
    stand: Callable[[tuple[Reason, ...]], Company], dump: Dumps, reasons: tuple[Reason, ...]
) -> None:
    acme = stand(reasons)
    recorded = acme.wants(1, "the-first-key")
    assert recorded.status == 201
    before, had = dump(), acme.balance()
    poor = Reason.INSUFFICIENT_CREDITS in reasons
    reply = acme.wants(20 if poor else 7)
    assert reply.code == reasons[0], reply
    after = {place: item for place, item in dump().items() if item["kind"] != "tries"}
    assert after == {place: item for place, item in before.items() if item["kind"] != "tries"}
    assert acme.balance() == had
    assert acme.wants(1, "the-first-key").body == recorded.body
