"""What Lambda can hand over: an answer of 6 MiB at most, with its body written as JSON text."""

import json

from training_credits.domain.errors import Reason, Refused

HANDED_OVER_MAX = 6_000_000  # of 6 MiB; the rest is for the headers
GROWTH_MAX = 12  # so many characters at most: an emoji is written as two times `\uXXXX`


def fitting(text: str) -> str:
    """The body, if it fits; else the caller is told what would."""
    if len(text) * GROWTH_MAX > HANDED_OVER_MAX and len(json.dumps(text)) > HANDED_OVER_MAX:
        raise Refused(
            Reason.PERIOD_TOO_LONG,
            f"This would be {len(text):,} characters long. Ask for a shorter period, or for a"
            " document: POST /v1/accounts/{account}/documents.",
        )
    return text
