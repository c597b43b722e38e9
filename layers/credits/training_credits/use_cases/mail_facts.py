"""What a mail says that its event does not: read, or derived, when the mail is written."""

from datetime import date

from training_credits.domain import codes
from training_credits.domain.decisions.lots import first_code
from training_credits.domain.decisions.steps import usable_window
from training_credits.domain.model import Line, Redemption
from training_credits.ports import Ledger
from training_credits.use_cases.readers import News

Facts = dict[str, object]


def added(ledger: Ledger, kind: str, news: News, address: str, secret: str) -> Facts | None:
    """None if there is nothing to say any more."""
    match kind:
        case "OrderActivatedWithCode":
            return _code(ledger, news, secret)
        case "OrderBooked":
            return _usable(ledger, news)
        case "RedemptionMoved":
            return _moved(news)
        case _ if kind.startswith("Redemption"):
            return _request(news, address)
        case _:
            return {}


def _code(ledger: Ledger, news: News, secret: str) -> Facts:
    """The code that comes with an order, and its end: in its buyer's mail only (SF-11)."""
    order_id, program = news.fact("order"), news.event.program
    lot = ledger.lot(program, news.event.account_id, order_id)
    text = first_code(secret, program, order_id)
    return {"code": codes.shown(text), "expires_on": lot.expires_on.isoformat() if lot else ""}


def _usable(ledger: Ledger, news: News) -> Facts | None:
    """Between which days credits are to be expected (CI-11); of a finished order, nothing."""
    event = news.event
    order = ledger.order(event.program, event.account_id, news.fact("order"))
    if order is None or not order.open:
        return None
    window = usable_window(news.program, order)
    if window is None:
        return None
    first, last = window
    return {"usable_from": first.isoformat(), "usable_by": last.isoformat()}


def _request(news: News, address: str) -> Facts | None:
    """What there is to say of a request; what is left only those who decide are told (AT-19)."""
    asked = news.redemption
    if asked is None:
        return None
    mine = [line for line in asked.lines if _attends(line, address)]
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


def _moved(news: News) -> Facts | None:
    """When a line that was moved takes place now."""
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
