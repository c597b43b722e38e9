"""The functions on moto: nothing here is about two at once."""

from tests.integration.conftest import cloud, dump, own_wire, wire

__all__ = ["cloud", "dump", "own_wire", "wire"]
