"""The vendor's people: where they are named, what they prepare, and where they are barred."""

from datetime import timedelta
from functools import partial

import pytest

from tests.belonging import Belonging
from tests.builders import caller, person, refused, staff
from tests.fakes.clock import BEGIN
from tests.unit.rules.people_tools import contact_of, names, read
from tests.world import World
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Caller,
    Contact,
    MemberState,
    PlanItem,
    RedemptionState,
    Role,
    Seat,
    Verdict,
)
from training_credits.programs import program_names
from training_credits.use_cases import accounts, people

CONTACTS = [Role.ACCOUNT_MANAGER, Role.ADVISOR]


def company(program: str = "cisco", name: str = "Acme") -> World:
    world = World(program=program)
    world.open(name=name)
    world.grant("SO-1", 100, invoice=BEGIN.date(), order_start=BEGIN.date())
    return world


def hidden_from(world: Belonging, who: Caller) -> bool:
    """The account does not exist for them."""
    return refused(lambda: read(world, who), NotFound).reason is Reason.ACCOUNT_NOT_FOUND


@pytest.mark.rule("CI-13")
def test_the_account_manager_adds_acme_tc1_who_is_invited_and_nobody_else_sees_the_account() -> (
    None
):
    world = World(program="cisco")
    world.open(who="typo", name="Acme", joins=False)
    world.remove("typo", "olga")
    mia = names(world, "mia", Role.ACCOUNT_MANAGER)
    asked_in = world.invite("acme_tc1", asking=world.intent(mia, "invite"))
    assert asked_in == "acme_tc1@acme.example"
    assert world.book().account.name == "Acme"
    asked = world.member("acme_tc1")
    assert asked is not None
    assert (asked.state, asked.added_by) == (MemberState.INVITED, "mia@cisco.example")
    others = [caller("eve", "cisco"), staff("max", "cisco", Role.ACCOUNT_MANAGER)]
    assert all(hidden_from(world, other) for other in others)
    world.sign_in("acme_tc1")
    world.accept_terms("acme_tc1")
    assert read(world, "acme_tc1").account == read(world, mia).account


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("role", [Role.OWNER, Role.CAPTAIN, Role.FINANCE])
@pytest.mark.parametrize("joined", [True, False])
def test_staff_ask_nobody_in_beside_the_owner_and_send_away_nobody_others_asked_in(
    role: Role, *, joined: bool
) -> None:
    world = World(program="cisco")
    world.open(joins=joined)
    before = world.ledger.kept()
    for who in ("olga", "otto"):
        no = refused(partial(world.invite, "friend", role, who), Forbidden)
        assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "people")
    no = refused(lambda: world.remove("ann", "otto"), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED
    if joined:
        assert refused(lambda: world.remove("ann", "olga"), Forbidden).reason is no.reason
    assert world.ledger.kept() == before


@pytest.mark.rule("SF-35")
@pytest.mark.parametrize("role", CONTACTS)
@pytest.mark.parametrize("program", ["cisco", "salesforce"])
def test_a_contact_is_one_only_on_the_account_that_names_their_address_in_that_role(
    program: str, role: Role
) -> None:
    named, other = company(program), World(program=program)
    kim = names(named, "kim", role)
    other.ledger, other.requests = named.ledger, 50
    other.open(who="cid")
    assert read(named, kim).account.contact(role) == contact_of("kim", program, role)
    strangers = [
        staff("lou", program, role),
        staff("kim", program, next(r for r in CONTACTS if r is not role)),
        Caller(person=kim.person, program=program),
        Caller(person=person("kim"), program=program, groups=kim.groups),
    ]
    assert all(hidden_from(named, stranger) for stranger in strangers)
    assert hidden_from(other, kim)


@pytest.mark.parametrize("role", CONTACTS)
def test_another_contact_in_the_same_role_takes_the_place_of_the_first(role: Role) -> None:
    world = company()
    first, second = names(world, "kim", role), names(world, "lou", role)
    assert world.book().account.contacts == (contact_of("lou", "cisco", role),)
    assert hidden_from(world, first)
    assert read(world, second).account == world.book().account


def test_contacts_in_two_roles_stand_beside_each_other() -> None:
    world = company()
    for name, role in zip(("kim", "lou"), reversed(CONTACTS), strict=True):
        names(world, name, role)
    assert world.book().account.contacts == (
        contact_of("lou", "cisco", Role.ACCOUNT_MANAGER),
        contact_of("kim", "cisco", Role.ADVISOR),
    )


def test_a_contact_named_without_a_group_of_the_vendors_has_no_rights_here() -> None:
    world = company()
    someone = Contact(role=Role.ADVISOR, name="Eve", email="eve@acme.example")
    accounts.name_contact(world.ledger, world.clock, world.caller("olga"), world.account, someone)
    assert hidden_from(world, world.caller("eve"))


@pytest.mark.rule("CI-04")
def test_the_advisor_prepares_a_plan_and_a_request_which_waits_until_the_captain_approves() -> None:
    world = company()
    world.add("cap", Role.CAPTAIN)
    kim = names(world, "kim", Role.ADVISOR)
    items = [PlanItem(title="CCNA", month="2026-04", credits=40, person="lee@acme.example")]
    at = (world.ledger, world.clock, kim, world.account, "SO-1")
    assert accounts.change_plan(*at, items)[1] == tuple(items)
    asking = world.intent(kim, "redeem")
    asked = world.redeem(40, title="CCNA", sales_order="SO-1", asking=asking)
    deciding = world.intent(kim, "decide")
    no = refused(lambda: world.decide(Verdict.APPROVE, [asked], asking=deciding), Forbidden)
    assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "decide")
    assert world.redemption(asked).state is RedemptionState.PENDING
    world.approve(asked, who="cap")
    assert world.redemption(asked).decided_by == "cap@acme.example"


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("program", program_names())
@pytest.mark.parametrize("role", [Role.OWNER, Role.FINANCE])
def test_somebody_of_a_vendors_domain_gets_no_role_on_the_customers_side(
    program: str, role: Role
) -> None:
    world = World(program=program)
    world.open()
    before = world.ledger.kept()
    email = f"kim@{program}.example"
    no = refused(lambda: ask_in(world, world.caller("ann"), email, role))
    assert no.reason is Reason.ROLE_CONFLICT
    assert world.ledger.kept() == before


