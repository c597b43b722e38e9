"""How the lines of one request are paid: each by its own instruments, all of them or none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.drawing import ANY, LOTS_PER_DRAW_MAX, Bar, Source, draw
from training_credits.domain.eligibility import obstacles
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Draw, Item, Lot
from training_credits.domain.program import Program


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """One line: so many credits, for an item of the catalogue or for what a shop priced itself."""

    credits: int
    item: Item | None = None
    sources: tuple[Source, ...] = (ANY,)


def tender(
    program: Program, lots: Iterable[Lot], needs: Sequence[Need], now: datetime
) -> tuple[tuple[Draw, ...], ...]:
    """The draws of each line, in order; Refused names the line that cannot be paid (SF-26).

    What one line takes is gone for the next. Where several orders pay for one and any of them
    falls short, none is touched (CI-38). A line that costs nothing needs no instrument (SF-29).
    """
    known, taken, paid = tuple(lots), Counter[str](), []
    for place, need in enumerate(needs, start=1):
        try:
            draws = _line(program, known, need, now, taken)
        except Refused as refusal:
            if len(needs) == 1:
                raise
            raise Refused(
                refusal.reason, refusal.detail, **{**refusal.facts, "line": place}
            ) from None
        taken.update({each.lot_id: each.credits for each in draws})
        paid.append(draws)
    if len(taken) > LOTS_PER_DRAW_MAX:
        raise Refused(
            Reason.TOO_MANY_LOTS,
            f"More than {LOTS_PER_DRAW_MAX} lots would have to pay for these lines together.",
            credits_possible=sum(sorted(taken.values(), reverse=True)[:LOTS_PER_DRAW_MAX]),
        )
    return tuple(paid)


def _line(
    program: Program, lots: tuple[Lot, ...], need: Need, now: datetime, before: Counter[str]
) -> tuple[Draw, ...]:
    if not need.credits:
        return ()
    parts = shares(program, need)
    bar: Bar = obstacles(program, need.item) if need.item else lambda _: None
    taken, draws = Counter(before), Counter[str]()
    for source, credits in parts:
        for each in draw(lots, credits, now, source=source, bar=bar, taken=taken):
            taken[each.lot_id] += each.credits
            draws[each.lot_id] += each.credits
    return tuple(Draw(lot_id=lot_id, credits=credits) for lot_id, credits in draws.items())


def shares(program: Program, need: Need) -> tuple[tuple[Source, int], ...]:
    """How much each instrument pays; together exactly the price (SF-27, SF-28, CI-37)."""
    most = program.spending.instruments
    if len(need.sources) > most:
        raise Refused(
            Reason.TOO_MANY_INSTRUMENTS, f"{most} may pay for one item, no more.", most=most
        )
    if len(need.sources) == 1 and need.sources[0].credits is None:
        return ((need.sources[0], need.credits),)
    said = sum(source.credits or 0 for source in need.sources)
    named = all(source.credits for source in need.sources)
    if not need.sources or not named or said != need.credits:
        raise Refused(
            Reason.TENDER_INCOMPLETE,
            f"The credits named are {said}; the price is {need.credits}.",
            credits=need.credits,
            named=said,
        )
    return tuple((source, source.credits or 0) for source in need.sources)
