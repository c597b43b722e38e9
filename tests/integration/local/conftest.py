"""A local cloud in memory, without Java, running the product from template.yaml."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.cloud import Cloud


@dataclass(frozen=True)
class Caller:
    """Calls the cloud over HTTP, as curl would."""

    cloud: Cloud

    def __call__(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(urlsplit(self.cloud.url).netloc, timeout=60)
        with closing(connection):
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return answer.status, _read(answer.read())

    def as_(self, email: str, *groups: str) -> dict[str, str]:
        token = self.cloud.token(email=email, name="Ann", program="atlassian", groups=groups)
        return {"authorization": f"Bearer {token}", "content_type": "application/json"}


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
