"""The end of a month: from the schedule to the queue, and from the queue to what is filed."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from training_credits.edge import observability, wiring
from training_credits.use_cases import filing
from training_credits.use_cases.month_end import Sent, send_due


def send(has_time: Callable[[], bool]) -> Sent:
    """A message for each account of which a month is to be filed."""
    sent = send_due(wiring.ledger(), wiring.months(), wiring.clock, has_time)
    observability.count("MonthsDue", sent.accounts)
    return sent


def file(
    records: Sequence[Mapping[str, Any]], has_time: Callable[[], bool]
) -> list[dict[str, str]]:
    """Each account for itself; returns the messages that are to come again."""
    failed = []
    for record in records:
        try:
            errand = json.loads(record["body"])
            count = filing.file_months(
                wiring.ledger(),
                wiring.clock,
                filing.Cabinet(documents=wiring.documents(), seals=wiring.seals()),
                errand["program"],
                errand["account"],
                has_time,
            )
        except Exception:  # noqa: BLE001 - one account must not keep all others open
            observability.logger.exception("not filed", message_id=record["messageId"])
            failed.append({"itemIdentifier": str(record["messageId"])})
        else:
            observability.count("MonthsFiled", count)
    return failed
