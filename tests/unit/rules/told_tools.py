"""What people are told of requests and vouchers: the table's stream, read after each step."""

from typing import Any

from tests.builders import SECRET
from tests.fakes.outside import RecordedMailer, office_of
from tests.world import World
from training_credits.domain.model import Redemption, Voucher
from training_credits.dynamodb.items import RedemptionItem, VoucherItem
from training_credits.dynamodb.items.base import Stored
from training_credits.dynamodb.stream import events_of
from training_credits.ports import Event, Mail
from training_credits.use_cases.notify import notify

Kept = dict[Any, Redemption | Voucher]


class Told:
    """Everybody's inbox, and the events behind it."""

    def __init__(self, world: World) -> None:
        self.world, self.mailer = world, RecordedMailer()
        self.seen: Kept = {}
        self.events: list[Event] = []
        self()

    def __call__(self) -> dict[str, Mail]:
        """Who was mailed since the last look."""
        now, before = self._kept(), self.seen
        self.seen = now
        self.events = [
            event
            for place, kept in now.items()
            if before.get(place) != kept
            for event in events_of({"dynamodb": self._images(before.get(place), kept)})
        ]
        self.mailer.mails.clear()
        for event in self.events:
            self.again(event)
        return {mail.to: mail for mail in self.mailer.mails}

    def again(self, event: Event) -> int:
        """Hear of an event, perhaps once more."""
        return notify(office_of(self.world.ledger, self.mailer), event, secret=SECRET)

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]

    def _kept(self) -> Kept:
        asked = self.world.ledger.rows(self.world.program, self.world.account).asked
        return {**asked.redemptions, **asked.vouchers}

    def _images(self, was: Redemption | Voucher | None, now: Redemption | Voucher) -> Any:
        at = {"ApproximateCreationDateTime": self.world.clock().timestamp()}
        old = {} if was is None else {"OldImage": self._image(was)}
        return {**at, **old, "NewImage": self._image(now)}

    def _image(self, value: Redemption | Voucher) -> dict[str, Any]:
        kind: type[Stored[Any]] = VoucherItem if isinstance(value, Voucher) else RedemptionItem
        pk = f"{self.world.program}#ACCOUNT#{self.world.account}"
        image: dict[str, Any] = kind.of(value, pk=pk, sk="here").to_dynamodb_dict()
        return image
