"""Ids: derived from who asked and under which key, so that a retry makes nothing new."""

import hashlib

from training_credits.domain.codes import ALPHABET

LENGTH = 16


def derived(*parts: str) -> str:
    """Sixteen base32 characters (80 bits) of SHA-256 over the parts."""
    whole = hashlib.sha256("\x1f".join(parts).encode()).digest()
    bits = int.from_bytes(whole, "big") >> (256 - 5 * LENGTH)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))
