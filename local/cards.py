"""Card payments of the local cloud: localstripe, the secret shared with it, and its webhooks."""

import contextlib
import http.client
import json
import secrets
import time
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from local.http_event import Request
from local.localstripe import API_KEY, EVENTS, LocalStripe
from local.processes import NotStarted

NAME: Final = "stripe"
WEBHOOK: Final = "/v1/payment-events"
# A webhook comes a second after its event, and only once: later than this it never will.
LATE_SECONDS: Final = 5
POLL_SECONDS: Final = 0.02


class Cards:
    """localstripe for as long as the cloud runs; without it card payments are refused."""

    def __init__(self, server: LocalStripe | None, log: Path) -> None:
        self._server, self._log = server, log
        self._heard: set[str] = set()

    @classmethod
    def start(cls, log: Path) -> Self:
        """Never fails: a cloud without cards is better than none."""
        try:
            return cls(LocalStripe.start(log=log), log)
        except NotStarted:
            return cls(None, log)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server:
            self._server.close()

    @property
    def says(self) -> str:
        """Who takes the money, in one line."""
        if not self._server:
            return f"refused, because localstripe does not start; see {self._log}"
        return f"localstripe at {self._server.url}, in memory; no money moves"

    @property
    def parameters(self) -> dict[str, str]:
        """Of the template."""
        return {"Payments": "stripe", "StripeSecret": NAME} if self._server else {}

    @property
    def environment(self) -> dict[str, str]:
        """What functions are told on a laptop only."""
        return {"STRIPE_API_BASE": self._server.url} if self._server else {}

    def connect(self, secrets_manager: Any, url: str) -> None:
        """As a deployer does it: an endpoint at the provider, and a secret with both keys."""
        if self._server:
            shared = secrets.token_hex()
            both = json.dumps({"api_key": API_KEY, "webhook_secret": shared})
            secrets_manager.create_secret(Name=NAME, SecretString=both)
            self._server.register(f"{url}{WEBHOOK}", shared)

    def heard(self, request: Request) -> None:
        """A request that the cloud has answered."""
        if request.path == WEBHOOK:
            with contextlib.suppress(ValueError, TypeError, KeyError):
                self._heard.add(json.loads(request.body)["id"])

    def settle(self) -> None:
        """Wait until every payment that has been decided is told."""
        while self._server and self._recent(self._server.url) - self._heard:
            time.sleep(POLL_SECONDS)

    def _recent(self, url: str) -> set[str]:
        """The events that were, or will be, sent; too late ones are left out."""
        since = int(time.time()) - LATE_SECONDS
        server = http.client.HTTPConnection(urlsplit(url).netloc, timeout=LATE_SECONDS)
        with contextlib.closing(server), contextlib.suppress(OSError):
            key = {"authorization": f"Bearer {API_KEY}"}
            server.request("GET", f"/v1/events?limit=1000&created[gte]={since}", headers=key)
            found = json.loads(server.getresponse().read())["data"]
            return {event["id"] for event in found if event["type"] in EVENTS}
        return set()
