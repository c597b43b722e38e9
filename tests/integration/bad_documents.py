"""Requests for a paper whose one field is wrong."""

import json
from typing import Any

from tests.integration.bad_parameters import HERE
from tests.integration.bad_requests import Bad
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

FEBRUARY = {"format": "pdf", "month": "2026-02"}
INSTANT = "2026-02-01T00:00:00Z"


def paper(says: str, code: str, **wrong: Any) -> Bad:
    body = {name: value for name, value in (FEBRUARY | wrong).items() if value is not None}
    status = 422 if code in [*Reason] else 400
    return Bad(f"paper: {says}", code, status, "POST", f"{HERE}/documents", json.dumps(body))


PAPERS = [
    paper("no format", BadInput.MISSING_FIELD, format=None),
    paper("another format", BadInput.NOT_ALLOWED, format="docx"),
    paper("another paper", BadInput.NOT_ALLOWED, paper="invoice"),
    paper("a month that is none", BadInput.NOT_ALLOWED, month="2026-13"),
    paper("a month and a line break", BadInput.NOT_ALLOWED, month="2026-02\n"),
    paper("an instant without a zone", BadInput.WRONG_TYPE, **{"from": "2026-02-01T00:00:00"}),
    paper("an unknown field", BadInput.UNKNOWN_FIELD, name="x"),
    paper("a month and an instant", Reason.PERIOD_UNCLEAR, **{"from": INSTANT}),
    paper("no period", Reason.PERIOD_UNCLEAR, month=None),
    paper("half a period", Reason.PERIOD_UNCLEAR, month=None, to=INSTANT),
    paper(
        "a period of nothing", Reason.PERIOD_REVERSED, month=None, to=INSTANT, **{"from": INSTANT}
    ),
    paper("a month to come", Reason.PERIOD_IN_FUTURE, month="2999-01"),
    paper("transactions as a PDF", Reason.FORMAT_NOT_OFFERED, paper="transactions"),
]
