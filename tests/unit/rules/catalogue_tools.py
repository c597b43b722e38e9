"""A program's catalogue, brought in by an operator and looked at by a visitor."""

from datetime import UTC, datetime
from typing import Any

from tests.builders import caller, staff
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from training_credits.domain.program import Program
from training_credits.edge import rows, schemas, views
from training_credits.programs import program_named
from training_credits.use_cases import catalogue

NOON = datetime(2026, 7, 10, 12, tzinfo=UTC)
Row = dict[str, Any]


def course(offering: str, **facts: Any) -> Row:
    known = {
        "kind": "offering",
        "offering": offering,
        "type": "class",
        "title": f"{offering} in full",
    }
    return known | facts


def run(offering: str, session: str, starts: str = "2026-09-01", **facts: Any) -> Row:
    known = {"kind": "session", "offering": offering, "session": session, "mode": "virtual"}
    return known | {"starts_on": starts, "ends_on": starts, "country": "US"} | facts


class Shop:
    """One program's catalogue."""

    def __init__(self, program: str = "salesforce") -> None:
        self.name = program
        self.ledger = MemoryLedger()
        self.clock = StoppedClock(NOON)
        self.visitor = caller("lee", program)

    @property
    def program(self) -> Program:
        return program_named(self.name, self.clock())

    def brings(self, *sent: Row, dry_run: bool = False, who: Any = None) -> schemas.ImportAnswer:
        sheet = rows.read(schemas.NewImport(format="json", rows=sent))
        operator = who or staff("olga", self.name)
        flaws = catalogue.bring(self.ledger, self.clock, operator, sheet, dry_run=dry_run)
        return views.brought(sheet.count, flaws, dry_run=dry_run)

    def lists(
        self,
        collection: str | None = None,
        *,
        eligible: bool = False,
        language: str = "en",
        currency: str = "USD",
    ) -> list[schemas.OfferingAnswer]:
        page = catalogue.browse(
            self.ledger,
            self.clock,
            self.visitor,
            collection=collection,
            eligible=eligible,
            cursor=None,
            limit=100,
        )
        return list(views.offerings(self.program, page, language, currency).offerings)

    def shows(self, offering: str) -> schemas.OfferingPage:
        listed, sessions = catalogue.look(
            self.ledger, self.clock, self.visitor, offering, cursor=None, limit=100
        )
        return views.sessions(views.offering(self.program, listed, None, None), sessions)
