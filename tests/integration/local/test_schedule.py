"""When a schedule calls, and what a moved clock makes of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from local.clock import Clock, ClockRefused, scheduled_event, thinned
from local.schedule import occurrences
from local.stack import Schedule

START = datetime(2026, 2, 27, 22, 30, tzinfo=UTC)
HOURLY = Schedule(
    name="Hourly",
    arn="arn:hourly",
    expression="rate(1 hour)",
    function="Expire",
    source="aws.scheduler",
    payload=None,
)


@pytest.mark.parametrize(
    ("expression", "days", "found"),
    [
        ("rate(12 hours)", 1, ["02-28 00:00", "02-28 12:00"]),
        ("rate(1 day)", 2, ["02-28 00:00", "03-01 00:00"]),
        ("cron(0/30 23 * * ? *)", 1, ["02-27 23:00", "02-27 23:30"]),
        ("cron(15 6 L * ? *)", 40, ["02-28 06:15", "03-31 06:15"]),
        ("cron(0 9 ? * MON-FRI *)", 4, ["03-02 09:00", "03-03 09:00"]),
        ("cron(0 0 1 JAN,MAR ? 2026-2027)", 30, ["03-01 00:00"]),
        ("at(2026-02-28T10:00:00)", 1, ["02-28 10:00"]),
    ],
)
def test_an_expression_says_when(expression: str, days: int, found: list[str]) -> None:
    instants = occurrences(expression, START, START + timedelta(days=days))
    assert [f"{one:%m-%d %H:%M}" for one in instants] == found


def test_the_end_belongs_to_the_span_and_the_beginning_does_not() -> None:
    hour = datetime(2026, 1, 1, tzinfo=UTC)
    found = list(occurrences("rate(1 hour)", hour, hour + timedelta(hours=1)))
    assert found == [hour + timedelta(hours=1)]


def test_what_is_no_schedule_is_refused() -> None:
    with pytest.raises(ValueError, match="every day"):
        occurrences("every day", START, START)


def test_few_are_all_kept_and_of_many_the_last_of_each_span() -> None:
    hours = [START.replace(minute=0) + timedelta(hours=n) for n in range(24 * 365)]
    assert thinned(iter(hours[:24]), 24) == hours[:24]
    few = thinned(iter(hours), 24)
    assert len(few) <= 25
    assert few[-1] == hours[-1]
    assert few == sorted(few)


class Recorded:
    """A runtime that only notes how far the clock was at each call."""

    firings_max = 24

    def __init__(self) -> None:
        self.offset = 0.0
        self.calls: list[tuple[str, str, datetime]] = []

    def invoke(self, name: str, event: Any) -> Any:
        raise NotImplementedError

    def clock_moved(self, offset_seconds: float) -> None:
        self.offset = offset_seconds

    def close(self) -> None:
        """Nothing was opened."""

    def fire(self, name: str, event: dict[str, Any]) -> None:
        now = datetime.now(UTC) + timedelta(seconds=self.offset)
        self.calls.append((name, event["time"], now))


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()


@pytest.fixture
def moved(recorded: Recorded, tmp_path: Path) -> Clock:
    daily = Schedule(
        name="Daily",
        arn="arn:daily",
        expression="cron(0 12 * * ? *)",
        function="Daily",
        source="aws.events",
        payload=None,
    )
    return Clock(recorded, [HOURLY, daily], tmp_path / "clock", recorded.fire, lambda: None)


def test_calls_come_in_order_each_at_its_own_instant(moved: Clock, recorded: Recorded) -> None:
    noon = (moved.now() + timedelta(days=2)).replace(hour=12, minute=0, second=0, microsecond=0)
    moved.move_to(noon - timedelta(hours=2, seconds=1))
    recorded.calls.clear()
    assert moved.move_to(noon) == len(recorded.calls) == 4
    assert [name for name, _, _ in recorded.calls] == ["Expire", "Expire", "Expire", "Daily"]
    for _, time, now in recorded.calls:
        assert timedelta() <= now - datetime.fromisoformat(time) < timedelta(seconds=5)
    assert timedelta() <= moved.now() - noon < timedelta(seconds=5)


def test_no_occurrence_is_called_twice(moved: Clock, recorded: Recorded) -> None:
    moved.advance(timedelta(hours=3))
    moved.advance(timedelta(hours=3))
    times = [time for name, time, _ in recorded.calls if name == "Expire"]
    assert len(times) == len(set(times)) == 6


def test_a_year_is_a_few_calls_unless_more_are_asked_for(moved: Clock) -> None:
    assert moved.advance(timedelta(days=365)) < 60
    assert moved.advance(timedelta(days=10), calls_max=1000) == 250


def test_it_is_never_moved_back(moved: Clock, recorded: Recorded) -> None:
    with pytest.raises(ClockRefused, match=r"remove \.local"):
        moved.move_to(moved.now() - timedelta(hours=1))
    assert not recorded.calls


def test_it_never_goes_back_by_itself_where_a_call_takes_longer_than_the_way(
    moved: Clock, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(name: str, event: dict[str, Any]) -> None:
        recorded.fire(name, event)
        moved.offset_seconds += 7_200

    monkeypatch.setattr(moved, "_fire", slow)
    moved.advance(timedelta(hours=3))
    seen = [now for _, _, now in recorded.calls]
    assert len(seen) == 3
    assert seen == sorted(seen)
    assert moved.now() >= seen[-1] + timedelta(hours=2)


def test_it_goes_on_where_it_was_left(moved: Clock, recorded: Recorded, tmp_path: Path) -> None:
    moved.advance(timedelta(days=30))
    again = Clock(recorded, [], tmp_path / "clock", recorded.fire, lambda: None)
    assert abs(again.now() - moved.now()) < timedelta(seconds=1)


def test_the_event_is_the_one_eventbridge_sends() -> None:
    event = scheduled_event(HOURLY, START)
    assert event["detail-type"] == "Scheduled Event"
    assert event["time"] == "2026-02-27T22:30:00Z"
    assert event["resources"] == ["arn:hourly"]
    assert event["detail"] == "{}"
