"""From domain values to answers."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec

from training_credits.domain import model
from training_credits.domain.drawing import spending_order
from training_credits.domain.pricing import cheaper
from training_credits.domain.program import Program
from training_credits.domain.statement import LotLine, Statement
from training_credits.edge import problems, schemas
from training_credits.ports import Page
from training_credits.programs import program_named
from training_credits.use_cases.approve import Outcome

RequestState = model.RedemptionState


def encoded(answer: msgspec.Struct) -> str:
    """As it is sent, and as it is kept for a replay."""
    return msgspec.json.encode(answer).decode()


def balance(value: model.Balance) -> schemas.Balance:
    """State by state."""
    return schemas.Balance(**asdict(value))


def account(value: model.Account) -> schemas.AccountAnswer:
    """The header."""
    return schemas.AccountAnswer(**_header(value))


def _header(value: model.Account) -> dict[str, Any]:
    return {
        "account": value.account_id,
        "program": value.program,
        "name": value.name,
        "approval": value.approval,
        "opened_by": value.opened_by,
        "opened_at": value.opened_at,
        "code_hint": value.code_hint,
    }


def account_page(book: model.Book, now: datetime) -> schemas.AccountPage:
    """The page of an account at this moment; what has ended is shown as expired, swept or not."""
    program = program_named(book.account.program)
    lots = [lot.seen_at(now) for lot in spending_order((*book.past, *book.lots))]
    total = model.Balance()
    for lot in lots:
        total = total.plus(lot.balance)
    return schemas.AccountPage(
        **_header(book.account),
        balance=balance(total),
        next_expiry=_next_expiry(program, lots, now),
        lots=tuple(lot_answer(program, lot, now) for lot in lots),
        owners=tuple(
            schemas.OwnerAnswer(email=o.email, added_by=o.added_by, added_at=o.added_at)
            for o in book.owners
        ),
    )


def _next_expiry(
    program: Program, lots: Sequence[model.Lot], now: datetime
) -> schemas.NextExpiry | None:
    alive = [lot for lot in lots if lot.alive(now) and lot.balance.available]
    if not alive:
        return None
    first = min(lot.expires_on for lot in alive)
    return schemas.NextExpiry(
        expires_on=first,
        credits=sum(lot.balance.available for lot in alive if lot.expires_on == first),
        days_left=program.days_left(first, now),
    )


def lot_answer(program: Program, lot: model.Lot, now: datetime) -> schemas.LotAnswer:
    """One lot."""
    return schemas.LotAnswer(
        lot=lot.lot_id,
        product=lot.product,
        credits=lot.credits,
        paid_minor=lot.paid_minor,
        currency=lot.currency,
        granted_at=lot.granted_at,
        expires_on=lot.expires_on,
        expires_at=lot.expires_at,
        days_left=program.days_left(lot.expires_on, now),
        balance=balance(lot.balance),
    )


def order(program: Program, bought: tuple[model.Order, model.Lot]) -> schemas.OrderAnswer:
    """An order, its lot, and what would have been cheaper."""
    value, lot = bought
    return schemas.OrderAnswer(
        order=value.order_id,
        state=value.state,
        product=value.product,
        credits=value.credits,
        list_minor=value.list_minor,
        discount_minor=value.discount_minor,
        paid_minor=value.paid_minor,
        currency=value.currency,
        placed_at=value.placed_at,
        lot=lot.lot_id,
        expires_on=lot.expires_on,
        expires_at=lot.expires_at,
        buyer=value.buyer.email,
        cheaper_credits=cheaper(program, value.credits),
    )


def redemption(value: model.Redemption) -> schemas.RedemptionAnswer:
    """For its learner."""
    return schemas.RedemptionAnswer(**_request(value))


def request(value: model.Redemption) -> schemas.RequestAnswer:
    """For owners."""
    return schemas.RequestAnswer(
        **_request(value),
        learner=value.learner.name,
        learner_email=value.learner.email,
        decided_by=value.decided_by,
        lots=tuple(schemas.DrawAnswer(lot=d.lot_id, credits=d.credits) for d in value.draws),
    )


def _request(value: model.Redemption) -> dict[str, Any]:
    return {
        "redemption": value.redemption_id,
        "state": value.state,
        "title": value.title,
        "credits": value.credits,
        "requested_at": value.requested_at,
        "decided_at": value.decided_at,
        "note": value.note,
    }


def requests(page: Page[model.Redemption]) -> schemas.RequestList:
    """A page of requests with the sum of what it lists (AT-29)."""
    return schemas.RequestList(
        requests=tuple(request(item) for item in page.items),
        total_credits=sum(item.credits for item in page.items),
        cursor=page.cursor,
    )


def decisions(program: Program, outcomes: Iterable[Outcome]) -> schemas.DecisionAnswer:
    """Outcome by outcome, and the sum of what was decided."""
    listed = tuple(outcomes)
    return schemas.DecisionAnswer(
        outcomes=tuple(_outcome(outcome, program.rules) for outcome in listed),
        decided_credits=sum(o.redemption.credits for o in listed if o.redemption),
    )


def _outcome(outcome: Outcome, rules: problems.Rules) -> schemas.OutcomeAnswer:
    return schemas.OutcomeAnswer(
        redemption=outcome.redemption_id,
        request=request(outcome.redemption) if outcome.redemption else None,
        problem=problems.body_of(outcome.problem, rules) if outcome.problem else None,
    )


def transactions(page: Page[model.Entry]) -> schemas.TransactionList:
    """A page of entries."""
    return schemas.TransactionList(
        entries=tuple(_entry(entry) for entry in page.items), cursor=page.cursor
    )


def _entry(entry: model.Entry) -> schemas.EntryAnswer:
    return schemas.EntryAnswer(
        entry=entry.entry_id,
        at=entry.at,
        kind=entry.kind,
        title=entry.title,
        change=entry.change,
        movements=tuple(
            schemas.MovementAnswer(
                lot=m.lot_id, source=m.source, target=m.target, credits=m.credits
            )
            for m in entry.movements
        ),
        actor=entry.actor,
        learner=entry.learner,
    )


def statement(
    value: Statement, month: str, program: Program, now: datetime
) -> schemas.StatementAnswer:
    """A monthly statement; days left are counted from its end, or from now while it runs."""
    as_of = min(value.end, now)
    return schemas.StatementAnswer(
        account=value.account_id,
        month=month,
        start=value.start,
        end=value.end,
        opening=value.opening,
        lines=tuple(
            schemas.StatementLine(
                at=line.entry.at,
                kind=line.entry.kind,
                title=line.entry.title,
                change=line.change,
                balance=line.balance,
                learner=line.entry.learner,
            )
            for line in value.lines
        ),
        sums={model.EntryKind(kind): total for kind, total in value.sums().items()},
        closing=value.closing,
        lots=tuple(_statement_lot(program, line, as_of) for line in value.lots),
    )


def _statement_lot(program: Program, line: LotLine, as_of: datetime) -> schemas.StatementLot:
    return schemas.StatementLot(
        lot=line.lot.lot_id,
        credits=line.lot.credits,
        unspent=line.balance.unspent,
        expires_on=line.lot.expires_on,
        days_left=program.days_left(line.lot.expires_on, as_of),
    )
