"""People, intents and values for tests: only what a test does not care about has a default."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.fakes.clock import BEGIN
from training_credits.domain.errors import Problem, Refused
from training_credits.domain.model import (
    Account,
    Approval,
    Balance,
    Book,
    Caller,
    Code,
    Lot,
    Movement,
    Owner,
    Person,
    Redemption,
    RedemptionState,
    State,
)
from training_credits.use_cases.submit import Intent

SECRET = "a secret of the tests"


def person(name: str) -> Person:
    """`ann` becomes Ann of acme.example."""
    return Person(subject=f"s-{name}", email=f"{name}@acme.example", name=name.title())


def caller(name: str, program: str = "atlassian", *groups: str) -> Caller:
    """A verified token."""
    return Caller(person=person(name), program=program, groups=frozenset(groups))


def seen(result: Any) -> str:
    """An answer a test can read: the id, or the text itself."""
    if isinstance(result, str):
        return result
    first = result[0] if isinstance(result, tuple) else result
    for name in ("redemption_id", "order_id", "account_id"):
        if hasattr(first, name):
            return str(getattr(first, name))
    raise TypeError(result)


def intent(
    who: Caller | str, operation: str, key: str, digest: str = "body", program: str = "atlassian"
) -> Intent:
    """A request under a key."""
    asking = caller(who, program) if isinstance(who, str) else who
    return Intent(caller=asking, operation=operation, key=key, digest=digest, render=seen)


def issued(lot_id: str, credits: int) -> Movement:
    """The movement that makes credits."""
    return Movement(lot_id=lot_id, source=State.ISSUED, target=State.AVAILABLE, credits=credits)


def lot_of(
    lot_id: str, credits: int, expires_at: datetime, granted_at: datetime | None = None
) -> Lot:
    """A lot with all its credits available."""
    return Lot(
        lot_id=lot_id,
        order_id=lot_id,
        product="TC",
        credits=credits,
        paid_minor=credits * 100,
        currency="USD",
        granted_at=granted_at or expires_at - timedelta(days=365),
        expires_on=expires_at.date(),
        expires_at=expires_at,
        balance=Balance().moved(issued(lot_id, credits)),
    )


def account_of(account_id: str = "A1", approval: Approval = Approval.MANUAL) -> Account:
    """An account of ann's."""
    return Account(
        account_id=account_id,
        program="atlassian",
        name="Acme",
        approval=approval,
        opened_by="ann@acme.example",
        opened_at=BEGIN,
    )


def book_of(*lots: Lot, approval: Approval = Approval.MANUAL) -> Book:
    """An account of ann's with these lots."""
    owner = Owner(email="ann@acme.example", added_by="ann@acme.example", added_at=BEGIN)
    return Book(account=account_of(approval=approval), lots=lots, owners=(owner,))


def pending(credits: int, **more: Any) -> Redemption:
    """A request of lee's that waits."""
    facts: dict[str, Any] = {
        "redemption_id": "A1-R1",
        "account_id": "A1",
        "title": "Jira Basics",
        "learner": person("lee"),
        "state": RedemptionState.PENDING,
        "approval": Approval.MANUAL,
        "requested_at": BEGIN,
    }
    return Redemption(credits=credits, **(facts | more))


def code_of(lot_id: str | None = None) -> Code:
    """The code of the account, or of one lot."""
    return Code(
        digest="d", account_id="A1", hint="9ABC", made_by="ann", made_at=BEGIN, lot_id=lot_id
    )


def refused(act: Callable[[], object], kind: type[Problem] = Refused) -> Problem:
    """The no to an act."""
    with pytest.raises(kind) as no:
        act()
    return no.value
