"""Telling people what happened to their credits."""

from collections.abc import Callable

from training_credits.domain import codes
from training_credits.domain.decisions.lots import first_code
from training_credits.domain.decisions.steps import usable_window
from training_credits.domain.model import Book, OrderState, Permission, Role
from training_credits.domain.program import CARD, Program
from training_credits.mails import written
from training_credits.ports import Depth, Event, Ledger, Mail, Mailer, Outbox
from training_credits.programs import program_named

Recipients = Callable[[Event, Program, Book], set[str]]


def notify(
    ledger: Ledger,
    outbox: Outbox,
    mailer: Mailer,
    event: Event,
    *,
    portal_url: str,
    secret: str,
) -> int:
    """Mail whoever should know, each at most once per event; returns how many mails went out."""
    facts = {**event.facts, "account": event.account_id, "portal": portal_url}
    sent, errors = 0, []
    for kind, address in _mails(ledger, event):
        added = _added(ledger, kind, event, secret)
        if added is None:
            continue
        subject, text = written(kind, {**facts, **added})
        mail = Mail(to=address, subject=subject, text=text)
        try:
            sent += _send_once(outbox, mailer, event.program, f"{event.id}#{address}", mail)
        except Exception as error:  # noqa: BLE001 - the others are told all the same
            errors.append(error)
    if errors:
        raise ExceptionGroup("mails that could not be handed over", errors)
    return sent


def _added(ledger: Ledger, kind: str, event: Event, secret: str) -> dict[str, str] | None:
    """What a mail says that its event does not; None if there is nothing to say any more."""
    match kind:
        case "OrderActivatedWithCode":
            return _code(ledger, event, secret)
        case "OrderBooked":
            return _usable(ledger, event)
        case _:
            return {}


def _code(ledger: Ledger, event: Event, secret: str) -> dict[str, str]:
    """The code that comes with an order, and its end: in its buyer's mail only (SF-11)."""
    order_id = str(event.facts["order"])
    lot = ledger.lot(event.program, event.account_id, order_id)
    text = first_code(secret, event.program, order_id)
    return {"code": codes.shown(text), "expires_on": lot.expires_on.isoformat() if lot else ""}


def _usable(ledger: Ledger, event: Event) -> dict[str, str] | None:
    """Between which days credits are to be expected (CI-11); of a finished order, nothing."""
    order = ledger.order(event.program, event.account_id, str(event.facts["order"]))
    if order is None or not order.open:
        return None
    window = usable_window(program_named(event.program, event.at), order)
    if window is None:
        return None
    first, last = window
    return {"usable_from": first.isoformat(), "usable_by": last.isoformat()}


def _send_once(outbox: Outbox, mailer: Mailer, program: str, message_id: str, mail: Mail) -> bool:
    """A mail that could not be handed over may be tried again."""
    if not outbox.claim(program, message_id):
        return False
    try:
        mailer.send(mail)
    except Exception:
        outbox.release(program, message_id)
        raise
    return True


def _mails(ledger: Ledger, event: Event) -> list[tuple[str, str]]:
    """Which mail goes to whom; a person gets one mail for an event, the first that fits."""
    mailed = MAILS.get(event.type, ())
    if not mailed:
        return []
    book = ledger.book(event.program, event.account_id, Depth.MEMBERS)
    program = program_named(event.program, event.at)
    found: dict[str, str] = {}
    for kind, recipients in mailed:
        for address in sorted(recipients(event, program, book) if book else ()):
            found.setdefault(address, kind)
    return [(kind, address) for address, kind in found.items()]


def _who_decide(_: Event, program: Program, book: Book) -> set[str]:
    deciding = program.who_may(Permission.DECIDE)
    return {m.email for m in book.members if m.active and m.role in deciding}


def _who_are_told(_: Event, program: Program, book: Book) -> set[str]:
    """Everybody on the customer's side who sees the account."""
    reading = program.who_may(Permission.READ)
    return {m.email for m in book.members if m.active and m.role in reading}


