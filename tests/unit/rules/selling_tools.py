"""What the stories of selling have in common: days, programs that say something else, mails."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.builders import SECRET, staff
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.fakes.outside import RecordedMailer, office_of
from tests.world import World
from training_credits import programs
from training_credits.domain.change import Change
from training_credits.domain.errors import Reason
from training_credits.domain.model import (
    AccountKind,
    Contact,
    Lot,
    Order,
    OrderState,
    Role,
    Sale,
)
from training_credits.domain.program import Countries, Program
from training_credits.dynamodb.items import OrderItem
from training_credits.dynamodb.stream import events_of
from training_credits.edge import schemas, views
from training_credits.ports import Event, Mail
from training_credits.use_cases import accounts
from training_credits.use_cases.notify import notify
from training_credits.use_cases.payments import Booked
from training_credits.use_cases.purchase import read_order

PACIFIC = "America/Los_Angeles"
KIM = Contact(role=Role.ADVISOR, name="K. Lee", email="kim@{}.example")
JO = Contact(role=Role.ACCOUNT_MANAGER, name="J. Doe", email="jo@{}.example")


def instant(text: str) -> datetime:
    """With its offset, or in UTC."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def world_of(
    program: str, at: str, kind: AccountKind = AccountKind.ORGANISATION, **more: Any
) -> World:
    """Ann's open account, at a moment."""
    world = World(program=program, clock=StoppedClock(instant(at)), **more)
    world.open(kind=kind)
    return world


def says(monkeypatch: pytest.MonkeyPatch, name: str, **changes: Any) -> None:
    """From now on the newest version of a program says this; `purchase` is changed within."""
    versions = programs.program_versions(name)
    newest = versions[-1]
    if "purchase" in changes:
        changes["purchase"] = replace(newest.purchase, **changes["purchase"])
    changed = (*versions[:-1], replace(newest, **changes))
    known = programs.program_versions

    def found(asked: str) -> tuple[Program, ...]:
        return changed if asked == name else known(asked)

    monkeypatch.setattr(programs, "program_versions", found)


def only_in(**lists: str) -> tuple[Countries, ...]:
    """Lists of countries: `_2026_01_01="US CA"`."""
    return tuple(
        Countries(
            effective_from=day(since.strip("_").replace("_", "-")), allow=frozenset(allow.split())
        )
        for since, allow in lists.items()
    )


def trail(order: Order) -> list[tuple[OrderState, date, str]]:
    """Which steps, dated when, by whose hand."""
    return [(step.state, step.on, step.by.partition("@")[0]) for step in order.trail]


def booked(world: World, credits: int, number: str = "SO-5001", **more: Any) -> str:
    """An order of Cisco's that the vendor has entered."""
    return world.enter(credits, sale=Sale(sales_order=number), **more)


def lot_of_order(world: World, order_id: str) -> Lot:
    lot = world.ledger.lot(world.program, world.account, order_id)
    assert lot is not None
    return lot


def shown(world: World, order_id: str, who: str = "ann") -> schemas.OrderAnswer:
    """An order as somebody sees it."""
    found = read_order(world.ledger, world.clock, world.caller(who), world.account, order_id)
    return views.order(world.rules, *found, world.clock())


def page(world: World, who: str = "ann") -> schemas.AccountPage:
    """The account as somebody sees it."""
    book = accounts.read_account(world.ledger, world.clock, world.caller(who), world.account)
    return views.account_page(world.rules, book, world.clock())


def name_contacts(world: World) -> None:
    """Olga says who at the vendor is there for the account."""
    for contact in (KIM, JO):
        named = replace(contact, email=contact.email.format(world.program))
        accounts.name_contact(
            world.ledger, world.clock, staff("olga", world.program), world.account, named
        )


class ToldLedger(MemoryLedger):
    """A ledger whose stream is read: what becomes of orders is an event."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []

    def commit(self, change: Change) -> None:
        place = change.program, change.account_id
        before = dict(self.rows(*place).orders)
        super().commit(change)
        for order_id, order in self.rows(*place).orders.items():
            if before.get(order_id) != order:
                self._tell(*place, before.get(order_id), order)

    def _tell(self, program: str, account_id: str, was: Order | None, order: Order) -> None:
        images = {"NewImage": _image(program, account_id, order)}
        if was is not None:
            images["OldImage"] = _image(program, account_id, was)
        self.events += events_of({"dynamodb": images})


def _image(program: str, account_id: str, order: Order) -> dict[str, Any]:
    item = OrderItem.of(order, pk=f"{program}#ACCOUNT#{account_id}", sk=order.order_id)
    image: dict[str, Any] = item.to_dynamodb_dict()
    return image


def told(world: World) -> list[Mail]:
    """The mails of everything that became of orders since the last look."""
    ledger, mailer = world.ledger, RecordedMailer()
    assert isinstance(ledger, ToldLedger)
    while ledger.events:
        event = ledger.events.pop(0)
        notify(office_of(ledger, mailer), event, secret=SECRET)
    return mailer.mails


def told_by(booked: Booked) -> tuple[int, Reason | None]:
    """Credits that were booked, and why not."""
    reason = booked.problem.reason if booked.problem else None
    return booked.credits, Reason(reason) if reason else None
