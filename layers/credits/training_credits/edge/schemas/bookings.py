"""What is said of a line that is booked. Lines are counted from 1, in the order of the request."""

from typing import Annotated

from msgspec import Meta

from training_credits.edge.schemas.base import Request, Token
from training_credits.edge.schemas.catalogue import Slug
from training_credits.edge.schemas.redeeming import LINES_MAX

LineNumber = Annotated[int, Meta(ge=1, le=LINES_MAX)]


class NewReturn(Request, frozen=True, kw_only=True):
    """Which `line` is given back."""

    line: LineNumber


class NewLineMove(Request, frozen=True, kw_only=True):
    """Which `line` goes to which other `session` of its offering."""

    line: LineNumber
    session: Slug


class NewFulfilment(Request, frozen=True, kw_only=True):
    """That a `line` was `completed`, or the `reference` under which a partner has it, or both."""

    line: LineNumber
    completed: bool = False
    reference: Token | None = None