def _learner(event: Event, _: Program, __: Book) -> set[str]:
    return {str(event.facts["learner_email"])}


def _buyer(event: Event, _: Program, book: Book) -> set[str]:
    """Whoever bought; of an order the vendor entered without naming them, the owners.

    Before any of them has signed in, those whom the vendor named as owners.
    """
    buyer = str(event.facts["buyer_email"])
    if book.member(buyer) is not None:
        return {buyer}
    named = (member for member in book.members if member.role is Role.OWNER)
    return {member.email for member in book.owners or named}


def _expecting(event: Event, program: Program, book: Book) -> set[str]:
    """The buyer, where the program says by when credits are usable (CI-11)."""
    channel = program.purchase.channels.get(str(event.facts["channel"]))
    return _buyer(event, program, book) if channel and channel.usable else set()


def _withdrawn_for(event: Event, program: Program, book: Book) -> set[str]:
    """The buyer, unless they cancelled it themselves."""
    own = event.facts["by"] == event.facts["buyer_email"]
    return set() if own else _buyer(event, program, book)


def _coded(event: Event, program: Program, book: Book) -> set[str]:
    """The buyer, if they may share a code; else the owners, who may."""
    if not program.codes.mailed:
        return set()
    sharing = program.who_may(Permission.SHARE)
    buyers = {book.member(address) for address in _buyer(event, program, book)}
    may = {member.email for member in buyers if member and member.role in sharing}
    return may or _owners(event, program, book)


def _account_manager(_: Event, __: Program, book: Book) -> set[str]:
    contact = book.account.contact(Role.ACCOUNT_MANAGER)
    return {contact.email} if contact else set()


def _activating(event: Event, program: Program, book: Book) -> set[str]:
    """Operations, where an invoice is all that was waited for (CI-12)."""
    channel = program.purchase.channels.get(str(event.facts["channel"]))
    following = channel.next(OrderState.INVOICED) if channel else None
    waits = following is OrderState.ACTIVATED
    return _operations(event, program, book) if waits else set()


def _accepting(event: Event, program: Program, book: Book) -> set[str]:
    """Operations, where a quote was accepted; a card is not theirs to wait for."""
    return set() if event.facts["channel"] == CARD else _operations(event, program, book)


def _operations(_: Event, program: Program, __: Book) -> set[str]:
    return {program.operations}


def _owners(_: Event, __: Program, book: Book) -> set[str]:
    return {member.email for member in book.owners}


def _other_owners(event: Event, program: Program, book: Book) -> set[str]:
    """Nobody is told of their own coming or going."""
    return _owners(event, program, book) - {str(event.facts["email"])}


def _invited(event: Event, _: Program, __: Book) -> set[str]:
    return {str(event.facts["email"])}


MAILS: dict[str, tuple[tuple[str, Recipients], ...]] = {
    "RedemptionRequested": (("RedemptionRequested", _who_decide),),
    "RedemptionApproved": (("RedemptionApproved", _learner),),
    "RedemptionDenied": (("RedemptionDenied", _learner),),
    "CreditsExpired": (("CreditsExpired", _who_decide),),
    "MemberInvited": (("MemberInvited", _invited),),
    "MemberJoined": (("MemberJoined", _other_owners),),
    "MemberRemoved": (("MemberRemoved", _other_owners),),
    "OrderRequested": (("OrderRequested", _operations),),
    "OrderQuoted": (("OrderQuoted", _buyer),),
    "OrderAccepted": (("OrderAccepted", _accepting),),
    "OrderBooked": (("OrderBooked", _expecting),),
    "OrderInvoiced": (("OrderInvoiced", _activating),),
    "OrderCancelled": (("OrderCancelled", _withdrawn_for),),
    "OrderPaymentFailed": (("OrderPaymentFailed", _buyer),),
    "OrderActivated": (
        ("OrderActivatedWithCode", _coded),
        ("OrderActivated", _buyer),
        ("OrderActivatedForManager", _account_manager),
        ("OrderActivatedForAccount", _who_are_told),
    ),
}
