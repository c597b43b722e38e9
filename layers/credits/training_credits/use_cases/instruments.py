"""What a request is paid with, and what it is about: all that it names, looked up at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from training_credits.domain import codes
from training_credits.domain.decisions import codes as code_decisions
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.decisions.wishes import Wish
from training_credits.domain.errors import NotFound, Problem, Reason
from training_credits.domain.identity import derived
from training_credits.domain.listing import title_in
from training_credits.domain.model import (
    Book,
    Caller,
    Item,
    Line,
    Opened,
    Permission,
    Tender,
)
from training_credits.domain.program import Program
from training_credits.ports import Depth, Ledger, Named, Naming
from training_credits.use_cases.guessing import TRIES_DAYS, check_tries
from training_credits.use_cases.people import check_accepted, gating


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """What pays, and how much of it.

    The text of a code, the number of a sales order (CI-14), or, for those who may spend from the
    account, one of its lots by its id (SF-20).
    """

    code: str | None = None
    sales_order: str | None = None
    lot_id: str | None = None
    credits: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """A line as it was sent: what it is about, and what pays for it.

    `offering_id`, with `session_id` where it has sessions, names something of the catalogue.
    """

    line: Line
    instruments: tuple[Instrument, ...] = ()
    offering_id: str | None = None
    session_id: str | None = None
    quantity: int = 1

    @classmethod
    def of(cls, offering_id: str | None, session_id: str | None, quantity: int) -> "Position":
        """Something of the catalogue, with nothing said of what pays."""
        return cls(
            line=Line(title="", credits=0),
            offering_id=offering_id,
            session_id=session_id,
            quantity=quantity,
        )

    @property
    def place(self) -> tuple[str, str | None] | None:
        """Where the catalogue has it."""
        return None if self.offering_id is None else (self.offering_id, self.session_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A request as it was sent: the wish, and its lines.

    Where nothing has to be paid, no instrument says whose request it is: `account_id` does
    (SF-29). It also says whose lots are meant.
    """

    wish: Wish
    lines: tuple[Position, ...]
    account_id: str | None = None

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys(each for one in self.lines for each in one.instruments))


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request with all that it names: the account, and its lines.

    Whoever pays without a code needs a permission there, and still when it is written.
    """

    book: Book
    wish: Wish
    needs: Permission | None = None


def look_up(
    ledger: Ledger, program: Program, caller: Caller, form: Form, now: datetime, secret: str
) -> Asked:
    """What a request names, in one read, and the account behind it in another.

    Who has guessed too often is refused, whatever was found (SF-40); who has to accept terms
    first, before anything else (CI-27).
    """
    named = ledger.named(program.id, _naming(program, caller, form, now, secret))
    check_accepted(program, caller, accepted=named.accepted)
    check_tries(program, named.tries, now)
    lines = _described(form, named)
    if not form.instruments and form.account_id is not None:
        return _free(ledger, program, caller, form, lines)
    return _funded(ledger, program, caller, form, lines, named, now, secret)


def _naming(program: Program, caller: Caller, form: Form, now: datetime, secret: str) -> Naming:
    pays = program.redeeming.sales_orders
    return Naming(
        subject=caller.person.subject,
        email=caller.person.email,
        since=now - timedelta(days=TRIES_DAYS),
        until=now,
        terms=program.terms.version if gating(program, caller) else None,
        digests=tuple(
            _digest(program, each.code, secret)
            for each in form.instruments
            if each.code is not None
        ),
        numbers=tuple(each.sales_order for each in form.instruments if each.sales_order and pays),
        places=tuple(one.place for one in form.lines if one.place is not None),
    )


def _digest(program: Program, code: str, secret: str) -> str:
    return codes.digest(secret, program.id, codes.canonical(code) or "")


def _described(form: Form, named: Named) -> tuple[Line, ...]:
    """The lines with what the catalogue says of them."""
    found = iter(named.items)
    return tuple(
        one.line if one.place is None else _about(one, next(found), form.wish.language)
        for one in form.lines
    )


def _about(one: Position, item: Item | None, language: str | None) -> Line:
    if item is None:
        raise NotFound(
            Reason.OFFERING_NOT_FOUND,
            "There is no such offering, or no such session of it.",
            offering=one.offering_id,
            session=one.session_id,
        )
    title = title_in(item.offering, language)
    return replace(one.line, title=title, item=replace(item, quantity=one.quantity))


def _funded(
    ledger: Ledger,
    program: Program,
    caller: Caller,
    form: Form,
    lines: Sequence[Line],
    named: Named,
    now: datetime,
    secret: str,
) -> Asked:
    """The account that pays, and the lines with what their instruments open.

    All instruments are of one account: whoever names another's learns no more than of a wrong one.
    One that opens nothing asks for a book all the same, so that nothing differs.
    """
    opened = {each: _opened(program, form, each, named, secret) for each in form.instruments}
    accounts = {place.account_id for place in opened.values()}
    if len(accounts) != 1:
        raise code_decisions.not_accepted()
    needs = None if all(each.code for each in form.instruments) else Permission.SPEND
    book = ledger.book(program.id, accounts.pop(), Depth.PAST if needs else Depth.FUNDS)
    tenders = {
        each: _tender(program, caller, each, place, book, now) for each, place in opened.items()
    }
    paid = tuple(
        replace(line, tenders=tuple(tenders[each] for each in one.instruments))
        for line, one in zip(lines, form.lines, strict=True)
    )
    found = _explained(ledger, program, book, paid)
    return Asked(book=found, wish=replace(form.wish, lines=paid), needs=needs)


def _free(
    ledger: Ledger, program: Program, caller: Caller, form: Form, lines: tuple[Line, ...]
) -> Asked:
    """Members take what their account's plan gives them, without a code (SF-09, SF-29)."""
    book = ledger.book(program.id, form.account_id or "", Depth.MEMBERS)
    needed = Permission.SPEND if caller.vendor else Permission.READ
    found = check_book(program, book, caller, needed)
    return Asked(book=found, wish=replace(form.wish, lines=lines), needs=needed)


