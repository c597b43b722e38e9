from collections.abc import Callable

import pytest

from tests.builders import intent, person
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.world import World, ready
from training_credits.domain.errors import Forbidden, NotFound, Problem, Reason, Refused
from training_credits.domain.model import Approval, Balance, RedemptionState
from training_credits.use_cases import accounts


def reason(act: Callable[[], object], kind: type[Problem]) -> object:
    with pytest.raises(kind) as no:
        act()
    return no.value.reason


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
    book = accounts.edit_account(
        world.ledger,
        world.clock,
        world.caller("ann"),
        world.account,
        name=None,
        approval=Approval.AUTOMATIC,
    )
    assert book.account.approval is Approval.AUTOMATIC
    assert book.account == world.book().account
    assert world.redemption(world.redeem(100)).state is RedemptionState.APPROVED
    assert [r.redemption_id for r in world.book().requests] == sorted(waiting)
    world.approve(*waiting)
    assert world.balance().available == 400


def test_a_name_can_be_changed_and_the_rest_stays() -> None:
    world = ready(Approval.AUTOMATIC)
    book = accounts.edit_account(
        world.ledger, world.clock, world.caller("ann"), world.account, name="Neu", approval=None
    )
    assert (book.account.name, book.account.approval) == ("Neu", Approval.AUTOMATIC)
    assert world.book().account.name == "Neu"


def test_a_change_to_what_the_program_does_not_offer_is_refused() -> None:
    world = World(program="salesforce")
    world.open()
    change: Callable[[], object] = lambda: accounts.edit_account(  # noqa: E731 - one expression
        world.ledger,
        world.clock,
        world.caller("ann"),
        world.account,
        name=None,
        approval=Approval.MANUAL,
    )
    assert reason(change, Refused) is Reason.APPROVAL_NOT_OFFERED


@pytest.mark.rule("CI-13")
def test_where_the_vendor_opens_accounts_nobody_else_does(clock: StoppedClock) -> None:
    ledger = MemoryLedger()
    asking = intent("ann", "open_account", "key-0001", program="cisco")

    def opens() -> str:
        return accounts.open_account(ledger, clock, asking, name="Acme", approval=None, owner=None)

    with pytest.raises(Forbidden) as no:
        opens()
    assert no.value.reason is Reason.OPERATOR_ONLY


@pytest.mark.rule("CI-13")
def test_the_vendor_opens_an_account_for_a_customer_and_does_not_own_it() -> None:
    world = World(program="cisco")
    world.open()
    book = world.book()
    assert [owner.email for owner in book.owners] == ["ann@acme.example"]
    assert book.account.opened_by == "olga@acme.example"
    assert book.account.name == "ann@acme.example"
    olga = world.caller("olga", "operator")
    assert accounts.read_account(world.ledger, olga, world.account).account == book.account
    change: Callable[[], object] = lambda: accounts.remove_owner(  # noqa: E731 - one expression
        world.ledger, world.clock, olga, world.account, "ann@acme.example"
    )
    assert reason(change, Forbidden) is Reason.OWNER_ONLY


@pytest.mark.parametrize(
    ("groups", "owner", "kind", "due"),
    [
        (("operator",), None, Refused, Reason.OWNER_REQUIRED),
        ((), "eve@acme.example", Forbidden, Reason.OPERATOR_ONLY),
    ],
)
def test_an_operator_names_the_owner_and_nobody_else_may(
    clock: StoppedClock,
    groups: tuple[str, ...],
    owner: str | None,
    kind: type[Problem],
    due: Reason,
) -> None:
    world = World()
    asking = intent(world.caller("olga", *groups), "open_account", "key-0001")

    def opens() -> str:
        return accounts.open_account(
            world.ledger, clock, asking, name=None, approval=None, owner=owner
        )

    assert reason(opens, kind) is due


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
def test_an_operator_cannot_name_themself_the_owner(clock: StoppedClock, program: str) -> None:
    world = World(program=program)
    asking = intent(world.caller("olga", "operator"), "open_account", "key-0001")

    def opens() -> str:
        return accounts.open_account(
            world.ledger, clock, asking, name=None, approval=None, owner=person("olga").email
        )

    assert reason(opens, Refused) is Reason.ROLE_CONFLICT
    assert world.ledger.accounts == {}


def test_whoever_opens_an_account_may_name_themself(clock: StoppedClock) -> None:
    ledger = MemoryLedger()
    account = accounts.open_account(
        ledger,
        clock,
        intent("ann", "open_account", "key-0001"),
        name=None,
        approval=None,
        owner=person("ann").email,
    )
    assert ledger.owns("atlassian", account, "ann@acme.example")


@pytest.mark.parametrize(("who", "groups"), [("eve", ()), ("ann", ()), ("olga", ("operator",))])
def test_an_account_that_is_not_there_and_one_of_another_vendor_look_the_same(
    who: str, groups: tuple[str, ...]
) -> None:
    world = ready()
    foreign = World(program="cisco", ledger=world.ledger)
    foreign.open()
    asking = world.caller(who, *groups)
    for account in (foreign.account, "A1"):
        with pytest.raises(NotFound) as no:
            accounts.read_account(world.ledger, asking, account)
        assert no.value.reason is Reason.ACCOUNT_NOT_FOUND


def test_an_account_of_somebody_else_looks_as_if_it_were_not_there() -> None:
    world = ready()
    with pytest.raises(NotFound) as no:
        accounts.read_account(world.ledger, world.caller("eve"), world.account)
    assert no.value.reason is Reason.ACCOUNT_NOT_FOUND
