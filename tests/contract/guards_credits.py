"""Guards of what credits are bought with, and of their lots and entries."""

from dataclasses import replace
from datetime import date, timedelta

from tests.contract.guards import no, yes
from tests.contract.nouns import (
    END,
    INSTANT,
    PLANNED,
    entry,
    lot,
    move,
    movement,
    order,
)
from training_credits.domain import change as c
from training_credits.domain.model import Balance, OrderState, State, Told

PLACED = c.PlaceOrder(order=order())
PAYING = c.MoveOrder(order=order(payment_id="pi_1"), was=order())
APPROVING = c.MoveOrder(order=order(state=OrderState.APPROVED), was=order())
PAID = c.MoveOrder(
    order=order(state=OrderState.ACTIVATED, payment_id="pi_1"), was=order(payment_id="pi_1")
)
NUMBER = c.TakeSalesOrder(number="SO-5001", order_id="O1")
FREED = c.FreeSalesOrder(number="SO-5001", order_id="O1")
PLAN = c.SetPlan(lot_id="L1", items=PLANNED)
COUNTED = c.CountMade(
    subject="s-olga",
    day=date(2026, 3, 1),
    minor=40,
    below=100,
    currency="USD",
    percent_max=20,
)
TO_THE_LIMIT = replace(COUNTED, minor=60)
GRANTED = c.GrantLot(lot=lot())
MIXED = c.GrantLot(lot=lot(balance=Balance(available=60, held=30, redeemed=10)))
CLOSED = c.CloseLot(lot=lot())
CLOSED_MIXED = c.CloseLot(lot=lot(balance=Balance(available=60, held=30, redeemed=10)))
HOLD = movement(State.AVAILABLE, State.HELD)
POST = movement(State.HELD, State.REDEEMED)
RELEASE = movement(State.HELD, State.AVAILABLE)
LAPSE = movement(State.HELD, State.EXPIRED)
LAST = END - INSTANT
DAY = timedelta(days=1)
VOIDED = c.VoidLot(lot=lot(), at=LAST)
SOON = lot(notice_at=END - 30 * DAY)
WATCHED = c.GrantLot(lot=SOON)
TOLD = c.TellLot(lot=replace(SOON, notice_at=END - 7 * DAY, told=Told(days=30)), was=SOON)
UNSAID = c.TellLot(lot=lot(), was=SOON)
CALLED = replace(SOON, closed=True, notice_at=END + 46 * DAY)
CALLING = c.CloseLot(lot=SOON, call_at=END + 46 * DAY)
CALL = c.TellLot(lot=replace(CALLED, notice_at=None, told=Told(days=-46)), was=CALLED)
SPENT = move(movement(credits=100))

