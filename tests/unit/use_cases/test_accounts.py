from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.builders import person, refused, staff
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.rules.people_tools import contact_of
from tests.world import World, ready
from training_credits.domain.decisions.accounts import Edit
from training_credits.domain.errors import Forbidden, NotFound, Reason, Refused
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Balance,
    Book,
    Caller,
    HappeningKind,
    MemberState,
    RedemptionState,
    Role,
)
from training_credits.use_cases import accounts


def edit(world: World, who: str = "ann", **said: Any) -> Book:
    asking = world.caller(who)
    return accounts.edit_account(world.ledger, world.clock, asking, world.account, Edit(**said))


def opens(world: World, who: Caller, owner: str | None = None, **said: Any) -> str:
    facts: dict[str, Any] = {
        "name": None,
        "kind": AccountKind.ORGANISATION,
        "approval": None,
        "owner": owner,
    }
    asking = world.intent(who, "open_account")
    return accounts.open_account(world.ledger, world.clock, asking, **(facts | said))


def reading(world: World, who: str = "ann", account: str | None = None) -> Book:
    asking = world.caller(who)
    return accounts.read_account(world.ledger, world.clock, asking, account or world.account)


@pytest.mark.rule("AT-02")
def test_an_account_without_a_name_is_called_like_its_creator() -> None:
    world = World()
    world.open(who="ann lee")
    assert world.book().account.name == "Ann Lee"


def test_an_account_may_have_a_name_of_its_own() -> None:
    world = World()
    world.open(name="Acme Academy")
    assert world.book().account.name == "Acme Academy"


@pytest.mark.rule("AT-03")
def test_a_redemption_of_300_is_approved_in_the_same_request() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1_000)
    redemption = world.redemption(world.redeem(300))
    assert redemption.state is RedemptionState.APPROVED
    assert redemption.decided_by == "system"
    assert world.balance() == Balance(available=700, redeemed=300)


@pytest.mark.rule("AT-03")
def test_an_account_whose_creator_does_not_choose_is_the_careful_kind() -> None:
    world = World()
    world.open()
    assert world.book().account.approval is Approval.MANUAL


def test_what_is_so_already_is_not_told_again() -> None:
    world = World()
    world.open(name="Acme")
    for _ in range(2):
        edit(world, name="New", four_eyes=True)
    assert edit(world).account.name == "New"
    told = world.ledger.history(world.program, world.account, None, 100).items
    assert [one.detail for one in told].count("name: New, four_eyes: True") == 1


def test_a_contact_who_is_named_already_is_not_told_again() -> None:
    world = World()
    world.open()
    olga, kim = staff("olga", world.program), contact_of("kim", world.program, Role.ADVISOR)
    for _ in range(2):
        named = accounts.name_contact(world.ledger, world.clock, olga, world.account, kim)
        assert named.contacts == (kim,)
    told = world.ledger.history(world.program, world.account, None, 100).items
    assert [one.kind for one in told].count(HappeningKind.CONTACT_NAMED) == 1


def test_a_way_to_approve_that_the_program_does_not_offer_is_refused() -> None:
    world = World(program="salesforce")
    with pytest.raises(Refused) as no:
        world.open(Approval.MANUAL)
    assert no.value.reason is Reason.APPROVAL_NOT_OFFERED
    assert no.value.facts == {"offered": ["automatic"]}


@pytest.mark.rule("AT-04")
def test_after_a_change_of_mode_two_pending_ones_wait_and_the_next_one_does_not() -> None:
    world = ready(Approval.MANUAL)
    world.buy(1_000)
    waiting = [world.redeem(300), world.redeem(200)]
    book = edit(world, approval=Approval.AUTOMATIC)
    assert book.account.approval is Approval.AUTOMATIC
    assert book.account == world.book().account
    assert world.redemption(world.redeem(100)).state is RedemptionState.APPROVED
    assert [r.redemption_id for r in world.book().requests] == sorted(waiting)
    world.approve(*waiting)
    assert world.balance().available == 400


def test_a_name_can_be_changed_and_the_rest_stays() -> None:
    world = ready(Approval.AUTOMATIC)
    book = edit(world, name="Neu")
    assert (book.account.name, book.account.approval) == ("Neu", Approval.AUTOMATIC)
    assert book.account.four_eyes is False
    assert world.book().account == book.account


def test_four_eyes_are_switched_on_and_off() -> None:
    world = ready()
    for wanted in (True, False):
        assert edit(world, four_eyes=wanted).account.four_eyes is wanted
        assert world.book().account.four_eyes is wanted
        world.clock.advance(timedelta(seconds=1))


def test_a_change_to_what_the_program_does_not_offer_is_refused() -> None:
    world = World(program="salesforce")
    world.open()
    no = refused(lambda: edit(world, approval=Approval.MANUAL))
    assert no.reason is Reason.APPROVAL_NOT_OFFERED


