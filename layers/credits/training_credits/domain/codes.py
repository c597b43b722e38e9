"""Redemption codes: 13 characters of Crockford's base32 (65 bits), kept only as a digest.

A code is derived from a secret and the request that asked for it. So it needs no storage, a
repeated request shows the same code again, and nobody without the secret can tell it from chance.
"""

import hashlib
import hmac

from training_credits.domain.base32 import ALPHABET, leading

LENGTH = 13
HINT_LENGTH = 4
_READ_AS = str.maketrans("OIL", "011")


def canonical(text: str) -> str | None:
    """The code as it is kept: upper case, no separators, look-alikes read as digits.

    None if the text cannot be a code. Anything outside ASCII is refused, not folded.
    """
    if not text.isascii():
        return None
    code = text.strip().upper().replace("-", "").replace(" ", "").translate(_READ_AS)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code


def derive(secret: str, *parts: str) -> str:
    """A code for these parts: the first 65 bits of an HMAC-SHA256."""
    return leading(_mac(secret, "code", *parts), LENGTH)


def digest(secret: str, program: str, code: str) -> str:
    """What is stored and looked up in place of a canonical code."""
    return _mac(secret, "digest", program, code).hex()


def shown(code: str) -> str:
    """Grouped for reading aloud: XXXX-XXXX-XXXXX."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _mac(secret: str, *parts: str) -> bytes:
    message = "\x1f".join(parts).encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()