SELLING = (
    yes("an order is placed", PLACED),
    no("an order is placed once", PLACED, PLACED),
    yes("an order goes on", APPROVING, PLACED),
    no("an unknown order does not", APPROVING),
    no("an order takes a step once", APPROVING, PLACED, APPROVING),
    no("an order whose payment was opened meanwhile does not go on", APPROVING, PLACED, PAYING),
    yes("a payment is opened", PAYING, PLACED),
    no("a payment is opened once", PAYING, PLACED, PAYING),
    yes("an order is paid by its payment", PAID, PLACED, PAYING),
    no("an order is not paid by a payment it has not", PAID, PLACED),
    no("an order elsewhere does not go on here", APPROVING, elsewhere=(PLACED,)),
    yes("a number is taken", NUMBER),
    no("a number is taken once", NUMBER, NUMBER),
    no("by no other order", c.TakeSalesOrder(number="SO-5001", order_id="O2"), NUMBER),
    no("nor on another account", NUMBER, elsewhere=(NUMBER,)),
    yes("a number is given back", FREED, NUMBER),
    no("a number nobody has is not", FREED),
    no("nor by another order", c.FreeSalesOrder(number="SO-5001", order_id="O2"), NUMBER),
    no("nor twice", FREED, NUMBER, FREED),
    yes("a number given back is taken again", NUMBER, elsewhere=(NUMBER, FREED)),
    yes("what is made alone is counted", COUNTED),
    yes("and what is made next", replace(COUNTED, minor=59), COUNTED),
    no("what reaches the limit with it is not", TO_THE_LIMIT, COUNTED),
    no("nor what reaches it after several", replace(COUNTED, minor=20), COUNTED, COUNTED),
    no("nor by way of another account", TO_THE_LIMIT, elsewhere=(COUNTED,)),
    no("nor what reaches it by itself", replace(COUNTED, minor=100)),
    yes("what nearly does is counted", replace(COUNTED, minor=99)),
    yes("on another day too", replace(TO_THE_LIMIT, day=date(2026, 3, 2)), COUNTED),
    yes("for somebody else too", replace(TO_THE_LIMIT, subject="s-otto"), COUNTED),
    yes("a plan is set", PLAN),
    yes("a plan is set again", PLAN, PLAN),
)
ENTRIES = (
    yes("an entry is recorded", c.Record(entry=entry())),
    no("an entry is recorded once", c.Record(entry=entry()), c.Record(entry=entry())),
)
LOTS = (
    yes("a lot is granted", GRANTED),
    no("a lot is granted once", GRANTED, GRANTED),
    yes("all there is moves", move(movement(credits=100)), GRANTED),
    no("one more than there is does not move", move(movement(credits=101)), GRANTED),
    no("nothing moves in an unknown lot", move(movement())),
    no("nothing moves in a lot elsewhere", move(movement()), elsewhere=(GRANTED,)),
    yes("the last instant counts", move(movement(), at=LAST), GRANTED),
    no("at its end a lot is dead", move(movement(), at=END), GRANTED),
    no("a closed lot does not pay", move(movement(credits=1), at=LAST), GRANTED, CLOSED),
    yes("what is available is held", move(HOLD), MIXED),
    no("a dead lot holds nothing new", move(HOLD, at=END), MIXED),
    yes("what is held is spent", move(POST), MIXED),
    yes("what is held is spent after the end", move(POST, at=END), MIXED),
    yes("what is held is spent after the closing", move(POST, at=END), MIXED, CLOSED_MIXED),
    no("more than is held is not spent", move(replace(POST, credits=31)), MIXED),
    yes("what is held goes back", move(RELEASE, at=LAST), MIXED),
    no("nothing goes back to a dead lot", move(RELEASE, at=END), MIXED),
    no("nothing goes back to a closed lot", move(RELEASE), MIXED, CLOSED_MIXED),
    yes("what is held lapses in a closed lot", move(LAPSE, at=END), MIXED, CLOSED_MIXED),
    yes("two movements of one lot", move(movement(credits=60), POST), MIXED),
    no("each source must suffice", move(movement(credits=60), replace(POST, credits=31)), MIXED),
    no(
        "both movements count together",
        move(movement(credits=40), replace(HOLD, credits=21)),
        MIXED,
    ),
    yes("a lot of which nothing is used is taken back", VOIDED, GRANTED),
    no("an unknown lot is not taken back", VOIDED),
    no("a lot is taken back once", VOIDED, GRANTED, VOIDED),
    no("a lot is not taken back at its end", c.VoidLot(lot=lot(), at=END), GRANTED),
    no("a lot of which something is spent is not taken back", VOIDED, GRANTED, move(movement())),
    no("a lot of which something is held is not taken back", VOIDED, GRANTED, move(HOLD)),
    no("a closed lot is not taken back", VOIDED, GRANTED, CLOSED),
    no("a lot that was taken back does not pay", move(movement(), at=LAST), GRANTED, VOIDED),
    no("a lot that was taken back is not closed", CLOSED, GRANTED, VOIDED),
    yes("a dead lot is closed", CLOSED, GRANTED),
    no("an unknown lot is not closed", CLOSED),
    no("a lot is closed once", CLOSED, GRANTED, CLOSED),
    no("a lot that has changed is not closed", CLOSED, GRANTED, move(movement())),
    no("a lot is closed once, empty too", c.CloseLot(lot=lot("L1", 0)), GRANTED, CLOSED),
)
NOTICES = (
    yes("an end is announced", TOLD, WATCHED),
    no("an end is announced once", TOLD, WATCHED, TOLD),
    no("not of an unknown lot", TOLD),
    no("nor of one that is announced at another time", TOLD, GRANTED),
    no("nor of one that was closed meanwhile", TOLD, WATCHED, c.CloseLot(lot=SOON)),
    no("nor where nothing is left to lose", TOLD, WATCHED, SPENT),
    no("nor of a lot elsewhere", TOLD, elsewhere=(WATCHED,)),
    yes("where nothing is left nothing is said", UNSAID, WATCHED, SPENT),
    no("nor is it left unsaid twice", UNSAID, WATCHED, UNSAID),
    yes("of what has expired there is a last call", CALL, WATCHED, CALLING),
    no("there is one last call", CALL, WATCHED, CALLING, CALL),
    no("none of what lives", CALL, WATCHED),
    no("none where nothing is lost", CALL, WATCHED, SPENT, replace(CALLING, lot=lot("L1", 0))),
    no("none where none is to be", CALL, WATCHED, c.CloseLot(lot=SOON)),
)
CREDITS = (*SELLING, *LOTS, *NOTICES, *ENTRIES)
