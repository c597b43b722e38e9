"""Spending: request, approve, deny, cancel."""

from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.wishes import Wish, ticked
from training_credits.domain.drawing import draw
from training_credits.domain.errors import Conflict, Forbidden, Reason
from training_credits.domain.model import (
    Account,
    Approval,
    Book,
    Code,
    Draw,
    Entry,
    EntryKind,
    Lot,
    Movement,
    Person,
    Redemption,
    RedemptionState,
    State,
)
from training_credits.domain.program import HoldAt, Program

SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Funding:
    """What a request may be paid with: a code, or the lot of a sales order (CI-14).

    `assisted`: the vendor's staff ask on the account's behalf, and somebody there says yes (CI-04).
    """

    lot_id: str | None = None
    code: Code | None = None
    assisted: bool = False


def request(
    program: Program,
    book: Book,
    funding: Funding,
    *,
    redemption_id: str,
    wish: Wish,
    learner: Person,
    now: datetime,
) -> tuple[Redemption, c.Change]:
    """Ask to spend; spent at once where the account approves automatically (AT-03, AT-16).

    A request must be payable when it is made, also where nothing is held for it.
    """
    code, credits = funding.code, wish.credits
    draws = draw(payers(book, funding.lot_id), credits, now)
    redemption = Redemption(
        redemption_id=redemption_id,
        account_id=book.account.account_id,
        title=wish.title,
        credits=credits,
        learner=learner,
        state=RedemptionState.PENDING,
        approval=_approval(book.account, funding),
        requested_at=now,
        lot_id=funding.lot_id,
        country=wish.country,
        partner=wish.partner,
        terms=ticked(program, wish),
        code_id=code.code_id if code else None,
        limited=code is not None and code.limited,
        policy=program.version,
    )
    entry: Entry | None = None
    if redemption.approval is Approval.AUTOMATIC:
        redemption = _decided(redemption, RedemptionState.APPROVED, SYSTEM, now, draws=draws)
        entry = _entry(redemption, EntryKind.REDEEM, State.AVAILABLE, State.REDEEMED)
    elif program.approvals.hold_at is HoldAt.REQUEST:
        redemption = replace(redemption, draws=draws)
        entry = _entry(redemption, EntryKind.HOLD, State.AVAILABLE, State.HELD)
    uses = () if code is None else _uses(program, code, redemption)
    return redemption, _change(book, c.MakeRequest(redemption=redemption), entry, *uses)


def _approval(account: Account, funding: Funding) -> Approval:
    """Automatic only where nobody else must have a look: four eyes are never two."""
    return Approval.MANUAL if funding.assisted or account.four_eyes else account.approval


def _uses(program: Program, code: Code, redemption: Redemption) -> tuple[c.Write, ...]:
    """The guard that the code still works; needless where nothing can end or bound a code."""
    if not program.codes.replaceable and not code.limited and code.ends_at is None:
        return ()
    learner, credits = redemption.learner.subject, redemption.credits
    at = redemption.requested_at
    return (c.UseCode(code=code, subject=learner, credits=credits, at=at),)


def approve(
    book: Book,
    redemption: Redemption,
    owner: Person,
    now: datetime,
    *,
    decision: str,
    still: tuple[c.Write, ...] = (),
) -> tuple[Redemption, c.Change]:
    """Post what was held, or draw now; the balance is checked again at this moment (AT-39)."""
    if book.account.four_eyes and owner.same_as(redemption.learner):
        raise Forbidden(Reason.OWN_REQUEST, "On this account nobody approves their own request.")
    held = bool(redemption.draws)
    draws = redemption.draws or draw(payers(book, redemption.lot_id), redemption.credits, now)
    after = _decided(redemption, RedemptionState.APPROVED, owner.email, now, draws=draws)
    after = replace(after, decision=decision)
    source = State.HELD if held else State.AVAILABLE
    entry = _entry(after, EntryKind.REDEEM, source, State.REDEEMED)
    return after, _settle(book, after, entry, *still)


