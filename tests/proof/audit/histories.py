"""Random histories, kept twice: by the fake the machines look into, and in a real table.

Whatever the machines do, the table is then what the product's own writes have made of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from moto.dynamodb.models import dynamodb_backends

from local.intrinsics import ACCOUNT
from local.template import REGION
from tests import engines
from tests.fakes.clock import BEGIN
from tests.fakes.memory_ledger import MemoryLedger
from tests.properties.carts import KIM
from tests.properties.machine import LedgerMachine, of
from training_credits.domain.change import Change, IssueCode, Note, SetBudget
from training_credits.domain.model import Happening, HappeningKind
from training_credits.dynamodb.ledger import DynamoLedger

TABLE = "histories"
# What only looks, and would take longer than what is looked at here.
LOOKING = (
    "the_laws_hold",
    "the_laws_of_the_program_hold",
    "each_key_has_one_effect",
    "statements_chain",
)
Seen = Callable[[Change], None]


def empty() -> None:
    """As a new table."""
    dynamodb_backends[ACCOUNT][REGION].get_table(TABLE).items.clear()


@contextmanager
def kept(seen: Seen = lambda _: None) -> Iterator[None]:
    """From now on each commit to the fake is one to the table; `seen` looks at it afterwards."""
    with engines.moto(), pytest.MonkeyPatch.context() as patch:
        engines.make_table(TABLE)
        table = DynamoLedger(TABLE, REGION)
        as_before = MemoryLedger.commit

        def commit(ledger: MemoryLedger, change: Change) -> None:
            as_before(ledger, change)
            as_shown = _owned(change)
            table.commit(as_shown)
            seen(as_shown)

        patch.setattr(MemoryLedger, "commit", commit)
        yield


def dumped() -> engines.Dump:
    """What has come of it; Kim's budget, which the machines begin with, is counted as any other."""
    table = engines.dump(TABLE)
    for (pk, sk), item in table.items():
        if sk == "ACCOUNT" and (pk, f"BUDGET#{KIM.budget_id}") in table:
            item["budgeted"] += KIM.limit
    return table


def _owned(change: Change) -> Change:
    """What a machine makes by hand, as if an owner had: a code is counted, both are told."""
    writes, lines = [*change.writes], list[Happening]()
    for place, write in enumerate(writes):
        match write:
            case IssueCode(code=code) if code.made_by == "by hand":
                writes[place] = replace(write, made=0)
                lines.append(_line(HappeningKind.CODE_ISSUED, code.made_at, code.hint))
            case SetBudget(budget=budget) if budget == KIM:
                said = f"limit: {KIM.limit}, learners: {len(KIM.learners)}"
                lines.append(_line(HappeningKind.BUDGET_SET, BEGIN, KIM.name, said))
    return replace(change, writes=(*writes, *(Note(happening=line) for line in lines)))


def _line(kind: HappeningKind, at: datetime, about: str, detail: str = "") -> Happening:
    return Happening(kind=kind, at=at, actor="by hand", about=about, detail=detail)


def machine(
    program: str, kind: type[LedgerMachine], told: Callable[[Any], None]
) -> type[LedgerMachine]:
    """One that looks at nothing while it walks; `told` is told where it has come to."""

    def begin(self: Any) -> None:
        empty()
        kind.__init__(self)

    def teardown(self: Any) -> None:
        told(self)

    facts: dict[str, Any] = {name: lambda _: None for name in LOOKING}
    return of(
        program, type(kind.__name__, (kind,), facts | {"__init__": begin, "teardown": teardown})
    )
