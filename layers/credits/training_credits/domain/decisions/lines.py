"""The lines of a request: what each costs, which lots pay for it, and whether there is room."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from training_credits.domain.calendar import plus_months
from training_credits.domain.drawing import Source
from training_credits.domain.eligibility import abroad, check_item, obstacle, usable_until
from training_credits.domain.errors import Forbidden, Problem, Reason, Refused
from training_credits.domain.model import (
    Account,
    Approval,
    Book,
    Cost,
    Fulfilment,
    Item,
    Line,
    Lot,
    Role,
    Session,
)
from training_credits.domain.program import OfferingType, Product, Program
from training_credits.domain.tariff import cost
from training_credits.domain.tender import Need, tender


def judged(lines: Sequence[Line], judge: Callable[[Line], Line]) -> tuple[Line, ...]:
    """Each line by itself; a no says which line it is about, where there are several."""
    found = []
    for place, line in enumerate(lines, start=1):
        try:
            found.append(judge(line))
        except Problem as no:
            if len(lines) > 1:
                no.facts["line"] = place
            raise
    return tuple(found)


def priced(
    program: Program, book: Book, line: Line, now: datetime, *, assisted: bool = False
) -> Line:
    """With its price: the catalogue's, less what is taken off by itself; or what was agreed on."""
    if line.item is None:
        _check_work(program, line, assisted=assisted)
        return _parted(program, line)
    kind = check_item(program, line.item)
    if (kind.assisted or not line.item.offering.priced) and not assisted:
        raise assisted_only(book.account)
    check_session(kind, line.item, program.today(now))
    price = _agreed(line, kind)
    if price is None:
        product, today = _product(program, book, line), program.today(now)
        price = cost(program, product, line.item, today, book.account.agreement)
    return _parted(program, replace(line, credits=price.credits, cost=price))


def _check_work(program: Program, line: Line, *, assisted: bool) -> None:
    """What staff redeem alone, at a price of their own, has a statement of work behind it."""
    alone = assisted and Approval.MANUAL not in program.approvals.modes
    if alone and line.work is None:
        raise Refused(
            Reason.STATEMENT_OF_WORK_REQUIRED, "Name the statement of work behind the price."
        )


def _parted(program: Program, line: Line) -> Line:
    """Where credits may pay a part, what the instruments leave of the price is paid in money."""
    named = [tender.credits for tender in line.tenders]
    paid = sum(credits or 0 for credits in named)
    if not program.spending.part or not named or None in named or paid >= line.credits:
        return line
    return replace(line, credits=paid, rest=line.credits - paid)


def _product(program: Program, book: Book, line: Line) -> Product:
    """In whose credits it is priced: the first named lot's, else the program's first."""
    named = [each.lot_id for each in line.tenders if each.lot_id is not None]
    opened = (lot.product for one in named for lot in payers(book) if lot.opened_by(one))
    return program.product(next(opened, program.products[0].id))


def check_session(kind: OfferingType, item: Item, today: date) -> None:
    """What is attended needs a date, unless the offering itself says how it is delivered."""
    if item.session is None:
        if kind.fulfilment is Fulfilment.SESSION and item.mode is None:
            raise Refused(Reason.SESSION_NEEDED, "Say which session it is for.")
    else:
        _check_ahead(item.session, today)


def check_begun(lines: Sequence[Line], today: date) -> None:
    """Nobody is booked into what has begun, also where the yes comes late."""

    def judge(line: Line) -> Line:
        if line.item is not None and line.item.session is not None:
            _check_ahead(line.item.session, today)
        return line

    judged(lines, judge)


def _check_ahead(session: Session, today: date) -> None:
    if session.starts_on < today:
        raise Refused(
            Reason.SESSION_PAST,
            "This session has begun.",
            starts_on=session.starts_on.isoformat(),
        )


def first_day(lines: Iterable[Line]) -> date | None:
    """The day on which the first of its sessions begins."""
    days = [line.item.starts_on for line in lines if line.item and line.item.starts_on]
    return min(days, default=None)


