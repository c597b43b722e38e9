"""A receiver of webhooks: keeps what came in, and says whether its signature is good.

It knows the secrets that the API has shown since the cloud was started, as they passed by.
"""

import json
import re
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from local.clock import stamp
from local.http_event import Answer, Request

PATH: Final = "/_local/webhooks"
KEPT: Final = 1_000
_SHOWN = re.compile(r"/v1/webhooks(/[0-9A-Z]+/secret-rotations)?")


class Receiver:
    """`answers` is the status it answers with: another than 204 makes deliveries fail."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.received: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.answers = 204
        self._secrets: deque[str] = deque(maxlen=KEPT)

    def answer(self, request: Request) -> Answer:
        """Whatever is sent is kept."""
        headers = {name.lower(): value for name, value in request.headers}
        self.received.append(
            {
                "at": stamp(self._now()),
                "id": headers.get("webhook-id"),
                "signed": self._signed(request.body, headers),
                "answered": self.answers,
                "body": _read(request.body),
            }
        )
        return Answer(status=self.answers)

    def answers_with(self, status: int) -> None:
        """From now on, whoever sends."""
        self.answers = status

    def heard(self, request: Request, reply: Answer) -> None:
        """The API shows a secret once; whoever listens at the door may note it down."""
        if request.method == "POST" and _SHOWN.fullmatch(request.path):
            shown = _read(reply.body)
            if isinstance(shown, dict) and isinstance(shown.get("secret"), str):
                self._secrets.append(shown["secret"])

    def _signed(self, body: bytes, headers: dict[str, str]) -> bool:
        # Here, because who never adds a webhook need not have the library.
        from standardwebhooks import Webhook, WebhookVerificationError  # noqa: PLC0415

        for secret in self._secrets:
            try:
                Webhook(secret).verify(body, headers)
            except (WebhookVerificationError, ValueError):
                continue
            return True
        return False


def _read(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.decode(errors="replace")
