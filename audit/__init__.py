"""Whether what a table holds can be true: every law of the books (`docs/proof.md`).

Pure: it reads items and nothing else, so it judges a dump of a test, an export of DynamoDB and a
restored table alike. It shares no line with the code that reads and writes the table, nor with what
is decided there: of the product it knows the words of the programs, how ids and seals are made, and
how many shards there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from audit import (
    access,
    balances,
    cases,
    codes,
    drawing,
    due,
    history,
    journal,
    mails,
    orders,
    requests,
    shapes,
    spending,
    submissions,
)
from audit.facts import GRACE, RACE, Bounds, Claim, Found, Item, Partition, Violation, settled

__all__ = ["Bounds", "Claim", "Item", "Violation", "judged", "settled", "violations"]

Law = Callable[[Partition], Iterator[Found]]
# By the family of its partition.
LAWS: dict[str, tuple[Law, ...]] = {
    "ACCOUNT": (
        balances.laws,
        drawing.laws,
        requests.laws,
        orders.laws,
        cases.laws,
        codes.laws,
        spending.laws,
        spending.asked,
        access.laws,
        journal.laws,
        history.laws,
        submissions.laws,
        due.laws,
        mails.named,
    ),
    "PERSON": (access.person,),
    "CODE": (codes.opener,),
    "SO": (orders.number,),
    "OFFERING": (spending.shelf,),
    "CATALOGUE": (spending.catalogue,),
    "CALLER": (submissions.caller,),
    "MAIL": (mails.sent,),
    "WEBHOOKS": (due.endpoints, submissions.endpoints, mails.named),
    "WEBHOOK": (due.deliveries, submissions.deliveries),
}


def violations(
    items: Iterable[Item],
    *,
    now: datetime | None = None,
    race: timedelta = RACE,
    grace: timedelta = GRACE,
) -> list[Violation]:
    """Every law that does not hold.

    With `now`, what had to be done `grace` before has been done. What is dated within `race` may
    have happened in any order.
    """
    bounds = Bounds(now, race, grace)
    partitions = defaultdict[str, list[Item]](list)
    for item in items:
        partitions[str(item.get("pk"))].append(item)
    found, claims = list[Violation](), list[Claim]()
    for pk, kept in partitions.items():
        for one in judged(pk, kept, bounds):
            (claims if isinstance(one, Claim) else found).append(one)  # type: ignore[arg-type]
    return sorted({*found, *settled(claims)})


def judged(pk: str, items: Iterable[Item], bounds: Bounds) -> Iterator[Found]:
    """What one partition says: of itself, and of others."""
    partition = Partition(pk, bounds)
    for item in items:
        try:
            read = shapes.readable(item)
            found = [*shapes.bounded(partition, item), *shapes.owned(partition, item)]
        except (KeyError, TypeError, ValueError) as error:
            yield partition.says("F19", f"{item.get('sk')}: {error}")
        else:
            partition.kinds[read["kind"]].append(read)
            yield from found
    for law in LAWS.get(partition.family, ()):
        try:
            yield from list(law(partition))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            words = f"{law.__module__} cannot judge it: {type(error).__name__} {error}"
            yield partition.says("F19", words)
