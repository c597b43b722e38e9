"""Asking to spend: what it costs, who pays, and who has to say yes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from training_credits.domain import change as c
from training_credits.domain.calendar import instant_of, minus_business_days
from training_credits.domain.decisions import settling
from training_credits.domain.decisions.approval import accepted
from training_credits.domain.decisions.codes import check_limits
from training_credits.domain.decisions.lines import (
    check_seats,
    first_day,
    funded,
    goes_abroad,
    judged,
    priced,
)
from training_credits.domain.decisions.vouchers import check_number
from training_credits.domain.decisions.wishes import Wish, ticked
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import (
    Account,
    Approval,
    Book,
    EntryKind,
    Line,
    Person,
    Redemption,
    RedemptionState,
    State,
)
from training_credits.domain.program import HoldAt, Program


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Who asks, and under which id it is kept.

    `used` is what they have asked for with each code before; `assisted`: the vendor's staff ask on
    the account's behalf, and somebody there says yes where the program has such people (CI-04,
    SF-20). `secret` is what vouchers are derived from.
    """

    redemption_id: str
    learner: Person
    secret: str
    used: Mapping[str, int] = field(default_factory=dict)
    assisted: bool = False


def request(
    program: Program, book: Book, wish: Wish, asker: Asker, now: datetime
) -> tuple[Redemption, c.Change]:
    """Ask to spend; spent at once where the account approves automatically (AT-03, AT-16).

    A request must be payable when it is made, also where nothing is held for it.
    """
    asked = judged_request(program, book, wish, asker, now)
    paid = funded(program, book, asked.lines, now)
    counted = (*_uses(program, book, asked), *settling.budgeted(asked, asked.credits))
    abroad = not asker.assisted and goes_abroad(program, book, paid, wish.country)
    if not abroad and asked.approval is Approval.AUTOMATIC:
        after, change = accepted(program, book, asked, paid, settling.SYSTEM, now, asker.secret)
        return after, _made(change, after, counted)
    lapses_at, remind_at = _times(program, asked.lines, now)
    after = replace(asked, lapses_at=lapses_at, remind_at=remind_at)
    if abroad:
        after = replace(after, state=RedemptionState.REFERRED)
    entry = None
    if program.approvals.hold_at is HoldAt.REQUEST:
        after = replace(after, lines=paid)
        entry = settling.moved(after, EntryKind.HOLD, State.AVAILABLE, State.HELD)
    return after, settling.change(book, c.MakeRequest(redemption=after), entry, *counted)


def judged_request(
    program: Program, book: Book, wish: Wish, asker: Asker, now: datetime
) -> Redemption:
    """What is asked for, with its price and all that may stand in its way but who pays."""
    asked = _asked(program, book, wish, asker, now)
    check_number(program, asked)
    _check_codes(book, asked, asker.used)
    _check_budgets(book, asked)
    check_seats(asked.lines)
    return asked


def _asked(program: Program, book: Book, wish: Wish, asker: Asker, now: datetime) -> Redemption:
    """With prices, and with who has to say yes to them."""
    if wish.reserve and not program.approvals.reserve_minutes:
        raise Refused(Reason.RESERVATIONS_NOT_OFFERED, "Credits of this program are not reserved.")
    lines = judged(
        wish.lines, lambda line: priced(program, book, line, now, assisted=asker.assisted)
    )
    credits = sum(line.credits for line in lines)
    return Redemption(
        redemption_id=asker.redemption_id,
        account_id=book.account.account_id,
        lines=lines,
        learner=asker.learner,
        state=RedemptionState.PENDING,
        approval=_approval(program, book.account, credits, assisted=asker.assisted),
        requested_at=now,
        policy=program.version,
        country=wish.country,
        partner=wish.partner,
        terms=ticked(program, wish),
        language=wish.language,
        reserve=wish.reserve,
        budgets=tuple(each.budget_id for each in book.budgets if each.caps(asker.learner.email)),
    )


def _approval(program: Program, account: Account, credits: int, *, assisted: bool) -> Approval:
    """Automatic only where nobody else must have a look: four eyes are never two.

    Nor may the vendor's staff decide alone where the program has owners who approve.
    """
    if account.four_eyes or (assisted and Approval.MANUAL in program.approvals.modes):
        return Approval.MANUAL
    return Approval.AUTOMATIC if credits < account.automatic_below else account_way(account)


def account_way(account: Account) -> Approval:
    """Whether a request on the account waits for somebody, whatever its price."""
    return Approval.MANUAL if account.four_eyes else account.approval


def _times(
    program: Program, lines: Iterable[Line], now: datetime
) -> tuple[datetime | None, datetime | None]:
    """From when on nobody can say yes any more, and when who decides is reminded before that."""
    rules = program.approvals
    ends = [now + timedelta(days=rules.lapse_days)] if rules.lapse_days else []
    if rules.lapse_before_start:
        ends += _before_class(program, lines, now)
    lapses_at = min(ends, default=None)
    remind_at = now + timedelta(days=rules.remind_days) if rules.remind_days else None
    soon = remind_at is not None and (lapses_at is None or remind_at < lapses_at)
    return lapses_at, remind_at if soon else None


def _before_class(program: Program, lines: Iterable[Line], now: datetime) -> list[datetime]:
    """So many business days before the first session; asked later than that, as it begins."""
    first, days = first_day(lines), program.approvals.lapse_before_start
    if first is None:
        return []
    early = minus_business_days(first, days, program.purchase.holidays)
    instants = (instant_of(day, time.min, program.time_zone) for day in (early, first))
    return [at for at in instants if at > now][:1]


def _check_codes(book: Book, asked: Redemption, used: Mapping[str, int]) -> None:
    counted = asked.counted
    for code in book.codes:
        if code.code_id in counted:
            check_limits(code, counted[code.code_id], used.get(code.code_id, 0))


def _check_budgets(book: Book, asked: Redemption) -> None:
    """What the learner's budgets still allow, said plainly."""
    for budget in book.budgets:
        if budget.budget_id in asked.budgets and budget.left < asked.credits:
            raise Refused(
                Reason.BUDGET_EXCEEDED,
                f"The budget {budget.name} does not allow so many credits.",
                budget=budget.name,
                credits=asked.credits,
                credits_possible=budget.left,
            )


def _uses(program: Program, book: Book, redemption: Redemption) -> tuple[c.Write, ...]:
    """The guard that its codes still work; needless where nothing can end or bound a code."""
    known = ((book.code(code_id), credits) for code_id, credits in redemption.codes.items())
    bound = program.codes.replaceable
    return tuple(
        c.UseCode(
            code=code,
            subject=redemption.learner.subject,
            credits=credits,
            at=redemption.requested_at,
        )
        for code, credits in known
        if code and (bound or code.limited or code.ends_at is not None)
    )


def _made(change: c.Change, after: Redemption, counted: tuple[c.Write, ...]) -> c.Change:
    """Nobody has asked before: what settles it makes it."""
    writes = (c.MakeRequest(redemption=after), *change.writes[1:], *counted)
    return replace(change, writes=writes)
