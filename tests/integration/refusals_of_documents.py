"""How to come by each no that has to do with papers."""

from functools import partial

from tests.integration.refusals import Ask, Case, Scenario
from training_credits.domain.errors import Reason
from training_credits.use_cases import documents

JANUARY = {"format": "csv", "month": "2026-01"}


def papers(case: Case, **asked: str) -> Ask:
    made = case.rich("atlassian", 10)
    return partial(made.owner.post, f"{made.path}/documents", asked)


def unclear(case: Case) -> Ask:
    return papers(case, format="pdf")


def not_offered(case: Case) -> Ask:
    return papers(case, paper="transactions", format="pdf", month="2026-01")


def too_many(case: Case) -> Ask:
    ask = papers(case, **JANUARY)
    case.patch.setattr(documents, "A_DAY_MAX", 1)
    assert ask().status == 201
    return ask


SCENARIOS: dict[str, Scenario] = {
    Reason.PERIOD_UNCLEAR: unclear,
    Reason.FORMAT_NOT_OFFERED: not_offered,
    Reason.TOO_MANY_DOCUMENTS: too_many,
}
