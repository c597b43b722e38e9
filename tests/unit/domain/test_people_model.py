"""Who somebody is to an account, and what of an account is whose."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import account_of, book_of, caller, code_of, member_of, pending, staff
from tests.fakes.clock import BEGIN
from training_credits.domain.model import (
    Contact,
    Member,
    MemberState,
    RedemptionState,
    Role,
    roles_of,
)

MOMENT = timedelta(microseconds=1)
ADVISOR = Contact(role=Role.ADVISOR, name="K. Lee", email="kim@cisco.example")
INVITED = member_of("bob", state=MemberState.INVITED)


def test_members_are_known_by_their_address() -> None:
    book = book_of(members=(member_of("ann"), INVITED))
    assert book.member("ann@acme.example") == member_of("ann")
    assert book.member("bob@acme.example") == INVITED
    assert book.member("ann@acme.example.evil") is None


def test_owners_are_the_active_ones_of_that_role() -> None:
    members = (member_of("ann"), INVITED, member_of("fay", Role.FINANCE), member_of("cid"))
    assert book_of(members=members).owners == (member_of("ann"), member_of("cid"))


def test_a_code_is_known_by_its_id() -> None:
    book = book_of(codes=(code_of(), code_of("L1", code_id="C2")))
    assert book.code("C2") == code_of("L1", code_id="C2")
    assert book.code("C3") is None


@pytest.mark.parametrize(
    ("member", "due"),
    [
        (member_of("ann"), {Role.OWNER}),
        (member_of("ann", Role.PLAYER), {Role.PLAYER}),
        (member_of("ann", state=MemberState.INVITED), set()),
        (member_of("ann", state=MemberState.REMOVED), set()),
        (None, set()),
    ],
)
def test_only_an_active_member_has_their_role(member: Member | None, due: set[Role]) -> None:
    assert roles_of(account_of(), member, caller("ann")) == due


def test_an_operator_is_one_on_every_account_and_never_a_member_too() -> None:
    olga = staff("olga", "cisco")
    assert roles_of(account_of(), None, olga) == {Role.OPERATOR}
    assert roles_of(account_of(), member_of("olga"), olga) == {Role.OPERATOR}


@pytest.mark.rule("CI-04")
@pytest.mark.parametrize(
    ("who", "role", "due"),
    [
        ("kim", Role.ADVISOR, {Role.ADVISOR}),
        ("kim", Role.ACCOUNT_MANAGER, set()),
        ("lou", Role.ADVISOR, set()),
    ],
)
def test_an_advisor_is_one_only_where_the_account_names_them(
    who: str, role: Role, due: set[Role]
) -> None:
    account = account_of(contacts=(ADVISOR,))
    assert roles_of(account, None, staff(who, "cisco", role)) == due
    assert roles_of(account_of(), None, staff(who, "cisco", role)) == set()


def test_whom_the_vendor_named_is_found_by_their_role() -> None:
    account = account_of(contacts=(ADVISOR,))
    assert account.contact(Role.ADVISOR) == ADVISOR
    assert account.contact(Role.ACCOUNT_MANAGER) is None


def test_staff_of_the_vendor_are_known_by_their_groups() -> None:
    olga = caller("olga", "cisco", "operator", "finance")
    assert (olga.operates, olga.vendor) == (True, True)
    kim = staff("kim", "cisco", Role.ADVISOR)
    assert (kim.operates, kim.vendor) == (False, True)
    fred = caller("fred", "cisco", "finance")
    assert (fred.operates, fred.vendor) == (False, False)


def test_a_code_works_until_the_instant_of_its_end() -> None:
    code = code_of(ends_at=BEGIN)
    assert code_of().works(BEGIN)
    assert [code.works(at) for at in (BEGIN - MOMENT, BEGIN, BEGIN + MOMENT)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("email", "served"),
    [
        ("lee@acme.example", True),
        ("lee@other.example", False),
        ("lee@sub.acme.example", False),
        ("lee@acme.example.evil", False),
        ("acme.example", True),
    ],
)
def test_a_code_serves_the_domains_it_names(email: str, *, served: bool) -> None:
    assert code_of(domains=("acme.example",)).serves(email) is served
    assert code_of().serves(email)


@pytest.mark.parametrize(
    ("limits", "counted"),
    [({}, False), ({"limit": 1}, True), ({"limit_each": 1}, True), ({"ends_on": BEGIN}, False)],
)
def test_uses_are_counted_where_there_is_a_limit(limits: dict[str, Any], *, counted: bool) -> None:
    assert code_of(**limits).limited is counted


def test_a_request_is_settled_when_and_by_whom_it_was_decided() -> None:
    asked = pending(300)
    assert (asked.settled_at, asked.settled_by) == (BEGIN, "lee@acme.example")
    denied = replace(
        asked,
        state=RedemptionState.DENIED,
        decided_at=BEGIN + MOMENT,
        decided_by="ann@acme.example",
    )
    assert (denied.settled_at, denied.settled_by) == (BEGIN + MOMENT, "ann@acme.example")
