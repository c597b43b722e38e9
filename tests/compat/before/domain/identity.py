"""Ids: derived from who asked and under which key, so that a retry makes nothing new."""

import hashlib

from tests.compat.before.domain.base32 import leading

LENGTH = 16


def derived(*parts: str) -> str:
    """Sixteen base32 characters (80 bits) of SHA-256 over the parts."""
    return leading(hashlib.sha256("\x1f".join(parts).encode()).digest(), LENGTH)
