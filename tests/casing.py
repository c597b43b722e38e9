"""A world in which the vendor is asked about the end of credits, and transactions are disputed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.budgeting import MOMENT
from tests.world import World
from training_credits.domain.decisions.cases import Asking, Draft, NextCaseStep
from training_credits.domain.model import (
    Caller,
    Case,
    CaseKind,
    CaseState,
    Entry,
    EntryKind,
    Lot,
    PlannedUse,
)
from training_credits.use_cases import cases
from training_credits.use_cases.submit import Intent

REISSUE, EXTENSION, DISPUTE = CaseKind.REISSUE, CaseKind.EXTENSION, CaseKind.DISPUTE
REVIEW, APPROVED, UPHELD = CaseState.IN_REVIEW, CaseState.APPROVED, CaseState.UPHELD


def plan(*uses: tuple[str, int]) -> tuple[PlannedUse, ...]:
    """Days, and the credits that are spent on each."""
    return tuple(
        PlannedUse(title="A class", on=date.fromisoformat(on), credits=credits)
        for on, credits in uses
    )


class Casing(World):
    """Reissues, extensions, disputes; Olga answers."""

    def asks(
        self,
        kind: CaseKind,
        lot: str,
        who: str | Caller = "ann",
        *,
        uses: Sequence[PlannedUse] = (),
        days: int | None = None,
        asked: bool = True,
        asking: Intent | None = None,
    ) -> str:
        """A case about a lot; its id."""
        wish = Asking(
            kind=kind,
            draft=Draft(reason="We need them.", plan=tuple(uses), days=days),
            asked=asked,
            lot_id=lot,
        )
        return self._opens(wish, who, asking)

    def disputes(
        self, entry: Entry, who: str | Caller = "ann", asking: Intent | None = None, **more: Any
    ) -> str:
        """Say that a transaction is wrong; the id of the case."""
        about: dict[str, Any] = {"entry_id": entry.entry_id, "entry_at": entry.at} | more
        wish = Asking(kind=DISPUTE, draft=Draft(reason="Nobody of ours was there."), **about)
        return self._opens(wish, who, asking)

    def _opens(self, wish: Asking, who: str | Caller, asking: Intent | None) -> str:
        asking = asking or self.intent(who, "openCase")
        return cases.open_case(
            self.ledger, self.clock, asking, account_id=self.account, asking=wish
        )

    def redrafts(self, case_id: str, who: str | Caller = "ann", **draft: Any) -> Case:
        """A draft anew."""
        asking = self.caller(who) if isinstance(who, str) else who
        return cases.redraft(
            self.ledger,
            self.clock,
            asking,
            account_id=self.account,
            case_id=case_id,
            draft=Draft(**({"reason": "We need them."} | draft)),
        )

    def takes(
        self,
        case_id: str,
        to: CaseState,
        who: str | Caller = "olga",
        *,
        note: str | None = None,
        days: int | None = None,
        asking: Intent | None = None,
    ) -> str:
        """One step of a case. A moment passes: each line of the history is another."""
        self.clock.advance(MOMENT)
        return cases.move(
            self.ledger,
            self.clock,
            asking or self.intent(who, "moveCase"),
            account_id=self.account,
            case_id=case_id,
            said=NextCaseStep(to=to, note=note, days=days),
        )

    def grants(self, case_id: str, note: str | None = "So be it.", **more: Any) -> Case:
        """Looked at, and a yes."""
        if self.case(case_id).state is not REVIEW:
            self.takes(case_id, REVIEW)
        yes = UPHELD if self.case(case_id).kind is DISPUTE else APPROVED
        self.takes(case_id, yes, note=note, **more)
        return self.case(case_id)

    def case(self, case_id: str) -> Case:
        """As it is kept."""
        case = self.ledger.case(self.program, self.account, case_id)
        assert case is not None
        return case

    def lot(self, lot_id: str | None) -> Lot:
        """As a reader sees it now."""
        lot = self.ledger.lot(self.program, self.account, lot_id or "")
        assert lot is not None
        return lot.seen_at(self.clock())

    def spent(self, reference: str) -> Entry:
        """The entry that spent for a request."""
        kinds = {EntryKind.REDEEM}
        return next(e for e in self.entries() if e.kind in kinds and e.reference == reference)
