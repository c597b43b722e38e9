"""What the stories of the end of a lot have in common: sweeps, days, and who hears of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.unit.rules.told_tools import Told
from tests.world import World
from training_credits.domain.calendar import instant_of
from training_credits.domain.model import Entry, EntryKind, Lot
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import EntryItem, LotItem
from training_credits.ports import Mail
from training_credits.use_cases.expire import Swept, sweep

DAY = timedelta(days=1)


class Ends(Told):
    """Everybody's inbox, where lots and their expiry are events too."""

    def _kept(self) -> Any:
        rows = self.world.ledger.rows(self.world.program, self.world.account)
        ended = {at: one for at, one in rows.entries.items() if one.kind is EntryKind.EXPIRE}
        lots = {("lot", lot_id): lot for lot_id, lot in rows.lots.items()}
        return {**super()._kept(), **lots, **ended}

    def _image(self, value: Any) -> dict[str, Any]:
        if isinstance(value, Lot):
            item: Any = LotItem.of(self.world.program, self.world.account, value)
        elif isinstance(value, Entry):
            pk = keys.account(self.world.program, self.world.account)
            item = EntryItem.of(value, pk=pk, sk="here")
        else:
            return super()._image(value)
        image: dict[str, Any] = item.to_dynamodb_dict()
        return image


def swept(world: World) -> Swept:
    return sweep(world.ledger, world.clock, lambda: True)


def told_until(
    world: World, told: Ends, until: datetime, every: timedelta = DAY / 2
) -> list[tuple[date, str, Mail]]:
    """Sweeps up to an instant: on which day of the vendor's which event was told, and its mail."""
    found = []
    while world.clock() < until:
        world.clock.advance(every)
        swept(world)
        mails = told()
        today = world.rules.today(world.clock())
        found += [(today, kind, next(iter(mails.values()))) for kind in told.types]
    return found


def begins(world: World, day: str) -> datetime:
    """The first instant of a day where the vendor is."""
    zone = world.rules.time_zone
    return instant_of(date.fromisoformat(day), datetime.min.time(), zone).astimezone(UTC)


def lot_now(world: World, lot_id: str = "SO-5001") -> Lot:
    lot = world.ledger.lot(world.program, world.account, lot_id)
    assert lot is not None
    return lot
