"""The scheduler of tests/engine/interleaving.py: no order left out, and nothing left to chance."""

from functools import partial
from itertools import count
from threading import Event

import pytest

from tests.engine.interleaving import SCHEDULES_MAX, Act, Astray, Endless, Hung, Turns

pytestmark = pytest.mark.engine


def calling(turns: Turns, log: list[str], operations: str, name: str = "") -> Act:
    """Asks for these, one after the other, under a name."""

    def act() -> str:
        for operation in operations:
            turns.step(operation, partial(log.append, name + operation))
        return name

    return act


def test_six_calls_and_six_others_have_924_orders_and_each_is_walked_once() -> None:
    log: list[str] = []
    with Turns() as turns:
        acts = calling(turns, log, "123456", "A"), calling(turns, log, "123456", "B")
        seen = set()
        for run in turns.walk(lambda _: acts):
            assert "".join(each[0] for each in log) == run.schedule
            assert [each[1] for each in log if each[0] == "B"] == list("123456")
            assert run.outcomes == ("A", "B")
            log.clear()
            seen.add(run.schedule)
    assert len(seen) == SCHEDULES_MAX
    assert all(len(schedule) == 12 for schedule in seen)


def test_where_one_has_ended_the_other_goes_on() -> None:
    with Turns() as turns:
        acts = calling(turns, [], "1"), calling(turns, [], "12")
        schedules = [run.schedule for run in turns.walk(lambda _: acts)]
    assert schedules == ["ABB", "BAB", "BBA"]


def test_what_an_actor_does_next_may_depend_on_what_the_other_did() -> None:
    with Turns() as turns:

        def stage(_: int) -> tuple[Act, Act]:
            log: list[str] = []

            def looks_twice() -> str:
                turns.step("look", lambda: None)
                seen = len(log)
                for _ in range(seen):
                    turns.step("look again", lambda: None)
                return f"{seen} seen"

            return looks_twice, calling(turns, log, "1")

        ends = {run.schedule: run.outcomes[0] for run in turns.walk(stage)}
    assert ends == {"AB": "0 seen", "BAA": "1 seen"}


def test_an_actor_that_hangs_is_reported_with_the_schedule() -> None:
    forever = Event()
    with Turns(patience=0.2) as turns:

        def hangs() -> None:
            turns.step("look", lambda: None)
            forever.wait()

        with pytest.raises(Hung, match="A after look") as hung:
            turns.play(hangs, calling(turns, [], "12"), "BA")
        forever.set()
    assert hung.value.__notes__ == ["after B"]


def test_an_actor_that_waits_for_what_the_other_holds_is_reported() -> None:
    freed = Event()
    with Turns(patience=0.2) as turns:

        def frees() -> None:
            turns.step("look", lambda: None)
            freed.set()

        with pytest.raises(Hung, match="B after its beginning"):
            turns.play(frees, lambda: freed.wait(10))
        freed.set()


def test_a_schedule_that_leads_elsewhere_the_second_time_is_reported() -> None:
    with Turns() as turns:

        def stage(number: int) -> tuple[Act, Act]:
            return calling(turns, [], "xy"[number % 2] + "23"), calling(turns, [], "1")

        with pytest.raises(Astray):
            list(turns.walk(stage))


def test_an_actor_that_never_ends_is_reported() -> None:
    with Turns() as turns:

        def never() -> None:
            for _ in count():
                turns.step("look", lambda: None)

        with pytest.raises(Endless):
            turns.play(never, calling(turns, [], "1"))


def test_what_no_refusal_explains_is_not_an_outcome() -> None:
    with Turns() as turns:

        def broken() -> None:
            turns.step("look", lambda: 1 // 0)

        with pytest.raises(ZeroDivisionError):
            turns.play(broken, calling(turns, [], "1"))
