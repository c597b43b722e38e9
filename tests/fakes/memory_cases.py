"""Cases of one account in memory."""

from dataclasses import dataclass, field

from training_credits.domain import change as c
from training_credits.domain.model import Case


@dataclass
class Cases:
    """What was asked of the vendor."""

    kept: dict[str, Case] = field(default_factory=dict)
    newest: dict[tuple[str, str], str] = field(default_factory=dict)

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write on one of these is met; of any other, it is."""
        match write:
            case c.OpenCase(case=case):
                return case.case_id not in self.kept
            case c.BeNewest(case=case, was=before):
                return self.newest.get(_about(case)) == before
            case c.MoveCase(was=was):
                kept = self.kept.get(was.case_id)
                return kept is not None and _read(kept) == _read(was)
            case _:
                return True

    def apply(self, write: c.Write) -> None:
        """Carry it out; its guard was met."""
        match write:
            case c.OpenCase(case=case) | c.MoveCase(case=case):
                self.kept[case.case_id] = case
            case c.BeNewest(case=case):
                self.newest[_about(case)] = case.case_id


def _about(case: Case) -> tuple[str, str]:
    return case.kind, case.lot_id or ""


def _read(case: Case) -> tuple[object, ...]:
    return case.trail, case.plan, case.reason, case.days
