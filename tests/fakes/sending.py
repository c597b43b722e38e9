"""The way out, and the queue before it, remembered in lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tests.fakes.clock import StoppedClock
from training_credits.domain.addresses import check_addresses, target_of
from training_credits.domain.errors import Refused
from training_credits.domain.model import Attempt
from training_credits.ports import Errand, Parcel


@dataclass
class FakeSender:
    """Implements `ports.Sender`; answers each URL with its status, or the word in place of one."""

    clock: StoppedClock
    answers: dict[str, int | str] = field(default_factory=dict)
    addresses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sent: list[Parcel] = field(default_factory=list)

    def check(self, url: str) -> None:
        host = target_of(url).host
        check_addresses(self.addresses.get(host, ("93.184.216.34",)))

    def send(self, parcels: Sequence[Parcel]) -> Iterator[tuple[int, Attempt]]:
        for number, parcel in enumerate(parcels):
            yield number, self._tried(parcel)

    def _tried(self, parcel: Parcel) -> Attempt:
        at = self.clock()
        try:
            self.check(parcel.url)
        except Refused as refused:
            return Attempt(at=at, milliseconds=1, error=refused.facts["why"])
        self.sent.append(parcel)
        answer = self.answers.get(parcel.url, 204)
        if isinstance(answer, str):
            return Attempt(at=at, milliseconds=10_000, error=answer)
        return Attempt(at=at, milliseconds=7, status=answer)


@dataclass
class FakeQueue:
    """Implements `ports.DeliveryQueue`; while it is `down`, nothing is taken."""

    errands: list[Errand] = field(default_factory=list)
    put_offs: list[tuple[str, timedelta]] = field(default_factory=list)
    down: bool = False

    def send(self, errands: Sequence[Errand]) -> tuple[Errand, ...]:
        if self.down:
            return tuple(errands)
        self.errands += errands
        return ()

    def put_off(self, receipt: str, pause: timedelta) -> None:
        self.put_offs.append((receipt, pause))
