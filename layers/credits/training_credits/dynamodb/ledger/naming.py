"""All that a request to spend names, in one batch get."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    OpenerItem,
    SalesOrderItem,
    TermsItem,
    TriesItem,
)
from training_credits.dynamodb.ledger.catalogue import items_of, places_of
from training_credits.ports import Named, Naming

Place = tuple[str, str]
LONGEST_MONTH = timedelta(days=31)


class Names:
    """What `ports.Ledger` asks of them."""

    def named(self, program: str, naming: Naming) -> Named:
        """One batch get of up to 100 items; a few more reads beyond that."""
        orders = {keys.sales_order(program, number): number for number in naming.numbers}
        items = reading.get_many(list(dict.fromkeys(_places(program, naming))))
        since, until = keys.instant(naming.since), keys.under(f"{keys.instant(naming.until)}#")[1]
        return Named(
            tries=tuple(
                sorted(
                    datetime.fromisoformat(one.partition("#")[0])
                    for item in reading.of_kind(items, TriesItem)
                    for one in item.wrong
                    if since <= one <= until
                )
            ),
            accepted=bool(reading.of_kind(items, TermsItem)),
            opened={item.digest: item.value() for item in reading.of_kind(items, OpenerItem)},
            orders={
                orders[item.pk]: (item.account_id, item.order_id)
                for item in reading.of_kind(items, SalesOrderItem)
                if item.order_id
            },
            items=items_of(program, naming.places, items),
        )


def _places(program: str, naming: Naming) -> Iterator[Place]:
    caller = keys.caller(program, naming.subject)
    for month in _months(naming.since, naming.until):
        yield caller, keys.tries(month)
    if naming.terms is not None:
        yield keys.person(program, naming.email), keys.terms(naming.terms)
    for digest in naming.digests:
        yield keys.code(program, digest), keys.CODE
    for number in naming.numbers:
        yield keys.sales_order(program, number), keys.SALES_ORDER
    yield from places_of(program, naming.places)


def _months(since: datetime, until: datetime) -> Iterator[datetime]:
    """An instant of each calendar month of UTC that the time touches."""
    first = since.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while first <= until:
        yield first
        first = (first + LONGEST_MONTH).replace(day=1)
