"""Another text for a code: the old one's grace, what stays, and where it is not allowed."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.builders import SECRET, refused
from tests.unit.rules.codes_tools import START, accepted, card, listed, with_lot
from tests.unit.rules.people_tools import edit
from tests.world import ready
from training_credits.domain import codes as texts
from training_credits.domain.decisions import codes as decisions
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import Approval

HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


@pytest.mark.rule("AT-32")
def test_the_vendors_own_rules_let_nobody_rotate_or_revoke() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(100)
    before = world.ledger.kept()
    for act in (world.rotate, world.revoke):
        assert refused(act, Forbidden).reason is Reason.CODE_NOT_REPLACEABLE
    assert world.ledger.kept() == before
    world.redeem(10)


@pytest.mark.rule("AT-32")
def test_under_at_plus_a_new_text_is_issued_and_the_old_one_fails_at_once() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(100)
    old, text = world.code, "ZZZZZZZZZZZZZ"
    plus = replace(world.rules, codes=replace(world.rules.codes, replaceable=True))
    digest = texts.digest(SECRET, "atlassian", text)
    _, change = decisions.rotate(
        plus,
        world.book(),
        world.caller("ann"),
        world.code_id,
        digest=digest,
        hint=text[-4:],
        grace=timedelta(),
        now=world.clock(),
    )
    world.commit(*change.writes)
    assert not accepted(world, code=old)
    assert accepted(world, code=text)


@pytest.mark.rule("AT-32")
def test_a_worried_owner_makes_approval_manual_and_the_code_spends_nothing_by_itself() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(100)
    edit(world, approval=Approval.MANUAL)
    world.redeem(100)
    assert world.balance().available == 100


@pytest.mark.proves("T3")
def test_without_grace_the_old_text_fails_at_once_and_the_new_one_works() -> None:
    world = with_lot()
    old, code_id = world.code, world.code_id
    new = world.rotate()
    assert (new != old, world.code_id) == (True, code_id)
    assert not accepted(world, code=old)
    assert accepted(world, code=new)


def test_the_old_text_works_until_its_grace_is_over_and_not_at_that_instant() -> None:
    world = with_lot()
    old = world.code
    new = world.rotate(grace=HOUR)
    for wait in (HOUR - MOMENT, MOMENT):
        assert accepted(world, code=old)
        assert accepted(world, code=new)
        world.clock.advance(wait)
    assert not accepted(world, code=old)
    assert accepted(world, code=new)


def test_by_either_text_it_is_the_same_code_in_the_log_of_its_uses() -> None:
    world = with_lot()
    old = world.code
    new = world.rotate(grace=HOUR)
    world.redeem(10, code=old)
    world.redeem(20, code=new)
    assert sorted(r.credits for r in world.uses().items) == [10, 20]
    assert len(listed(world)) == 1


def test_limits_uses_label_and_end_stay_as_they_were() -> None:
    world = with_lot(limit=500, limit_each=400, label="A", ends_on=START, domains=("acme.example",))
    world.redeem(300)
    before = card(world)
    text = world.rotate()
    after = card(world)
    assert after.hint == text[-4:]
    beside_its_text = replace(before, digest=after.digest, hint=after.hint, previous=after.previous)
    assert after == beside_its_text
    no = refused(lambda: world.redeem(101))
    assert (no.reason, no.facts["credits_possible"]) == (Reason.CODE_LIMIT_REACHED, 100)
    assert refused(lambda: world.redeem(201, "mia")).facts["credits_possible"] == 200


def test_grace_does_not_outlast_the_code() -> None:
    world = with_lot(ends_on=START)
    old = world.code
    world.rotate(grace=timedelta(days=30))
    world.clock.advance(timedelta(days=1))
    assert not accepted(world, code=old)
    assert not accepted(world)


def test_revoked_within_the_grace_neither_text_works() -> None:
    world = with_lot()
    old = world.code
    new = world.rotate(grace=HOUR)
    world.revoke()
    assert not accepted(world, code=old)
    assert not accepted(world, code=new)
    assert refused(world.rotate, NotFound).reason is Reason.CODE_NOT_FOUND


def test_a_text_replaced_twice_is_done_with_whatever_grace_it_had() -> None:
    world = with_lot()
    first = world.code
    second = world.rotate(grace=timedelta(days=1))
    world.clock.advance(HOUR)
    third = world.rotate(grace=HOUR)
    assert not accepted(world, code=first)
    assert accepted(world, code=second)
    assert accepted(world, code=third)
    world.clock.advance(HOUR)
    assert not accepted(world, code=second)


def test_the_same_rotation_sent_again_shows_the_same_text_and_rotates_no_more() -> None:
    world = with_lot()
    asking, code_id = world.intent("ann", "rotate_code"), world.code_id
    new = world.rotate(asking=asking)
    before = world.ledger.kept()
    world.clock.advance(timedelta(days=30))
    assert world.rotate(asking=asking, code_id=code_id) == new
    assert world.ledger.kept() == before
    assert accepted(world, code=new)


def test_the_same_rotation_sent_again_after_another_one_shows_what_it_showed() -> None:
    world = with_lot()
    asking = world.intent("ann", "rotate_code")
    first = world.rotate(asking=asking)
    second = world.rotate()
    before = world.ledger.kept()
    assert world.rotate(asking=asking) == first
    assert world.ledger.kept() == before
    assert not accepted(world, code=first)
    assert accepted(world, code=second)


def test_a_key_used_for_one_rotation_is_not_used_for_another() -> None:
    world = with_lot()
    first = world.code_id
    world.issue_code(lot="L1")
    asking = world.intent("ann", "rotate_code", digest="one")
    world.rotate(asking=asking)
    other = replace(asking, digest="two")
    no = refused(partial(world.rotate, asking=other, code_id=first), Conflict)
    assert no.reason is Reason.KEY_REUSED


def test_rotated_while_somebody_redeems_with_the_old_text_it_is_not_accepted_any_more() -> None:
    world = with_lot()
    old = world.code
    world.ledger.meanwhile.append(world.rotate)
    assert not accepted(world, code=old)
    assert world.balance().available == 1_000


def test_rotated_with_grace_while_somebody_redeems_with_the_old_text_it_is_accepted() -> None:
    world = with_lot()
    old = world.code
    world.ledger.meanwhile.append(partial(world.rotate, grace=HOUR))
    assert accepted(world, code=old)


def test_two_who_rotate_at_once_leave_one_text_that_works() -> None:
    world = with_lot()
    first = world.code
    world.add_owner("bob")
    said: list[str] = []
    world.ledger.meanwhile.append(lambda: said.append(world.rotate("bob")))
    said.append(world.rotate("ann"))
    assert [accepted(world, code=text) for text in (first, *said)] == [False, False, True]
