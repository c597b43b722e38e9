"""One table and its surroundings for all of this; each scene puts back what it needs."""

import uuid
from collections.abc import Iterator

import pytest

from tests.proof.crash.cloud import cloud_on, everything
from tests.proof.crash.recording import Recorder
from tests.proof.crash.stage import Stage, staged
from tests.receiver import receiving


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    table = f"crash-{uuid.uuid4().hex}"
    with (
        everything(),
        receiving() as receiver,
        cloud_on(table) as cloud,
        staged(cloud, receiver) as stage,
    ):
        yield stage


@pytest.fixture(scope="package")
def recorder(stage: Stage) -> Recorder:
    return Recorder(stage)
