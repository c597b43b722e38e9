"""Where a world begins: an account, who belongs to it, and what they have accepted."""

from dataclasses import dataclass, field
from datetime import date

from tests.builders import caller, intent, person, staff
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.fakes.payments import FakePayments
from training_credits.domain.change import Change, Write
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Book,
    Caller,
    Member,
    Order,
    Redemption,
    Role,
)
from training_credits.domain.program import Onboarding, Program, TermsWhen
from training_credits.ports import Depth
from training_credits.programs import program_named
from training_credits.use_cases import accounts, people
from training_credits.use_cases.people import SignedIn
from training_credits.use_cases.submit import Intent

OPERATORS = frozenset({"olga", "otto"})


@dataclass
class Belonging:
    """One account over a ledger, and people who act on it by their first names.

    Every request gets a key of its own unless the test gives one. Olga and Otto are operators.
    """

    program: str = "atlassian"
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    clock: StoppedClock = field(default_factory=StoppedClock)
    payments: FakePayments = field(default_factory=FakePayments)
    account: str = ""
    code: str = ""
    code_id: str = ""
    requests: int = 0

    @property
    def rules(self) -> Program:
        """What the program says now."""
        return program_named(self.program, self.clock())

    def caller(self, name: str, *groups: str) -> Caller:
        if name in OPERATORS:
            return staff(name, self.program)
        return caller(name, self.program, *groups)

    def intent(
        self, who: str | Caller, operation: str, key: str | None = None, digest: str = ""
    ) -> Intent:
        """A request; without a digest its body is as unique as its key."""
        self.requests += 1
        key = key or f"key-{self.requests:04}"
        asking = self.caller(who) if isinstance(who, str) else who
        return intent(asking, operation, key, digest or f"body of {key}")

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
        """Open the account; where only the vendor may, an operator does, and `who` signs in."""
        by_vendor = self.rules.onboarding is Onboarding.VENDOR
        self.account = accounts.open_account(
            self.ledger,
            self.clock,
            asking or self.intent("olga" if by_vendor else who, "open_account"),
            name=name,
            kind=kind,
            approval=approval,
            owner=person(who).email if by_vendor else None,
        )
        if by_vendor and joins:
            self.sign_in(who)
        if joins:
            self.accept_terms(who)
        return self.account

    def sign_in(self, who: str) -> SignedIn:
        """Join whatever this person was asked into."""
        return people.sign_in(self.ledger, self.clock, self.caller(who))

    def accept_terms(self, who: str) -> None:
        """Where the program asks for it before anything else."""
        terms = self.rules.terms
        if terms.when is TermsWhen.FIRST_LOGIN:
            people.accept_terms(self.ledger, self.clock, self.caller(who), terms.version)

    def invite(
        self,
        name: str,
        role: Role = Role.OWNER,
        who: str = "ann",
        asking: Intent | None = None,
    ) -> str:
        """Ask somebody in; they belong to the account once they sign in."""
        asking = asking or self.intent(who, "invite")
        email = person(name).email
        return people.invite(self.ledger, self.clock, asking, self.account, email, role)

    def add(self, name: str, role: Role = Role.OWNER, who: str = "ann") -> str:
        """Ask somebody in who comes at once."""
        answer = self.invite(name, role, who)
        self.sign_in(name)
        self.accept_terms(name)
        return answer

    def add_owner(self, name: str, who: str = "ann") -> str:
        return self.add(name, Role.OWNER, who)

    def remove(self, name: str, who: str = "ann") -> None:
        people.remove(self.ledger, self.clock, self.caller(who), self.account, person(name).email)

    def remove_owner(self, name: str, who: str = "ann") -> None:
        self.remove(name, who)

    def names_deputy(self, name: str, until: date | None, who: str = "ann") -> Member:
        """Somebody decides in an owner's place to the end of a day; or no longer."""
        asking, email = self.caller(who), person(name).email
        return people.name_deputy(self.ledger, self.clock, asking, self.account, email, until)

    def commit(self, *writes: Write) -> None:
        """Write without asking any rule."""
        self.ledger.commit(Change(program=self.program, account_id=self.account, writes=writes))

    def book(self, depth: Depth = Depth.REQUESTS) -> Book:
        """As it is kept."""
        book = self.ledger.book(self.program, self.account, depth)
        assert book is not None
        return book

    def member(self, name: str) -> Member | None:
        """As it is kept, unless they were removed."""
        return self.book().member(person(name).email)

    def order(self, order_id: str) -> Order:
        """As it is kept."""
        order = self.ledger.order(self.program, self.account, order_id)
        assert order is not None
        return order

    def redemption(self, redemption_id: str) -> Redemption:
        """As it is kept."""
        return self.ledger.redemptions(self.program, self.account, [redemption_id])[0]
