"""What every event says: its facts, their types, what they mean. docs/events/ is made from this.

A fact that is added belongs here at once, and may be added within a version. One that is renamed,
dropped, or means something else needs another `VERSION` (ports/messages.py).
"""

from training_credits.dynamodb.stream.facts import Described, Fact, Kind

__all__ = ["EVENTS", "Described", "Fact", "Kind"]

MEMBER = {
    "email": Fact.email("whom it is about"),
    "role": Fact.text("what they are to the account"),
    "added_by": Fact.email("who asked them in; themselves, if they opened the account"),
}
ORDER = {
    "order": Fact.id("the order"),
    "product": Fact.id("what is bought"),
    "credits": Fact.whole("how many credits"),
    "total_minor": Fact.whole("what they cost, in minor units of the currency"),
    "currency": Fact.text("ISO 4217"),
    "channel": Fact.text("the way the order goes, as its program names it"),
    "buyer": Fact.text("the name of who ordered"),
    "buyer_email": Fact.email("the address of who ordered"),
    "company": Fact.text("whom the bill goes to"),
    "sales_order": Fact.text("the vendor's number of it", nullable=True),
    "valid_until": Fact.day("how long a quoted price stands", nullable=True),
    "problem": Fact.text("why a card was refused: the bank's word", nullable=True),
    "by": Fact.text("who took the step; `system` where no person did"),
}
REQUEST = {
    "redemption": Fact.id("the request"),
    "title": Fact.text("what it is for"),
    "credits": Fact.whole("how many credits"),
    "learner": Fact.text("the name of who asked"),
    "learner_email": Fact.email("the address of who asked"),
    "decided_by": Fact.text(
        "who decided; null while it waits, `system` where no person decided", nullable=True
    ),
}
LINE = {
    "redemption": Fact.id("the request"),
    "line": Fact.whole("which of its lines, from 1"),
    "title": Fact.text("what the line is for"),
    "credits": Fact.whole("how many credits it took"),
    "returned": Fact.whole("how many of them came back"),
    "moves": Fact.whole("how often it was moved"),
    "learner": Fact.text("the name of who asked"),
    "learner_email": Fact.email("the address of who asked"),
}
VOUCHER = {
    "voucher": Fact.id("the voucher"),
    "redemption": Fact.id("the request that paid for it"),
    "title": Fact.text("what it is for"),
    "hint": Fact.text("how its text ends"),
    "usable_until": Fact.day("the last day it is good for"),
    "partner": Fact.text("who takes it, if not the vendor", nullable=True),
    "holder": Fact.text("the name of who holds it"),
    "holder_email": Fact.email("the address of who holds it"),
}
ENDING = {
    "lot": Fact.id("the lot"),
    "product": Fact.id("of which product its credits are"),
    "credits": Fact.whole("how many are to be lost, or are lost and can be asked for"),
    "days": Fact.whole("the number of the notice: so many days before that end"),
    "expires_on": Fact.day("the date on which the lot ends"),
    "reissue_until": Fact.day(
        "the last day on which what is lost can be asked for again, while it can", nullable=True
    ),
}
TRANSACTION = {
    "entry": Fact.id("the entry in the account's book"),
    "kind": Fact.text("why credits moved: purchase, redeem, return, void, reissue, extend, refute"),
    "change": Fact.signed("what it does to the credits the customer can still use"),
    "credits": Fact.whole("how many credits moved"),
    "title": Fact.text("what for"),
    "reference": Fact.id("the order, request or case it belongs to"),
    "actor": Fact.text("who did it; `system` where no person did"),
    "learner": Fact.text("the address of who learns, where somebody does", nullable=True),
}

CASE = {
    "case": Fact.id("the case"),
    "kind": Fact.text("what is asked: reissue, extension, dispute"),
    "state": Fact.text(
        "where it stands: draft, submitted, open, in_review, approved, upheld, rejected, withdrawn"
    ),
    "credits": Fact.whole("how many credits it is about; once it is granted, how many moved"),
    "lot": Fact.id("the lot, unless a transaction is disputed", nullable=True),
    "entry": Fact.id("the disputed entry in the account's book", nullable=True),
    "redemption": Fact.id("the request of that entry", nullable=True),
    "days": Fact.whole("by how many days an extension is asked for", nullable=True),
    "due_on": Fact.day("by when the vendor answers, while that is waited for", nullable=True),
    "new_lot": Fact.id("the lot in which what was left lives on", nullable=True),
    "ends_on": Fact.day("the date on which that lot ends", nullable=True),
    "note": Fact.text("why the step was taken", nullable=True),
    "opened_by_email": Fact.email("who opened it"),
    "by": Fact.email("who took the step"),
}

