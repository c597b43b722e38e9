"""What the tests of people and codes say often: contacts, edits, and what history tells."""

from datetime import date, timedelta
from typing import Any

from tests.belonging import Belonging
from tests.builders import staff
from training_credits.domain.decisions.accounts import Edit
from training_credits.domain.model import (
    Account,
    Agreement,
    Book,
    Caller,
    Contact,
    Happening,
    Role,
)
from training_credits.use_cases import accounts


def contact_of(name: str, program: str, role: Role) -> Contact:
    """Somebody of the vendor's, under the address they sign in with."""
    who = staff(name, program, role).person
    return Contact(role=role, name=who.name, email=who.email)


def names(world: Belonging, name: str, role: Role, by: str = "olga") -> Caller:
    """Make somebody of the vendor's the account's contact; returns how they sign in."""
    contact = contact_of(name, world.program, role)
    accounts.name_contact(world.ledger, world.clock, world.caller(by), world.account, contact)
    return staff(name, world.program, role)


def edit(world: Belonging, who: str = "ann", **said: Any) -> Account:
    """Change an account; what is not named stays."""
    asking, wanted = world.caller(who), Edit(**said)
    book = accounts.edit_account(world.ledger, world.clock, asking, world.account, wanted)
    return book.account


def agree(
    world: Belonging, who: str | Caller = "olga", percent: int = 10, **said: Any
) -> Agreement:
    """What an operator negotiated: for March 2026 unless the test says something else."""
    facts = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31), "success_plan": None}
    asking = world.caller(who) if isinstance(who, str) else who
    return accounts.set_agreement(
        world.ledger,
        world.clock,
        asking,
        world.account,
        Agreement(percent=percent, made_by=asking.person.email, **(facts | said)),
    )


def later(world: Belonging, percent: int, who: str, **said: Any) -> Agreement:
    """Said a second after what was said before."""
    world.clock.advance(timedelta(seconds=1))
    return agree(world, who, percent, **said)


def read(world: Belonging, who: str | Caller = "ann") -> Book:
    """The account as its page shows it."""
    asking = world.caller(who) if isinstance(who, str) else who
    return accounts.read_account(world.ledger, world.clock, asking, world.account)


def history(world: Belonging, who: str = "ann") -> tuple[Happening, ...]:
    """What happened to the account, oldest first, as one of its people reads it."""
    asking = world.caller(who)
    return accounts.history(
        world.ledger, world.clock, asking, world.account, cursor=None, limit=100
    ).items
