"""One account and the people who use it, for tests that tell a story."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.builders import SECRET, caller, intent, issued, person
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.fakes.outside import RecordedPayments
from training_credits.domain import codes
from training_credits.domain.change import Change, GrantLot, IssueCode, PlaceOrder, Record
from training_credits.domain.decisions.purchase import grant
from training_credits.domain.model import (
    Approval,
    Balance,
    Book,
    Caller,
    Code,
    CodeScope,
    Entry,
    EntryKind,
    Lot,
    Order,
    OrderState,
    Redemption,
    Verdict,
)
from training_credits.domain.program import Anchor, Onboarding
from training_credits.ports import Depth, Payments
from training_credits.programs import program_named
from training_credits.use_cases import accounts, approve, purchase, redeem
from training_credits.use_cases.approve import Outcome
from training_credits.use_cases.submit import Intent


@dataclass
class World:
    """One account over a ledger, its code, and people who act on it by their first names.

    Every request gets a key of its own unless the test gives one.
    """

    program: str = "atlassian"
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    clock: StoppedClock = field(default_factory=StoppedClock)
    payments: RecordedPayments = field(default_factory=RecordedPayments)
    account: str = ""
    code: str = ""
    requests: int = 0

    def caller(self, name: str, *groups: str) -> Caller:
        return caller(name, self.program, *groups)

    def intent(self, who: str, operation: str, key: str | None = None, digest: str = "") -> Intent:
        """A request; without a digest its body is as unique as its key."""
        self.requests += 1
        key = key or f"key-{self.requests:04}"
        return intent(self.caller(who), operation, key, digest or f"body of {key}")

    def open(
        self, approval: Approval | None = None, who: str = "ann", name: str | None = None
    ) -> str:
        """Open the account; where only the vendor may, an operator does, for `who`."""
        asking = self.intent(who, "open_account")
        owner = None
        if program_named(self.program).onboarding is Onboarding.VENDOR:
            asking = replace(asking, caller=self.caller("olga", "operator"))
            owner = person(who).email
        self.account = accounts.open_account(
            self.ledger, self.clock, asking, name=name, approval=approval, owner=owner
        )
        return self.account

    def issue_code(self, who: str = "ann", lot: str | None = None, key: str | None = None) -> str:
        asking = self.intent(who, "issue_code", key)
        self.code = accounts.issue_code(
            self.ledger,
            self.clock,
            asking,
            account_id=self.account,
            lot_id=lot,
            secret=SECRET,
        )
        return self.code

    def code_by_hand(self, code: str = "0123456789ABC") -> str:
        """A code for the account of a program that hands out none: a way in for tests."""
        kept = Code(
            digest=codes.digest(SECRET, self.program, code),
            account_id=self.account,
            hint=code[-4:],
            made_by="by hand",
            made_at=self.clock(),
        )
        self.commit(IssueCode(code=kept))
        self.code = code
        return code

    def buy(
        self,
        credits: int,
        who: str = "ann",
        *,
        promo: str | None = None,
        payments: Payments | None = None,
        asking: Intent | None = None,
    ) -> str:
        """Buy by card; returns the id of the order, which is that of its lot."""
        return purchase.purchase(
            self.ledger,
            self.clock,
            payments or self.payments,
            asking or self.intent(who, "purchase"),
            account_id=self.account,
            credits=credits,
            promo=promo,
        )

    def grant(self, lot_id: str, credits: int, *, product: str = "", **dates: Any) -> Lot:
        """Book a lot of a program that is not sold by card: dates are those of its anchors."""
        rules = program_named(self.program)
        order = Order(
            order_id=lot_id,
            account_id=self.account,
            product=product or rules.products[0].id,
            credits=credits,
            list_minor=credits * rules.unit.value_minor,
            discount_minor=0,
            currency=rules.unit.currency,
            channel=rules.purchase.channels[0],
            state=OrderState.ACTIVATED,
            buyer=person("ann"),
            placed_at=self.clock(),
            payment_id="invoiced",
            lot_id=lot_id,
        )
        lot = grant(rules, order, {Anchor(k): v for k, v in dates.items()}, self.clock())
        entry = Entry(
            entry_id=f"purchase-{lot_id}",
            account_id=self.account,
            kind=EntryKind.PURCHASE,
            at=self.clock(),
            movements=(issued(lot_id, credits),),
            reference=lot_id,
            title=f"Purchase of {credits} credits",
            actor="ann@acme.example",
        )
        self.commit(PlaceOrder(order=order), GrantLot(lot=lot), Record(entry=entry))
        return lot

    def commit(self, *writes: Any) -> None:
        """Write without asking any rule."""
        self.ledger.commit(Change(program=self.program, account_id=self.account, writes=writes))

    def redeem(
        self,
        credits: int,
        who: str = "lee",
        *,
        title: str = "Jira Basics",
        code: str | None = None,
        asking: Intent | None = None,
    ) -> str:
        return redeem.redeem(
            self.ledger,
            self.clock,
            asking or self.intent(who, "redeem"),
            code=self.code if code is None else code,
            title=title,
            credits=credits,
            secret=SECRET,
        )

    def cancel(self, redemption_id: str, who: str = "lee", asking: Intent | None = None) -> str:
        asking = asking or self.intent(who, "cancel")
        return redeem.cancel(self.ledger, self.clock, asking, redemption_id)

    def decide(
        self,
        verdict: Verdict,
        redemption_ids: Sequence[str],
        who: str = "ann",
        *,
        note: str | None = None,
        asking: Intent | None = None,
    ) -> tuple[Outcome, ...]:
        return approve.decide(
            self.ledger,
            self.clock,
            asking or self.intent(who, "decide"),
            account_id=self.account,
            verdict=verdict,
            redemption_ids=redemption_ids,
            note=note,
        )

    def approve(self, *redemption_ids: str, who: str = "ann") -> tuple[Outcome, ...]:
        return self.decide(Verdict.APPROVE, redemption_ids, who)

    def deny(
        self, *redemption_ids: str, who: str = "ann", note: str | None = None
    ) -> tuple[Outcome, ...]:
        return self.decide(Verdict.DENY, redemption_ids, who, note=note)

    def add_owner(self, name: str, who: str = "ann") -> str:
        asking = self.intent(who, "add_owner")
        return accounts.add_owner(self.ledger, self.clock, asking, self.account, person(name).email)

    def remove_owner(self, name: str, who: str = "ann") -> None:
        accounts.remove_owner(
            self.ledger, self.clock, self.caller(who), self.account, person(name).email
        )

    def redemption(self, redemption_id: str) -> Redemption:
        """As it is kept."""
        return self.ledger.redemptions(self.program, self.account, [redemption_id])[0]

    def book(self, depth: Depth = Depth.REQUESTS) -> Book:
        """As it is kept."""
        book = self.ledger.book(self.program, self.account, depth)
        assert book is not None
        return book

    def balance(self) -> Balance:
        """What a reader sees now, over all lots."""
        total = Balance()
        for lot in self.ledger.lots(self.program, self.account):
            total = total.plus(lot.seen_at(self.clock()).balance)
        return total

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order of its writing."""
        return tuple(self.ledger.rows(self.program, self.account).entries.values())


def ready(approval: Approval | None = None, program: str = "atlassian", **more: Any) -> World:
    """A world whose account is open and has a code."""
    world = World(program=program, **more)
    world.open(approval)
    if program_named(program).codes.scope is CodeScope.ACCOUNT:
        world.issue_code()
    elif program_named(program).codes.scope is CodeScope.NONE:
        world.code_by_hand()
    return world
