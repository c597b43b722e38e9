"""What is known of an event when people are told of it."""

from dataclasses import dataclass
from datetime import date

from training_credits.domain.decisions.notices import reissuable_until
from training_credits.domain.model import Book, Lot, Permission, Redemption
from training_credits.domain.program import Channel, Program
from training_credits.ports import Event

LOW = "CreditsLow"


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """An event, and the account it is of, when people are told.

    `redemption` is the request it is about, as it is now, `lot` the lot; who hears of this event
    need not hear of what is `also` true.
    """

    event: Event
    program: Program
    book: Book
    redemption: Redemption | None = None
    lot: Lot | None = None
    also: tuple[str, ...] = ()

    def who_may(self, permission: Permission) -> set[str]:
        """The active members whose role may do this."""
        roles = self.program.who_may(permission)
        return {m.email for m in self.book.members if m.active and m.role in roles}

    @property
    def names(self) -> dict[str, str]:
        """What is called by its id in the event, and by its name in mails."""
        named = {product.id: product.name for product in self.program.products}
        product = self.event.facts.get("product")
        return {"product": named[product]} if product in named else {}

    @property
    def reissue_until(self) -> date | None:
        """The last day on which what its lot has lost can be asked for again."""
        return reissuable_until(self.program, self.lot) if self.lot else None

    def fact(self, name: str) -> str:
        """One of the event's facts, as text."""
        return str(self.event.facts[name])

    @property
    def languages(self) -> dict[str, str | None]:
        """What those read who are not asked: the language their request was made in (SF-24)."""
        asked = self.redemption
        if asked is None:
            return {}
        lines = (line.attendee for line in asked.lines if line.attendee)
        everybody = (asked.learner.email, *(attendee.email for attendee in lines))
        return {email.lower(): asked.language for email in everybody}

    @property
    def channel(self) -> Channel | None:
        """The way an order goes."""
        return self.program.purchase.channels.get(self.fact("channel"))
