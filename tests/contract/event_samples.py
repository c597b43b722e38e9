"""One event of each type, from the item that is behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.builders import account_of, lot_of, member_of, order_of, pending, person
from tests.contract.guards_filing import block
from tests.contract.nouns import entry
from tests.fakes.clock import BEGIN
from training_credits.domain.model import (
    Attendee,
    Case,
    CaseKind,
    CaseState,
    CaseStep,
    Line,
    LineState,
    MemberState,
    OrderState,
    RedemptionState,
    Told,
    Voucher,
    VoucherState,
)
from training_credits.dynamodb import stream
from training_credits.dynamodb.items import (
    AccountItem,
    BlockItem,
    CaseItem,
    EntryItem,
    Item,
    LotItem,
    MemberItem,
    OrderItem,
    RedemptionItem,
    VoucherItem,
)
from training_credits.ports import Event

HERE = {"pk": "p#ACCOUNT#A1", "sk": "s"}
DAY = BEGIN.date()
VOUCHER = Voucher(
    voucher_id="V1",
    account_id="A1",
    redemption_id="A1-R1",
    line=1,
    title="Exam",
    hint="9ABC",
    issued_at=BEGIN,
    usable_until=DAY,
)


def samples() -> Iterator[Event]:
    """One of each type at least."""
    yield from _of_accounts()
    yield from _of_orders()
    yield from _of_requests()
    yield from _of_credits()
    yield from _of_cases()


def _of_accounts() -> Iterator[Event]:
    yield _event(AccountItem.of(account_of(), **HERE, owners=1))
    for state in MemberState:
        yield _event(MemberItem.of(replace(member_of("ann"), state=state), **HERE))
    yield _event(BlockItem.of(block(), **HERE))


def _of_orders() -> Iterator[Event]:
    for state in OrderState:
        if state is not OrderState.PAID:
            # With the money come the credits, so no order stops at paid.
            yield _event(OrderItem.of(order_of(300, state), **HERE))
    waits = order_of(300)
    refused = replace(waits, refused_at=BEGIN, payment_problem="card_declined", valid_until=DAY)
    yield _event(OrderItem.of(refused, **HERE), OrderItem.of(waits, **HERE))


def _of_requests() -> Iterator[Event]:
    booked = pending(300, state=RedemptionState.APPROVED)
    for line in (
        _line(moves=1),
        _line(state=LineState.RETURNED, returned=300),
        _line(state=LineState.DELIVERED),
    ):
        yield _asked(replace(booked, lines=(line,)), booked)
    waits = replace(booked, state=RedemptionState.PENDING)
    yield _asked(waits, replace(waits, remind_at=BEGIN))
    yield _asked(replace(booked, nudged_at=BEGIN), booked)
    for state in RedemptionState:
        yield _event(RedemptionItem.of(replace(waits, state=state), **HERE))
    given = replace(
        VOUCHER,
        state=VoucherState.ASSIGNED,
        holder=Attendee(email="bea@acme.example", name="Bea"),
    )
    yield _event(VoucherItem.of(given, **HERE), VoucherItem.of(VOUCHER, **HERE))


def _of_credits() -> Iterator[Event]:
    for kind in ("redeem", "expire"):
        yield _event(EntryItem.of(entry("E1", kind=kind), **HERE))
    lot = lot_of("L1", 300, BEGIN)
    for told, closed in (
        (Told(days=30), False),
        (Told(days=-46, until=DAY + timedelta(days=60)), True),
    ):
        after = replace(lot, told=told, closed=closed)
        yield _event(LotItem.of("p", "A1", after), LotItem.of("p", "A1", lot))


def _of_cases() -> Iterator[Event]:
    draft = CaseStep(state=CaseState.DRAFT, at=BEGIN, by="ann@acme.example")
    case = Case(
        case_id="K1",
        account_id="A1",
        kind=CaseKind.REISSUE,
        opened_by=person("ann"),
        reason="We were closed.",
        trail=(draft,),
        policy="2021-06-14",
    )
    sent = replace(case, trail=(draft, replace(draft, state=CaseState.SUBMITTED)), due_on=DAY)
    yield _event(CaseItem.of(case, **HERE))
    yield _event(CaseItem.of(sent, **HERE), CaseItem.of(case, **HERE))


def _line(**facts: Any) -> Line:
    return Line(title="Course 300", credits=300, **facts)


def _asked(now: Any, was: Any) -> Event:
    return _event(RedemptionItem.of(now, **HERE), RedemptionItem.of(was, **HERE))


def _event(now: Item, was: Item | None = None) -> Event:
    """What the stream says of it: new, or changed."""
    images = {"NewImage": now.to_dynamodb_dict(), "ApproximateCreationDateTime": BEGIN}
    if was is not None:
        images["OldImage"] = was.to_dynamodb_dict()
    [event] = stream.events_of({"dynamodb": images})
    return event
