"""Every guard of every write: what was written before, and whether the write then holds."""

from dataclasses import dataclass, replace

from tests.contract.scene import (
    ANN,
    BOB,
    END,
    INSTANT,
    account,
    code,
    entry,
    lot,
    move,
    movement,
    order,
    owner,
    redemption,
)
from training_credits.domain import change as c
from training_credits.domain.model import Approval, Balance, RedemptionState, State

Writes = tuple[c.Write, ...]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """`before` is committed write by write, `elsewhere` on another account of the program."""

    says: str
    write: c.Write
    holds: bool
    before: Writes = ()
    elsewhere: Writes = ()


OPENED = c.OpenAccount(account=account())
ANN_ADDED = c.AddOwner(owner=owner(ANN))
ANN_REMOVED = c.RemoveOwner(email=ANN)
SEAT = c.TakeSeat(email=ANN, only=True)
ANY_SEAT = c.TakeSeat(email=ANN, only=False)
LEFT = c.LeaveSeat(email=ANN, only=True)
LEFT_ANY = c.LeaveSeat(email=ANN, only=False)
GRANTED = c.GrantLot(lot=lot())
MIXED = c.GrantLot(lot=lot(balance=Balance(available=60, held=30, redeemed=10)))
CLOSED = c.CloseLot(lot=lot())
CLOSED_MIXED = c.CloseLot(lot=lot(balance=Balance(available=60, held=30, redeemed=10)))
ASKED = c.MakeRequest(redemption=redemption())
APPROVED = c.SettleRequest(
    redemption=redemption(state=RedemptionState.APPROVED), was=RedemptionState.PENDING
)
DENIED = c.SettleRequest(
    redemption=redemption(state=RedemptionState.DENIED), was=RedemptionState.PENDING
)
LOT_CODE = c.IssueCode(code=code(lot_id="L1"))
HOLD = movement(State.AVAILABLE, State.HELD)
POST = movement(State.HELD, State.REDEEMED)
RELEASE = movement(State.HELD, State.AVAILABLE)
LAPSE = movement(State.HELD, State.EXPIRED)
LAST = END - INSTANT


def yes(says: str, write: c.Write, *before: c.Write, elsewhere: Writes = ()) -> Guard:
    return Guard(says=says, write=write, holds=True, before=before, elsewhere=elsewhere)


def no(says: str, write: c.Write, *before: c.Write, elsewhere: Writes = ()) -> Guard:
    return Guard(says=says, write=write, holds=False, before=before, elsewhere=elsewhere)


GUARDS = (
    yes("a new account opens", OPENED),
    no("an account opens once", OPENED, OPENED),
    yes("an account is renamed", c.EditAccount(name="New"), OPENED),
    no("what is not there is not renamed", c.EditAccount(name="New")),
    yes("approval changes", c.EditAccount(approval=Approval.AUTOMATIC), OPENED),
    yes("a new owner is added", ANN_ADDED),
    no("an owner is added once", ANN_ADDED, ANN_ADDED),
    yes("a removed owner is added again", ANN_ADDED, ANN_ADDED, ANN_REMOVED),
    yes("an owner is removed", ANN_REMOVED, ANN_ADDED),
    no("a stranger is not removed", ANN_REMOVED),
    no("an owner is removed once", ANN_REMOVED, ANN_ADDED, ANN_REMOVED),
    yes("an owner still is one", c.StillOwner(email=ANN), ANN_ADDED),
    no("a stranger is no owner", c.StillOwner(email=BOB), ANN_ADDED),
    no("a removed one is no owner", c.StillOwner(email=ANN), ANN_ADDED, ANN_REMOVED),
    no("an owner elsewhere is none here", c.StillOwner(email=ANN), elsewhere=(ANN_ADDED,)),
    yes("owners are counted", c.OwnerCount(expected=1, change=1), OPENED),
    no("owners were counted wrongly", c.OwnerCount(expected=2, change=1), OPENED),
    no("owners of nothing", c.OwnerCount(expected=0, change=1)),
    no(
        "owners were counted before",
        c.OwnerCount(expected=1, change=1),
        OPENED,
        c.OwnerCount(expected=1, change=1),
    ),
    yes("a free seat is taken", SEAT),
    no("the only seat is taken elsewhere", SEAT, elsewhere=(SEAT,)),
    no("the only seat is taken here", SEAT, SEAT),
    yes("a freed seat is taken", SEAT, elsewhere=(SEAT, LEFT)),
    yes("one of many seats is taken", ANY_SEAT, elsewhere=(ANY_SEAT,)),
    no("one of many seats is taken once", ANY_SEAT, ANY_SEAT),
    yes("a seat is left", LEFT, SEAT),
    no("a seat elsewhere is not left here", LEFT, elsewhere=(SEAT,)),
    no("nobody leaves a seat they lack", LEFT),
    no("a seat is left once", LEFT, SEAT, LEFT),
    yes("one of many seats is left", LEFT_ANY, ANY_SEAT, elsewhere=(ANY_SEAT,)),
    no("one of many seats is left where it is", LEFT_ANY, elsewhere=(ANY_SEAT,)),
    yes("an account gets its code", c.IssueCode(code=code()), OPENED),
    no("an account has one code", c.IssueCode(code=code("d2")), OPENED, c.IssueCode(code=code())),
    no(
        "a code opens one account",
        c.IssueCode(code=code()),
        OPENED,
        elsewhere=(OPENED, c.IssueCode(code=code())),
    ),
    no("nothing gets no code", c.IssueCode(code=code())),
    yes("a lot gets its code", LOT_CODE, OPENED, GRANTED),
    yes(
        "the account's code is not the lot's",
        LOT_CODE,
        OPENED,
        GRANTED,
        c.IssueCode(code=code("d2")),
    ),
    no("a lot has one code", c.IssueCode(code=code("d2", lot_id="L1")), OPENED, GRANTED, LOT_CODE),
    no("an unknown lot gets no code", LOT_CODE, OPENED),
    yes("an order is placed", c.PlaceOrder(order=order())),
    no("an order is placed once", c.PlaceOrder(order=order()), c.PlaceOrder(order=order())),
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
    yes("a dead lot is closed", CLOSED, GRANTED),
    no("an unknown lot is not closed", CLOSED),
    no("a lot is closed once", CLOSED, GRANTED, CLOSED),
    no("a lot that has changed is not closed", CLOSED, GRANTED, move(movement())),
    no("a lot is closed once, empty too", c.CloseLot(lot=lot("L1", 0)), GRANTED, CLOSED),
    yes("a request is made", ASKED),
    no("a request is made once", ASKED, ASKED),
    yes("a pending request is settled", APPROVED, ASKED),
    no("an unknown request is not settled", APPROVED),
    no("a settled request is final", DENIED, ASKED, APPROVED),
    no("a settled request is final, the same way too", APPROVED, ASKED, APPROVED),
    yes("an entry is recorded", c.Record(entry=entry())),
    no("an entry is recorded once", c.Record(entry=entry()), c.Record(entry=entry())),
)
