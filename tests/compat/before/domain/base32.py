"""Crockford's base32: no letter that is mistaken for a digit, none that spells a word by chance."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5


def leading(digest: bytes, length: int) -> str:
    """The first `length` characters, five bits each, of a digest."""
    bits = int.from_bytes(digest, "big") >> (8 * len(digest) - BITS * length)
    return "".join(ALPHABET[bits >> BITS * place & 31] for place in reversed(range(length)))
