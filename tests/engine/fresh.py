"""Accounts on DynamoDB Local, as many as a test needs, all in one table; and what is kept of one.

Nobody is shared: whoever acts on one account is unknown on the next.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self, cast

from local.template import REGION
from tests import audit, audit_cases
from tests.belonging import OPERATORS
from tests.casing import Casing
from tests.fakes.clock import StoppedClock
from tests.unit.rules.bookings_tools import Booked
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Balance,
    Caller,
    Case,
    Entry,
    Lot,
    OrderState,
    Redemption,
    Role,
    Voucher,
)
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    CaseItem,
    EntryItem,
    LotItem,
    RedemptionItem,
    VoucherItem,
)
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.ports import DueLot, DueRequest, Page
from training_credits.use_cases import codes, expire
from training_credits.use_cases.submit import Intent

MOMENT = timedelta(seconds=1)


class Table(DynamoLedger):
    """The worklist has named one thing before a race begins, and is not asked again.

    Its index lags, so an earlier answer is all that a sweep may rely on.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, REGION)
        self.lots_named: dict[str, DueLot] = {}
        self.requests_named: dict[str, DueRequest] = {}

    def due(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueLot]:
        del until, cursor, limit
        named = None if shard else self.lots_named.get(program)
        return Page(items=() if named is None else (named,))

    def due_requests(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueRequest]:
        del until, cursor, limit
        named = None if shard else self.requests_named.get(program)
        return Page(items=() if named is None else (named,))


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """All of an account that a race may change."""

    lots: dict[str, Lot]
    redemptions: dict[str, Redemption]
    entries: tuple[Entry, ...]
    vouchers: tuple[Voucher, ...]
    cases: dict[str, Case]

    @property
    def balance(self) -> Balance:
        """As it is booked, over all lots."""
        total = Balance()
        for lot in self.lots.values():
            total = total.plus(lot.balance)
        return total

    def kinds(self, redemption_id: str) -> str:
        """What is booked of a request, in its order."""
        return " ".join(e.kind for e in self.entries if e.reference == redemption_id)

    def broken(self, *, holds: bool) -> list[str]:
        """Laws that do not hold; see tests/audit.py."""
        about = self.lots, self.redemptions
        return [
            *audit.of_lots(self.lots, self.entries),
            *audit.of_spending(*about, self.entries, frozenset()),
            *audit.of_redemptions(*about, self.entries, holds=holds),
            *audit.of_held(*about),
            *audit_cases.of_chains(self.lots, self.entries, None),
            *audit_cases.of_cases(self.cases, self.lots, self.entries),
        ]


@dataclass
class Fresh(Booked, Casing):
    """One account of many: the names of its people, and their keys, end in its `tag`."""

    tag: str = ""

    @classmethod
    def of(cls, table: Table, program: str, number: int) -> Self:
        """Not open yet."""
        ledger: Any = table  # worlds are made for the fake, and ask no more of it
        return cls(program=program, ledger=ledger, tag=f"-{number}")

    @property
    def table(self) -> Table:
        """What it is kept in."""
        found: Table = cast(Any, self.ledger)
        return found

    def own(self, name: str) -> str:
        """Whoever of that name belongs here; operators are everywhere."""
        return name if name in OPERATORS or name.endswith(self.tag) else f"{name}{self.tag}"

    def caller(self, name: str, *groups: str) -> Caller:
        return super().caller(self.own(name), *groups)

    def intent(
        self, who: str | Caller, operation: str, key: str | None = None, digest: str = ""
    ) -> Intent:
        self.requests += 1
        return super().intent(who, operation, key or f"key{self.tag}-{self.requests:02}", digest)

    def open(
        self,
        approval: Approval | None = None,
        who: str = "ann",
        name: str | None = None,
        kind: AccountKind = AccountKind.ORGANISATION,
        asking: Intent | None = None,
        *,
        joins: bool = True,
    ) -> str:
        return super().open(approval, self.own(who), name, kind, asking, joins=joins)

    def invite(
        self,
        name: str,
        role: Role = Role.OWNER,
        who: str = "ann",
        asking: Intent | None = None,
    ) -> str:
        return super().invite(self.own(name), role, who, asking)

    def remove(self, name: str, who: str = "ann") -> None:
        super().remove(self.own(name), who)

    def sells(self, credits: int) -> str:
        """By the steps of the program: with the code that comes with the order."""
        order_id = self.enter(credits, channel="assisted")
        self.move(order_id, OrderState.ACTIVATED)
        (code,) = codes.listed(self.ledger, self.clock, self.caller("ann"), self.account)
        self.code, self.code_id = self.first_code(order_id), code.code_id
        return self.order(order_id).lot_id

    def later(self, at: datetime | None = None) -> Self:
        """The same account, for somebody whose clock shows that; else a moment later."""
        return replace(self, clock=StoppedClock(at or self.clock() + MOMENT))

    def expires(self) -> str:
        """The sweep comes by."""
        swept = expire.sweep(self.ledger, self.clock, lambda: True)
        assert (swept.errors, swept.finished) == ((), True), swept.errors
        return f"{swept.lots} closed"

    def lapses(self) -> str:
        """The other sweep."""
        swept = self.lapse()
        assert (swept.errors, swept.finished) == ((), True), swept.errors
        return f"{swept.lapsed} lapsed"

    def spent(self, reference: str) -> Entry:
        return next(e for e in self.kept().entries if e.reference == reference)

    def kept(self) -> Kept:
        """One query of the whole account; entries by their instants."""
        items = reading.query(keys.account(self.program, self.account))
        lots = (item.value() for item in reading.of_kind(items, LotItem))
        redemptions = (item.value() for item in reading.of_kind(items, RedemptionItem))
        cases = (item.value() for item in reading.of_kind(items, CaseItem))
        return Kept(
            lots={lot.lot_id: lot for lot in lots},
            redemptions={each.redemption_id: each for each in redemptions},
            entries=tuple(item.value() for item in reading.of_kind(items, EntryItem)),
            vouchers=tuple(item.value() for item in reading.of_kind(items, VoucherItem)),
            cases={each.case_id: each for each in cases},
        )
