"""One path of each function in a process of its own, which is killed: nothing tidies up."""

import pytest

from tests.proof.crash.faults import How
from tests.proof.crash.killing import killed_for_real
from tests.proof.crash.recording import Recorder
from tests.proof.crash.scenes import SCENES
from tests.proof.crash.stage import Stage
from tests.proof.figures import Counts
from training_credits.edge.routes import ROUTES

pytestmark = [pytest.mark.engine, pytest.mark.proof, pytest.mark.timeout(300)]
OPERATIONS = {
    "accounts": "openAccount (atlassian)",
    "approve": "decide, a yes to three (cisco)",
    "balance": "readAccount (cisco)",
    "bookings": "returnLine (atlassian)",
    "budgets": "transferBudget (atlassian)",
    "cases": "moveCase, of what is not swept (atlassian)",
    "catalogue": "importCatalogue, in two transactions (cisco)",
    "codes": "rotateCode (salesforce)",
    "documents": "makeDocument (atlassian)",
    "journal": "readJournal (atlassian)",
    "orders": "moveOrder, to credits and a code (cisco)",
    "payments": "hearPayment (atlassian)",
    "people": "signIn, invited twice (cisco)",
    "purchase": "purchase (atlassian)",
    "redeem": "redeem, at once from two lots (atlassian)",
    "reports": "readReport, by team (atlassian)",
    "statements": "readStatement (atlassian)",
    "vouchers": "exportVouchers (atlassian)",
    "webhooks": "testWebhook (atlassian)",
}
NAMES = (
    *OPERATIONS.values(),
    *("expire", "lapse", "month_end", "close_month", "publish", "notify", "digest"),
    *("dispatch", "deliver"),
)


def test_it_is_one_of_each_function_that_is_asked() -> None:
    assert OPERATIONS.keys() == {route.function for route in ROUTES}


@pytest.mark.proves("F1", "G2")
@pytest.mark.parametrize("name", NAMES)
def test_a_process_that_is_killed_leaves_nothing_half_done(
    stage: Stage, recorder: Recorder, figure: Counts, name: str
) -> None:
    scene = SCENES[name](recorder)
    found = killed_for_real(stage, scene, How.AFTER)
    assert found == []
    figure("crash: functions killed for real, unharmed", int(not found), f"= {len(NAMES)}")
