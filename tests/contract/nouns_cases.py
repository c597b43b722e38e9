"""The nouns of cases: every field has a value that could get lost."""

from datetime import date, datetime
from typing import Any

from tests.contract.nouns import HERE, INSTANT, LEE, NOON
from training_credits.domain.model import Case, CaseKind, CaseState, CaseStep, PlannedUse

PLAN = (
    PlannedUse(title="CCNA ü", on=date(2027, 4, 1), credits=20, person="Lee 李"),
    PlannedUse(title="CCNP", on=date(2027, 5, 1), credits=10),
)


def step(
    state: CaseState = CaseState.SUBMITTED, at: datetime = NOON, note: str | None = "So ü"
) -> CaseStep:
    return CaseStep(state=state, at=at, by="olga@vendor.example", note=note)


def case(case_id: str = "K1", *states: CaseState, **facts: Any) -> Case:
    """With a step into each of these states, one instant apart."""
    states = states or (CaseState.SUBMITTED,)
    at = facts.pop("at", NOON)
    known: dict[str, Any] = {
        "account_id": HERE,
        "kind": CaseKind.REISSUE,
        "opened_by": LEE,
        "reason": "Zwei Kurse wurden verlegt",
        "trail": tuple(step(state, at + n * INSTANT) for n, state in enumerate(states)),
        "policy": "2021-06-14",
        "credits": 30,
        "lot_id": "L1",
        "days": 60,
        "plan": PLAN,
        "due_on": date(2027, 3, 8),
    }
    return Case(case_id=case_id, **(known | facts))


def disputed(case_id: str = "K2", **facts: Any) -> Case:
    """Of a transaction."""
    about: dict[str, Any] = {
        "lot_id": None,
        "days": None,
        "plan": (),
        "entry_id": "E1",
        "redemption_id": "R1",
    }
    about |= {"kind": CaseKind.DISPUTE, "entry_at": NOON + INSTANT}
    return case(case_id, CaseState.OPEN, **(about | facts))
