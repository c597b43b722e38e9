"""What the simulator asks of the product and of the model, and what both must tell it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Op:
    """One operation of a seed; what it makes is called by its name."""

    name: str
    kind: str
    at: datetime
    account: str
    who: str = "ann"
    credits: int = 0
    lot: str = ""
    request: str = ""
    requests: tuple[str, ...] = ()
    case: str = ""
    to: str = ""
    days: int = 0
    reserve: bool = False

    @property
    def person(self) -> tuple[str, str]:
        """Each account has its own people."""
        return self.account, self.who


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is told; `each` of a decision, request by request."""

    status: int = 200
    code: str | None = None
    state: str | None = None
    each: tuple[str, ...] = ()
