"""What is left grows low: told where credits go, of what was bought with them, once each time.

It is no event of the table: it is reckoned here, where nobody waits for it, from the account as it
is when people are told, and not where credits are spent.
"""

from collections.abc import Iterator
from dataclasses import replace

from training_credits.domain.model import Lot
from training_credits.domain.program.reminders import WHOLE
from training_credits.ports import Event
from training_credits.use_cases.news import LOW, News


def low(news: News) -> Iterator[News]:
    """For each product that paid for a request: what is left of its open lots, if that is low.

    Told once for each newest lot: with new credits it counts anew. Whoever hears that 20 % are left
    need not hear of 50 % later, when something was given back.
    """
    asked = news.redemption
    if news.event.type != "RedemptionApproved" or asked is None:
        return
    lots = [lot for lot in news.book.lots if lot.usable(news.event.at)]
    drawn = {draw.lot_id for draw in asked.draws}
    for product in sorted({lot.product for lot in lots if lot.lot_id in drawn}):
        found = _low_on(news, [lot for lot in lots if lot.product == product])
        if found is not None:
            yield found


def _low_on(news: News, lots: list[Lot]) -> News | None:
    left = sum(lot.balance.available for lot in lots)
    bought = sum(lot.credits - lot.balance.reissued for lot in lots)
    limits = news.program.reminders.low_percent
    reached = [percent for percent in limits if left * WHOLE <= bought * percent]
    if not reached:
        return None
    newest = max(lots, key=lambda lot: (lot.granted_at, lot.lot_id))
    ids = {percent: f"{LOW}-{newest.product}-{newest.lot_id}-{percent}" for percent in reached}
    lowest = min(reached)
    event = Event(
        id=ids.pop(lowest),
        type=LOW,
        program=news.event.program,
        account_id=news.event.account_id,
        at=news.event.at,
        facts={"product": newest.product, "left": left, "bought": bought, "percent": lowest},
    )
    return replace(news, event=event, also=tuple(ids.values()))
