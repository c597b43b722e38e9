"""Credits are drawn from the lot that ends first (I10), of what any lot may pay for."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from audit.facts import Found, Item, Partition, later, lines

DRAWS = ("hold", "redeem")


class _Level:
    """What was available of a lot, and what has left it, at every instant."""

    def __init__(self, moved: list[tuple[str, int]]) -> None:
        moved.sort()
        self.at = [at for at, _ in moved]
        self.level = [0, *accumulate(n for _, n in moved)]
        self.left = [0, *accumulate(min(n, 0) for _, n in moved)]

    def least(self, start: str, end: str) -> int:
        """What was there for certain from `start` to `end`, in whatever order all went."""
        first, last = bisect_left(self.at, start), bisect_right(self.at, end)
        return self.level[first] + self.left[last] - self.left[first]


def laws(account: Partition) -> Iterator[Found]:
    """No draw passes over a lot that ends sooner and has credits, seen by whoever decided.

    What is dated within `race` may have been decided on either view. What is bound to one lot has
    no order, nor has what the catalogue lists: there a lot may be passed over with reason.
    """
    moved = defaultdict[str, list[tuple[str, int]]](list)
    for entry in account.of("entry"):
        for move in entry["movements"]:
            change = (move["to"] == "available") - (move["from"] == "available")
            if change:
                moved[move["lot"]].append((entry["at"], change * move["credits"]))
    levels = {lot: _Level(changes) for lot, changes in moved.items()}
    lots = sorted(account.of("lot"), key=_place)
    requests = {request["redemption_id"]: request for request in account.of("redemption")}
    for entry in account.of("entry"):
        drawn = {m["lot"]: m["credits"] for m in entry["movements"] if m["from"] == "available"}
        request = requests.get(entry["reference"])
        if entry["entry_kind"] not in DRAWS or not drawn or request is None or not _free(request):
            continue
        yield from _passed_over(account, entry, drawn, lots, levels)


def _passed_over(
    account: Partition,
    entry: Item,
    drawn: dict[str, int],
    lots: list[Item],
    levels: dict[str, _Level],
) -> Iterator[Found]:
    at, race = entry["at"], account.bounds.race
    start, end = later(at, -race), later(at, race)
    last = max((_place(lot) for lot in lots if lot["lot_id"] in drawn), default=("", "", ""))
    for lot in lots:
        name = lot["lot_id"]
        if _place(lot) >= last:
            return
        usable = lot["granted_at"] <= start and at < lot["expires_at"]
        if usable and name in levels and levels[name].least(start, end) > 0:
            words = f"entry {entry['entry_id']}: the lot {name} was passed over"
            yield account.says("I10", words)


def _place(lot: Item) -> tuple[str, str, str]:
    return lot["expires_at"], lot["granted_at"], lot["lot_id"]


def _free(request: Item) -> bool:
    """Whether any lot may pay for all of it."""
    every = lines(request)
    bound = any(tender.get("lot_id") for line in every for tender in line["tenders"])
    return not bound and not any(line.get("item") for line in every)
