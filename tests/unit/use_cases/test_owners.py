from collections.abc import Callable
from functools import partial

import pytest

from tests.builders import refused
from tests.fakes.memory_ledger import MemoryLedger
from tests.world import World, ready
from training_credits.domain.decisions.people import MEMBERS_MAX
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason, Refused
from training_credits.domain.model import AccountKind, Balance, MemberState, RedemptionState, Role
from training_credits.use_cases import accounts, people


def seats(world: World, who: str) -> set[str]:
    found = people.own_accounts(world.ledger, world.caller(who)).seats
    return {seat.account_id for seat in found}


@pytest.mark.rule("AT-01")
def test_whoever_opens_an_account_owns_it_and_it_is_empty() -> None:
    world = World()
    account = world.open()
    book = world.book()
    assert [owner.email for owner in book.owners] == ["ann@acme.example"]
    assert book.account.account_id == account
    assert book.account.opened_by == "ann@acme.example"
    assert book.codes == ()
    assert world.balance() == Balance()
    assert seats(world, "ann") == {account}


@pytest.mark.rule("AT-22")
@pytest.mark.rule("AT-25")
def test_an_added_owner_may_buy_decide_and_remove_the_creator_who_then_may_nothing() -> None:
    world = ready()
    world.add_owner("bob")
    world.buy(1_000, "bob")
    asked = world.redeem(300)
    world.approve(world.redeem(200), who="bob")
    world.remove("ann", who="bob")
    assert [owner.added_by for owner in world.book().owners] == ["ann@acme.example"]
    attempts: list[Callable[[], object]] = [
        lambda: world.place(1, "ann"),
        lambda: world.approve(asked, who="ann"),
        lambda: world.deny(asked, who="ann"),
        lambda: world.add_owner("cid", who="ann"),
        lambda: world.remove("bob", who="ann"),
        lambda: world.issue_code("ann"),
        lambda: accounts.read_account(
            world.ledger, world.clock, world.caller("ann"), world.account
        ),
    ]
    for attempt in attempts:
        assert refused(attempt, NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    assert world.redemption(asked).state is RedemptionState.PENDING


@pytest.mark.rule("AT-23")
def test_whoever_owns_an_account_cannot_own_another() -> None:
    ledger = MemoryLedger()
    one, two = ready(ledger=ledger), World(ledger=ledger)
    two.open(who="cid")
    assert refused(lambda: one.invite("cid"), Conflict).reason is Reason.ALREADY_OWNER
    again = World(ledger=ledger, requests=50)
    assert refused(again.open, Conflict).reason is Reason.ALREADY_OWNER
    assert seats(one, "cid") == {two.account}
    assert seats(one, "dora") == set()


@pytest.mark.rule("AT-23")
def test_whoever_owns_an_account_may_help_another_in_another_role() -> None:
    ledger = MemoryLedger()
    one, two = ready(ledger=ledger), World(ledger=ledger)
    two.open(who="cid")
    one.add("cid", Role.FINANCE)
    assert seats(one, "cid") == {one.account, two.account}
    one.remove("cid")
    assert seats(one, "cid") == {two.account}


@pytest.mark.rule("AT-23")
def test_whoever_left_an_account_may_own_another() -> None:
    ledger = MemoryLedger()
    one, two = ready(ledger=ledger), World(ledger=ledger)
    two.open(who="cid")
    one.add_owner("bob")
    one.remove("bob")
    two.add_owner("bob", who="cid")
    assert seats(two, "bob") == {two.account}


@pytest.mark.rule("AT-23")
def test_of_two_accounts_that_ask_somebody_in_the_first_one_they_sign_in_to_has_them() -> None:
    ledger = MemoryLedger()
    one, two = ready(ledger=ledger), World(ledger=ledger)
    two.open(who="cid")
    one.invite("bob")
    two.invite("bob", who="cid")
    found = one.sign_in("bob").presence
    assert len(found.seats) == 1
    assert {seat.account_id for seat in found.seats + found.invitations} == {
        one.account,
        two.account,
    }
    assert seats(one, "bob") == {found.seats[0].account_id}


@pytest.mark.rule("AT-24")
def test_an_owner_is_asked_in_by_address_and_is_one_once_they_sign_in_with_it() -> None:
    world = ready()
    assert world.invite("dora") == "dora@acme.example"
    asked = world.member("dora")
    assert asked is not None
    assert (asked.state, asked.accepted_at) == (MemberState.INVITED, None)
    assert [seat.account_id for seat in world.sign_in("dora").presence.seats] == [world.account]
    joined = world.member("dora")
    assert joined is not None
    assert (joined.state, joined.accepted_at) == (MemberState.ACTIVE, world.clock())
    assert joined in world.book().owners


def test_somebody_cannot_be_asked_in_twice() -> None:
    world = ready()
    world.invite("bob")
    assert refused(lambda: world.invite("bob"), Conflict).reason is Reason.ALREADY_MEMBER
    world.sign_in("bob")
    for name in ("bob", "ann"):
        no = refused(partial(world.invite, name), Conflict)
        assert no.reason is Reason.ALREADY_OWNER
        no = refused(partial(world.invite, name, Role.FINANCE), Conflict)
        assert no.reason is Reason.ALREADY_MEMBER


@pytest.mark.rule("AT-22")
def test_an_account_has_fifty_members_and_no_more_until_one_leaves() -> None:
    world = ready()
    assert MEMBERS_MAX == 50
    for number in range(2, MEMBERS_MAX + 1):
        world.invite(f"member{number}")
    assert refused(lambda: world.invite("late"), Refused).reason is Reason.TOO_MANY_MEMBERS
    assert refused(lambda: world.invite("member2"), Conflict).reason is Reason.ALREADY_MEMBER
    world.remove("member2")
    world.invite("late")
    assert len(world.book().members) == MEMBERS_MAX


@pytest.mark.rule("SF-38")
def test_an_account_of_one_person_has_no_other_members() -> None:
    world = World()
    world.open(kind=AccountKind.INDIVIDUAL)
    no = refused(lambda: world.invite("bob"))
    assert no.reason is Reason.INDIVIDUAL_ACCOUNT
    world.issue_code()
    world.buy(500)
    world.approve(world.redeem(500, "ann"))
    assert world.balance() == Balance(redeemed=500)


@pytest.mark.rule("AT-40")
def test_the_only_owner_cannot_leave() -> None:
    world = ready()
    world.invite("bob")
    world.add("fay", Role.FINANCE)
    assert refused(lambda: world.remove("ann")).reason is Reason.LAST_OWNER


@pytest.mark.rule("AT-40")
def test_two_owners_who_leave_at_once_do_not_both_leave() -> None:
    world = ready()
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.remove("bob", who="bob"))
    assert refused(lambda: world.remove("ann")).reason is Reason.LAST_OWNER
    assert [owner.email for owner in world.book().owners] == ["ann@acme.example"]


