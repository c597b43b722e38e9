"""What a mail says that its event does not: read, or derived, when the mail is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from training_credits.domain import codes
from training_credits.domain.decisions.lots import first_code
from training_credits.domain.decisions.steps import usable_window
from training_credits.domain.model import Book, EntryKind, Line, Redemption
from training_credits.domain.program import Program
from training_credits.ports import Ledger
from training_credits.use_cases.news import News
from training_credits.use_cases.statement_facts import statement_facts

Facts = dict[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What a mail is written from: to whom, about what, and where more is read."""

    address: str
    news: News
    ledger: Ledger
    secret: str


def added(kind: str, letter: Letter) -> Facts | None:
    """None if there is nothing to say any more."""
    if kind in ADDED:
        return ADDED[kind](letter)
    return _request(letter) if kind.startswith("Redemption") else {}


def _transaction(letter: Letter) -> Facts | None:
    """One of them (CI-16); that of a purchase is the mail that its credits can be used."""
    news = letter.news
    if news.fact("kind") == EntryKind.PURCHASE:
        return None
    return {
        "left": available(news.book, news.event.at),
        "who": news.event.facts["learner"] or "",
        "posted_at": clock_time(news.program, news.event.at),
    }


def available(book: Book, now: datetime) -> int:
    """What can be spent."""
    return sum(lot.balance.available for lot in book.lots if lot.usable(now))


def clock_time(program: Program, at: datetime) -> str:
    """An instant as the program's clocks show it."""
    return f"{at.astimezone(ZoneInfo(program.time_zone)):%Y-%m-%d %H:%M}"


def _expired(letter: Letter) -> Facts:
    """With the dates that the page of the account shows (CI-49)."""
    lot, until = letter.news.lot, letter.news.reissue_until
    return {
        "expires_on": lot.expires_on.isoformat() if lot else "",
        "order": lot.order_number if lot else "",
        "reissue_until": until.isoformat() if until else "",
    }


def _code(letter: Letter) -> Facts:
    """The code that comes with an order, and its end: in its buyer's mail only (SF-11)."""
    event, order_id = letter.news.event, letter.news.fact("order")
    lot = letter.ledger.lot(event.program, event.account_id, order_id)
    text = first_code(letter.secret, event.program, order_id)
    return {"code": codes.shown(text), "expires_on": lot.expires_on.isoformat() if lot else ""}


def _usable(letter: Letter) -> Facts | None:
    """Between which days credits are to be expected (CI-11); of a finished order, nothing."""
    news, event = letter.news, letter.news.event
    order = letter.ledger.order(event.program, event.account_id, news.fact("order"))
    if order is None or not order.open:
        return None
    window = usable_window(news.program, order)
    if window is None:
        return None
    first, last = window
    return {"usable_from": first.isoformat(), "usable_by": last.isoformat()}


def _case(letter: Letter) -> Facts | None:
    """What the customer says; of what waits no more, nothing."""
    news = letter.news
    case = letter.ledger.case(news.event.program, news.event.account_id, news.fact("case"))
    if case is None or not case.waits:
        return None
    return {
        "customer": news.book.account.name,
        "wish": case.kind.value,
        "reason": case.reason,
    }


def _request(letter: Letter) -> Facts | None:
    """What there is to say of a request; what is left only those who decide are told (AT-19)."""
    news, asked = letter.news, letter.news.redemption
    if asked is None:
        return None
    mine = [line for line in asked.lines if _attends(line, letter.address)]
    lapses_at = asked.lapses_at
    return {
        "customer": news.book.account.name,
        "attendees": ", ".join(_names(asked)),
        "attendee": mine[0].attendee.name if mine and mine[0].attendee else "",
        "attended": ", ".join(line.title for line in mine),
        "left": _left(news, asked),
        "note": asked.note or "",
        "requested_on": _day(news.program.today(asked.requested_at)),
        "lapses_at": f"{lapses_at:%Y-%m-%d %H:%M} UTC" if lapses_at else "",
    }


def _moved(letter: Letter) -> Facts | None:
    """When a line that was moved takes place now."""
    news = letter.news
    if news.redemption is None:
        return None
    item = news.redemption.lines[int(news.fact("line")) - 1].item
    starts_on = item.starts_on if item else None
    return {"starts_on": _day(starts_on) if starts_on else ""}


def _attends(line: Line, address: str) -> bool:
    return line.attendee is not None and line.attendee.email.lower() == address


def _names(asked: Redemption) -> list[str]:
    """Who takes part, each once."""
    everybody = (line.attendee or asked.learner for line in asked.lines)
    return list({who.email.lower(): who.name for who in everybody}.values())


def _left(news: News, asked: Redemption) -> int:
    """What could still be spent after it, of the products that pay for it (CI-39).

    What is held for it, or spent by now, is not counted any more; else it still has to go off.
    """
    lots = news.book.lots
    named = {draw.lot_id for draw in asked.draws}
    named |= {each.lot_id for line in asked.lines for each in line.tenders if each.lot_id}
    products = {lot.product for lot in lots if lot.lot_id in named}
    paying = [lot for lot in lots if lot.product in products or not products]
    available = sum(lot.balance.available for lot in paying if lot.usable(news.event.at))
    return max(available - (0 if asked.draws else asked.credits), 0)


def _day(day: date) -> str:
    return day.isoformat()


def _statement(letter: Letter) -> Facts | None:
    """The sums of the month."""
    return statement_facts(letter.ledger, letter.news)


ADDED: dict[str, Callable[[Letter], Facts | None]] = {
    "CaseSubmitted": _case,
    "CreditsExpired": _expired,
    "CreditsExpiredWithReissue": _expired,
    "OrderActivatedWithCode": _code,
    "OrderBooked": _usable,
    "RedemptionMoved": _moved,
    "StatementFiled": _statement,
    "TransactionPosted": _transaction,
}
