"""History: every change of an account that moves no credits leaves a line saying who and when."""

from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.fakes.clock import BEGIN
from tests.unit.rules.people_tools import agree, edit, history, names
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import Approval, Happening, HappeningKind, PlanItem, Role
from training_credits.use_cases import accounts

MINUTE = timedelta(minutes=1)
K = HappeningKind
Line = tuple[HappeningKind, str, str, str]


def company(program: str = "salesforce") -> World:
    world = World(program=program)
    world.open()
    world.grant("L1", 100, order_start=BEGIN.date(), purchase=BEGIN.date(), invoice=BEGIN.date())
    world.clock.advance(MINUTE)
    return world


def last(world: World) -> Line:
    """The newest line; it is of now."""
    line = history(world)[-1]
    assert line.at == world.clock()
    return line.kind, line.actor, line.about, line.detail


@pytest.mark.parametrize(
    ("program", "approval", "due"),
    [
        ("atlassian", None, [("ann@acme.example", "manual")]),
        ("atlassian", Approval.AUTOMATIC, [("ann@acme.example", "automatic")]),
        ("cisco", None, [("olga@cisco.example", "manual")]),
    ],
)
def test_an_account_begins_with_who_opened_it_for_whom(
    program: str, approval: Approval | None, due: list[tuple[str, str]]
) -> None:
    world = World(program=program)
    world.open(approval)
    opened = [h for h in history(world) if h.kind is K.ACCOUNT_OPENED]
    assert [(h.actor, h.detail) for h in opened] == due
    assert (opened[0].about, opened[0].at) == ("ann@acme.example", BEGIN)


def test_an_edit_says_what_was_changed_and_to_what() -> None:
    world = company("atlassian")
    edit(world, name="Neu")
    assert last(world) == (K.ACCOUNT_EDITED, "ann@acme.example", "account", "name: Neu")
    world.clock.advance(MINUTE)
    edit(world, approval=Approval.AUTOMATIC, four_eyes=False)
    assert last(world)[-1] == "approval: automatic, four_eyes: False"


@pytest.mark.rule("AT-04")
def test_the_change_of_mode_is_dated_and_signed() -> None:
    world = company("atlassian")
    world.clock.advance(BEGIN + timedelta(hours=1) - world.clock())
    edit(world, approval=Approval.AUTOMATIC)
    line = history(world)[-1]
    assert (line.at.isoformat(), line.actor) == ("2026-02-10T10:00:00+00:00", "ann@acme.example")


@pytest.mark.rule("AT-22")
def test_of_members_it_says_who_asked_whom_in_as_what_who_came_and_who_removed_them() -> None:
    world = company()
    world.invite("bob", Role.FINANCE)
    bob = "bob@acme.example"
    assert last(world) == (K.MEMBER_INVITED, "ann@acme.example", bob, "finance")
    world.clock.advance(MINUTE)
    world.sign_in("bob")
    assert last(world) == (K.MEMBER_JOINED, bob, bob, "finance")
    world.clock.advance(MINUTE)
    world.remove("bob", who="ann")
    assert last(world) == (K.MEMBER_REMOVED, "ann@acme.example", bob, "finance")
    world.clock.advance(MINUTE)
    world.add("bob")
    world.clock.advance(MINUTE)
    world.remove("ann", who="bob")
    kinds = [h.kind for h in history(world, "bob")]
    assert kinds[-3:] == [K.MEMBER_INVITED, K.MEMBER_JOINED, K.MEMBER_REMOVED]
    assert history(world, "bob")[-1].about == "ann@acme.example"


def test_whoever_leaves_is_named_as_the_one_who_did_it() -> None:
    world = company()
    world.add("bob", Role.FINANCE)
    world.clock.advance(MINUTE)
    world.remove("bob", who="bob")
    assert last(world)[:3] == (K.MEMBER_REMOVED, "bob@acme.example", "bob@acme.example")


@pytest.mark.rule("SF-13")
def test_of_codes_it_says_who_made_replaced_and_ended_them_and_never_their_text() -> None:
    world = company()
    first = world.issue_code(lot="L1", label="Team A")
    assert last(world) == (K.CODE_ISSUED, "ann@acme.example", first[-4:], "Team A")
    world.clock.advance(MINUTE)
    second = world.rotate()
    about = f"{first[-4:]} by {second[-4:]}"
    assert last(world) == (K.CODE_ROTATED, "ann@acme.example", about, "")
    world.clock.advance(MINUTE)
    world.revoke()
    assert last(world) == (K.CODE_REVOKED, "ann@acme.example", second[-4:], "")
    told = repr(history(world))
    assert all(text.replace("-", "")[:9] not in told.replace("-", "") for text in (first, second))


def test_of_contacts_it_says_who_was_named_by_whom() -> None:
    world = company()
    names(world, "kim", Role.ADVISOR, by="otto")
    about = "advisor: kim@salesforce.example"
    assert last(world) == (K.CONTACT_NAMED, "otto@salesforce.example", about, "")


def test_of_an_agreement_it_says_how_much_from_when_to_when() -> None:
    world = company()
    agree(world, ends_on=date(2026, 12, 31))
    about = "10% from 2026-03-01 to 2026-12-31"
    assert last(world) == (K.AGREEMENT_SET, "olga@salesforce.example", about, "in force")


def test_of_a_plan_it_says_for_which_lot_and_how_much_of_it_is_planned() -> None:
    world = company()
    items = [PlanItem(title="Admin", month="2026-04", credits=n) for n in (20, 15)]
    ann = world.caller("ann")
    accounts.change_plan(world.ledger, world.clock, ann, world.account, "L1", items)
    detail = "35 of 100 credits planned"
    assert last(world) == (K.PLAN_CHANGED, "ann@acme.example", "L1", detail)


def test_what_was_refused_leaves_no_line_and_neither_does_looking() -> None:
    world = company()
    before = history(world)
    assert refused(lambda: world.remove("ann")).reason is Reason.LAST_OWNER
    assert refused(lambda: agree(world, success_plan="x")).reason is Reason.SUCCESS_PLAN_UNKNOWN
    assert refused(lambda: world.invite("bob", Role.CAPTAIN)).reason is Reason.ROLE_NOT_OFFERED
    world.sign_in("ann")
    assert history(world) == before


def test_a_request_sent_again_leaves_one_line() -> None:
    world = company()
    asking = world.intent("ann", "invite")
    world.invite("bob", asking=asking)
    once = history(world)
    world.clock.advance(MINUTE)
    assert world.invite("bob", asking=asking) == "bob@acme.example"
    assert history(world) == once


def test_it_is_read_oldest_first_and_page_by_page() -> None:
    world = company()
    for number in range(5):
        world.clock.advance(MINUTE)
        world.invite(f"bob{number}", Role.FINANCE)
    whole, found, cursor = history(world), list[Happening](), None
    while True:
        page = accounts.history(
            world.ledger, world.clock, world.caller("ann"), world.account, cursor=cursor, limit=2
        )
        assert len(page.items) <= 2
        found += page.items
        cursor = page.cursor
        if cursor is None:
            break
    assert tuple(found) == whole
    assert [h.at for h in whole] == sorted(h.at for h in whole)
    assert [h.about for h in whole][-5:] == [f"bob{n}@acme.example" for n in range(5)]


def test_of_two_who_say_the_same_at_once_only_the_first_is_told_of() -> None:
    world = company()
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: edit(world, "bob", name="Neu"))
    assert edit(world, name="Neu").name == "Neu"
    said = [line.actor for line in history(world) if line.kind is K.ACCOUNT_EDITED]
    assert said == ["bob@acme.example"]
