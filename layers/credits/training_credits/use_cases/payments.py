"""Cards: a payment is opened, confirmed in the buyer's browser, and booked when it is heard of."""

from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions import payments as decisions
from training_credits.domain.errors import Conflict, NotFound, Problem, Reason, Refused
from training_credits.domain.model import (
    Account,
    Caller,
    Card,
    Order,
    OrderState,
    Permission,
    Submission,
)
from training_credits.ports import (
    Clock,
    Identity,
    Ledger,
    Payment,
    PaymentNews,
    PaymentRequest,
    Payments,
    PaymentState,
    Replayed,
)
from training_credits.programs import program_named, program_names
from training_credits.use_cases.purchase import order_not_found
from training_credits.use_cases.rights import check_right
from training_credits.use_cases.submit import until_fresh

WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """How the buyer pays: in the browser, with a method made there, or with the card kept."""

    method_id: str | None = None
    kept: bool = False
    keep: bool = False


def pay(
    ledger: Ledger,
    clock: Clock,
    payments: Payments,
    caller: Caller,
    *,
    account_id: str,
    order_id: str,
    means: Means,
) -> tuple[Order, Payment]:
    """The one payment of an order, opened or taken up again; nothing is booked here.

    Its name is written down before anybody can confirm it, so that an order is never paid twice.
    """

    def attempt(now: datetime) -> tuple[Order, Payment]:
        account = check_right(ledger, clock, caller, account_id, Permission.BUY)
        order = ledger.order(caller.program, account_id, order_id)
        if order is None:
            raise order_not_found()
        program = program_named(caller.program, now)
        decisions.check_payable(program, order, now)
        order, payment = _opened(ledger, payments, account, order, now)
        return order, _confirmed(ledger, payments, account, caller, payment, means)

    return until_fresh(clock, attempt)


def _opened(
    ledger: Ledger, payments: Payments, account: Account, order: Order, now: datetime
) -> tuple[Order, Payment]:
    if order.payment_id is not None:
        known = payments.show(order.payment_id)
        if known.state is not PaymentState.CANCELLED:
            return order, known
    payment = payments.open(
        PaymentRequest(
            program=account.program,
            account_id=account.account_id,
            order_id=order.order_id,
            amount_minor=order.total_minor,
            currency=order.currency,
            customer_id=account.card.customer_id if account.card else None,
            replaces=order.payment_id,
        )
    )
    program = program_named(account.program, now)
    order, change = decisions.opened(program, order, payment.payment_id)
    ledger.commit(change)
    return order, payment


def _confirmed(
    ledger: Ledger,
    payments: Payments,
    account: Account,
    caller: Caller,
    payment: Payment,
    means: Means,
) -> Payment:
    """Paid at once where there is a method; else the browser goes on with the client secret."""
    if payment.state is not PaymentState.WAITING:
        return payment
    if means.kept:
        return payments.pay(payment.payment_id, _kept(ledger, account, caller))
    if means.method_id is None:
        return payment
    card = Card(customer_id="", method_id=means.method_id)
    if means.keep:
        known = account.card.customer_id if account.card else None
        card = payments.keep(account.account_id, account.program, known, means.method_id)
        card = replace(card, kept_by=caller.person.email)
    return payments.pay(payment.payment_id, card)


def _kept(ledger: Ledger, account: Account, caller: Caller) -> Card:
    """The card, if whoever kept it belongs to the account.

    One that is kept by a webhook which comes after its owner's removal is nobody's to charge.
    """
    card = account.card
    if card is not None and card.kept_by not in {"", caller.person.email}:
        keeper = ledger.standing(account.program, account.account_id, card.kept_by).member
        card = card if keeper is not None and keeper.active else None
    if card is None:
        raise Refused(Reason.CARD_NOT_KEPT, "No card is kept for this account.")
    return card


@dataclass(frozen=True, kw_only=True, slots=True)
class Booked:
    """What a webhook led to. `problem` is money that no order of ours explains."""

    credits: int = 0
    problem: Problem | None = None


def hear(ledger: Ledger, clock: Clock, news: PaymentNews, secret: str) -> Booked:
    """Book what the provider says, once for each event, however often it is delivered.

    The event's id is kept in the same transaction as the lot. What cannot be booked is not lost:
    it is the answer, for an operator to look at.
    """
    if news.program not in program_names():
        return Booked(problem=NotFound(Reason.PROGRAM_UNKNOWN, "There is no such program."))
    identity = Identity(subject=f"{WEBHOOK}:{news.event_id}", operation=WEBHOOK, key=WEBHOOK)

    def attempt(now: datetime) -> Booked:
        order, earlier = ledger.order_once(news.program, news.account_id, news.order_id, identity)
        if earlier is not None:
            return Booked()
        if order is None:
            raise order_not_found()
        after, change = _decided(news, order, now, secret)
        if change is None:
            return Booked()
        ledger.commit(_under(change, identity, now))
        return Booked(credits=after.credits if news.succeeded else 0)

    try:
        return until_fresh(clock, attempt)
    except Replayed:
        return Booked()
    except (NotFound, Refused, Conflict) as problem:
        return Booked(problem=problem if news.succeeded else None)


def _decided(
    news: PaymentNews, order: Order, now: datetime, secret: str
) -> tuple[Order, c.Change | None]:
    program = program_named(news.program, now)
    if order.payment_id == news.payment_id and order.step(OrderState.ACTIVATED):
        return order, None
    if not news.succeeded:
        return decisions.failed(program, order, news.problem or "declined", now)
    return decisions.settle(
        program,
        order,
        payment_id=news.payment_id,
        amount_minor=news.amount_minor,
        currency=news.currency,
        card=news.kept,
        now=now,
        secret=secret,
    )


def _under(change: c.Change, identity: Identity, now: datetime) -> c.Change:
    submission = Submission(
        subject=identity.subject,
        operation=identity.operation,
        key=identity.key,
        digest="",
        answer="",
        at=now,
    )
    return replace(change, submission=submission)