@pytest.mark.rule("AT-25")
def test_an_owner_who_is_removed_at_the_same_moment_removes_nobody() -> None:
    world = ready()
    world.add_owner("bob")
    world.add_owner("cid")
    world.ledger.meanwhile.append(lambda: world.remove("ann", who="bob"))
    assert refused(lambda: world.remove("cid"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    assert world.member("cid") is not None


def test_somebody_who_does_not_belong_to_the_account_cannot_be_removed() -> None:
    world = ready()
    assert refused(lambda: world.remove("eve"), NotFound).reason is Reason.MEMBER_NOT_FOUND


def test_whoever_may_not_remove_others_may_still_leave() -> None:
    world = ready()
    world.add("fay", Role.FINANCE)
    assert refused(lambda: world.remove("ann", who="fay"), Forbidden).reason is (
        Reason.NOT_PERMITTED
    )
    world.remove("fay", who="fay")
    assert world.member("fay") is None
    assert seats(world, "fay") == set()


@pytest.mark.rule("CI-42")
def test_where_the_program_allows_it_one_person_owns_several_accounts() -> None:
    ledger = MemoryLedger()
    one, two = (
        World(program="cisco", ledger=ledger),
        World(program="cisco", ledger=ledger, requests=50),
    )
    assert one.open() != two.open()
    assert seats(one, "ann") == {one.account, two.account}
    one.add_owner("bob")
    two.add_owner("bob")
    one.remove("bob")
    assert seats(two, "bob") == {two.account}
