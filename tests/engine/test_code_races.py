"""Codes at once: no use after the end was answered, none beyond a limit."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd, meanwhile, tally
from tests.http.casing import lot_of
from tests.http.people import Company, Reply, company, someone
from tests.http.wire import Wire
from training_credits.domain.errors import Reason

pytestmark = [pytest.mark.engine, pytest.mark.proves("T3")]
CALLERS = 50
ROUNDS = 4


def funded(wire: Wire, credits: int = 100, **conditions: Any) -> tuple[Company, str]:
    """A company of a program whose codes can be bounded and replaced; the path of its code."""
    acme = company(wire, program="salesforce", credits=credits)
    made = acme.issues(lot=lot_of(acme), **conditions)
    acme.pays_with["code"] = made["code"]
    return acme, f"{acme.path}/codes/{made['code_id']}"


def revokes(acme: Company, code: str) -> Callable[[], Reply]:
    return partial(acme.owner.delete, code)


def rotates(acme: Company, code: str, hours: int = 0) -> Callable[[], Reply]:
    return partial(acme.owner.post, f"{code}/rotations", {"grace_hours": hours})


@pytest.mark.parametrize("ending", [revokes, rotates])
@pytest.mark.parametrize("conditions", [{}, {"limit": 50}, {"limit_each": 5}], ids=str)
def test_a_redemption_under_way_is_refused_once_the_end_of_its_code_was_answered(
    wire: Wire, ending: Callable[..., Callable[[], Reply]], conditions: dict[str, int]
) -> None:
    acme, code = funded(wire, **conditions)
    happened = meanwhile(wire, ending(acme, code))
    reply = acme.wants(3)
    assert happened[0].status in {201, 204}
    assert reply.code == Reason.CODE_NOT_ACCEPTED
    assert acme.balance()["available"] == 100


def test_a_redemption_under_way_goes_through_while_the_old_text_has_its_grace(wire: Wire) -> None:
    acme, code = funded(wire, limit=50)
    happened = meanwhile(wire, rotates(acme, code, hours=1))
    assert acme.wants(3).status == 201
    acme.pays_with["code"] = happened[0].json["code"]
    assert acme.wants(47).status == 201
    assert acme.wants(1).code == Reason.CODE_LIMIT_REACHED
    assert acme.balance()["redeemed"] == 50


@pytest.mark.parametrize("ending", [revokes, rotates])
def test_of_fifty_callers_none_gets_anything_after_the_end_of_the_code(
    wire: Wire, crowd: Crowd, dump: Dumps, ending: Callable[..., Callable[[], Reply]]
) -> None:
    acme, code = funded(wire)
    late: list[Reply] = []

    def end() -> Reply:
        reply = ending(acme, code)()
        late.append(acme.wants(1))
        return reply

    learners = [someone(wire, "lee", program="salesforce") for _ in range(CALLERS)]
    wishes: list[Callable[[], Reply]] = [partial(acme.wants, who=learner) for learner in learners]
    replies = crowd.all([*wishes[:20], end, *wishes[20:]])
    given = tally(replies)
    assert late[0].code == Reason.CODE_NOT_ACCEPTED
    assert given[201] + given[204] + given[Reason.CODE_NOT_ACCEPTED] == CALLERS + 1
    spent = [item for item in dump().values() if item["kind"] == "redemption"]
    assert len(spent) == acme.balance()["redeemed"]


def test_a_code_that_two_replace_at_once_has_one_new_text(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme, code = funded(wire)
        replies = crowd.all([rotates(acme, code), rotates(acme, code), revokes(acme, code)])
        assert {reply.code for reply in replies} <= {None, Reason.CODE_NOT_FOUND}
        texts = [reply.json["code"] for reply in replies if reply.status == 201]
        tried = [acme.wants(1, code=text).code for text in texts]
        assert set(tried) <= {Reason.CODE_NOT_ACCEPTED}, "revoked, so no text opens it"


@pytest.mark.parametrize(("limit", "credits"), [(20, 1), (20, 3), (49, 7)])
def test_a_limit_is_never_overspent_whoever_asks_at_once(
    wire: Wire, crowd: Crowd, limit: int, credits: int
) -> None:
    acme, _ = funded(wire, credits=1_000, limit=limit)
    learners = [someone(wire, "lee", program="salesforce") for _ in range(CALLERS)]
    replies = crowd.all(partial(acme.wants, credits, who=learner) for learner in learners)
    served = limit // credits
    assert tally(replies) == {201: served, Reason.CODE_LIMIT_REACHED: CALLERS - served}
    assert acme.balance()["redeemed"] == served * credits


def test_nobody_uses_more_of_a_code_than_each_may(wire: Wire, crowd: Crowd) -> None:
    acme, _ = funded(wire, credits=1_000, limit=28, limit_each=10)
    learners = [someone(wire, "lee", program="salesforce") for _ in range(5)]
    wishes = [partial(acme.wants, 3, who=learner) for learner in learners for _ in range(10)]
    replies = crowd.all(wishes)
    assert tally(replies) == {201: 9, Reason.CODE_LIMIT_REACHED: CALLERS - 9}
    for place in range(0, CALLERS, 10):
        assert tally(replies[place : place + 10])[201] <= 3


def test_codes_issued_at_once_are_no_more_than_the_program_allows(wire: Wire, crowd: Crowd) -> None:
    acme = company(wire, program="salesforce", credits=10)
    before = len(acme.owner.get(f"{acme.path}/codes").json["codes"])
    path, lot = f"{acme.path}/codes", lot_of(acme)
    replies = crowd.all([partial(acme.owner.post, path, {"lot": lot}) for _ in range(16)])
    given = tally(replies)
    assert given[201] <= 10 - before
    assert given[201] + given[Reason.CODE_EXISTS] + given[Reason.BUSY] == 16
    assert len(acme.owner.get(path).json["codes"]) == before + given[201]
