"""People at once: one seat each, never an account without an owner, and nothing said is lost."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd, meanwhile, tally
from tests.http.people import V1, Company, Reply, Who, company, operator, someone
from tests.http.wire import Wire
from training_credits.domain.errors import Reason

pytestmark = pytest.mark.engine
ROUNDS = 6
TERMS = {"version": "2021-06"}


def signs_in(who: Who) -> Callable[[], Reply]:
    return partial(who.post, "/v1/sign-ins", {})


def accounts_of(who: Who) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = who.get(V1).json["accounts"]
    return listed


def agreement(percent: int = 30) -> dict[str, Any]:
    return {"percent": percent, "starts_on": "2026-01-01", "ends_on": "2036-12-31"}


def agrees(acme: Company, who: Who, percent: int = 30) -> Callable[[], Reply]:
    return partial(who.put, f"{acme.path}/agreement", agreement(percent))


@pytest.mark.proves("T6")
def test_two_owners_who_remove_each_other_leave_one(wire: Wire, crowd: Crowd, dump: Dumps) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        bob = someone(wire, "bob")
        acme.adds(bob)
        removals = [partial(acme.removes, bob), partial(acme.removes, acme.owner, bob)]
        assert tally(crowd.all(removals)) == {204: 1, Reason.ACCOUNT_NOT_FOUND: 1}
    assert all(item["owners"] == 1 for item in dump().values() if item["kind"] == "account")


def test_of_two_owners_who_leave_at_once_one_stays(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        bob = someone(wire, "bob")
        acme.adds(bob)
        leaving = [partial(acme.removes, who, who) for who in (acme.owner, bob)]
        assert tally(crowd.all(leaving)) == {204: 1, Reason.LAST_OWNER: 1}


def test_one_person_opening_two_accounts_at_once_gets_one(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        ann = someone(wire, "ann")
        replies = crowd.all([partial(ann.post, V1, {}), partial(ann.post, V1, {})])
        assert tally(replies) == {201: 1, Reason.ALREADY_OWNER: 1}


def test_an_invitation_accepted_four_times_at_once_takes_one_seat(
    wire: Wire, crowd: Crowd, dump: Dumps
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        bob = someone(wire, "bob")
        assert acme.asks_in(bob).status == 201
        assert tally(crowd.all([signs_in(bob)] * 4)) == {200: 4}
        assert accounts_of(bob) == [{"account": acme.account, "role": "owner"}]
    joined = [item for item in dump().values() if item.get("happening") == "member_joined"]
    assert all(item["owners"] == 2 for item in dump().values() if item["kind"] == "account")
    assert len(joined) in {0, ROUNDS}


def test_asked_into_two_accounts_where_one_is_allowed_somebody_joins_one(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        bob = someone(wire, "bob")
        for _ in range(2):
            assert company(wire).asks_in(bob).status == 201
        opens: Callable[[], Reply] = partial(bob.post, V1, {})
        replies = crowd.all([signs_in(bob), signs_in(bob), opens])
        assert {reply.code for reply in replies} <= {None, Reason.ALREADY_OWNER}
        assert len(accounts_of(bob)) == 1


@pytest.mark.parametrize("role", ["owner", "captain"])
def test_who_joins_while_their_invitation_is_withdrawn_is_in_or_out(
    wire: Wire, crowd: Crowd, role: str
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire, program="cisco")
        bob = someone(wire, "bob", program="cisco")
        assert acme.asks_in(bob, role).status == 201
        both: list[Callable[[], Reply]] = [signs_in(bob), partial(acme.removes, bob)]
        signed, removed = crowd.all(both)
        assert (signed.status, removed.status) == (200, 204)
        assert bob.get(acme.path).code in {Reason.TERMS_REQUIRED, Reason.ACCOUNT_NOT_FOUND}
        bob.post("/v1/terms", TERMS)
        assert bob.get(acme.path).code == Reason.ACCOUNT_NOT_FOUND


def test_many_who_join_at_once_are_all_counted(wire: Wire, crowd: Crowd, dump: Dumps) -> None:
    acme = company(wire)
    asked = [someone(wire, "bob") for _ in range(4)]
    for one in asked:
        assert acme.asks_in(one).status == 201
    assert tally(crowd.all(signs_in(one) for one in asked)) == {200: 4}
    assert [item["owners"] for item in dump().values() if item["kind"] == "account"] == [5]


def test_one_address_asked_in_by_two_owners_at_once_is_asked_once(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        bob, cat = someone(wire, "bob"), someone(wire, "cat")
        acme.adds(bob)
        asks = partial(acme.asks_in, cat)
        says = {"email": cat.email, "role": "finance"}
        other = partial(bob.post, f"{acme.path}/members", says)
        assert tally(crowd.all([asks, other])) == {201: 1, Reason.ALREADY_MEMBER: 1}


@pytest.mark.proves("T6")
def test_who_was_removed_while_they_decide_decides_nothing(wire: Wire) -> None:
    acme = company(wire, credits=10)
    bob = someone(wire, "bob")
    acme.adds(bob)
    asked = acme.wants(3).json["redemption"]
    happened = meanwhile(wire, partial(acme.removes, bob))
    reply = acme.decides("approve", asked, who=bob)
    assert happened[0].status == 204
    assert reply.code == Reason.ACCOUNT_NOT_FOUND
    assert acme.balance()["redeemed"] == 0


def test_terms_accepted_ten_times_at_once_are_accepted_once_and_first(
    wire: Wire, crowd: Crowd, dump: Dumps
) -> None:
    lee = someone(wire, "lee", program="cisco")
    accepts = partial(lee.post, "/v1/terms", TERMS)
    assert tally(crowd.all([accepts] * 10)) == {200: 10}
    (kept,) = [item for item in dump().values() if item["kind"] == "terms"]
    assert accepts().status == 200
    assert kept in dump().values()


def test_an_agreement_that_two_approve_at_once_is_in_force_and_was_said_by_two(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        first, second, third = (operator(wire) for _ in range(3))
        waits = agrees(acme, first)()
        assert "approved_by" not in waits.json
        replies = crowd.all([agrees(acme, second), agrees(acme, third)])
        assert tally(replies) == {200: 2}
        for reply in replies:
            assert reply.json["made_by"] == first.email
            assert reply.json["approved_by"] in {second.email, third.email}
            assert not reply.json["waits"]
        seen = acme.owner.get(acme.path).json
        assert (seen["agreement"], seen.get("proposed")) == (replies[0].json, None)
        assert acme.orders(100).json["discount_minor"] == 3_000


def test_nobody_approves_an_agreement_that_was_replaced_meanwhile(wire: Wire) -> None:
    acme = company(wire)
    first, second, third = (operator(wire) for _ in range(3))
    agrees(acme, first)()
    happened = meanwhile(wire, agrees(acme, third, percent=40))
    reply = agrees(acme, second)()
    assert "approved_by" not in happened[0].json
    assert "approved_by" not in reply.json
    assert acme.orders(100).json["discount_minor"] == 0


def test_two_who_propose_at_once_leave_what_is_in_force_and_one_proposal(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        first, second, third = (operator(wire) for _ in range(3))
        agrees(acme, first)()
        agreed = agrees(acme, second)()
        replies = crowd.all([agrees(acme, second, percent=40), agrees(acme, third, percent=50)])
        assert tally(replies) == {200: 2}
        assert all(reply.json["waits"] for reply in replies)
        seen = acme.owner.get(acme.path).json
        assert seen["agreement"] == agreed.json
        assert seen["proposed"] in [reply.json for reply in replies]
        assert acme.orders(100).json["discount_minor"] == 3_000


def test_what_was_agreed_meanwhile_is_not_lost_to_a_proposal(wire: Wire) -> None:
    acme = company(wire)
    first, second, third = (operator(wire) for _ in range(3))
    agrees(acme, first)()
    happened = meanwhile(wire, agrees(acme, second))
    waits = agrees(acme, third, percent=40)()
    seen = acme.owner.get(acme.path).json
    assert (seen["agreement"], seen["proposed"]) == (happened[0].json, waits.json)


def test_two_contacts_named_at_once_are_both_named(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        names = [
            partial(
                acme.staff[0].put,
                f"{acme.path}/contacts/{role}",
                {"name": role.title(), "email": f"{role}@atlassian.example"},
            )
            for role in ("account_manager", "advisor")
        ]
        assert tally(crowd.all(names)) == {200: 2}
        seen = acme.owner.get(acme.path).json
        assert {each["role"] for each in seen["contacts"]} == {"account_manager", "advisor"}
