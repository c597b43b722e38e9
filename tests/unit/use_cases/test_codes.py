from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.world import World, ready
from training_credits.domain.errors import Conflict, Problem, Reason, Refused
from training_credits.domain.model import Opened


def reason(act: Callable[[], object], kind: type[Problem] = Refused) -> object:
    return refused(act, kind).reason


def lots(*lot_ids: str) -> World:
    """A program whose codes open one lot each, and may be replaced."""
    world = World(program="salesforce")
    world.open()
    for lot_id in lot_ids:
        world.grant(lot_id, 1_000, order_start=date(2026, 1, 1))
    return world


@pytest.mark.rule("AT-14")
def test_the_code_is_kept_as_a_digest_and_masked_afterwards() -> None:
    world = World()
    world.open()
    text = world.issue_code()
    (kept,) = world.book().codes
    assert kept.hint == text[-4:]
    opener = world.ledger.place("atlassian").openers[kept.digest]
    assert opener == Opened(digest=kept.digest, account_id=world.account, code_id=kept.code_id)
    for said in (text, text.replace("-", "")):
        assert said not in repr(world.ledger.kept())


@pytest.mark.rule("AT-15")
def test_a_second_code_is_refused() -> None:
    world = ready()
    no = refused(world.issue_code, Conflict)
    assert (no.reason, no.facts) == (Reason.CODE_EXISTS, {"most": 1})


@pytest.mark.rule("AT-15")
def test_two_who_make_the_code_at_once_make_one() -> None:
    world = World()
    world.open()
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.issue_code("bob"))
    assert reason(lambda: world.issue_code("ann"), Conflict) is Reason.CODE_EXISTS
    (kept,) = world.book().codes
    assert kept.made_by == "bob@acme.example"


def test_the_same_request_shows_the_same_code_again() -> None:
    world = World()
    world.open()
    first = world.issue_code(key="key-code")
    assert world.issue_code(key="key-code") == first
    assert len(world.book().codes) == 1


@pytest.mark.parametrize(("program", "lot"), [("atlassian", "L1"), ("cisco", None)])
def test_a_code_the_program_does_not_have_is_refused(program: str, lot: str | None) -> None:
    world = World(program=program)
    world.open()
    assert reason(lambda: world.issue_code(lot=lot)) is Reason.CODE_NOT_OFFERED


@pytest.mark.rule("AT-32")
def test_where_codes_cannot_be_replaced_they_are_neither_rotated_nor_revoked() -> None:
    world = ready()
    world.buy(500)
    before = world.code
    for act in (world.rotate, world.revoke):
        no = refused(act, Problem)
        assert no.reason is Reason.CODE_NOT_REPLACEABLE
    assert world.redeem(1, code=before)


def test_ten_codes_work_for_a_lot_at_once_and_no_more_until_one_ends() -> None:
    world = lots("L1", "L2")
    for _ in range(10):
        world.issue_code(lot="L1")
    assert reason(lambda: world.issue_code(lot="L1"), Conflict) is Reason.CODE_EXISTS
    world.issue_code(lot="L2")
    world.revoke(code_id=world.book().codes[0].code_id)
    lot = world.book().codes[-1].lot_id
    assert world.issue_code(lot=lot)


def test_two_at_once_make_both_where_the_program_allows_more() -> None:
    world = lots("L1")
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.issue_code("bob", lot="L1"))
    world.issue_code(lot="L1")
    assert len(world.book().codes) == 2
    assert world.book().account.codes == 2


def test_a_rotated_code_opens_by_its_new_text_at_once_and_by_the_old_one_no_more() -> None:
    world = lots("L1")
    old = world.issue_code(lot="L1", limit=700)
    world.redeem(300)
    new = world.rotate()
    assert new != old
    assert reason(lambda: world.redeem(1, code=old)) is Reason.CODE_NOT_ACCEPTED
    assert reason(lambda: world.redeem(401, code=new)) is Reason.CODE_LIMIT_REACHED
    world.redeem(400, code=new)
    assert [code.used for code in world.book().codes] == [700]


def test_with_a_grace_the_old_text_opens_until_it_is_over() -> None:
    world = lots("L1")
    old = world.issue_code(lot="L1")
    world.rotate(grace=timedelta(hours=1))
    world.clock.advance(timedelta(hours=1, microseconds=-1))
    world.redeem(1, code=old)
    world.clock.advance(timedelta(microseconds=1))
    assert reason(lambda: world.redeem(1, code=old)) is Reason.CODE_NOT_ACCEPTED
    assert world.redeem(1)


def test_a_rotation_sent_twice_is_one_and_shows_the_same_text() -> None:
    world = lots("L1")
    world.issue_code(lot="L1")
    asking = world.intent("ann", "rotate_code")
    text = world.rotate(asking=asking)
    before = world.ledger.kept()
    assert world.rotate(asking=asking) == text
    assert world.ledger.kept() == before


def test_a_revoked_code_opens_nothing_and_keeps_what_was_asked_for() -> None:
    world = lots("L1")
    world.issue_code(lot="L1")
    asked = world.redeem(300)
    world.revoke()
    assert reason(lambda: world.redeem(1)) is Reason.CODE_NOT_ACCEPTED
    assert [use.redemption_id for use in world.uses().items] == [asked]
    assert reason(world.revoke, Problem) is Reason.CODE_NOT_FOUND
    assert reason(world.rotate, Problem) is Reason.CODE_NOT_FOUND


def test_a_code_revoked_while_somebody_redeems_with_it_pays_nothing() -> None:
    world = lots("L1")
    world.issue_code(lot="L1")
    world.ledger.meanwhile.append(world.revoke)
    assert reason(lambda: world.redeem(300)) is Reason.CODE_NOT_ACCEPTED
    assert world.balance().available == 1_000


def test_uses_of_a_code_nobody_made_are_not_found() -> None:
    world = lots("L1")
    assert reason(lambda: world.uses(code_id="C9"), Problem) is Reason.CODE_NOT_FOUND
