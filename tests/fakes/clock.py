"""Time that moves only when it is told to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BEGIN = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


@dataclass
class StoppedClock:
    """Implements `ports.Clock`."""

    at: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        """Let so much time pass; never backwards."""
        assert by >= timedelta()
        self.at += by
