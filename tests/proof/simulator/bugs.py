"""Bugs planted for the simulator, each to be found by a few seeds: those of the machine, and those
that only faults can show.
"""

from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.memory_ledger import MemoryLedger
from tests.proof.simulator.weather import Stormy
from tests.properties.bugs_of_cases import CASES
from tests.properties.bugs_of_spending import SPENDING, Plant
from training_credits.domain.change import Change
from training_credits.domain.errors import Problem, Reason, Unavailable
from training_credits.edge import http
from training_credits.use_cases import expire, submit, worklist
from training_credits.use_cases.submit import Intent


def effect_and_answer_in_two_writes(patch: pytest.MonkeyPatch) -> None:
    """Credits move first; that they did for this key is written down afterwards."""
    true_call = Stormy._call  # noqa: SLF001

    def call(self: Stormy, name: str, method: Any, *args: Any, **more: Any) -> Any:
        if name == "commit" and args[0].submission is not None and args[0].account_id:
            moved: Change = replace(args[0], submission=None)
            true_call(self, name, method, moved)
            args = (replace(args[0], writes=()),)
        return true_call(self, name, method, *args, **more)

    patch.setattr(Stormy, "_call", call)


def busy_taken_for_done(patch: pytest.MonkeyPatch) -> None:
    """What the table did not take is answered as if it had."""
    true_commit = Stormy.__getattr__

    def ask(self: Stormy, name: str) -> Any:
        method = true_commit(self, name)
        if name != "commit":
            return method

        def commit(change: Change) -> None:
            try:
                method(change)
            except Unavailable:
                return

        return commit

    patch.setattr(Stormy, "__getattr__", ask)


def answer_of_the_key_forgotten(patch: pytest.MonkeyPatch) -> None:
    """A retry whose first try took effect is told what would be true of a new request."""
    patch.setattr(Intent, "earlier", lambda *_: None)
    patch.setattr(submit, "RIGHTS_LOST", frozenset(Reason))


def no_answer_told_as_a_no(patch: pytest.MonkeyPatch) -> None:
    """A client who hears it gives up, though it may have taken effect."""
    true_refused = http._refused  # noqa: SLF001

    def refused(problem: Problem, program: Any) -> Any:
        said = true_refused(problem, program)
        return said | {"statusCode": 409} if problem.reason is Reason.BUSY else said

    patch.setattr(http, "_refused", refused)


def sweep_that_ends_with_its_first_lot(patch: pytest.MonkeyPatch) -> None:
    """It says that it has finished."""
    true_work_off = worklist.work_off

    def work_off(clock: Any, due: Any, has_time: Any, settle: Any) -> Any:
        settled: list[bool] = []

        def once(program: str, due: Any) -> Any:
            settled.append(True)
            return settle(program, due) if len(settled) == 1 else expire._Done()  # noqa: SLF001

        return true_work_off(clock, due, has_time, once)

    patch.setattr(expire, "work_off", work_off)


def key_not_kept(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether the key was seen."""
    patch.setattr(MemoryLedger, "_check_submission", lambda *_: None)


# Of the machine's: these do not come up in what people do here.
ELSEWHERE = {
    "replay_answered_for_another_body",
    "last_two_owners_gone",
    "lines_that_share_their_credits",
    "written_off_without_a_trace",
    "granted_by_who_asked",
    "reissued_again_and_again",
}
OWN: list[Plant] = [
    effect_and_answer_in_two_writes,
    busy_taken_for_done,
    answer_of_the_key_forgotten,
    no_answer_told_as_a_no,
    sweep_that_ends_with_its_first_lot,
    key_not_kept,
]
MACHINES: list[Plant] = [*dict.fromkeys(bug[0] for bug in (*SPENDING, *CASES))]
BUGS = [*OWN, *(plant for plant in MACHINES if plant.__name__ not in ELSEWHERE)]
