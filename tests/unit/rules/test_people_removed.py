"""A removal takes effect at once: also for whoever was already at it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.people_tools import edit, history
from tests.world import World
from training_credits.domain.errors import NotFound, Problem, Reason
from training_credits.domain.model import HappeningKind, PlanItem, Role
from training_credits.use_cases import accounts

Deed = Callable[[World, str], object]
START = date(2026, 2, 1)


def _plans(world: World, _: str) -> object:
    items = [PlanItem(title="Jira", month="2026-03", credits=1)]
    bob = world.caller("bob")
    return accounts.change_plan(world.ledger, world.clock, bob, world.account, "L1", items)


DEEDS: dict[str, tuple[str, Deed]] = {
    "approve": ("atlassian", lambda w, asked: w.approve(asked, who="bob")),
    "deny": ("atlassian", lambda w, asked: w.deny(asked, who="bob")),
    "approve what is held": ("cisco", lambda w, asked: w.approve(asked, who="bob")),
    "invite": ("atlassian", lambda w, _: w.invite("dora", who="bob")),
    "remove": ("atlassian", lambda w, _: w.remove("cid", who="bob")),
    "remove a reader": ("atlassian", lambda w, _: w.remove("fay", who="bob")),
    "edit": ("atlassian", lambda w, _: edit(w, "bob", name="Bob's")),
    "plan": ("atlassian", _plans),
    "issue a code": ("salesforce", lambda w, _: w.issue_code("bob", "L1")),
    "rotate a code": ("salesforce", lambda w, _: w.rotate("bob")),
    "revoke a code": ("salesforce", lambda w, _: w.revoke("bob")),
}


def company(program: str) -> tuple[World, str]:
    """Ann, bob and cid own it; it has a lot, a code where there are codes, and a request."""
    world = World(program=program)
    world.open()
    world.grant("L1", 1_000, purchase=START, invoice=START, order_start=START)
    for name in ("bob", "cid"):
        world.add_owner(name)
    world.add("fay", Role.FINANCE)
    if program == "cisco":
        return world, world.redeem(300, "bob", sales_order="L1")
    world.issue_code(lot="L1" if program == "salesforce" else None)
    return world, world.redeem(300)


@pytest.mark.rule("AT-25")
@pytest.mark.parametrize("deed", DEEDS)
def test_an_owner_removed_while_at_it_does_not_finish(deed: str) -> None:
    program, does = DEEDS[deed]
    world, asked = company(program)
    kept: list[object] = []

    def removed() -> None:
        world.remove("bob")
        kept.append(world.ledger.kept())

    world.ledger.meanwhile.append(removed)
    assert refused(lambda: does(world, asked), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    assert [world.ledger.kept()] == kept


@pytest.mark.parametrize("deed", DEEDS)
def test_an_owner_made_a_mere_reader_while_at_it_does_not_finish_either(deed: str) -> None:
    program, does = DEEDS[deed]
    world, asked = company(program)
    kept: list[object] = []

    def made_reader() -> None:
        world.remove("bob")
        world.clock.advance(timedelta(minutes=1))
        world.add("bob", Role.FINANCE)
        kept.append(world.ledger.kept())

    world.ledger.meanwhile.append(made_reader)
    no = refused(lambda: does(world, asked), Problem)
    assert no.reason in {Reason.ACCOUNT_NOT_FOUND, Reason.NOT_PERMITTED}
    assert [world.ledger.kept()] == kept


@pytest.mark.parametrize("deed", DEEDS)
def test_an_owner_who_stays_finishes(deed: str) -> None:
    program, does = DEEDS[deed]
    world, asked = company(program)
    before = world.ledger.kept()
    does(world, asked)
    assert world.ledger.kept() != before


@pytest.mark.rule("AT-25")
def test_a_removed_owners_old_approve_link_decides_nothing() -> None:
    world, asked = company("atlassian")
    world.remove("bob")
    before = world.ledger.kept()
    for decide in (world.approve, world.deny):
        no = refused(lambda act=decide: act(asked, who="bob"), NotFound)  # type: ignore[misc]
        assert no.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.ledger.kept() == before


@pytest.mark.rule("AT-22")
def test_b_removes_the_creator_a_who_is_a_stranger_then_and_history_shows_it() -> None:
    world, _ = company("atlassian")
    world.remove("ann", who="bob")
    no = refused(lambda: history(world, "ann"), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
    line = history(world, "bob")[-1]
    assert (line.kind, line.actor, line.about) == (
        HappeningKind.MEMBER_REMOVED,
        "bob@acme.example",
        "ann@acme.example",
    )
