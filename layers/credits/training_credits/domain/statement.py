"""Statements: opening + movements = closing, to the credit, of each lot and of each product.

Credits of two products are never added up (SF-01). What counts is unspent: available or held.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from training_credits.domain.columns import Sums
from training_credits.domain.decisions.expiry import expiry_of
from training_credits.domain.drawing import spending_order
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Balance, Entry, Lot
from training_credits.domain.telling import by_lot, in_turn

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """[start, end), which is not empty."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refused the wrong way round."""
        if self.start >= self.end:
            raise Refused(Reason.PERIOD_REVERSED, "The period ends before it starts.")

    def begun(self, now: datetime) -> "Period":
        """The period itself; what has not begun has nothing to show."""
        if self.start > now:
            raise Refused(Reason.PERIOD_IN_FUTURE, "This period has not begun.")
        return self


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """What each lot held when a period ended: whatever follows can begin from it."""

    at: datetime
    balances: Mapping[str, Balance]


BEGINNING = Closing(at=EPOCH, balances={})


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What one entry did to one product, and what was unspent of it afterwards."""

    entry: Entry
    product: str
    change: int
    balance: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LotLine:
    """A lot that had credits in the period, or was moved in it.

    What was left of it may have gone on in `reissued_to`; `lot.reissued_from` is the way back.
    """

    lot: Lot
    opening: Balance
    closing: Balance
    sums: Sums
    reissued_to: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NextExpiry:
    """What ends next, as of the end of the period (CI-17)."""

    product: str
    expires_on: date
    credits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductLine:
    """One product; `paid_minor` is what was paid, by currency, for what is unspent at the end."""

    product: str
    opening: int
    sums: Sums
    closing: int
    paid_minor: Mapping[str, int]
    next_expiry: NextExpiry | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One account over [start, end), as its entries were at `as_of`: the end, unless it runs."""

    account_id: str
    start: datetime
    end: datetime
    as_of: datetime
    lines: tuple[Line, ...] = ()
    products: tuple[ProductLine, ...] = ()
    lots: tuple[LotLine, ...] = ()
    balances: Mapping[str, Balance] = field(default_factory=dict)
    name: str | None = None

    @property
    def closing(self) -> Closing:
        """Every lot at the end, also those that were over before: the next period opens so."""
        return Closing(at=self.end, balances=self.balances)


def state(
    account_id: str,
    period: Period,
    entries: Iterable[Entry],
    lots: Sequence[Lot],
    *,
    since: Closing = BEGINNING,
    as_of: datetime | None = None,
    name: str | None = None,
) -> Statement:
    """Fold the entries of [since, end) into the statement of [start, end).

    Without `as_of` the period is over, and all that belongs to it is told.
    """
    before: list[Entry] = []
    within: list[Entry] = []
    for entry in entries:
        (before if entry.at < period.start else within).append(entry)
    opening = by_lot(before, since.balances)
    told, waiting = in_turn(within, opening)
    # In a period that runs, what cannot have happened yet waits for what it depends on, a moment.
    told += waiting if as_of is None else []
    balances = by_lot(told, opening)
    by_id = {lot.lot_id: lot for lot in lots}
    moved = _moved(told)
    lot_lines = _lot_lines(spending_order(lots), opening, balances, moved)
    return Statement(
        account_id=account_id,
        start=period.start,
        end=period.end,
        as_of=as_of or period.end,
        lines=_lines(told, by_id, opening),
        products=_product_lines(sorted({by_id[i].product for i in balances}), lot_lines),
        lots=lot_lines,
        balances=balances,
        name=name,
    )


def unbooked(
    account_id: str,
    entries: Iterable[Entry],
    lots: Sequence[Lot],
    now: datetime,
    opening: Mapping[str, Balance] = BEGINNING.balances,
) -> list[Entry]:
    """What the sweep will book of lots that have ended by `now`, as these entries have it.

    Not as the lots have it: they are read at another moment, and both must agree.
    """
    balances = by_lot(entries, opening)
    seen = (replace(lot, balance=balances.get(lot.lot_id, Balance()), closed=False) for lot in lots)
    found = (expiry_of(account_id, lot, now) for lot in seen)
    return [entry for entry in found if entry is not None]


def _moved(entries: Iterable[Entry]) -> dict[str, Sums]:
    """By lot; a lot that moved without a change of what is unspent is there too."""
    sums: dict[str, Sums] = {}
    for entry in entries:
        for movement in entry.movements:
            before = sums.get(movement.lot_id, Sums())
            sums[movement.lot_id] = before.plus(entry.kind, movement.change)
    return sums


def _lines(
    entries: Iterable[Entry], lots: Mapping[str, Lot], opening: Mapping[str, Balance]
) -> tuple[Line, ...]:
    """Of each entry one line for each product whose unspent credits came or went by it."""
    running: dict[str, int] = {}
    for lot_id, balance in opening.items():
        product = lots[lot_id].product
        running[product] = running.get(product, 0) + balance.unspent
    lines: list[Line] = []
    for entry in entries:
        changes: dict[str, int] = {}
        for movement in entry.movements:
            if movement.change:
                product = lots[movement.lot_id].product
                changes[product] = changes.get(product, 0) + movement.change
        for product, change in sorted(changes.items()):
            after = running.get(product, 0) + change
            running[product] = after
            lines.append(Line(entry=entry, product=product, change=change, balance=after))
    return tuple(lines)


def _lot_lines(
    lots: Sequence[Lot],
    opening: Mapping[str, Balance],
    closing: Mapping[str, Balance],
    moved: Mapping[str, Sums],
) -> tuple[LotLine, ...]:
    following: dict[str | None, tuple[str, ...]] = {}
    for lot in lots:
        if lot.lot_id in closing:
            following[lot.reissued_from] = (*following.get(lot.reissued_from, ()), lot.lot_id)
    return tuple(
        LotLine(
            lot=lot,
            opening=opening.get(lot.lot_id, Balance()),
            closing=closing[lot.lot_id],
            sums=moved.get(lot.lot_id, Sums()),
            reissued_to=following.get(lot.lot_id, ()),
        )
        for lot in lots
        if lot.lot_id in moved or (lot.lot_id in closing and closing[lot.lot_id].unspent)
    )


def _product_lines(products: Sequence[str], lots: Sequence[LotLine]) -> tuple[ProductLine, ...]:
    return tuple(
        _product_line(product, [line for line in lots if line.lot.product == product])
        for product in products
    )


def _product_line(product: str, lots: Sequence[LotLine]) -> ProductLine:
    sums = Sums()
    paid: dict[str, int] = {}
    for line in lots:
        sums = sums.with_all(line.sums)
        if line.closing.unspent:
            worth = line.lot.paid_for(line.closing.unspent)
            paid[line.lot.currency] = paid.get(line.lot.currency, 0) + worth
    return ProductLine(
        product=product,
        opening=sum(line.opening.unspent for line in lots),
        sums=sums,
        closing=sum(line.closing.unspent for line in lots),
        paid_minor=paid,
        next_expiry=_next_expiry(product, [line for line in lots if line.closing.available]),
    )


def _next_expiry(product: str, lots: Sequence[LotLine]) -> NextExpiry | None:
    """What has ended has nothing available; of what has, the first day and all that ends on it."""
    if not lots:
        return None
    first = lots[0].lot.expires_on
    return NextExpiry(
        product=product,
        expires_on=first,
        credits=sum(line.closing.available for line in lots if line.lot.expires_on == first),
    )
