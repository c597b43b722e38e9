"""Telling people what happened to their credits."""

from training_credits.mails import written
from training_credits.ports import Depth, Event, Ledger, Mail, Mailer, Outbox
from training_credits.programs import program_named
from training_credits.use_cases.mail_facts import added
from training_credits.use_cases.readers import MAILS, News


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
    news = _news(ledger, event)
    if news is None:
        return 0
    facts = {**event.facts, "account": event.account_id, "portal": portal_url}
    sent, errors = 0, []
    for kind, address in _mails(news):
        more = added(ledger, kind, news, address, secret)
        if more is None:
            continue
        subject, text = written(kind, {**facts, **more})
        mail = Mail(to=address, subject=subject, text=text)
        try:
            sent += _send_once(outbox, mailer, event.program, f"{event.id}#{address}", mail)
        except Exception as error:  # noqa: BLE001 - the others are told all the same
            errors.append(error)
    if errors:
        raise ExceptionGroup("mails that could not be handed over", errors)
    return sent


def _news(ledger: Ledger, event: Event) -> News | None:
    """What is known of the event now; None if nobody is told of such, or the account is gone."""
    if event.type not in MAILS:
        return None
    book = ledger.book(event.program, event.account_id, Depth.MEMBERS)
    if book is None:
        return None
    redemption = None
    if event.type.startswith("Redemption"):
        named = str(event.facts["redemption"])
        found = ledger.redemptions(event.program, event.account_id, [named])
        redemption = next(iter(found), None)
    program = program_named(event.program, event.at)
    return News(event=event, program=program, book=book, redemption=redemption)


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


def _mails(news: News) -> list[tuple[str, str]]:
    """Which mail goes to whom; a person gets one mail for an event, the first that fits."""
    found: dict[str, str] = {}
    for kind, readers in MAILS[news.event.type]:
        for address in sorted(readers(news)):
            found.setdefault(address, kind)
    return [(kind, address) for address, kind in found.items()]
