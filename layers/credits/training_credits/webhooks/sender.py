"""Events to endpoints: signed as the Standard Webhooks convention has it, all at the same time."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from functools import partial

from training_credits.domain.addresses import LOOPBACK, Target, check_addresses, target_of
from training_credits.domain.errors import Refused
from training_credits.domain.model import Attempt
from training_credits.ports import Parcel
from training_credits.webhooks.posting import PostFailed, Reply, post
from training_credits.webhooks.resolving import resolve

AGENT = "training-credits-webhooks/1"
AT_ONCE = 10
Resolve = Callable[[str], tuple[str, ...]]
Post = Callable[..., Reply]


def true_time() -> datetime:
    """Whoever verifies looks at a clock that nobody has moved, so this one is none of ours."""
    return datetime.now(UTC)


class WebhookSender:
    """Implements `ports.Sender`. With `local`, receivers on this machine may be told too."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        local: bool = False,
        resolve: Resolve = resolve,
        post: Post = post,
    ) -> None:
        self._now, self._local, self._resolve, self._post = now, local, resolve, post

    def check(self, url: str) -> None:
        """Refused if nothing may be sent there, as it looks now."""
        self._places(target_of(url, local=self._local))

    def send(self, parcels: Sequence[Parcel]) -> Iterator[tuple[int, Attempt]]:
        """All at the same time, as they are answered."""
        if not parcels:
            return
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="send") as pool:
            sent = {pool.submit(self._tried, one): number for number, one in enumerate(parcels)}
            for each in as_completed(sent):
                yield sent[each], each.result()

    def _tried(self, parcel: Parcel) -> Attempt:
        at, began = self._now(), time.monotonic()
        told = partial(Attempt, at=at)
        try:
            reply = self._delivered(parcel)
        except Refused as refused:
            return told(milliseconds=_since(began), error=str(refused.facts["why"]))
        except PostFailed as failed:
            return told(milliseconds=_since(began), error=str(failed))
        return told(milliseconds=_since(began), status=reply.status, answer=reply.text)

    def _delivered(self, parcel: Parcel) -> Reply:
        """To an address that was checked now, whatever the name meant when it was given."""
        target = target_of(parcel.url, local=self._local)
        # A function has no way out by IPv6 unless it is given one.
        address, *_ = sorted(self._places(target), key=lambda one: ":" in one)
        return self._post(target, address, parcel.body.encode(), signed(parcel, true_time()))

    def _places(self, target: Target) -> tuple[str, ...]:
        if target.local:
            return (LOOPBACK,)
        addresses = self._resolve(target.host)
        check_addresses(addresses)
        return addresses


def signed(parcel: Parcel, at: datetime) -> dict[str, str]:
    """The headers; an id that stays the same over all tries, and a signature by each secret."""
    # Here, because only who delivers carries the library.
    from standardwebhooks import Webhook  # noqa: PLC0415

    signatures = [
        Webhook(secret).sign(msg_id=parcel.event_id, timestamp=at, data=parcel.body)
        for secret in parcel.secrets
    ]
    return {
        "content-type": "application/json",
        "user-agent": AGENT,
        "webhook-id": parcel.event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
