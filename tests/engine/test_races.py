"""Everybody at once: what may happen once happens once, and the books balance."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd, tally
from tests.http.audit import violations
from tests.http.people import Reply, company, invoke, someone
from tests.http.wire import Wire
from tests.proof.figures import Counts
from training_credits.domain import change
from training_credits.domain.errors import Reason

pytestmark = pytest.mark.engine
# Five hundred at once are proven by `make proof`, so that CI has time for the rest.
ALL = 500
CROWDS = [100, pytest.param(ALL, marks=pytest.mark.proof)]
E1, E2 = pytest.mark.proves("E1"), pytest.mark.proves("E2")
SHARES = [
    pytest.param(100, 1, marks=E1),
    pytest.param(100, 24, marks=E2),
    pytest.param(ALL, 1, marks=[pytest.mark.proof, E1]),
    pytest.param(ALL, 120, marks=[pytest.mark.proof, E2]),
]
A_YEAR_LATER = str(366 * 86_400)


def spent(dump: Dumps) -> int:
    """Entries of redemptions. Uses of a code are counted where it has a limit: test_code_races."""
    return sum(item.get("entry_kind") == "redeem" for item in dump().values())


@pytest.mark.proves("T4")
@pytest.mark.parametrize(("callers", "credits"), SHARES)
def test_as_many_callers_are_served_as_there_are_credits(
    wire: Wire, crowd: Crowd, dump: Dumps, figure: Counts, callers: int, credits: int
) -> None:
    acme = company(wire, approval="automatic", credits=credits)
    learners = [someone(wire, "lee") for _ in range(callers)]
    replies = crowd.answered(partial(acme.wants, key="my-only-key", who=who) for who in learners)
    assert tally(replies) == {201: credits, Reason.INSUFFICIENT_CREDITS: callers - credits}
    assert acme.balance() == {
        "available": 0,
        "held": 0,
        "redeemed": credits,
        "delivered": 0,
        "expired": 0,
        "voided": 0,
        "reissued": 0,
    }
    assert spent(dump) == credits
    if callers == ALL:
        row = "E1" if credits == 1 else "E2"
        figure(f"{row} served of {ALL} who want {credits}", tally(replies)[201], credits)


@pytest.mark.proves("E3", "I13")
@pytest.mark.parametrize("callers", CROWDS)
def test_three_identical_submits_have_one_effect_and_equal_answers(
    wire: Wire, crowd: Crowd, dump: Dumps, figure: Counts, callers: int
) -> None:
    acme = company(wire, approval="automatic", credits=callers)
    learners = [someone(wire, "lee") for _ in range(callers)]
    wishes = [
        partial(acme.wants, key="the-same-key", who=learner)
        for learner in learners
        for _ in range(3)
    ]
    replies = crowd.answered(wishes)
    assert tally(replies) == {201: 3 * callers}
    for first, second, third in zip(replies[::3], replies[1::3], replies[2::3], strict=True):
        assert first.body == second.body == third.body
    assert len({reply.json["redemption"] for reply in replies}) == callers
    assert len({reply.body for reply in replies}) == callers
    assert acme.balance()["redeemed"] == callers
    assert spent(dump) == callers
    if callers == ALL:
        figure(f"E3 effects of {ALL} requests, each sent three times", spent(dump), ALL)


def test_without_the_guard_of_a_movement_the_race_can_fail(
    unaudited: Wire, crowd: Crowd, dump: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = unaudited
    acme = company(wire, approval="automatic", credits=1)
    monkeypatch.setattr(change.Move, "taken", lambda _: {})
    learners = [someone(wire, "lee") for _ in range(64)]
    replies = crowd.all(partial(acme.wants, who=learner) for learner in learners)
    assert tally(replies)[201] > 1
    assert acme.balance()["available"] < 0
    assert any("negative" in each for each in violations(dump()))


def test_owners_and_learner_racing_give_each_request_one_end(
    wire: Wire, crowd: Crowd, dump: Dumps
) -> None:
    acme = company(wire, credits=40)
    bob = someone(wire, "bob")
    acme.adds(bob)
    ids = [acme.wants(1).json["redemption"] for _ in range(40)]
    calls: list[Callable[[], Reply]] = []
    for one in ids:
        calls += [
            partial(acme.decides, "approve", one),
            partial(acme.decides, "deny", one, who=bob),
            partial(acme.decides, "approve", one, who=bob),
            partial(acme.learner.post, f"/v1/redemptions/{one}/cancellation", {}),
        ]
    replies = crowd.all(calls)
    assert tally(replies) == {200: 40, Reason.ALREADY_DECIDED: 120}
    ends = Counter(item["state"] for item in dump().values() if item["kind"] == "redemption")
    assert sum(ends.values()) == 40
    assert ends["pending"] == 0
    assert acme.balance()["redeemed"] == ends["approved"]


def test_owners_deciding_overlapping_batches_never_overspend(wire: Wire, crowd: Crowd) -> None:
    acme = company(wire, credits=10)
    bob = someone(wire, "bob")
    acme.adds(bob)
    ids = [acme.wants(1).json["redemption"] for _ in range(10)]
    replies = crowd.all(
        [
            partial(acme.decides, "approve", *ids),
            partial(acme.decides, "approve", *reversed(ids), who=bob),
            partial(acme.decides, "deny", *ids[::2], who=bob),
        ]
    )
    decided = [
        outcome
        for reply in replies
        if reply.status == 200
        for outcome in reply.json["outcomes"]
        if "request" in outcome
    ]
    assert Counter(one["redemption"] for one in decided) == dict.fromkeys(ids, 1)


def test_two_sweeps_at_once_expire_each_lot_once(
    wire: Wire, crowd: Crowd, dump: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(wire)
    for _ in range(40):
        acme.buys(2)
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", A_YEAR_LATER)
    swept = crowd.all([partial(invoke, "expire", {}) for _ in range(4)])
    assert sum(one["lots"] for one in swept) == 40
    assert sum(one["credits"] for one in swept) == 80
    assert all(one["finished"] for one in swept)
    expired = [i for i in dump().values() if i.get("entry_kind") == "expire"]
    assert len(expired) == 40
    assert invoke("expire", {}) == {"lots": 0, "credits": 0, "told": 0, "finished": True}


def test_a_sweep_racing_with_spending_takes_only_what_is_left(
    wire: Wire, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(wire, credits=30)
    ids = [acme.wants(1).json["redemption"] for _ in range(30)]
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", A_YEAR_LATER)
    decisions = [partial(acme.decides, "approve", one) for one in ids]
    sweep: Callable[[], Any] = partial(invoke, "expire", {})
    calls: list[Callable[[], Any]] = [*decisions[:15], sweep, *decisions[15:]]
    crowd.all(calls)
    balance = acme.balance()
    assert balance["redeemed"] + balance["expired"] == 30
    assert balance["available"] == 0
