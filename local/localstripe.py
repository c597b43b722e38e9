"""localstripe: payments, customers and signed webhooks as at Stripe, on this machine, in memory.

The package's own start listens on every address and keeps what it knows on the disk; ours does not.
`python -m local.localstripe PORT` is the server; LocalStripe starts it as a child.
"""

import http.client
import json
import os
import sys
from pathlib import Path
from typing import Any, Self

from local.processes import START_SECONDS, Child, Closing, free_port
from local.template import ROOT

API_KEY = "sk_made_up"  # any will do that begins so
EVENTS = ["payment_intent.succeeded", "payment_intent.payment_failed"]
ANSWER_SECONDS = 5


class LocalStripe(Closing):
    """One server as a child process. `start`, then `url`; a context manager."""

    def __init__(self, child: Child, port: int) -> None:
        self._child = child
        self._port = port
        self.url = f"http://127.0.0.1:{port}"

    @classmethod
    def start(cls, port: int = 0, *, log: Path | None = None) -> Self:
        """Return when it listens; port 0 is any that is free."""
        port = port or free_port()
        child = Child(
            [sys.executable, "-m", "local.localstripe", str(port)],
            environment={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
            log=log or Path(os.devnull),
        )
        child.wait_for_port(port, seconds=START_SECONDS)
        return cls(child, port)

    def register(self, webhook_url: str, secret: str) -> None:
        """Where events go from now on, a second later each, and only once; the last URL counts."""
        wish = {"url": webhook_url, "secret": secret, "events": EVENTS}
        server = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_SECONDS)
        try:
            headers = {"content-type": "application/json"}
            server.request("POST", "/_config/webhooks/ours", json.dumps(wish), headers)
            answer = server.getresponse()
            if answer.status != http.client.OK:
                raise ValueError(f"localstripe takes no webhooks for {webhook_url}")
        finally:
            server.close()

    def close(self) -> None:
        self._child.close()


def serve(port: int) -> None:
    """Until this process ends. Imported here: who starts a child needs none of it."""
    from aiohttp import web  # noqa: PLC0415
    from localstripe.resources import PaymentIntent, Store  # noqa: PLC0415
    from localstripe.server import app  # noqa: PLC0415

    Store.dump_to_disk = lambda _: None
    PaymentIntent._update = _with_another_card(PaymentIntent._update)  # noqa: SLF001 - see there
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


def _with_another_card(update: Any) -> Any:
    """Stripe lets a buyer whose card was declined try another one; localstripe does not."""

    def update_and_forget(intent: Any, **changes: Any) -> None:
        update(intent, **changes)
        charge = intent.latest_charge
        if "payment_method" in changes and charge is not None and charge.status == "failed":
            intent.latest_charge = None

    return update_and_forget


if __name__ == "__main__":
    serve(int(sys.argv[1]))
