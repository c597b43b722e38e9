"""A local cloud in memory, without Java, running the product from template.yaml."""

import http.client
import itertools
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.cloud import Cloud

BILLING = {"company": "Acme", "country": "US"}
KEYS = itertools.count(1)


@dataclass(frozen=True)
class Caller:
    """Calls the cloud over HTTP, as curl would."""

    cloud: Cloud

    def __call__(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(urlsplit(self.cloud.url).netloc, timeout=110)
        with closing(connection):
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return answer.status, _read(answer.read())

    def as_(self, email: str, *groups: str, program: str = "atlassian") -> dict[str, str]:
        """The headers of somebody who is signed in, with a key of its own for one request."""
        token = self.cloud.token(email=email, name="Ann", program=program, groups=groups)
        return {
            "authorization": f"Bearer {token}",
            "content_type": "application/json",
            "idempotency_key": f"local-test-{next(KEYS)}",
        }

    def opened(self, email: str, name: str = "Acme") -> str:
        """The path of an account that somebody opens."""
        status, account = self("POST", "/v1/accounts", {"name": name}, **self.as_(email))
        assert status == 201, account
        return f"/v1/accounts/{account['account']}"

    def ordered(self, account: str, email: str, credits: int) -> str:
        """The path of an order that waits for a card."""
        wish = {"credits": credits, "billing": BILLING}
        status, order = self("POST", f"{account}/orders", wish, **self.as_(email))
        assert (status, order["state"]) == (201, "accepted"), order
        return f"{account}/orders/{order['order']}"

    def paid(self, order: str, email: str, **how: object) -> tuple[int, Any]:
        """What a card is answered; all that follows has happened when this returns."""
        answer = self("POST", f"{order}/payment", how, **self.as_(email))
        self.cloud.flush()
        return answer


def _read(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.decode()


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Cloud(port=0, in_memory=True, engine="moto", runtime="process") as cloud:
        yield cloud


@pytest.fixture
def call(cloud: Cloud) -> Caller:
    return Caller(cloud)
