"""What looking after webhooks needs."""

from training_credits.edge import wiring
from training_credits.use_cases import webhooks


def desk() -> webhooks.Desk:
    """What looking after webhooks needs."""
    ledger = wiring.ledger()
    return webhooks.Desk(
        ledger=ledger,
        hooks=ledger,
        clock=wiring.clock,
        sender=wiring.sender(),
        errands=wiring.deliveries(),
        known=wiring.event_types(),
    )
