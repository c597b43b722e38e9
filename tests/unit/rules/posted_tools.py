"""What people are told of transactions: the entries of a world, read as the stream has them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.builders import SECRET
from tests.fakes.described import check_described
from tests.fakes.outside import RecordedMailer, office_of
from tests.unit.rules.spending_tools import line, number
from tests.world import World
from training_credits.domain.model import Entry, Pace, Topic
from training_credits.dynamodb.items import EntryItem
from training_credits.dynamodb.stream import events_of
from training_credits.ports import Event, Mail
from training_credits.use_cases.digest import Digested, tell_of_days
from training_credits.use_cases.notify import notify
from training_credits.use_cases.preferences import choose


@dataclass
class Posting:
    """A world, and everybody's inbox."""

    world: World
    mailer: RecordedMailer = field(default_factory=RecordedMailer)
    seen: int = 0

    def happened(self) -> list[Event]:
        """The events of the entries since the last look."""
        entries = self.world.entries()[self.seen :]
        self.seen += len(entries)
        found = [self._event(entry) for entry in entries]
        return [event for event in found if event is not None]

    def hear(self, event: Event) -> int:
        return notify(office_of(self.world.ledger, self.mailer), event, secret=SECRET)

    def told(self) -> list[Mail]:
        """The mails about what happened since the last look."""
        self.mailer.mails.clear()
        for event in self.happened():
            self.hear(event)
        return list(self.mailer.mails)

    def mornings(self, has_time: Callable[[], bool] = lambda: True) -> Digested:
        """What the schedule does now."""
        office = office_of(self.world.ledger, self.mailer)
        return tell_of_days(office, self.world.clock, has_time)

    def chooses(
        self,
        who: str,
        pace: Pace | None = None,
        *off: Topic,
        language: str | None = None,
    ) -> None:
        choose(self.world.ledger, self.world.caller(who), off, pace, language)

    def debits(self, *credits: int) -> None:
        """Pat asks and Ann approves, one after the other."""
        for n in credits:
            asked = self.world.redeem(who="pat", lines=[line(number(), title="CCNA", credits=n)])
            self.world.approve(asked)

    def _event(self, entry: Entry) -> Event | None:
        pk = f"{self.world.program}#ACCOUNT#{self.world.account}"
        image = EntryItem.of(entry, pk=pk, sk="here").to_dynamodb_dict()
        event = next(iter(events_of({"dynamodb": {"NewImage": image}})), None)
        if event is not None:
            check_described(event)
        return event
