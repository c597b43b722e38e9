"""A world with classes, in which what was booked can be given back, moved and delivered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from tests import audit
from tests.builders import caller, staff
from tests.fakes.clock import StoppedClock
from tests.world import World
from training_credits.domain.change import EditAccount, PutOffering, PutSession
from training_credits.domain.model import (
    Agreement,
    Caller,
    Contact,
    Entry,
    EntryKind,
    Line,
    LineState,
    Mode,
    Offering,
    Role,
    Session,
    Voucher,
)
from training_credits.domain.program import HoldAt
from training_credits.use_cases import accounts, bookings
from training_credits.use_cases.instruments import Instrument, Position
from training_credits.use_cases.submit import Intent

# In Los Angeles it is the same day.
BOUGHT = datetime(2026, 7, 1, 20, tzinfo=UTC)
KINDS = {"salesforce": "class", "cisco": "class", "atlassian": "course"}
LOT = "SO-1"
B = TypeVar("B", bound="Booked")
JUNE = ("ADM-201", "JUN-10")


class Booked(World):
    """An account with one lot, and a catalogue of one class."""

    def lists(self, offering: str = "ADM-201", **facts: Any) -> None:
        """A class of 300 credits, or what is said instead."""
        known: dict[str, Any] = {
            "type": KINDS[self.program],
            "title": "Administration",
            "credits": 300,
        }
        self.commit(PutOffering(offering=Offering(offering_id=offering, **(known | facts))))

    def runs(
        self,
        session: str,
        first: date,
        *,
        days: int = 1,
        offering: str = "ADM-201",
        **facts: Any,
    ) -> None:
        """A session, or the same one on other days."""
        known: dict[str, Any] = {"mode": Mode.VIRTUAL, "country": "US", "seats": 5}
        run = Session(
            session_id=session,
            offering_id=offering,
            starts_on=first,
            ends_on=first + timedelta(days=days - 1),
            **(known | facts),
        )
        self.commit(PutSession(session=run))

    def agrees(self, plan: str) -> None:
        """The account is on a success plan."""
        agreement = Agreement(
            percent=0,
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 12, 31),
            success_plan=plan,
            made_by="olga",
            approved_by="olga",
        )
        self.commit(EditAccount(agreement=agreement))

    def taken(self, session: str, offering: str = "ADM-201") -> int:
        (item,) = self.ledger.items(self.program, [(offering, session)])
        assert item is not None
        assert item.session is not None
        return item.session.taken

    def books(self, *places: tuple[str, str | None], who: str = "lee", count: int = 1) -> str:
        """A line for each offering and session, paid with the world's code or its sales order."""
        pays = (
            Instrument(sales_order=LOT) if self.program == "cisco" else Instrument(code=self.code)
        )
        lines = [
            Position(
                line=Line(title="", credits=0),
                instruments=(pays,),
                offering_id=offering,
                session_id=session,
                quantity=count,
            )
            for offering, session in places
        ]
        asked = self.redeem(who=who, lines=lines)
        if self.redemption(asked).open:
            self.approve(asked)
        return asked

    def back(
        self, asked: str, line: int = 1, who: str | Caller = "lee", asking: Intent | None = None
    ) -> str:
        asking = asking or self.intent(who, "returnLine")
        return bookings.give_back(self.ledger, self.clock, asking, asked, line)

    def moves(
        self,
        asked: str,
        session: str,
        line: int = 1,
        who: str | Caller = "lee",
        asking: Intent | None = None,
    ) -> str:
        asking = asking or self.intent(who, "moveLine")
        return bookings.move(self.ledger, self.clock, asking, asked, line, session_id=session)

    def reports(
        self,
        asked: str,
        line: int = 1,
        who: str | Caller = "olga",
        *,
        completed: bool = True,
        reference: str | None = None,
        asking: Intent | None = None,
    ) -> str:
        return bookings.fulfil(
            self.ledger,
            self.clock,
            asking or self.intent(who, "fulfilLine"),
            asked,
            line,
            completed=completed,
            reference=reference,
        )

    def machine(self) -> Caller:
        """A learning system, or a store."""
        return staff("lms", self.program, Role.INTEGRATOR)

    def advisor(self, name: str = "kim") -> Caller:
        """Named for this account."""
        kim = staff(name, self.program, Role.ADVISOR)
        contact = Contact(role=Role.ADVISOR, name=kim.person.name, email=kim.person.email)
        accounts.name_contact(self.ledger, self.clock, self.caller("olga"), self.account, contact)
        return kim

    def stranger(self) -> Caller:
        return caller("sam", self.program)

    def of_kind(self, kind: EntryKind) -> list[Entry]:
        return [entry for entry in self.entries() if entry.kind is kind]

    def vouchers(self, asked: str) -> tuple[Voucher, ...]:
        return self.ledger.vouchers(self.program, self.account, asked)

    def on(self, day: date) -> None:
        """At 20:00 UTC of a later day."""
        self.clock.advance(datetime(day.year, day.month, day.day, 20, tzinfo=UTC) - self.clock())


def world(program: str = "salesforce", credits: int = 3_000) -> Booked:
    """Bought on 1 July 2026: in Salesforce's program the lot ends on 1 July 2027."""
    return furnished(Booked(program=program, clock=StoppedClock(BOUGHT)), credits)


def furnished(made: B, credits: int = 3_000) -> B:
    """The same in a world that can do more."""
    program = made.program
    made.open()
    if program == "cisco":
        made.add("lee", Role.PLAYER)
    made.grant(LOT, credits, **DATES[program])
    if program == "salesforce":
        made.issue_code(lot=LOT)
    elif program == "atlassian":
        made.issue_code()
    made.lists()
    made.runs("JUN-10", date(2027, 6, 10))
    return made


DATES: dict[str, dict[str, Any]] = {
    "salesforce": {"order_start": date(2026, 7, 1), "issue": date(2026, 7, 1)},
    "cisco": {"invoice": date(2026, 7, 1)},
    "atlassian": {"purchase": date(2026, 7, 1)},
}


def broken(made: Booked) -> list[str]:
    """The laws of tests/audit.py, over all there is."""
    rows = made.ledger.rows(made.program, made.account)
    about = rows.lots, rows.asked.redemptions, made.entries()
    holds = made.rules.approvals.hold_at is HoldAt.REQUEST
    return [
        *audit.of_lots(rows.lots, made.entries()),
        *audit.of_spending(*about, frozenset()),
        *audit.of_redemptions(*about, holds=holds),
    ]


def state_of(made: Booked, asked: str, line: int = 1) -> tuple[LineState, int]:
    found = made.redemption(asked).lines[line - 1]
    return found.state, found.returned
