"""Papers that are kept, and handed out by links that end soon."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

LINK_SECONDS_MAX = 900


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What is known of a kept document without reading it."""

    size: int
    sha256: str


class Documents(Protocol):
    """Kept documents. What is kept under a key never changes."""

    def put_once(self, key: str, body: bytes, kind: str) -> bool:
        """Keep it; False if something is kept there already, which then stays as it is.

        `kind` is its media type. Asked again after an answer that was lost, nothing is different.
        """

    def get(self, key: str) -> bytes | None:
        """What is kept there."""

    def find(self, key: str) -> Kept | None:
        """Whether something is kept there, and what it comes to."""

    def link(self, key: str, name: str, seconds: int) -> str:
        """Whoever has this link may download it, as a file of that name, for so many seconds.

        At most `LINK_SECONDS_MAX` of them. The name may be any text: it is made safe.
        """


class Quota(Protocol):
    """How many documents an account may still have made on a day."""

    def take(self, program: str, account_id: str, day: date, most: int) -> bool:
        """Count one more, and say whether it was among the first `most`."""