@pytest.mark.parametrize(
    ("role", "edits"), [(Role.OWNER, True), (Role.BUYER, False), (Role.FINANCE, False)]
)
def test_only_members_whose_role_is_to_edit_do(role: Role, *, edits: bool) -> None:
    world = ready()
    world.add("bob", role)
    if edits:
        assert edit(world, "bob", name="Neu").account.name == "Neu"
    else:
        no = refused(lambda: edit(world, "bob", name="Neu"), Forbidden)
        assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "edit")


def test_an_owner_who_is_removed_at_the_same_moment_edits_nothing() -> None:
    world = ready()
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.remove("ann", who="bob"))
    no = refused(lambda: edit(world, name="Neu"), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.book().account.name == "Ann"


@pytest.mark.rule("CI-13")
def test_where_the_vendor_opens_accounts_nobody_else_does() -> None:
    world = World(program="cisco")
    no = refused(lambda: opens(world, world.caller("ann"), name="Acme"), Forbidden)
    assert no.reason is Reason.OPERATOR_ONLY
    assert world.ledger.accounts == {}


@pytest.mark.rule("CI-13")
def test_the_vendor_opens_an_account_for_a_customer_and_does_not_own_it() -> None:
    world = World(program="cisco")
    world.account = opens(world, world.caller("olga"), person("ann").email)
    assert world.book().owners == ()
    assert [m.state for m in world.book().members] == [MemberState.INVITED]
    world.sign_in("ann")
    book = world.book()
    assert [owner.email for owner in book.owners] == ["ann@acme.example"]
    assert book.account.opened_by == "olga@cisco.example"
    assert book.account.name == "acme.example"
    assert reading(world, "olga").account == book.account
    for act in (partial(world.issue_code, "olga"), partial(world.approve, "R1", who="olga")):
        assert refused(act, Forbidden).reason is Reason.NOT_PERMITTED


def test_an_operator_names_the_owner() -> None:
    world = World()
    no = refused(lambda: opens(world, world.caller("olga")))
    assert no.reason is Reason.OWNER_REQUIRED


def test_nobody_but_an_operator_names_another_the_owner() -> None:
    world = World()
    no = refused(lambda: opens(world, world.caller("ann"), person("eve").email), Forbidden)
    assert no.reason is Reason.OPERATOR_ONLY


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
@pytest.mark.parametrize("owner", ["olga", "otto"])
def test_staff_of_the_vendor_own_no_customers_account(program: str, owner: str) -> None:
    world = World(program=program)
    email = staff(owner, program).person.email
    no = refused(lambda: opens(world, world.caller("olga"), email))
    assert no.reason is Reason.ROLE_CONFLICT
    assert world.ledger.accounts == {}


@pytest.mark.rule("CI-42")
def test_an_operator_with_any_address_cannot_name_themself_the_owner() -> None:
    world = World(program="cisco")
    olga = world.caller("ola", "operator")
    no = refused(lambda: opens(world, olga, olga.person.email))
    assert no.reason is Reason.ROLE_CONFLICT


def test_staff_of_the_vendor_open_no_account_of_their_own_either() -> None:
    world = World()
    kim = staff("kim", "atlassian", Role.ADVISOR)
    assert refused(lambda: opens(world, kim)).reason is Reason.ROLE_CONFLICT


def test_whoever_opens_an_account_may_name_themself() -> None:
    world = World()
    world.account = opens(world, world.caller("ann"), person("ann").email)
    assert [owner.email for owner in world.book().owners] == ["ann@acme.example"]


@pytest.mark.rule("SF-38")
@pytest.mark.parametrize("kind", AccountKind)
def test_an_account_is_of_a_company_or_of_one_person(kind: AccountKind) -> None:
    world = World()
    world.account = opens(world, world.caller("ann"), kind=kind)
    assert world.book().account.kind is kind


@pytest.mark.parametrize("who", ["eve", "ann", "olga"])
def test_an_account_that_is_not_there_and_one_of_another_vendor_look_the_same(who: str) -> None:
    world = ready()
    foreign = World(program="cisco", ledger=world.ledger)
    foreign.open()
    for account in (foreign.account, "A1"):
        no = refused(partial(reading, world, who, account), NotFound)
        assert no.reason is Reason.ACCOUNT_NOT_FOUND


def test_an_account_of_somebody_else_looks_as_if_it_were_not_there() -> None:
    world = ready()
    assert refused(lambda: reading(world, "eve"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND


def test_whoever_is_only_asked_in_sees_nothing_yet() -> None:
    world = ready()
    world.invite("bob")
    assert refused(lambda: reading(world, "bob"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    world.sign_in("bob")
    assert reading(world, "bob").account == world.book().account


def test_two_who_open_an_account_under_one_key_open_one() -> None:
    world = World(ledger=MemoryLedger())
    asking = world.intent("ann", "open_account")
    assert world.open(asking=asking) == world.open(asking=asking)
    assert len(world.ledger.accounts) == 1
