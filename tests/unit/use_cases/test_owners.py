from collections.abc import Callable

import pytest

from tests.fakes.memory_ledger import MemoryLedger
from tests.world import World, ready
from training_credits.domain.errors import Conflict, NotFound, Problem, Reason, Refused
from training_credits.domain.model import Balance, RedemptionState
from training_credits.use_cases import accounts


def reason(act: Callable[[], object], kind: type[Problem]) -> object:
    with pytest.raises(kind) as no:
        act()
    return no.value.reason


@pytest.mark.rule("AT-01")
def test_whoever_opens_an_account_owns_it_and_it_is_empty() -> None:
    world = World()
    account = world.open()
    book = world.book()
    assert [owner.email for owner in book.owners] == ["ann@acme.example"]
    assert book.account.account_id == account
    assert book.account.opened_by == "ann@acme.example"
    assert book.account.code_hint is None
    assert world.balance() == Balance()


@pytest.mark.rule("AT-22")
@pytest.mark.rule("AT-25")
def test_an_added_owner_may_buy_decide_and_remove_the_creator_who_then_may_nothing() -> None:
    world = ready()
    world.add_owner("bob")
    world.buy(1_000, "bob")
    asked = world.redeem(300)
    world.approve(world.redeem(200), who="bob")
    world.remove_owner("ann", who="bob")
    assert [owner.added_by for owner in world.book().owners] == ["ann@acme.example"]
    attempts: list[Callable[[], object]] = [
        lambda: world.buy(1, "ann"),
        lambda: world.approve(asked, who="ann"),
        lambda: world.deny(asked, who="ann"),
        lambda: world.add_owner("cid", who="ann"),
        lambda: world.remove_owner("bob", who="ann"),
        lambda: world.issue_code("ann"),
        lambda: accounts.read_account(world.ledger, world.caller("ann"), world.account),
    ]
    for attempt in attempts:
        assert reason(attempt, NotFound) is Reason.ACCOUNT_NOT_FOUND
    assert world.redemption(asked).state is RedemptionState.PENDING


@pytest.mark.rule("AT-23")
def test_whoever_owns_an_account_cannot_own_another() -> None:
    ledger = MemoryLedger()
    one, two = ready(ledger=ledger), World(ledger=ledger)
    two.open(who="cid")
    assert reason(lambda: one.add_owner("cid"), Conflict) is Reason.ALREADY_OWNER
    assert reason(lambda: World(ledger=ledger, requests=50).open(), Conflict) is (
        Reason.ALREADY_OWNER
    )
    assert accounts.own_accounts(ledger, one.caller("cid")) == (two.account,)
    assert accounts.own_accounts(ledger, one.caller("dora")) == ()


@pytest.mark.rule("AT-23")
def test_whoever_left_an_account_may_own_another() -> None:
    ledger = MemoryLedger()
    one, two = ready(ledger=ledger), World(ledger=ledger)
    two.open(who="cid")
    one.add_owner("bob")
    one.remove_owner("bob")
    two.add_owner("bob", who="cid")
    assert accounts.own_accounts(ledger, two.caller("bob")) == (two.account,)


@pytest.mark.rule("AT-24")
def test_an_owner_is_added_by_the_address_they_sign_in_with() -> None:
    world = ready()
    assert world.add_owner("dora") == "dora@acme.example"
    page = accounts.read_account(world.ledger, world.caller("dora"), world.account)
    assert page.owned_by("dora@acme.example")


def test_an_owner_cannot_be_added_twice() -> None:
    world = ready()
    world.add_owner("bob")
    assert reason(lambda: world.add_owner("bob"), Conflict) is Reason.ALREADY_OWNER


@pytest.mark.rule("AT-22")
def test_an_account_has_twenty_owners_and_no_more_until_one_leaves() -> None:
    world = ready()
    for number in range(2, 21):
        world.add_owner(f"owner{number}")
    assert len(world.book().owners) == 20
    assert reason(lambda: world.add_owner("late"), Refused) is Reason.TOO_MANY_OWNERS
    assert reason(lambda: world.add_owner("owner2"), Conflict) is Reason.ALREADY_OWNER
    world.remove_owner("owner2")
    world.add_owner("late")
    assert len(world.book().owners) == 20


def test_of_two_who_are_added_at_once_as_the_twentieth_one_is_refused() -> None:
    world = ready()
    for number in range(2, 20):
        world.add_owner(f"owner{number}")
    world.ledger.meanwhile.append(lambda: world.add_owner("early"))
    assert reason(lambda: world.add_owner("late"), Refused) is Reason.TOO_MANY_OWNERS
    assert world.book().owned_by("early@acme.example")


@pytest.mark.rule("AT-40")
def test_the_only_owner_cannot_leave() -> None:
    world = ready()
    assert reason(lambda: world.remove_owner("ann"), Refused) is Reason.LAST_OWNER


@pytest.mark.rule("AT-40")
def test_two_owners_who_leave_at_once_do_not_both_leave() -> None:
    world = ready()
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.remove_owner("bob", who="bob"))
    assert reason(lambda: world.remove_owner("ann"), Refused) is Reason.LAST_OWNER
    assert [owner.email for owner in world.book().owners] == ["ann@acme.example"]


@pytest.mark.rule("AT-25")
def test_an_owner_who_is_removed_at_the_same_moment_removes_nobody() -> None:
    world = ready()
    world.add_owner("bob")
    world.add_owner("cid")
    world.ledger.meanwhile.append(lambda: world.remove_owner("ann", who="bob"))
    assert reason(lambda: world.remove_owner("cid"), NotFound) is Reason.ACCOUNT_NOT_FOUND
    assert world.book().owned_by("cid@acme.example")


def test_somebody_who_is_no_owner_cannot_be_removed() -> None:
    world = ready()
    assert reason(lambda: world.remove_owner("eve"), NotFound) is Reason.OWNER_NOT_FOUND


@pytest.mark.rule("CI-42")
def test_where_the_program_allows_it_one_person_owns_several_accounts() -> None:
    ledger = MemoryLedger()
    one, two = (
        World(program="cisco", ledger=ledger),
        World(program="cisco", ledger=ledger, requests=50),
    )
    assert one.open() != two.open()
    assert set(accounts.own_accounts(ledger, one.caller("ann"))) == {one.account, two.account}
    one.add_owner("bob")
    two.add_owner("bob")
    one.remove_owner("bob")
    assert accounts.own_accounts(ledger, two.caller("bob")) == (two.account,)