EVENTS: dict[str, Described] = {
    "AccountOpened": Described(
        "an account exists",
        {
            "name": Fact.text("the customer"),
            "opened_by": Fact.email("who opened it"),
        },
    ),
    "MemberInvited": Described("somebody is asked into an account", MEMBER),
    "MemberJoined": Described("they have signed in, or opened the account themselves", MEMBER),
    "MemberRemoved": Described(
        "they were removed, or have left, or the invitation was taken back", MEMBER
    ),
    "OrderRequested": Described("a customer asks for a quote", ORDER),
    "OrderQuoted": Described(
        "the vendor has named a price, which stands until `valid_until`", ORDER
    ),
    "OrderAccepted": Described(
        "the price is agreed; an order by card begins here and waits for the card", ORDER
    ),
    "OrderBooked": Described("it is in the vendor's sales system", ORDER),
    "OrderApproved": Described("the vendor has approved it", ORDER),
    "OrderInvoiced": Described("the invoice is written", ORDER),
    "OrderActivated": Described(
        "its lot can be spent, and it is paid if it is paid before that", ORDER
    ),
    "OrderCancelled": Described("it was withdrawn, or taken back as entered in error", ORDER),
    "OrderPaymentFailed": Described("a card was refused; `problem` is the bank's word", ORDER),
    "RedemptionReferred": Described(
        "a request waits for the vendor's advisor: it would take credits abroad", REQUEST
    ),
    "RedemptionRequested": Described(
        "a request waits for an owner; one that is approved automatically never waits", REQUEST
    ),
    "RedemptionReminded": Described(
        "it still waits, and who decides is reminded, once; `at` is when that was due", REQUEST
    ),
    "RedemptionUnused": Described(
        "it was approved long ago, and nobody has begun it; told once", REQUEST
    ),
    "RedemptionReserved": Described(
        "somebody has said yes, and the credits are set aside until it is confirmed", REQUEST
    ),
    "RedemptionApproved": Described(
        "credits were spent, by an owner's decision or automatically", REQUEST
    ),
    "RedemptionDenied": Described("an owner said no", REQUEST),
    "RedemptionCancelled": Described("the learner took the request back", REQUEST),
    "RedemptionLapsed": Described(
        "nobody decided, or confirmed, in time: nothing was spent", REQUEST
    ),
    "RedemptionReturned": Described(
        "a line of it was given up: `returned` credits came back", LINE
    ),
    "RedemptionMoved": Described("a line of it was moved to another session", LINE),
    "RedemptionDelivered": Described("a line of it was completed", LINE),
    "VoucherAssigned": Described("somebody holds a voucher; its text is in no event", VOUCHER),
    "CaseOpened": Described(
        "the vendor is asked about the end of credits, or of a transaction; or it is drafted", CASE
    ),
    "CaseMoved": Described("a case came into another state, by whom and why", CASE),
    "TransactionPosted": Described(
        "credits moved, and stay moved: every line of a statement but the expiry of a lot",
        TRANSACTION,
    ),
    "StatementFiled": Described(
        "a month of an account is over, and filed; `at` is its end",
        {
            "month": Fact.text("which, as `2026-03`"),
            "entries": Fact.whole("how many entries it has"),
            "digest": Fact.text("of its block in the sealed journal"),
        },
    ),
    "CreditsEndSoon": Described(
        "a lot ends soon and has credits left; once for each number of days", ENDING
    ),
    "ReissueWindowEnds": Described(
        "expired credits can be asked for again, not much longer; told once", ENDING
    ),
    "CreditsExpired": Described(
        "the expiry of a lot was booked; `at` is the instant it is dated",
        {
            "lot": Fact.id("the lot"),
            "credits": Fact.whole("how many credits expired"),
        },
    ),
}