def _agreed(line: Line, kind: OfferingType) -> Cost | None:
    """The price of what is listed without one, as the advisor has agreed on it (CI-09)."""
    listed = line.item is not None and line.item.offering.priced
    if listed and line.credits:
        raise Refused(Reason.PRICE_GIVEN, "This has a price of its own: leave `credits` out.")
    if listed:
        return None
    if not line.credits:
        raise Refused(Reason.PRICE_NEEDED, "Say in `credits` what was agreed on.")
    if kind.fulfilment is Fulfilment.CUSTOM and line.work is None:
        raise Refused(
            Reason.STATEMENT_OF_WORK_REQUIRED, "Name the statement of work behind the price."
        )
    return Cost(list_credits=line.credits, credits=line.credits)


def funded(program: Program, book: Book, lines: Sequence[Line], now: datetime) -> tuple[Line, ...]:
    """With the lots that pay: all lines, or a refusal (SF-26, CI-38)."""
    draws = tender(program, payers(book), [_need(line) for line in lines], now)
    return tuple(replace(line, draws=paid) for line, paid in zip(lines, draws, strict=True))


def lasting(program: Program, book: Book, lines: Iterable[Line], day: date) -> tuple[Line, ...]:
    """With the last day of what lasts for a term: vouchers, subscriptions, licences (CI-48).

    Where several lots pay, the one that ends first counts, if any does (SF-22).
    """
    lots = {lot.lot_id: lot for lot in payers(book)}

    def until(line: Line) -> date | None:
        kind = program.spending.types.get(line.item.offering.type) if line.item else None
        if kind is None or not kind.term_months:
            return None
        own = plus_months(day, kind.term_months)
        ends = (usable_until(kind, lots[draw.lot_id], day) for draw in line.draws)
        return min((end for end in ends if end is not None), default=own)

    return tuple(replace(line, usable_until=until(line)) for line in lines)


def still_payable(program: Program, book: Book, lines: Sequence[Line]) -> tuple[Line, ...]:
    """What is held stays held; a session that was moved since may be too late for it (SF-18)."""
    lots = {lot.lot_id: lot for lot in payers(book)}

    def judge(line: Line) -> Line:
        for draw in line.draws if line.item is not None else ():
            lot = lots.get(draw.lot_id)
            barred = obstacle(program, line.item, lot) if lot and line.item else None
            if barred is not None:
                barred.facts["lot"] = draw.lot_id
                raise barred
        return line

    return judged(lines, judge)


def check_seats(lines: Sequence[Line]) -> None:
    """Whether there is room for all of them."""
    wanted = Counter[tuple[str, str]]()

    def judge(line: Line) -> Line:
        session = line.item.session if line.item else None
        if line.item is None or session is None or session.seats is None:
            return line
        place = session.offering_id, session.session_id
        left = session.seats - session.taken - wanted[place]
        wanted[place] += line.item.quantity
        if line.item.quantity > left:
            raise Refused(
                Reason.SESSION_FULL,
                "This session has no more seats.",
                session=session.session_id,
                seats_left=max(left, 0),
            )
        return line

    judged(lines, judge)


def goes_abroad(program: Program, book: Book, lines: Iterable[Line], country: str | None) -> bool:
    """Whether credits bought in one country are used in another: the advisor looks first (CI-41).

    `country` is where it is used, of a line that does not say so itself.
    """
    lots = {lot.lot_id: lot for lot in payers(book)}
    return any(
        abroad(program, lots[draw.lot_id], (line.item and line.item.country) or country)
        for line in lines
        for draw in line.draws
    )


def payers(book: Book) -> tuple[Lot, ...]:
    """The lots that may pay, and the closed ones that could have: they explain a refusal."""
    return (*book.past, *book.lots)


def _need(line: Line) -> Need:
    sources = tuple(Source(lot_id=each.lot_id, credits=each.credits) for each in line.tenders)
    return Need(credits=line.credits, item=line.item, sources=sources)


def assisted_only(account: Account) -> Forbidden:
    """Names whom to ask (SF-20, CI-09, SF-35)."""
    advisor = account.contact(Role.ADVISOR)
    return Forbidden(
        Reason.ASSISTED_ONLY,
        "Your advisor redeems this for you.",
        ask={Role.ADVISOR.value: advisor.name} if advisor else {},
    )
