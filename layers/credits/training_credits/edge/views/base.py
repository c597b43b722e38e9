"""What every view needs."""

import msgspec


def encoded(answer: msgspec.Struct) -> str:
    """As it is sent, and as it is kept for a replay."""
    return msgspec.json.encode(answer).decode()
