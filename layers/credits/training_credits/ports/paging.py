"""Lists come page by page."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[T]):
    """Some of a list, and the cursor of the next part; None at its end."""

    items: tuple[T, ...]
    cursor: str | None = None
