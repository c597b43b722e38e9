"""The end of a month, on a schedule: who has one to be filed."""

from typing import Any

from training_credits.edge import filing, observability, scheduled


@observability.observed
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """One message for each account; what the time does not suffice for, the next run sends."""
    sent = filing.send(scheduled.has_time(context))
    if sent.lost:
        raise RuntimeError(f"{sent.lost} messages were not taken")
    return {"accounts": sent.accounts, "finished": sent.finished}
