"""At every way in the permission of its kind is asked for, and a no changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import caller, pending, person, staff
from tests.fakes.clock import BEGIN
from tests.unit.rules.people_tools import agree, contact_of, names
from tests.world import World
from training_credits.domain.change import MakeRequest
from training_credits.domain.decisions.accounts import Edit
from training_credits.domain.decisions.cases import Asking, Draft
from training_credits.domain.decisions.webhooks import check_may_hook
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import (
    VENDOR_ROLES,
    AccountKind,
    Caller,
    CaseKind,
    Line,
    Permission,
    RedemptionState,
    Role,
    Sale,
    Verdict,
)
from training_credits.programs import program_names
from training_credits.use_cases import (
    accounts,
    approve,
    bookings,
    budgets,
    cases,
    codes,
    orders,
    purchase,
    statements,
)
from training_credits.use_cases.instruments import Instrument, Position

Deed = Callable[[World, Caller], object]
CHANNELS = {"atlassian": "card", "cisco": "direct", "salesforce": "assisted"}
STRANGERS = ("eve", "invited", "removed")
P = Permission
PAGE: dict[str, Any] = {"cursor": None, "limit": 10}
BOOKED = "{}-R1"
PERIOD: dict[str, Any] = {"start": BEGIN, "end": BEGIN + timedelta(days=1)}


def company(program: str) -> World:
    """Acme, with a lot, and with somebody in every role the program has."""
    world = World(program=program)
    world.open()
    world.grant("L1", 100, purchase=BEGIN.date(), invoice=BEGIN.date(), order_start=BEGIN.date())
    for role in world.rules.roles:
        if role not in VENDOR_ROLES:
            world.add(role, role) if role is not Role.OWNER else None
        elif role is not Role.OPERATOR:
            names(world, role, role)
    booked = pending(1, redemption_id=BOOKED.format(world.account), account_id=world.account)
    approved = replace(booked, state=RedemptionState.APPROVED, policy=world.rules.version)
    world.commit(MakeRequest(redemption=approved))
    world.invite("invited", Role.FINANCE)
    world.add("removed")
    world.remove("removed")
    for stranger in STRANGERS:
        world.accept_terms(stranger)
    return world


def acting(program: str, role: Role | str) -> Caller:
    """How somebody in this role, or a stranger, signs in; ann is the owner."""
    if role in VENDOR_ROLES:
        return staff(role, program, Role(role))
    return caller("ann" if role is Role.OWNER else role, program)


def _opens(world: World, who: Caller) -> object:
    return accounts.open_account(
        world.ledger,
        world.clock,
        world.intent(who, "open_account"),
        name=None,
        kind=AccountKind.ORGANISATION,
        approval=None,
        owner=person("newcomer").email,
    )


def _decides(world: World, who: Caller) -> object:
    return world.decide(Verdict.APPROVE, ["none"], asking=world.intent(who, "decide"))


def _issues(world: World, who: Caller) -> object:
    lot = "L1" if world.program == "salesforce" else None
    return world.issue_code(lot=lot, asking=world.intent(who, "issue_code"))


def _enters(world: World, who: Caller) -> object:
    asking, channel = world.intent(who, "enter"), list(world.rules.purchase.channels)[-1]
    reseller = "R1" if channel == "reseller" else None
    sale = Sale(sales_order="S-9", reseller=reseller)
    return world.enter(10, channel=channel, sale=sale, asking=asking)


def _buys(world: World, who: Caller) -> object:
    asking = world.intent(who, "purchase")
    return world.place(10, channel=CHANNELS[world.program], asking=asking)


def _invites(world: World, who: Caller) -> object:
    return world.invite("new", Role.FINANCE, asking=world.intent(who, "invite"))


def _spends(world: World, who: Caller) -> object:
    agreed = Line(title="A class", credits=1, work="SOW-1")
    pays = Position(line=agreed, instruments=(Instrument(lot_id="L1"),))
    asking = world.intent(who, "redeem")
    return world.redeem(lines=[pays], account=world.account, asking=asking)


def _caps(world: World, who: Caller) -> object:
    return world.cap("Team", 1, asking=world.intent(who, "add_budget"))


def _fulfils(world: World, who: Caller) -> object:
    asking, booked = world.intent(who, "fulfil"), BOOKED.format(world.account)
    return bookings.fulfil(
        world.ledger, world.clock, asking, booked, 1, completed=False, reference="N-1"
    )


def _disputes(world: World, who: Caller) -> object:
    wrong = Draft(reason="Nobody of ours was there.")
    asking = Asking(kind=CaseKind.DISPUTE, draft=wrong, entry_id="none", entry_at=BEGIN)
    said = world.intent(who, "openCase")
    return cases.open_case(world.ledger, world.clock, said, account_id=world.account, asking=asking)


def asks(use_case: Callable[..., object], *values: object, **named: object) -> Deed:
    """A use case that begins as most of them do."""
    return lambda world, who: use_case(
        world.ledger, world.clock, who, world.account, *values, **named
    )


PENDING = {"state": RedemptionState.PENDING}
NEW = contact_of("new", "cisco", Role.ADVISOR)
DEEDS: dict[str, tuple[Permission, Deed]] = {
    "account": (P.READ, asks(accounts.read_account)),
    "order": (P.READ, asks(purchase.read_order, "L1")),
    "orders": (P.READ, asks(purchase.list_orders, **PAGE)),
    "requests": (P.READ, asks(approve.list_requests, **PENDING, **PAGE)),
    "plan": (P.READ, asks(accounts.read_plan, "L1")),
    "history": (P.STATE, asks(accounts.history, **PAGE)),
    "entries": (P.STATE, asks(statements.transactions, **PERIOD, **PAGE)),
    "export": (P.STATE, asks(statements.all_transactions, **PERIOD)),
    "month": (P.STATE, asks(statements.monthly_statement, 2026, 2)),
    "buy": (P.BUY, _buys),
    "issue": (P.SHARE, _issues),
    "codes": (P.SHARE, asks(codes.listed)),
    "budgets": (P.READ, asks(budgets.listed)),
    "cap": (P.BUDGET, _caps),
    "decide": (P.DECIDE, _decides),
    "invite": (P.PEOPLE, _invites),
    "edit": (P.EDIT, asks(accounts.edit_account, Edit(name="Neu"))),
    "spend": (P.SPEND, _spends),
    "fulfil": (P.FULFIL, _fulfils),
    "dispute": (P.CLAIM, _disputes),
    "review": (P.REVIEW, lambda w, who: cases.waiting(w.ledger, w.clock, who, **PAGE)),
    "hook": (P.HOOK, lambda w, who: check_may_hook(w.rules, who)),
    "change plan": (P.PLAN, asks(accounts.change_plan, "L1", [])),
    "open": (P.OPEN, _opens),
    "enter": (P.SELL, _enters),
    "name contact": (P.SELL, asks(accounts.name_contact, NEW)),
    "agree": (P.SELL, agree),
    "worklist": (P.SELL, lambda w, who: orders.waiting(w.ledger, w.clock, who, **PAGE)),
}
SAID_OTHERWISE = {
    "spend": Reason.CODE_NOT_ACCEPTED,
    "fulfil": Reason.REDEMPTION_NOT_FOUND,
    "open": Reason.OPERATOR_ONLY,
    "worklist": Reason.OPERATOR_ONLY,
    "review": Reason.OPERATOR_ONLY,
    "hook": Reason.NOT_PERMITTED,
}
# What goes abroad is decided by whoever may clear it (CI-41), by the same way in.
ALSO = {"decide": P.CLEAR}
# Once an account has an owner, who belongs to it is its own affair (CI-13).
OWN_AFFAIR = {"invite"}
PERMITTED = {
    ("atlassian", "decide"): Reason.REDEMPTION_NOT_FOUND,
    ("cisco", "decide"): Reason.REDEMPTION_NOT_FOUND,
    ("salesforce", "decide"): Reason.REDEMPTION_NOT_FOUND,
    ("atlassian", "dispute"): Reason.ENTRY_NOT_FOUND,
    ("cisco", "dispute"): Reason.ENTRY_NOT_FOUND,
    ("salesforce", "dispute"): Reason.ENTRY_NOT_FOUND,
    ("cisco", "buy"): Reason.CHANNEL_NOT_OFFERED,
    ("cisco", "issue"): Reason.CODE_NOT_OFFERED,
}


def outcome(program: str, deed: str, role: Role | str) -> object:
    """The reason of the no, if it was one; a no leaves everything as it was."""
    world = company(program)
    before = world.ledger.kept()
    try:
        DEEDS[deed][1](world, acting(program, role))
    except Problem as no:
        assert world.ledger.kept() == before
        return no.reason
    return None


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("program", program_names())
def test_each_way_in_is_open_to_whom_the_program_file_names(program: str, deed: str) -> None:
    roles, permission = World(program=program).rules.roles, DEEDS[deed][0]
    needed = {permission, ALSO.get(deed, permission)}
    denied = SAID_OTHERWISE.get(deed, Reason.NOT_PERMITTED)
    permitted = PERMITTED.get((program, deed))
    barred = VENDOR_ROLES if deed in OWN_AFFAIR else frozenset()
    due = {
        role: permitted if needed & roles[role] and role not in barred else denied for role in roles
    }
    assert {role: outcome(program, deed, role) for role in roles} == due


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("program", program_names())
def test_to_strangers_and_those_invited_or_removed_there_is_nothing(
    program: str, deed: str
) -> None:
    denied = SAID_OTHERWISE.get(deed, Reason.ACCOUNT_NOT_FOUND)
    assert {outcome(program, deed, who) for who in STRANGERS} == {denied}


def test_every_permission_is_asked_for_somewhere() -> None:
    asked = {permission for permission, _ in DEEDS.values()} | set(ALSO.values())
    assert asked == set(Permission)
