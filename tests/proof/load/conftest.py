"""Everybody at once on DynamoDB Local; what goes by the bus, on moto."""

from tests.engine.conftest import crowd, dump, engine, table, unaudited, wire
from tests.integration.conftest import cloud, delivery

__all__ = ["cloud", "crowd", "delivery", "dump", "engine", "table", "unaudited", "wire"]