def deny(
    book: Book,
    redemption: Redemption,
    owner: Person,
    now: datetime,
    *,
    decision: str,
    note: str | None,
    still: tuple[c.Write, ...] = (),
) -> tuple[Redemption, c.Change]:
    """Nothing is deducted, and what was held is released (AT-20)."""
    after = _decided(redemption, RedemptionState.DENIED, owner.email, now)
    after = replace(after, decision=decision, note=note)
    entry = _release(book, redemption, after)
    return after, _settle(book, after, entry, *_given_back(book, after), *still)


def cancel(book: Book, redemption: Redemption, now: datetime) -> tuple[Redemption, c.Change]:
    """The learner takes a pending request back (AT-30, AT-38)."""
    if redemption.state is not RedemptionState.PENDING:
        raise Conflict(
            Reason.ALREADY_DECIDED,
            f"Already {redemption.state}.",
            state=redemption.state.value,
        )
    learner = redemption.learner
    after = _decided(redemption, RedemptionState.CANCELLED, learner.email, now)
    released = _release(book, redemption, after)
    return after, _settle(book, after, released, *_given_back(book, after))


def already_decided(redemption: Redemption) -> Conflict:
    """A decision is final once; whoever comes second learns who was first (AT-17)."""
    return Conflict(
        Reason.ALREADY_DECIDED,
        f"Already {redemption.state} by {redemption.settled_by}.",
        state=redemption.state.value,
        decided_by=redemption.settled_by,
    )


def payers(book: Book, lot_id: str | None) -> tuple[Lot, ...]:
    """The lots that may pay, and the closed ones that could have: they explain a refusal."""
    lots = (*book.past, *book.lots)
    return lots if lot_id is None else tuple(lot for lot in lots if lot.lot_id == lot_id)


def _decided(
    redemption: Redemption,
    state: RedemptionState,
    by: str,
    now: datetime,
    *,
    draws: tuple[Draw, ...] = (),
) -> Redemption:
    return replace(redemption, state=state, decided_by=by, decided_at=now, draws=draws)


def _release(book: Book, held: Redemption, after: Redemption) -> Entry | None:
    """Held credits go back to their lot; what belongs to a dead lot has expired."""
    if not held.draws:
        return None
    lots = {lot.lot_id: lot for lot in book.lots}
    movements = tuple(
        Movement(
            lot_id=d.lot_id,
            source=State.HELD,
            target=State.AVAILABLE if _takes_back(lots.get(d.lot_id), after) else State.EXPIRED,
            credits=d.credits,
        )
        for d in held.draws
    )
    return _record(after, EntryKind.RELEASE, movements)


def _given_back(book: Book, after: Redemption) -> tuple[c.Write, ...]:
    """What a request that came to nothing had counted against the limits of its code."""
    code = book.code(after.code_id) if after.limited and after.code_id else None
    if code is None:
        return ()
    back, at = -after.credits, after.settled_at
    return (c.UseCode(code=code, subject=after.learner.subject, credits=back, at=at),)


def _takes_back(lot: Lot | None, after: Redemption) -> bool:
    """A lot that is no longer on the book is closed."""
    return lot is not None and lot.alive(after.settled_at)


def _entry(redemption: Redemption, kind: EntryKind, source: State, target: State) -> Entry:
    movements = tuple(
        Movement(lot_id=d.lot_id, source=source, target=target, credits=d.credits)
        for d in redemption.draws
    )
    return _record(redemption, kind, movements)


def _record(redemption: Redemption, kind: EntryKind, movements: tuple[Movement, ...]) -> Entry:
    return Entry(
        entry_id=f"{kind}-{redemption.redemption_id}",
        account_id=redemption.account_id,
        kind=kind,
        at=redemption.settled_at,
        movements=movements,
        reference=redemption.redemption_id,
        title=redemption.title,
        actor=redemption.settled_by,
        learner=redemption.learner.email,
    )


def _settle(book: Book, after: Redemption, entry: Entry | None, *guards: c.Write) -> c.Change:
    settled = c.SettleRequest(redemption=after, was=RedemptionState.PENDING)
    return _change(book, settled, entry, *guards)


def _change(book: Book, write: c.Write, entry: Entry | None, *guards: c.Write) -> c.Change:
    return c.Change(
        program=book.account.program,
        account_id=book.account.account_id,
        writes=(write, *(c.moves(entry) if entry else ()), *guards),
    )
