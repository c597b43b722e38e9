"""Opening an account: whose it is, what it is called, how it approves, who may open it."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.builders import caller, refused, staff
from tests.fakes.clock import BEGIN
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.rules.people_tools import edit, read
from tests.world import World, ready
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Balance,
    Caller,
    MemberState,
    OrderState,
    RedemptionState,
    Role,
)
from training_credits.programs import program_names
from training_credits.use_cases import accounts, people


def opens(
    world: World,
    who: Caller,
    kind: AccountKind = AccountKind.ORGANISATION,
    **said: str | None,
) -> str:
    """Open an account as it is asked for, without any of the world's help."""
    world.account = accounts.open_account(
        world.ledger,
        world.clock,
        world.intent(who, "open_account"),
        name=said.get("name"),
        kind=kind,
        approval=None,
        owner=said.get("owner"),
    )
    return world.account


@pytest.mark.rule("AT-01")
def test_a_user_opens_an_account_and_owns_it_it_is_empty_and_has_no_code_yet() -> None:
    world = World()
    opens(world, caller("u"))
    book = read(world, "u")
    (owner,) = book.members
    assert (owner.email, owner.role, owner.active) == ("u@acme.example", Role.OWNER, True)
    assert (book.account.opened_by, book.account.opened_at) == ("u@acme.example", BEGIN)
    assert (book.lots, book.codes, world.balance()) == ((), (), Balance())
    assert refused(lambda: world.redeem(1, code="0123-4567-89ABC")).reason is (
        Reason.CODE_NOT_ACCEPTED
    )


def test_a_very_long_name_of_a_person_is_cut_to_what_an_account_may_be_called() -> None:
    world = World()
    opens(world, caller("a" * 150))
    assert world.book().account.name == "A" + "a" * 99


@pytest.mark.rule("AT-03")
def test_where_an_owner_approves_a_redemption_of_300_waits() -> None:
    world = ready(Approval.MANUAL)
    world.buy(1_000)
    assert world.redemption(world.redeem(300)).state is RedemptionState.PENDING
    assert world.balance() == Balance(available=1_000)


@pytest.mark.rule("AT-04")
def test_two_pending_ones_still_wait_after_the_switch_at_10_and_one_of_10_01_does_not() -> None:
    world = ready(Approval.MANUAL)
    world.buy(1_000)
    waiting = {world.redeem(300), world.redeem(200)}
    world.clock.advance(datetime(2026, 2, 10, 10, 0, tzinfo=UTC) - world.clock())
    assert edit(world, approval=Approval.AUTOMATIC).approval is Approval.AUTOMATIC
    world.clock.advance(timedelta(minutes=1))
    assert world.redemption(world.redeem(100)).state is RedemptionState.APPROVED
    assert {r.redemption_id for r in world.book().requests} == waiting
    assert {r.approval for r in world.book().requests} == {Approval.MANUAL}
    world.approve(*waiting)
    assert world.balance() == Balance(available=400, redeemed=600)


def test_an_edit_changes_what_it_names_and_nothing_else() -> None:
    world = ready(Approval.AUTOMATIC)
    after = edit(world, name="Neu")
    assert (after.name, after.approval, after.four_eyes) == ("Neu", Approval.AUTOMATIC, False)
    assert after == world.book().account
    world.clock.advance(timedelta(seconds=1))
    after = edit(world, four_eyes=True)
    assert (after.name, after.approval, after.four_eyes) == ("Neu", Approval.AUTOMATIC, True)
    world.clock.advance(timedelta(seconds=1))
    after = edit(world, four_eyes=False, approval=Approval.MANUAL)
    assert (after.name, after.approval, after.four_eyes) == ("Neu", Approval.MANUAL, False)
    assert after == world.book().account


