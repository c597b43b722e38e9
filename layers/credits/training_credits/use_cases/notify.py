"""Telling people what happened to their credits."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from training_credits.domain.calendar import instant_of
from training_credits.domain.change import Change, PlanDigest
from training_credits.domain.errors import Stale
from training_credits.domain.model import Pace, Preferences
from training_credits.domain.program import Program
from training_credits.mails import KINDS
from training_credits.ports import Depth, Event, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.low import low
from training_credits.use_cases.mail_facts import Letter, added
from training_credits.use_cases.mailing import NOTHING_CHOSEN, Office, frame, mail_of, send_once
from training_credits.use_cases.news import News
from training_credits.use_cases.readers import MAILS


def notify(office: Office, event: Event, *, secret: str) -> int:
    """Mail whoever should know, each at most once per event; returns how many mails went out."""
    news = _news(office.ledger, event)
    if news is None:
        return 0
    errors: list[Exception] = []
    sent = sum(_tell(office, each, secret, errors) for each in (news, *low(news)))
    if errors:
        raise ExceptionGroup("mails that could not be handed over", errors)
    return sent


def _tell(office: Office, news: News, secret: str, errors: list[Exception]) -> int:
    """Mails that went out; one that could not be handed over keeps nobody else from theirs."""
    sent, event = 0, news.event
    for kind, address, language in _wanted(office.ledger, news):
        letter = Letter(address=address, news=news, ledger=office.ledger, secret=secret)
        more = added(kind, letter)
        if more is None:
            continue
        facts = {
            **event.facts,
            **news.names,
            **more,
            **frame(office, news.program, event.account_id),
        }
        mail = mail_of(address, kind, facts, language)
        try:
            sent += send_once(office, event.program, f"{event.id}#{address}", mail)
        except Exception as error:  # noqa: BLE001 - see above
            errors.append(error)
        else:
            for other in news.also:
                office.outbox.claim(event.program, f"{other}#{address}")
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
    lot = None
    if event.type == "CreditsExpired":
        lot = ledger.lot(event.program, event.account_id, str(event.facts["lot"]))
    program = program_named(event.program, event.at)
    return News(event=event, program=program, book=book, redemption=redemption, lot=lot)


def _wanted(ledger: Ledger, news: News) -> Iterator[tuple[str, str, str | None]]:
    """Which mail goes to whom, in which language; without what somebody does not want.

    What a person has chosen counts before the language of a request.
    """
    mails = _mails(news)
    chosen = ledger.preferences(news.event.program, [address for _, address in mails])
    for kind, address in mails:
        wishes = chosen.get(address, NOTHING_CHOSEN)
        if KINDS[kind].topic in wishes.off:
            continue
        if KINDS[kind].transactions and not _each(ledger, news, address, wishes):
            continue
        yield kind, address, wishes.language or news.languages.get(address)


def _mails(news: News) -> list[tuple[str, str]]:
    """Which mail is meant for whom; a person gets one for an event, the first that fits."""
    found: dict[str, str] = {}
    for kind, readers in MAILS[news.event.type]:
        for address in sorted(readers(news)):
            found.setdefault(address, kind)
    return [(kind, address) for address, kind in found.items()]


def _each(ledger: Ledger, news: News, address: str, wishes: Preferences) -> bool:
    """Whether somebody hears of each transaction; of a day's together, that is planned (CI-16)."""
    pace = wishes.transactions or news.program.mails.transactions
    if pace is Pace.DAILY:
        _plan_digest(ledger, news, address)
    return pace is Pace.EACH


def _plan_digest(ledger: Ledger, news: News, address: str) -> None:
    """Once for each day; what comes late finds it planned, and told of all there was that day."""
    day = news.program.today(news.event.at)
    plan = PlanDigest(email=address, day=day, at=_next_morning(news.program, news.event.at))
    change = Change(program=news.event.program, account_id=news.event.account_id, writes=(plan,))
    try:
        ledger.commit(change)
    except Stale:
        return


def _next_morning(program: Program, at: datetime) -> datetime:
    tomorrow = program.today(at) + timedelta(days=1)
    return instant_of(tomorrow, program.mails.digest_at, program.time_zone)
