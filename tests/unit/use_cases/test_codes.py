from collections.abc import Callable

import pytest

from tests.world import World, ready
from training_credits.domain.errors import Conflict, Problem, Reason, Refused


def reason(act: Callable[[], object], kind: type[Problem]) -> object:
    with pytest.raises(kind) as no:
        act()
    return no.value.reason


@pytest.mark.rule("AT-14")
def test_the_code_is_kept_as_a_digest_and_masked_afterwards() -> None:
    world = World()
    world.open()
    code = world.issue_code()
    kept = world.ledger.codes.values()
    assert world.book().account.code_hint == code[-4:]
    assert all(code.replace("-", "") not in repr(one) for one in kept)
    assert code not in repr(world.ledger.submissions)


@pytest.mark.rule("AT-15")
def test_a_second_code_is_refused() -> None:
    world = ready()
    with pytest.raises(Conflict) as no:
        world.issue_code()
    assert no.value.reason is Reason.CODE_EXISTS


@pytest.mark.rule("AT-15")
def test_two_who_make_the_code_at_once_make_one() -> None:
    world = World()
    world.open()
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.issue_code("bob"))
    assert reason(lambda: world.issue_code("ann"), Conflict) is Reason.CODE_EXISTS
    assert len(world.ledger.codes) == 1


def test_the_same_request_shows_the_same_code_again() -> None:
    world = World()
    world.open()
    first = world.issue_code(key="key-code")
    assert world.issue_code(key="key-code") == first
    assert len(world.ledger.codes) == 1


@pytest.mark.parametrize(("program", "lot"), [("atlassian", "L1"), ("cisco", None)])
def test_a_code_the_program_does_not_have_is_refused(program: str, lot: str | None) -> None:
    world = World(program=program)
    world.open()
    assert reason(lambda: world.issue_code(lot=lot), Refused) is Reason.CODE_NOT_OFFERED
