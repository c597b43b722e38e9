"""Can I pay this with credits? Answered by the same rules by which it would be carried out."""

from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain.decisions import redemption as decisions
from training_credits.domain.decisions.lines import priced
from training_credits.domain.decisions.redemption import Asker, account_way
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.decisions.wishes import Wish, check_wish
from training_credits.domain.errors import NotFound, Problem, Reason, Refused
from training_credits.domain.model import (
    Account,
    Approval,
    Book,
    Caller,
    Cost,
    Item,
    Line,
    Permission,
    Redemption,
)
from training_credits.domain.options import Option, most, options, others
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, Ledger, Tries
from training_credits.programs import program_named
from training_credits.use_cases.instruments import Asked, Form, Position, look_up


@dataclass(frozen=True, kw_only=True, slots=True)
class Funding:
    """What of an account may pay for an item, and how many credits are `missing` for it.

    `refused` says what stands in the way of it, whoever pays.
    """

    account: Account
    approval: Approval
    options: tuple[Option, ...] = ()
    cost: Cost | None = None
    missing: int = 0
    refused: Problem | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LineOptions:
    """A line with its price, and the lots its instruments open."""

    line: Line
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Cart:
    """What would come of a request, line by line: it would be made, or refused."""

    lines: tuple[LineOptions, ...]
    redemption: Redemption | None = None
    problem: Problem | None = None


def funding(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, position: Position
) -> Funding:
    """Every lot of an account, for those who belong to it (CI-35)."""
    now = clock()
    program = program_named(caller.program, now)
    found = ledger.book(program.id, account_id, Depth.PAST)
    book = check_book(program, found, caller, Permission.READ)
    item = _item(ledger, program, position) if position.place is not None else None
    wish = Wish(lines=() if item is None else (Line(title="", credits=0, item=item),))
    asker = Asker(redemption_id="", learner=caller.person, secret="", assisted=caller.vendor)
    known = Funding(account=book.account, approval=account_way(book.account))
    try:
        asked = decisions.judged_request(program, book, wish, asker, now)
        every = options(program, book, item, now)
    except Problem as no:
        return replace(known, refused=no)
    missing = max(asked.credits - most(program, every), 0)
    if item is None:
        return replace(known, options=every)
    cost = asked.lines[0].cost
    return replace(known, approval=asked.approval, options=every, cost=cost, missing=missing)


def _item(ledger: Ledger, program: Program, position: Position) -> Item:
    place = position.place
    (item,) = ledger.items(program.id, [place]) if place else (None,)
    if item is None:
        raise NotFound(
            Reason.OFFERING_NOT_FOUND, "There is no such offering, or no such session of it."
        )
    return Item(offering=item.offering, session=item.session, quantity=position.quantity)


def cart(
    ledger: Ledger, tries: Tries, clock: Clock, caller: Caller, form: Form, secret: str
) -> Cart:
    """What would come of this request now; a wrong code counts as a try, as it does in earnest."""
    now = clock()
    program = program_named(caller.program, now)
    try:
        asked = look_up(ledger, program, caller, form, now, secret)
    except Problem as problem:
        if problem.reason is Reason.CODE_NOT_ACCEPTED:
            tries.count_try(caller.program, caller.person.subject, now)
        raise
    try:
        return _made(program, caller, asked, now, secret)
    except Problem as problem:
        if isinstance(problem, Refused):
            helpful(program, asked, problem, now)
        lines = (_priced(program, asked.book, line, now) for line in asked.wish.lines)
        shown = tuple(_shown(program, asked.book, line, now) for line in lines)
        return Cart(lines=shown, problem=problem)


def _made(program: Program, caller: Caller, asked: Asked, now: datetime, secret: str) -> Cart:
    check_wish(program, asked.wish, now)
    asker = Asker(
        redemption_id="cart",
        learner=caller.person,
        secret=secret,
        assisted=asked.needs is not None and caller.vendor,
    )
    redemption, _ = decisions.request(program, asked.book, asked.wish, asker, now)
    lines = tuple(_shown(program, asked.book, line, now) for line in redemption.lines)
    return Cart(lines=lines, redemption=redemption)


def _shown(program: Program, book: Book, line: Line, now: datetime) -> LineOptions:
    """Only the lots that the line's own instruments open: nobody sees another's."""
    opened = {tender.lot_id for tender in line.tenders}
    try:
        every = options(program, book, line.item, now)
    except Problem:
        return LineOptions(line=line)
    mine = (each for each in every if any(map(each.lot.opened_by, opened)))
    return LineOptions(line=line, options=tuple(mine))


def _priced(program: Program, book: Book, line: Line, now: datetime) -> Line:
    """With its price where it has one, whatever else is wrong with the request."""
    try:
        return priced(program, book, line, now, assisted=True)
    except Problem:
        return line


def helpful(program: Program, asked: Asked, no: Refused, now: datetime) -> Refused:
    """A refusal of lots, to a member: with the account's other lots that could pay instead."""
    place = no.facts.get("line", 1) - 1
    if asked.needs is not None and "lots" in no.facts:
        line, credits = asked.wish.lines[place], no.facts["credits"]
        no.facts["instead"] = others(program, asked.book, line, credits, now)
    return no
