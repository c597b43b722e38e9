"""What became of Lee's class: given back, moved, or completed."""

from datetime import date

from msgspec.structs import replace

from openapi.examples import names as n
from openapi.examples import spending
from training_credits.domain.model import LineState, RedemptionState

approved = replace(
    spending.pending,
    state=RedemptionState.APPROVED,
    decided_at=n.DECIDED,
    lapses_at=None,
)
_booked = replace(spending.line, state=LineState.BOOKED)
returned = replace(approved, lines=(replace(_booked, state=LineState.RETURNED, returned=300),))
moved = replace(
    approved,
    lines=(
        replace(
            _booked,
            session=n.LATER,
            starts_on=date(2026, 5, 4),
            ends_on=date(2026, 5, 6),
            moves=1,
        ),
    ),
)
delivered = replace(
    approved,
    lines=(replace(_booked, state=LineState.DELIVERED, reference=n.REFERENCE),),
)