@pytest.mark.rule("SF-38")
def test_an_individual_account_with_one_owner_can_buy_and_redeem() -> None:
    world = World(program="salesforce")
    world.open(kind=AccountKind.INDIVIDUAL)
    assert [m.email for m in world.book().members] == ["ann@acme.example"]
    order = world.place(1_000, channel="assisted")
    start = date(2026, 2, 10)
    world.move(order, OrderState.BOOKED, on=start)
    world.move(order, OrderState.ACTIVATED, on=start)
    asked = world.redeem(300, "ann", code=world.first_code(order))
    assert world.redemption(asked).state is RedemptionState.APPROVED
    assert world.balance() == Balance(available=700, redeemed=300)


@pytest.mark.rule("SF-38")
@pytest.mark.parametrize("program", program_names())
def test_an_account_of_one_person_takes_nobody_else_in_any_role(program: str) -> None:
    world = World(program=program)
    world.open(kind=AccountKind.INDIVIDUAL)
    for role in (Role.OWNER, Role.FINANCE):
        no = refused(partial(world.invite, "bob", role))
        assert no.reason is Reason.INDIVIDUAL_ACCOUNT
    assert [m.email for m in world.book().members] == ["ann@acme.example"]


@pytest.mark.rule("CI-13")
@pytest.mark.parametrize("program", ["cisco", "salesforce"])
@pytest.mark.parametrize("role", [Role.ACCOUNT_MANAGER, Role.ADVISOR])
def test_only_the_vendors_operators_open_accounts_and_no_other_staff(
    program: str, role: Role
) -> None:
    world = World(program=program)
    mia = staff("mia", program, role)
    no = refused(lambda: opens(world, mia, owner="ann@acme.example"), Forbidden)
    assert no.reason is Reason.OPERATOR_ONLY
    assert world.ledger.accounts == {}


@pytest.mark.rule("CI-13")
@pytest.mark.parametrize("program", program_names())
@pytest.mark.parametrize(
    ("kind", "said", "name"),
    [
        (AccountKind.ORGANISATION, None, "acme.example"),
        (AccountKind.ORGANISATION, "Acme", "Acme"),
        (AccountKind.INDIVIDUAL, None, "ann@acme.example"),
        (AccountKind.INDIVIDUAL, "Ann", "Ann"),
    ],
)
def test_an_account_the_vendor_opens_is_called_after_the_company(
    program: str, kind: AccountKind, said: str | None, name: str
) -> None:
    world = World(program=program)
    opens(world, staff("olga", program), owner="ann@acme.example", name=said, kind=kind)
    assert world.book().account.name == name


def test_whom_the_vendor_names_owns_the_account_from_their_first_sign_in_on() -> None:
    world = World(program="cisco")
    opens(world, staff("olga", "cisco"), owner="ann@acme.example", name="Acme")
    assert (world.book().owners, world.book().members[0].state) == ((), MemberState.INVITED)
    assert people.own_accounts(world.ledger, world.caller("ann")).seats == ()
    world.clock.advance(timedelta(days=3))
    world.sign_in("ann")
    assert [m.accepted_at for m in world.book().owners] == [BEGIN + timedelta(days=3)]
    assert people.own_accounts(world.ledger, world.caller("olga")).seats == ()


@pytest.mark.rule("AT-26")
def test_an_owner_finds_700_credits_in_two_steps() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1_000)
    world.redeem(300)
    ann = world.caller("ann")
    (seat,) = people.own_accounts(world.ledger, ann).seats
    book = accounts.read_account(world.ledger, world.clock, ann, seat.account_id)
    assert sum(lot.balance.available for lot in book.lots) == 700


def test_two_programs_of_one_person_have_nothing_to_do_with_each_other() -> None:
    ledger = MemoryLedger()
    one = ready(ledger=ledger)
    two = World(program="cisco", ledger=ledger)
    two.open()
    for world, other in ((one, two), (two, one)):
        ann = world.caller("ann")
        assert [s.account_id for s in people.own_accounts(ledger, ann).seats] == [world.account]
        no = refused(lambda: read(other, ann), NotFound)  # noqa: B023 - called at once
        assert no.reason is Reason.ACCOUNT_NOT_FOUND