def _opened(
    program: Program, form: Form, instrument: Instrument, named: Named, secret: str
) -> Opened:
    """What a text, a number or a lot stands for; they are looked up alike."""
    if instrument.code is not None:
        digest = _digest(program, instrument.code, secret)
        nobody = Opened(digest=digest, account_id=derived("nobody", digest), code_id="")
        return named.opened.get(digest, nobody)
    if instrument.lot_id is not None:
        account_id = form.account_id or derived("nobody", instrument.lot_id)
        return Opened(digest="", account_id=account_id, code_id=instrument.lot_id)
    number = instrument.sales_order or ""
    account_id, order_id = named.orders.get(number, (derived("nobody", number), ""))
    return Opened(digest="", account_id=account_id, code_id=order_id)


def _tender(
    program: Program,
    caller: Caller,
    instrument: Instrument,
    opened: Opened,
    book: Book | None,
    now: datetime,
) -> Tender:
    """Numbers can be guessed, so only members pay with them; to others they do not exist."""
    if instrument.code is not None:
        code = code_decisions.usable(opened, book, caller.person.email, now)
        return Tender(
            code_id=code.code_id,
            lot_id=code.lot_id,
            credits=instrument.credits,
            limited=code.limited,
        )
    try:
        check_book(program, book, caller, Permission.SPEND)
    except Problem:
        raise code_decisions.not_accepted() from None
    return Tender(lot_id=opened.code_id, credits=instrument.credits)


def _explained(ledger: Ledger, program: Program, book: Book | None, lines: Sequence[Line]) -> Book:
    """With the closed lots too, where no open one could pay: they say why."""
    named = {tender.lot_id for line in lines for tender in line.tenders}
    paying = any(lot.opened_by(one) for one in named for lot in book.lots) if book else False
    if book is not None and not book.past and not paying:
        book = ledger.book(program.id, book.account.account_id, Depth.PAST)
    if book is None:
        raise code_decisions.not_accepted()
    return book
