"""What is booked: given back, moved, delivered."""

from training_credits.edge import schemas
from training_credits.edge.routes.base import Route

RETURN_LINE = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/returns",
    function="bookings",
    operation="returnLine",
    summary="Give a booking back, by the program's ladder",
    body=schemas.NewReturn,
    answer=schemas.RedemptionAnswer,
    keyed=True,
)
MOVE_LINE = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/moves",
    function="bookings",
    operation="moveLine",
    summary="Move a booking to another session",
    body=schemas.NewLineMove,
    answer=schemas.RedemptionAnswer,
    keyed=True,
)
FULFIL_LINE = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/fulfilments",
    function="bookings",
    operation="fulfilLine",
    summary="Report that a booking was completed, or its number at a partner",
    body=schemas.NewFulfilment,
    answer=schemas.RedemptionAnswer,
    keyed=True,
)
