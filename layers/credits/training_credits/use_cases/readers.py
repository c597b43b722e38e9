"""Who is told of what: for each event its mails, and whom each of them goes to."""

from collections.abc import Callable

from training_credits.domain.decisions.settling import SYSTEM
from training_credits.domain.model import (
    OrderState,
    Permission,
    RedemptionState,
    Role,
)
from training_credits.domain.program import CARD
from training_credits.use_cases import case_readers as cases
from training_credits.use_cases.news import LOW, News

Readers = Callable[[News], set[str]]


def _who_decide(news: News) -> set[str]:
    return news.who_may(Permission.DECIDE)


def _who_decide_or_buy(news: News) -> set[str]:
    """Whoever decides on requests, and whoever buys."""
    return _who_decide(news) | news.who_may(Permission.BUY)


def _reissuable(news: News) -> set[str]:
    """Whoever decides, while what is lost can be asked for again."""
    return _who_decide(news) if news.event.facts["reissue_until"] else set()


def _reissuable_lot(news: News) -> set[str]:
    """Whoever decides, while what the ended lot has lost can be asked for again."""
    return _who_decide(news) if news.reissue_until else set()


def _deciders(news: News) -> set[str]:
    """Those, all of them (AT-31), and whoever decides in an owner's place that day."""
    today = news.program.today(news.event.at)
    return _who_decide(news) | {m.email for m in news.book.members if m.deputy(today)}


def _advisor(news: News) -> set[str]:
    contact = news.book.account.contact(Role.ADVISOR)
    return {contact.email} if contact else _operations(news)


def _waited_for(news: News) -> set[str]:
    """Whoever it waits for, if it still waits."""
    match news.redemption.state if news.redemption else None:
        case RedemptionState.REFERRED:
            return _advisor(news)
        case RedemptionState.PENDING:
            return _deciders(news)
        case _:
            return set()


def _who_state(news: News) -> set[str]:
    return news.who_may(Permission.STATE)


def _who_are_told(news: News) -> set[str]:
    """Everybody on the customer's side who sees the account."""
    return news.who_may(Permission.READ)


def _learner(news: News) -> set[str]:
    return {news.fact("learner_email")}


def _decided_for(news: News) -> set[str]:
    """The learner, if somebody else has said yes: what goes by itself needs no approval."""
    own = news.fact("decided_by") in {news.fact("learner_email"), SYSTEM}
    return set() if own else _learner(news)


def _told_why(news: News) -> set[str]:
    """The learner, if there is a reason to tell."""
    return _learner(news) if news.redemption and news.redemption.note else set()


def _attendees(news: News) -> set[str]:
    """Whoever takes part; a learner who does has their own mail (SF-32)."""
    lines = news.redemption.lines if news.redemption else ()
    return {line.attendee.email.lower() for line in lines if line.attendee}


def _attendee_of_line(news: News) -> set[str]:
    """Whoever takes part in that line."""
    lines = news.redemption.lines if news.redemption else ()
    attendee = lines[int(news.fact("line")) - 1].attendee if lines else None
    return {attendee.email.lower()} if attendee else set()


def _holder(news: News) -> set[str]:
    return {news.fact("holder_email")}


def _buyer(news: News) -> set[str]:
    """Whoever bought; of an order the vendor entered without naming them, the owners.

    Before any of them has signed in, those whom the vendor named as owners.
    """
    buyer = news.fact("buyer_email")
    if news.book.member(buyer) is not None:
        return {buyer}
    named = (member for member in news.book.members if member.role is Role.OWNER)
    return {member.email for member in news.book.owners or named}


def _expecting(news: News) -> set[str]:
    """The buyer, where the program says by when credits are usable (CI-11)."""
    return _buyer(news) if news.channel and news.channel.usable else set()


def _withdrawn_for(news: News) -> set[str]:
    """The buyer, unless they cancelled it themselves."""
    own = news.fact("by") == news.fact("buyer_email")
    return set() if own else _buyer(news)


def _coded(news: News) -> set[str]:
    """The buyer, if they may share a code; else the owners, who may."""
    if not news.program.codes.mailed:
        return set()
    sharing = news.program.who_may(Permission.SHARE)
    buyers = {news.book.member(address) for address in _buyer(news)}
    may = {member.email for member in buyers if member and member.role in sharing}
    return may or _owners(news)


def _account_manager(news: News) -> set[str]:
    contact = news.book.account.contact(Role.ACCOUNT_MANAGER)
    return {contact.email} if contact else set()


def _activating(news: News) -> set[str]:
    """Operations, where an invoice is all that was waited for (CI-12)."""
    following = news.channel.next(OrderState.INVOICED) if news.channel else None
    return _operations(news) if following is OrderState.ACTIVATED else set()


def _accepting(news: News) -> set[str]:
    """Operations, where a quote was accepted; a card is not theirs to wait for."""
    known = news.channel is not None and news.fact("channel") != CARD
    return _operations(news) if known else set()


def _operations(news: News) -> set[str]:
    return {news.program.operations}


def _owners(news: News) -> set[str]:
    return {member.email for member in news.book.owners}


def _other_owners(news: News) -> set[str]:
    """Nobody is told of their own coming or going, nor that of nobody."""
    whose = news.event.facts["email"]
    return {owner for owner in _owners(news) if owner != whose} if whose else set()


def _invited(news: News) -> set[str]:
    return {news.fact("email")}


MAILS: dict[str, tuple[tuple[str, Readers], ...]] = {
    "RedemptionReferred": (("RedemptionReferred", _advisor),),
    "RedemptionRequested": (("RedemptionRequested", _deciders),),
    "RedemptionReminded": (("RedemptionReminded", _waited_for),),
    "RedemptionReserved": (("RedemptionReserved", _decided_for),),
    "RedemptionApproved": (
        ("RedemptionApproved", _decided_for),
        ("RedemptionConfirmed", _learner),
        ("RedemptionConfirmedForAttendee", _attendees),
    ),
    "RedemptionDenied": (
        ("RedemptionDeniedWithReason", _told_why),
        ("RedemptionDenied", _learner),
    ),
    "RedemptionUnused": (("RedemptionUnused", _learner),),
    "RedemptionLapsed": (("RedemptionLapsed", _learner),),
    "RedemptionReturned": (
        ("RedemptionReturned", _learner),
        ("RedemptionReturnedForAttendee", _attendee_of_line),
    ),
    "RedemptionMoved": (
        ("RedemptionMoved", _learner),
        ("RedemptionMoved", _attendee_of_line),
    ),
    "TransactionPosted": (("TransactionPosted", _who_decide),),
    "VoucherAssigned": (("VoucherAssigned", _holder),),
    "CaseOpened": (("CaseDrafted", cases.prepared_for), ("CaseSubmitted", cases.asked_of)),
    "CaseMoved": (
        ("CaseSubmitted", cases.asked_of),
        ("CaseApproved", cases.approved_for),
        ("CaseUpheld", cases.upheld_for),
        ("CaseRejected", cases.rejected_for),
    ),
    "CreditsEndSoon": (
        ("CreditsEndSoonWithReissue", _reissuable),
        ("CreditsEndSoon", _who_decide),
    ),
    "ReissueWindowEnds": (("ReissueWindowEnds", _who_decide),),
    "CreditsExpired": (
        ("CreditsExpiredWithReissue", _reissuable_lot),
        ("CreditsExpired", _who_decide),
    ),
    LOW: (("CreditsLow", _who_decide_or_buy),),
    "StatementFiled": (("StatementFiled", _who_state),),
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
