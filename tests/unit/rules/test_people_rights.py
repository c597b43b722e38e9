"""Who may what: each role of each program, as its file says."""

import tomllib
from importlib.resources import files

import pytest

from tests.builders import account_of, caller, member_of, staff
from tests.fakes.clock import BEGIN
from tests.unit.rules.people_tools import contact_of
from training_credits.domain.decisions.rights import check_may
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import VENDOR_ROLES, Account, Caller, Permission, Role
from training_credits.programs import program_named, program_names

NAMES = program_names()


def written(program: str) -> dict[Role, set[Permission]]:
    """The table of the program file, read without the program."""
    text = (files("training_credits.programs") / f"{program}.toml").read_text(encoding="utf-8")
    roles = tomllib.loads(text)["roles"]
    return {Role(role): {Permission(p) for p in granted} for role, granted in roles.items()}


def asked_as(program: str, role: Role) -> Caller:
    """Somebody who is this to an account, by a name that says so."""
    return staff(role, program, role) if role in VENDOR_ROLES else caller(role, program)


def with_contacts(program: str) -> Account:
    """An account that names an account manager and an advisor."""
    roles = (Role.ACCOUNT_MANAGER, Role.ADVISOR)
    return account_of(program=program, contacts=tuple(contact_of(r, program, r) for r in roles))


@pytest.mark.rule("CI-42")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("program", NAMES)
def test_a_role_may_what_the_program_file_gives_it_and_nothing_else(
    program: str, role: Role
) -> None:
    rules, table, account = program_named(program, BEGIN), written(program), with_contacts(program)
    member = None if role in VENDOR_ROLES else member_of(role, role)
    asking, may = asked_as(program, role), set()
    for permission in Permission:
        try:
            assert check_may(rules, account, member, asking, permission) is account
        except Forbidden as no:
            having = [who for who in table if permission in table[who]]
            told = (no.reason, no.facts)
            assert told == (Reason.NOT_PERMITTED, {"needed": permission, "roles": having})
        else:
            may.add(permission)
    assert may == table.get(role, set())


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("program", NAMES)
@pytest.mark.parametrize("there", [True, False])
def test_to_whoever_has_no_role_on_it_an_account_does_not_exist(
    program: str, permission: Permission, *, there: bool
) -> None:
    account = with_contacts(program) if there else None
    rules = program_named(program, BEGIN)
    with pytest.raises(NotFound) as no:
        check_may(rules, account, None, caller("eve", program), permission)
    assert (no.value.reason, no.value.facts) == (Reason.ACCOUNT_NOT_FOUND, {})


@pytest.mark.parametrize("program", NAMES)
def test_whoever_is_two_things_may_what_either_of_them_may(program: str) -> None:
    rules, table = program_named(program, BEGIN), written(program)
    olga = staff("olga", program)
    both = table[Role.OPERATOR] | table[Role.FINANCE]
    member = member_of("olga", Role.FINANCE)
    for permission in both:
        check_may(rules, account_of(program=program), member, olga, permission)
    for permission in set(Permission) - both:
        with pytest.raises(Forbidden):
            check_may(rules, account_of(program=program), member, olga, permission)


@pytest.mark.parametrize("program", NAMES)
def test_only_the_vendors_operators_open_and_sell(program: str) -> None:
    table = written(program)
    for permission in (Permission.OPEN, Permission.SELL):
        assert [role for role in table if permission in table[role]] == [Role.OPERATOR]


@pytest.mark.rule("CI-04")
@pytest.mark.parametrize("program", NAMES)
def test_nobody_of_the_vendors_decides_buys_or_shares_for_a_customer(program: str) -> None:
    theirs = {Permission.DECIDE, Permission.BUY, Permission.SHARE, Permission.EDIT}
    for role, granted in written(program).items():
        assert role not in VENDOR_ROLES or not granted & theirs
