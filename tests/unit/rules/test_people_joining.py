"""Asked in, joined, removed, asked in again: what a seat elsewhere and a removal change."""

from datetime import timedelta

import pytest

from tests.builders import refused
from tests.fakes.clock import BEGIN
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.rules.people_tools import read
from tests.world import World, ready
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import VENDOR_ROLES, MemberState, Role, Seat
from training_credits.programs import program_names
from training_credits.use_cases import people

HOUR = timedelta(hours=1)


def two_accounts(program: str = "atlassian") -> tuple[World, World]:
    """Ann's account, and cid's."""
    ledger = MemoryLedger()
    one, two = World(program=program, ledger=ledger), World(program=program, ledger=ledger)
    one.open()
    two.requests = 50
    two.open(who="cid")
    return one, two


def found(world: World, who: str) -> list[Seat]:
    return list(people.own_accounts(world.ledger, world.caller(who)).seats)


@pytest.mark.rule("AT-24")
def test_d_is_asked_in_by_address_and_joins_on_login_with_it() -> None:
    world = ready()
    assert world.invite("d") == "d@acme.example"
    asked = world.sign_in("e").presence
    assert (asked.seats, asked.invitations) == ((), ())
    member = world.member("d")
    assert member is not None
    assert (member.state, member.added_by, member.added_at) == (
        MemberState.INVITED,
        "ann@acme.example",
        BEGIN,
    )
    assert refused(lambda: read(world, "d"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    world.clock.advance(HOUR)
    presence = world.sign_in("d").presence
    assert presence.seats == (Seat(account_id=world.account, role=Role.OWNER),)
    assert presence.invitations == ()
    joined = read(world, "d").member("d@acme.example")
    assert joined is not None
    assert (joined.state, joined.accepted_at) == (MemberState.ACTIVE, BEGIN + HOUR)


def test_signing_in_again_changes_nothing() -> None:
    world = ready()
    world.add("bob", Role.FINANCE)
    before = world.ledger.kept()
    world.clock.advance(HOUR)
    assert world.sign_in("bob").presence.seats == (
        Seat(account_id=world.account, role=Role.FINANCE),
    )
    assert world.ledger.kept() == before


@pytest.mark.rule("AT-23")
def test_an_invitation_a_seat_elsewhere_stands_against_waits_until_the_seat_is_given_up() -> None:
    one = ready()
    one.invite("dora")
    own = World(ledger=one.ledger)
    own.open(who="dora")
    presence = one.sign_in("dora").presence
    assert presence.seats == (Seat(account_id=own.account, role=Role.OWNER),)
    assert presence.invitations == (Seat(account_id=one.account, role=Role.OWNER),)
    waiting = one.member("dora")
    assert waiting is not None
    assert waiting.state is MemberState.INVITED
    assert [m.email for m in one.book().owners] == ["ann@acme.example"]
    own.add_owner("bob", who="dora")
    own.remove("dora", who="dora")
    assert found(one, "dora") == []
    one.sign_in("dora")
    assert found(one, "dora") == [Seat(account_id=one.account, role=Role.OWNER)]


def test_where_one_may_own_several_all_invitations_are_joined_at_once() -> None:
    one, two = two_accounts("cisco")
    one.invite("dora")
    two.invite("dora", Role.PLAYER, who="cid")
    assert {(s.account_id, s.role) for s in one.sign_in("dora").presence.seats} == {
        (one.account, Role.OWNER),
        (two.account, Role.PLAYER),
    }


@pytest.mark.rule("AT-23")
def test_adding_c_who_owns_another_account_is_refused_and_leaves_no_trace() -> None:
    one, two = two_accounts()
    before = one.ledger.kept()
    no = refused(lambda: one.invite("cid"), Conflict)
    assert (no.reason, no.facts) == (Reason.ALREADY_OWNER, {})
    assert one.ledger.kept() == before
    assert two.account not in no.detail


@pytest.mark.parametrize("program", program_names())
def test_whoever_was_removed_can_be_asked_in_again_and_in_another_role(program: str) -> None:
    world = World(program=program)
    world.open()
    world.add_owner("bob")
    world.remove("bob")
    assert (world.member("bob"), found(world, "bob")) == (None, [])
    assert world.sign_in("bob").presence.invitations == ()
    world.clock.advance(HOUR)
    world.invite("bob", Role.FINANCE)
    again = world.member("bob")
    assert again is not None
    assert (again.state, again.role, again.added_at, again.accepted_at) == (
        MemberState.INVITED,
        Role.FINANCE,
        BEGIN + HOUR,
        None,
    )
    world.sign_in("bob")
    assert found(world, "bob") == [Seat(account_id=world.account, role=Role.FINANCE)]
    assert [m.email for m in world.book().owners] == ["ann@acme.example"]


def test_an_invitation_taken_back_is_not_joined() -> None:
    world = ready()
    world.invite("bob")
    world.remove("bob")
    assert world.sign_in("bob").presence.seats == ()
    assert world.member("bob") is None


def test_an_invitation_taken_back_while_somebody_signs_in_is_not_joined_either() -> None:
    world = ready()
    world.invite("bob")
    world.ledger.meanwhile.append(lambda: world.remove("bob"))
    presence = world.sign_in("bob").presence
    assert (presence.seats, presence.invitations) == ((), ())
    assert [m.email for m in world.book().owners] == ["ann@acme.example"]


def test_an_invitation_that_changes_its_role_while_somebody_signs_in_gives_the_new_role() -> None:
    world = ready()
    world.invite("bob")

    def changed() -> None:
        world.remove("bob")
        world.clock.advance(HOUR)
        world.invite("bob", Role.FINANCE)

    world.ledger.meanwhile.append(changed)
    assert world.sign_in("bob").presence.seats == (
        Seat(account_id=world.account, role=Role.FINANCE),
    )
    assert [m.email for m in world.book().owners] == ["ann@acme.example"]


@pytest.mark.rule("AT-40")
@pytest.mark.parametrize("program", program_names())
def test_an_owner_who_is_only_invited_does_not_let_the_last_one_go(program: str) -> None:
    world = World(program=program)
    world.open()
    world.invite("bob")
    world.add("fay", Role.FINANCE)
    before = world.ledger.kept()
    no = refused(lambda: world.remove("ann"))
    assert no.reason is Reason.LAST_OWNER
    no = refused(lambda: world.remove("ann", who="olga"), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED
    assert world.ledger.kept() == before
    world.sign_in("bob")
    world.remove("ann")
    assert [m.email for m in world.book().owners] == ["bob@acme.example"]
    assert found(world, "ann") == []


@pytest.mark.rule("AT-40")
def test_taking_back_the_invitation_of_an_owner_leaves_the_count_of_owners_right() -> None:
    world = ready()
    world.invite("bob")
    world.remove("bob")
    world.clock.advance(HOUR)
    world.add_owner("cid")
    world.remove("ann", who="cid")
    assert refused(lambda: world.remove("cid", who="cid")).reason is Reason.LAST_OWNER


def test_everybody_may_leave_and_nobody_without_the_right_removes_another() -> None:
    world = World(program="cisco")
    world.open()
    leaving = [role for role in world.rules.roles if role not in {*VENDOR_ROLES, Role.OWNER}]
    for role in leaving:
        world.add(role, role)
    world.add("zoe", Role.PLAYER)
    for role in leaving:
        no = refused(lambda by=role: world.remove("zoe", who=by), Forbidden)  # type: ignore[misc]
        assert no.reason is Reason.NOT_PERMITTED
        world.remove(role, who=role)
        assert (world.member(role), found(world, role)) == (None, [])
    assert world.member("zoe") is not None


def test_whoever_is_invited_or_gone_has_nothing_to_leave() -> None:
    world = ready()
    world.invite("bob")
    world.add("cid")
    world.remove("cid")
    for who in ("bob", "cid", "eve"):
        no = refused(lambda by=who: world.remove(by, who=by), NotFound)  # type: ignore[misc]
        assert no.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.member("bob") is not None


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("program", program_names())
def test_only_the_programs_own_roles_of_customers_are_given(program: str, role: Role) -> None:
    world = World(program=program)
    world.open()
    offered = [known for known in world.rules.roles if known not in VENDOR_ROLES]
    if role in offered:
        world.add("bob", role)
        assert found(world, "bob") == [Seat(account_id=world.account, role=role)]
    else:
        no = refused(lambda: world.invite("bob", role))
        assert (no.reason, no.facts) == (Reason.ROLE_NOT_OFFERED, {"offered": offered})
        assert world.member("bob") is None
