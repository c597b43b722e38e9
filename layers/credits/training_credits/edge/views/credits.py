"""Balances, lots, transactions."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from training_credits.domain import model
from training_credits.domain.decisions.notices import reissuable_until
from training_credits.domain.drawing import spending_order
from training_credits.domain.program import Program
from training_credits.edge import schemas
from training_credits.ports import Page


def balance(value: model.Balance) -> schemas.Balance:
    """State by state."""
    return schemas.Balance(**asdict(value))


def balances(lots: Sequence[model.Lot]) -> dict[str, schemas.Balance]:
    """Added up for each product, and never over two (SF-01)."""
    totals: dict[str, model.Balance] = {}
    for lot in lots:
        totals[lot.product] = totals.get(lot.product, model.Balance()).plus(lot.balance)
    return {product: balance(total) for product, total in totals.items()}


def next_expiry(
    program: Program, lots: Sequence[model.Lot], now: datetime
) -> schemas.NextExpiry | None:
    alive = [lot for lot in lots if lot.alive(now) and lot.balance.available]
    if not alive:
        return None
    soonest = spending_order(alive)[0]
    first, product = soonest.expires_on, soonest.product
    return schemas.NextExpiry(
        product=product,
        expires_on=first,
        credits=sum(
            lot.balance.available
            for lot in alive
            if (lot.expires_on, lot.product) == (first, product)
        ),
        days_left=program.days_left(first, now),
    )


def lot_answer(program: Program, lot: model.Lot, now: datetime) -> schemas.LotAnswer:
    """One lot."""
    return schemas.LotAnswer(
        lot=lot.lot_id,
        product=lot.product,
        credits=lot.credits,
        face_minor=lot.face_minor,
        paid_minor=lot.paid_minor,
        unspent_paid_minor=lot.paid_for(lot.balance.unspent),
        currency=lot.currency,
        granted_at=lot.granted_at,
        expires_on=lot.expires_on,
        expires_at=lot.expires_at,
        days_left=program.days_left(lot.expires_on, now),
        balance=balance(lot.balance),
        policy=lot.policy,
        anchors=lot.anchors,
        country=lot.country,
        sales_order=lot.sales_order,
        reissue_until=None if lot.alive(now) else _reissue_until(program, lot, now),
        reissued_from=lot.reissued_from,
    )


def _reissue_until(program: Program, lot: model.Lot, now: datetime) -> date | None:
    """Expired credits stay visible, with the day until which they may be asked for (CI-49)."""
    until = reissuable_until(program, lot)
    return until if until and lot.balance.expired and program.today(now) <= until else None


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
