"""Which mails somebody wants."""

from typing import Annotated

from msgspec import Meta

from training_credits.domain.model import Pace, Topic
from training_credits.edge.schemas.base import Answer, Request
from training_credits.edge.schemas.catalogue import Language


class NewPreferences(Request, frozen=True, kw_only=True):
    """All of it at once: what is not said is as it was before anything was chosen."""

    off: Annotated[tuple[Topic, ...], Meta(max_length=len(Topic))] = ()
    transactions: Pace | None = None
    language: Language | None = None


class PreferencesAnswer(Answer, frozen=True, kw_only=True):
    """What was chosen, and what can be turned `off`.

    `transactions` is how often who decides hears of them; `language` is absent where nothing was
    chosen: then a mail is in the language of the request it is about.
    """

    off: tuple[Topic, ...]
    topics: tuple[Topic, ...]
    transactions: Pace
    language: str | None = None
