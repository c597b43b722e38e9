"""The payment providers on trial: the fake, and the real adapter at a real localstripe."""

import http.client
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from local.localstripe import API_KEY, LocalStripe
from tests.fakes.payments import ASKS, FakePayments
from tests.http.stripe import WEBHOOK_SECRET
from tests.stripe_server import listening, stripe_at
from training_credits.ports import PaymentRequest, Payments


class Provider(Protocol):
    """A provider with what only a test may do to it."""

    @property
    def payments(self) -> Payments:
        """What is on trial."""

    def asking_card(self) -> str:
        """A card whose bank wants to be asked."""

    def authenticate(self, payment_id: str) -> None:
        """The buyer agrees, in the browser, to what the bank asks."""

    def said_of(self, payment_id: str, kind: str) -> tuple[bytes, str]:
        """The webhook of this kind about a payment just tried, and its signature."""


class InMemory:
    """The fake, which is asked for its webhooks."""

    def __init__(self) -> None:
        self.payments = FakePayments()

    def asking_card(self) -> str:
        return ASKS

    def authenticate(self, payment_id: str) -> None:
        self.payments.authenticate(payment_id)

    def said_of(self, payment_id: str, kind: str) -> tuple[bytes, str]:
        body, signature = self.payments.webhook(payment_id)
        assert json.loads(body)["type"] == kind
        return body, signature


class AtLocalStripe:
    """The real adapter. Webhooks come by HTTP, those of other tests too."""

    def __init__(self, server: LocalStripe) -> None:
        self._server = server
        self.payments = stripe_at(server.url)

    def asking_card(self) -> str:
        card = {"number": "4000002500003155", "exp_month": 1, "exp_year": 2040, "cvc": "123"}
        made = self._post("/v1/payment_methods", {"type": "card"} | _nested("card", card))
        return str(made["id"])

    def authenticate(self, payment_id: str) -> None:
        secret = self.payments.show(payment_id).client_secret
        path = f"/v1/payment_intents/{payment_id}/_authenticate"
        self._post(path, {"client_secret": secret, "success": "true"})

    def said_of(self, payment_id: str, kind: str) -> tuple[bytes, str]:
        with listening() as listener:
            self._server.register(listener.url, WEBHOOK_SECRET)
            while True:
                heard = listener.next()
                event = json.loads(heard.body)
                if (event["type"], event["data"]["object"]["id"]) == (kind, payment_id):
                    return heard.body, heard.headers["stripe-signature"]

    def _post(self, path: str, facts: dict[str, object]) -> dict[str, object]:
        with _talking(self._server.url) as server:
            headers = {
                "authorization": f"Bearer {API_KEY}",
                "content-type": "application/x-www-form-urlencoded",
            }
            server.request("POST", path, urlencode(facts), headers)
            answer = server.getresponse()
            assert answer.status == 200, answer.read()
            found: dict[str, object] = json.load(answer)
            return found


@contextmanager
def _talking(url: str) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        yield connection
    finally:
        connection.close()


def _nested(name: str, facts: dict[str, object]) -> dict[str, object]:
    return {f"{name}[{key}]": value for key, value in facts.items()}


def order(amount_minor: int = 60_000, customer_id: str | None = None) -> PaymentRequest:
    """An order nobody else has."""
    return PaymentRequest(
        program="atlassian",
        account_id="acc-1",
        order_id=f"order-{uuid.uuid4().hex}",
        amount_minor=amount_minor,
        currency="USD",
        customer_id=customer_id,
    )
