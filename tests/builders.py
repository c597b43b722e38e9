"""People, intents and values for tests: only what a test does not care about has a default."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.fakes.clock import BEGIN
from training_credits.domain.errors import Problem, Refused
from training_credits.domain.model import (
    Account,
    AccountKind,
    Approval,
    Balance,
    Billing,
    Book,
    Caller,
    Code,
    Line,
    Lot,
    Member,
    MemberState,
    Movement,
    Order,
    OrderState,
    Person,
    Redemption,
    RedemptionState,
    Role,
    State,
    Step,
)
from training_credits.use_cases.submit import Intent

SECRET = "a secret of the tests"
US = Billing(company="Acme", country="US", tax_id="T-1")


def person(name: str) -> Person:
    """`ann` becomes Ann of acme.example."""
    return Person(subject=f"s-{name}", email=f"{name}@acme.example", name=name.title())


def caller(name: str, program: str = "atlassian", *groups: str) -> Caller:
    """A verified token."""
    return Caller(person=person(name), program=program, groups=frozenset(groups))


def staff(name: str, program: str, role: Role = Role.OPERATOR) -> Caller:
    """A verified token of somebody of the vendor's, in one of its groups."""
    who = Person(subject=f"s-{name}", email=f"{name}@{program}.example", name=name.title())
    return Caller(person=who, program=program, groups=frozenset({role}))


def seen(result: Any) -> str:
    """An answer a test can read: the id, or the text itself."""
    if isinstance(result, str):
        return result
    first = result[0] if isinstance(result, tuple) else result
    for name in (
        "case_id",
        "redemption_id",
        "order_id",
        "code_id",
        "budget_id",
        "account_id",
        "email",
    ):
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
    lot_id: str,
    credits: int,
    expires_at: datetime,
    granted_at: datetime | None = None,
    **more: Any,
) -> Lot:
    """A lot with all its credits available."""
    facts: dict[str, Any] = {
        "lot_id": lot_id,
        "order_id": lot_id,
        "product": "TC",
        "credits": credits,
        "paid_minor": credits * 100,
        "face_minor": credits * 100,
        "currency": "USD",
        "granted_at": granted_at or expires_at - timedelta(days=365),
        "expires_on": expires_at.date(),
        "expires_at": expires_at,
        "balance": Balance().moved(issued(lot_id, credits)),
    }
    return Lot(**(facts | more))


def account_of(
    account_id: str = "A1", approval: Approval = Approval.MANUAL, **more: Any
) -> Account:
    """An account of ann's."""
    facts: dict[str, Any] = {
        "program": "atlassian",
        "name": "Acme",
        "kind": AccountKind.ORGANISATION,
        "opened_by": "ann@acme.example",
        "opened_at": BEGIN,
    }
    return Account(account_id=account_id, approval=approval, **(facts | more))


def member_of(
    name: str, role: Role = Role.OWNER, state: MemberState = MemberState.ACTIVE
) -> Member:
    """Somebody of Acme's whom ann added."""
    return Member(
        email=person(name).email,
        role=role,
        state=state,
        added_by="ann@acme.example",
        added_at=BEGIN,
        accepted_at=BEGIN if state is MemberState.ACTIVE else None,
    )


def book_of(*lots: Lot, approval: Approval = Approval.MANUAL, **more: Any) -> Book:
    """An account of ann's with these lots."""
    facts: dict[str, Any] = {
        "account": account_of(approval=approval),
        "members": (member_of("ann"),),
    }
    return Book(lots=lots, **(facts | more))


def pending(credits: int, **more: Any) -> Redemption:
    """A request of lee's that waits."""
    facts: dict[str, Any] = {
        "redemption_id": "A1-R1",
        "account_id": "A1",
        "learner": person("lee"),
        "state": RedemptionState.PENDING,
        "approval": Approval.MANUAL,
        "requested_at": BEGIN,
    }
    drawn = {name: more.pop(name) for name in ("draws", "tenders") if name in more}
    lines = (Line(title="Jira Basics", credits=credits, **drawn),)
    return Redemption(lines=lines, **(facts | more))


def code_of(lot_id: str | None = None, **more: Any) -> Code:
    """A code of the account, or of one lot."""
    facts: dict[str, Any] = {
        "code_id": "C1",
        "digest": "d",
        "account_id": "A1",
        "hint": "9ABC",
        "made_by": "ann@acme.example",
        "made_at": BEGIN,
    }
    return Code(lot_id=lot_id, **(facts | more))


def step_of(state: OrderState, at: datetime = BEGIN, by: str = "ann", **more: Any) -> Step:
    """An order came into a state on the day of an instant in UTC."""
    facts: dict[str, Any] = {"on": at.date(), "by": person(by).email}
    return Step(state=state, at=at, **(facts | more))


def order_of(credits: int = 1_000, state: OrderState = OrderState.ACCEPTED, **more: Any) -> Order:
    """An order of ann's by card, at list price."""
    facts: dict[str, Any] = {
        "order_id": "O1",
        "account_id": "A1",
        "product": "TC",
        "list_minor": credits * 100,
        "discount_minor": 0,
        "currency": "USD",
        "channel": "card",
        "buyer": person("ann"),
        "billing": US,
        "placed_at": BEGIN,
        "trail": (step_of(state),),
        "policy": "2026-01-01",
    }
    return Order(credits=credits, state=state, **(facts | more))


def refused(act: Callable[[], object], kind: type[Problem] = Refused) -> Problem:
    """The no to an act."""
    with pytest.raises(kind) as no:
        act()
    return no.value
