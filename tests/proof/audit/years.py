"""A year in each program, in which all is done that writes an account's part of the table.

Only through use cases: nothing stands there that nobody has asked for. Each deed is of an instant
of its own, as it is in life.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.builders import SECRET
from tests.casing import DISPUTE, EXTENSION, REISSUE, Casing, plan
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.filing import Archive
from tests.unit.rules.bookings_tools import KINDS, Booked
from training_credits.domain.decisions.accounts import Edit
from training_credits.domain.model import (
    Agreement,
    Approval,
    Attendee,
    CaseState,
    Contact,
    Fulfilment,
    OrderState,
    PlanItem,
    Role,
    Sale,
)
from training_credits.domain.program import TermsWhen
from training_credits.use_cases import accounts, expire, vouchers
from training_credits.use_cases.payments import Booked as Heard
from training_credits.use_cases.submit import Intent

BEGIN = datetime(2026, 2, 10, 17, tzinfo=UTC)
MOMENT = timedelta(seconds=1)
STEPS = {"cisco": ("approved", "invoiced", "activated"), "salesforce": ("booked", "activated")}
NUMBER = "SO-1"
OPERATIONS = {
    "open_account": "openAccount",
    "invite": "inviteMember",
    "issue_code": "issueCode",
    "rotate_code": "rotateCode",
    "enter": "enterOrder",
    "move": "moveOrder",
    "confirm": "confirmRedemption",
    "cancel": "cancelRedemption",
    "add_budget": "addBudget",
    "transfer": "transferBudget",
}
AGREED = Agreement(
    percent=5, starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), made_by="olga@example.com"
)


@dataclass
class Year(Booked, Casing):
    """One account; a moment passes before whatever anybody does. Its `first` lot is the largest."""

    first: str = ""

    def caller(self, name: str, *groups: str) -> Any:
        self.clock.advance(MOMENT)
        return super().caller(name, *groups)

    def intent(self, who: Any, operation: str, *more: Any, **facts: Any) -> Intent:
        """Under the name that the API has for it, if that is another."""
        return super().intent(who, OPERATIONS.get(operation, operation), *more, **facts)

    def settle(self, order_id: str, **facts: Any) -> Heard:
        self.clock.advance(MOMENT)
        return super().settle(order_id, **facts)

    def bought(self, credits: int, number: str = NUMBER) -> str:
        """By the ways of the program."""
        if self.program == "atlassian":
            return self.buy(credits)
        if self.program == "cisco":
            order = self.enter(credits, sale=Sale(sales_order=number))
        else:
            order = self.place(credits, channel="assisted")
        for step in STEPS[self.program]:
            self.move(order, OrderState(step), "otto" if step == "activated" else "olga")
        return order

    def wants(self, credits: int, **wish: Any) -> str:
        """With what pays in this program."""
        number = NUMBER if self.program == "cisco" else None
        return self.redeem(credits, sales_order=number, **wish)

    def decided(self, request: str, *, yes: bool = True) -> str:
        """If somebody has to."""
        if self.redemption(request).state in ("pending", "referred"):
            (self.approve if yes else self.deny)(request)
        return request

    def attends(self, offering: str, session: str | None, count: int = 1) -> str:
        """Booked, for what pays here."""
        self.clock.advance(MOMENT)
        if self.program == "cisco":
            self.code = ""
        return self.books((offering, session), count=count)


def everything(program: str, ledger: MemoryLedger) -> Year:
    """From the first day of an account to a year after its credits have ended."""
    year = _opened(program, ledger)
    for part in (_people, _spending, _classes, _codes, _selling, _disputing, _ending):
        part(year)
    return year


def _opened(program: str, ledger: MemoryLedger) -> Year:
    """People who come and go, credits, and a code where there is one."""
    year = Year(program=program, ledger=ledger, clock=StoppedClock(BEGIN))
    year.open(Approval.MANUAL if program == "atlassian" else None)
    for learner in ("lee", "kim"):
        if year.rules.terms.when is TermsWhen.FIRST_LOGIN:
            year.accept_terms(learner)
    if program == "cisco":
        year.add("lee", Role.PLAYER)
    year.first = year.bought(1_000)
    if program == "salesforce":
        year.issue_code(lot=year.first, limit=600, limit_each=500, label="Team")
    elif program == "atlassian":
        year.issue_code()
        year.clock.advance(timedelta(days=1))
        year.bought(500)
    return year


def _people(year: Year) -> None:
    year.add_owner("bob")
    year.invite("gus")
    year.remove("gus")
    year.add_owner("dan")
    year.remove("dan", who="bob")
    edit = Edit(name="Acme, four_eyes: True", approval=year.book().account.approval)
    asking = year.caller("ann")
    accounts.edit_account(year.ledger, year.clock, asking, year.account, edit)
    olga = year.caller("olga")
    accounts.set_agreement(year.ledger, year.clock, olga, year.account, AGREED)
    kay = Contact(role=Role.ADVISOR, name="Kay", email="kay@example.com")
    olga = year.caller("olga")
    accounts.name_contact(year.ledger, year.clock, olga, year.account, kay)
    if year.program == "cisco":
        year.names_deputy("lee", year.rules.today(year.clock()))
        wishes = [PlanItem(title="A class", month="2026-05", credits=30)]
        accounts.change_plan(
            year.ledger, year.clock, year.caller("ann"), year.account, year.first, wishes
        )


def _spending(year: Year) -> None:
    year.cap("Team", 300, "lee")
    year.cap("Rest", 200)
    year.recap("Team", limit=350, learners=("lee", "kim"))
    year.transfer("Rest", "Team", 50)
    for number, yes in enumerate((True, False, True)):
        year.decided(year.wants(20 + number), yes=yes)
    taken_back = year.wants(11)
    if year.redemption(taken_back).open:
        year.cancel(taken_back)
    if year.rules.approvals.reserve_minutes:
        first, second = (year.decided(year.wants(n, reserve=True)) for n in (7, 8))
        year.confirm(first)
        year.cancel(second)


def _classes(year: Year) -> None:
    year.lists("C-1", type=KINDS[year.program], credits=10, collections=("all",))
    for session, day in (("S-1", 10), ("S-2", 11)):
        year.runs(session, date(2026, 6, day), offering="C-1")
    year.moves(year.attends("C-1", "S-1"), "S-2")
    year.back(year.attends("C-1", "S-1"))
    year.reports(year.attends("C-1", "S-2"))
    types = year.rules.spending.types.items()
    exams = [name for name, kind in types if kind.fulfilment is Fulfilment.VOUCHER]
    if year.program != "salesforce":  # there an advisor asks for them
        year.lists("X-1", type=exams[0], credits=5)
        first, second = year.attends("X-1", None, 2), year.attends("X-1", None)
        made = year.vouchers(first)
        year.back(second)
        asking = year.intent("ann", "exportVouchers")
        vouchers.export(year.ledger, year.clock, asking, first, secret=SECRET)
        holder = Attendee(email="kim@acme.example", name="Kim")
        asking_too = year.caller("ann")
        one = made[0].voucher_id
        vouchers.assign(year.ledger, year.clock, asking_too, first, one, holder)
        use = replace(year.intent("olga", "useVoucher"), render=lambda used: used.voucher_id)
        vouchers.use(year.ledger, year.clock, use, first, one, holder=None)


def _codes(year: Year) -> None:
    if year.program == "cisco":
        return
    if year.rules.codes.replaceable:
        year.rotate(grace=timedelta(days=1))
        year.wants(3)
        lot = year.first if year.program == "salesforce" else None
        other = year.issue_code(lot=lot) if year.program == "salesforce" else year.code
        assert other
        if year.program == "salesforce":
            year.revoke()


def _selling(year: Year) -> None:
    """An order that is taken back, one that is quoted, one in error."""
    if year.program == "atlassian":
        withdrawn = year.place(200)
        year.move(withdrawn, OrderState.CANCELLED, "ann")
        quoted = year.place(6_000, channel="invoice")
        year.move(quoted, OrderState.QUOTED, total_minor=590_000)
        year.move(quoted, OrderState.ACCEPTED, "ann")
        return
    wrong = year.bought(40, "SO-2")
    year.move(wrong, OrderState.CANCELLED, note="A typing error.")
    year.bought(50, "SO-3")


def _disputing(year: Year) -> None:
    spent = [entry for entry in year.entries() if entry.kind == "redeem"]
    refuted = year.disputes(spent[0])
    year.grants(refuted)
    assert year.case(refuted).kind is DISPUTE
    rejected = year.disputes(spent[1])
    year.takes(rejected, CaseState.IN_REVIEW)
    year.takes(rejected, CaseState.REJECTED, note="They were there.")


def _ending(year: Year) -> None:
    """Months are filed, credits end, and what is left lives on where the program lets it."""
    archive = Archive(year)
    year.clock.at = BEGIN + timedelta(days=100)
    archive.file()
    waits = None if year.program == "salesforce" else year.wants(9)
    end = max(one.expires_at for one in year.ledger.lots(year.program, year.account))
    year.clock.at = end + timedelta(days=1)
    assert expire.sweep(year.ledger, year.clock, lambda: True).finished
    year.lapse()
    assert waits is None or not year.redemption(waits).open
    left = year.lot(year.first).balance.expired
    if year.program == "cisco":
        uses = plan(((year.clock.at + timedelta(days=9)).date().isoformat(), left))
        year.grants(year.asks(REISSUE, year.first, uses=uses))
    elif year.program == "atlassian":
        year.grants(year.asks(EXTENSION, year.first, days=30))
    archive.file()
    if year.program != "salesforce":
        year.wants(1)
