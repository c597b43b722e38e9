"""Papers to download."""

from typing import Annotated

from msgspec import Meta, field

from training_credits.domain.papers import Form, Paper
from training_credits.edge.schemas.base import Answer, Instant, Request

Month = Annotated[str, Meta(pattern=r"^2[0-9]{3}-(0[1-9]|1[0-2])$(?!\n)")]


class NewDocument(Request, frozen=True, kw_only=True):
    """A paper of a `month`, or `from` one instant `to` before another; transactions are no PDF.

    The statement of a month that is filed is the one that was filed, byte for byte.
    """

    format: Form
    paper: Paper = Paper.STATEMENT
    month: Month | None = None
    start: Instant | None = field(name="from", default=None)
    end: Instant | None = field(name="to", default=None)


class DocumentAnswer(Answer, frozen=True, kw_only=True):
    """Whoever has the `link` may download it until `expires_at`, as a file called `name`.

    `filed` says that it is kept for good; anything else is kept for a day.
    """

    name: str
    format: Form
    bytes: int
    sha256: str
    link: str
    expires_at: Instant
    filed: bool
