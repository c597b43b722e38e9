"""A table that was restored may hold half a transaction: whichever item is behind, it is named.

After each transaction of a year every item that it wrote is put back as it was before, alone.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from audit import violations
from tests import engines
from tests.engines import Dump
from tests.fakes.memory_ledger import MemoryLedger
from tests.proof.audit import histories
from tests.proof.audit.years import everything
from tests.proof.figures import Counts
from training_credits.domain.change import Change, EditAccount

# A learner's list of open requests is made anew where it lacks one, and stands for itself.
ALONE = {"asked"}
AT_ONCE = timedelta()


@dataclass
class Halves:
    """How many were looked at, and in which of them the audit found nothing wrong."""

    before: Dump = field(default_factory=dict)
    looked_at: int = 0
    unnamed: list[tuple[str, str]] = field(default_factory=list)

    def seen(self, change: Change) -> None:
        before, after = self.before, engines.dump(histories.TABLE)
        self.before = after
        known = violations(after.values(), race=AT_ONCE)
        assert known == [], known[:5]
        for place in (place for place in after if before.get(place) != after[place]):
            half = after | {place: before[place]} if place in before else _without(after, place)
            # What is put back altogether is a transaction that has not been.
            if half == before or _stands_alone(change, after[place]["kind"]):
                continue
            self.looked_at += 1
            if violations(half.values(), race=AT_ONCE) == []:
                self.unnamed.append((after[place]["kind"], place[1]))


def _without(table: Dump, place: tuple[str, str]) -> Dump:
    return {other: item for other, item in table.items() if other != place}


def _stands_alone(change: Change, kind: str) -> bool:
    named = any(isinstance(write, EditAccount) and write.name for write in change.writes)
    return kind in ALONE or (named and kind == "happening")


@pytest.mark.no_cover
@pytest.mark.timeout(600)
@pytest.mark.proves("T22", "F19", "G1")
@pytest.mark.parametrize(
    "program",
    [
        "cisco",
        pytest.param("atlassian", marks=pytest.mark.proof),
        pytest.param("salesforce", marks=pytest.mark.proof),
    ],
)
def test_whichever_item_of_a_transaction_is_behind_the_audit_names_it(
    program: str, figure: Counts
) -> None:
    halves = Halves()
    with histories.kept(halves.seen):
        everything(program, MemoryLedger())
    assert halves.unnamed == []
    figure("audit: half transactions, each named", halves.looked_at, ">= 600")
