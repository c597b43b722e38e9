"""Events on the page: which have the same facts, who reads of them, and some the story lacks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.builders import pending
from tests.fakes.clock import BEGIN
from training_credits.domain.model import (
    Attendee,
    Line,
    LineState,
    RedemptionState,
    Voucher,
    VoucherState,
)
from training_credits.dynamodb import stream
from training_credits.dynamodb.items import RedemptionItem, VoucherItem
from training_credits.dynamodb.items.base import Stored
from training_credits.ports import Event

# Types of events that have the same facts. With the money come the credits, so no order stops at
# paid.
FAMILIES = (
    ("AccountOpened",),
    tuple(stream.MEMBERS.values()),
    (*(kind for kind in stream.ORDERS.values() if kind != "OrderPaid"), "OrderPaymentFailed"),
    (*stream.DECISIONS.values(), stream.REMINDED),
    tuple(stream.LINES.values()),
    (stream.ASSIGNED,),
    ("CreditsExpired",),
)
WHOM = {
    "_who_decide": "members who may `decide`",
    "_who_are_told": "everybody who may `read`, if not told yet",
    "_deciders": "members who may `decide`, and deputies",
    "_waited_for": "the same; the advisor, where it waits for them; nobody, if it waits no more",
    "_advisor": "the account's advisor; operations, where none is named",
    "_learner": "the learner",
    "_decided_for": "the learner, if somebody else has said yes",
    "_told_why": "the learner, if there is a reason to tell",
    "_attendees": "who takes part, if not told yet",
    "_attendee_of_line": "who takes part in that line, if not told yet",
    "_holder": "who holds it",
    "_buyer": "the buyer; the owners, where the vendor named none",
    "_expecting": "the buyer, where the program says by when credits are usable",
    "_coded": "the buyer, where the program mails the code of a lot",
    "_account_manager": "the vendor's account manager",
    "_operations": "the program's `operations` address",
    "_invited": "who is invited",
    "_other_owners": "the owners, unless it is themselves",
    "_accepting": "operations, unless a card is waited for",
    "_activating": "operations, where activation comes next",
    "_withdrawn_for": "the buyer, unless they cancelled it themselves",
}
VOUCHER = Voucher(
    voucher_id="V1",
    account_id="A1",
    redemption_id="A1-R1",
    line=1,
    title="Exam",
    hint="9ABC",
    issued_at=BEGIN,
    usable_until=BEGIN.date(),
)


def sampled() -> Iterator[Event]:
    """One of each."""
    booked = pending(300, state=RedemptionState.APPROVED)
    for line in (
        _line(moves=1),
        _line(state=LineState.RETURNED, returned=300),
        _line(state=LineState.DELIVERED),
    ):
        yield _event(RedemptionItem, booked, replace(booked, lines=(line,)))
    waits = replace(booked, state=RedemptionState.PENDING)
    yield _event(RedemptionItem, replace(waits, remind_at=BEGIN), waits)
    for state in (RedemptionState.REFERRED, RedemptionState.RESERVED, RedemptionState.LAPSED):
        yield _event(RedemptionItem, waits, replace(waits, state=state))
    holder = Attendee(email="bea@acme.example", name="Bea")
    given = replace(VOUCHER, state=VoucherState.ASSIGNED, holder=holder)
    yield _event(VoucherItem, VOUCHER, given)


def _line(**facts: Any) -> Line:
    return Line(title="Course 300", credits=300, **facts)


def _event(kind: type[Stored[Any]], was: object, now: object) -> Event:
    old, new = (
        kind.of(value, pk="p#ACCOUNT#A1", sk="s").to_dynamodb_dict() for value in (was, now)
    )
    images = {"OldImage": old, "NewImage": new, "ApproximateCreationDateTime": BEGIN}
    event = stream.event_of({"dynamodb": images})
    assert event is not None
    return event
