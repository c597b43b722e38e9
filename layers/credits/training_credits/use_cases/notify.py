"""Telling people what happened to their credits."""

from training_credits.mails import written
from training_credits.ports import Depth, Event, Ledger, Mail, Mailer, Outbox

TO_OWNERS = frozenset({"RedemptionRequested", "CreditsExpired"})
TO_LEARNER = frozenset({"RedemptionApproved", "RedemptionDenied"})
TO_BUYER = frozenset({"OrderActivated"})


def notify(ledger: Ledger, outbox: Outbox, mailer: Mailer, event: Event, portal_url: str) -> int:
    """Mail whoever should know, each at most once per event; returns how many mails went out."""
    facts = {**event.facts, "account": event.account_id, "portal": portal_url}
    sent, errors = 0, []
    for address in _recipients(ledger, event):
        subject, text = written(event.type, facts)
        mail = Mail(to=address, subject=subject, text=text)
        try:
            sent += _send_once(outbox, mailer, event.program, f"{event.id}#{address}", mail)
        except Exception as error:  # noqa: BLE001 - the others are told all the same
            errors.append(error)
    if errors:
        raise ExceptionGroup("mails that could not be handed over", errors)
    return sent


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


def _recipients(ledger: Ledger, event: Event) -> tuple[str, ...]:
    if event.type in TO_OWNERS:
        book = ledger.book(event.program, event.account_id, Depth.OWNERS)
        return tuple(owner.email for owner in book.owners) if book else ()
    if event.type in TO_LEARNER:
        return (str(event.facts["learner_email"]),)
    if event.type in TO_BUYER:
        return (str(event.facts["buyer_email"]),)
    return ()