@pytest.mark.rule("CI-42")
def test_making_somebody_of_the_vendors_domain_a_captain_is_refused() -> None:
    world = company()
    for who in ("ann", "olga"):
        asking = world.caller(who)
        no = refused(lambda by=asking: ask_in(world, by, "sam@cisco.example", Role.CAPTAIN))  # type: ignore[misc]
        assert no.reason is Reason.ROLE_CONFLICT


def test_a_domain_that_only_ends_like_the_vendors_is_anybodys() -> None:
    world = company()
    for email in ("a@notcisco.example", "b@cisco.example.org"):
        assert ask_in(world, world.caller("ann"), email, Role.PLAYER) == email
    no = refused(lambda: ask_in(world, world.caller("ann"), "c@mail.cisco.example", Role.PLAYER))
    assert no.reason is Reason.ROLE_CONFLICT


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ACCOUNT_MANAGER, Role.ADVISOR])
def test_staff_with_any_address_neither_ask_themselves_in_nor_join(role: Role) -> None:
    world = company()
    kim = Caller(person=person("kim"), program="cisco", groups=frozenset({role}))
    contact = Contact(role=Role.ACCOUNT_MANAGER, name="Kim", email=kim.person.email)
    accounts.name_contact(world.ledger, world.clock, world.caller("olga"), world.account, contact)
    if role is not Role.ADVISOR:
        no = refused(lambda: ask_in(world, kim, kim.person.email, Role.PLAYER))
        assert no.reason is Reason.ROLE_CONFLICT
    world.invite("kim")
    world.clock.advance(timedelta(hours=1))
    presence = people.sign_in(world.ledger, world.clock, kim).presence
    assert presence.seats == ()
    assert [m.email for m in world.book().owners] == ["ann@acme.example"]


def test_whoever_left_the_vendor_may_join_what_they_were_asked_into() -> None:
    world = company()
    world.invite("kim")
    presence = world.sign_in("kim").presence
    assert presence.seats == (Seat(account_id=world.account, role=Role.OWNER),)


def ask_in(world: World, who: Caller, email: str, role: Role) -> str:
    asking = world.intent(who, "invite")
    return people.invite(world.ledger, world.clock, asking, world.account, email, role)


@pytest.mark.rule("CI-04")
def test_also_where_the_system_approves_what_the_advisor_asks_for_waits_for_the_customer() -> None:
    world = World(program="cisco")
    world.open(Approval.AUTOMATIC)
    world.grant("SO-1", 100, invoice=BEGIN.date())
    kim = names(world, "kim", Role.ADVISOR)
    asked = world.redeem(40, sales_order="SO-1", asking=world.intent(kim, "redeem"))
    assert world.redemption(asked).state is RedemptionState.PENDING
    own = world.redeem(10, "ann", sales_order="SO-1")
    assert world.redemption(own).state is RedemptionState.APPROVED
    world.approve(asked)
    assert world.redemption(asked).decided_by == "ann@acme.example"


@pytest.mark.rule("AT-23")
def test_the_vendor_opens_no_account_for_somebody_who_owns_one_where_one_is_allowed() -> None:
    world = World()
    world.open()
    again = World(ledger=world.ledger, requests=50)
    before = world.ledger.kept()
    no = refused(lambda: for_ann(again), Conflict)
    assert no.reason is Reason.ALREADY_OWNER
    assert world.ledger.kept() == before


def test_an_operator_mends_an_owner_who_was_named_by_a_wrong_address() -> None:
    for program in program_names():
        world = World(program=program)
        for_ann(world)
        world.remove("ann", who="olga")
        world.invite("anna", who="olga")
        world.sign_in("anna")
        assert [m.email for m in world.book().owners] == ["anna@acme.example"]


def for_ann(world: World) -> None:
    """An operator opens an account whose owner ann shall be."""
    world.account = accounts.open_account(
        world.ledger,
        world.clock,
        world.intent("olga", "open_account"),
        name="Acme",
        kind=AccountKind.ORGANISATION,
        approval=None,
        owner=person("ann").email,
    )
