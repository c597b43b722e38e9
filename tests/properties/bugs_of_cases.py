"""Bugs planted into cases: each breaks a law that the machine must see broken."""

from dataclasses import replace
from typing import Any

import pytest

from tests.properties.bugs_of_spending import Bug
from tests.properties.machine import Claiming, ClaimingToday
from training_credits.domain import change as c
from training_credits.domain.decisions import cases, disputes, renewal, settling
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.model import Permission, State
from training_credits.domain.program import Reissue


def reissued_again_and_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Reissue, "left", lambda _self, _lot: True)


def remainder_stays_too(patch: pytest.MonkeyPatch) -> None:
    """A new lot, and the old one keeps its credits."""
    true_granted = renewal._granted  # noqa: SLF001

    def granted(*args: Any) -> Any:
        after, change = true_granted(*args)
        writes = tuple(w for w in change.writes if not isinstance(w, c.Move))
        return after, replace(change, writes=writes)

    patch.setattr(renewal, "_granted", granted)


def granted_by_who_asked(patch: pytest.MonkeyPatch) -> None:
    def unchecked(program: Any, book: Any, case: Any, caller: Any, to: Any) -> None:
        if to not in cases.following(case):
            raise cases._moved(case)  # noqa: SLF001
        check_book(program, book, caller, Permission.READ)

    for module in (renewal, disputes):
        patch.setattr(module, "check_next", unchecked)


def refuted_without_a_trace(patch: pytest.MonkeyPatch) -> None:
    """The lines stay as they are: they can be given back once more."""
    true_undone = disputes._undone  # noqa: SLF001
    patch.setattr(disputes, "_undone", lambda *args: true_undone(*args)[1:])


def refuted_into_the_dead(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settling, "home", lambda *_: State.EXPIRED)


CASES: list[Bug] = [
    (reissued_again_and_again, Claiming, "cisco", "case|chain|answer"),
    (remainder_stays_too, Claiming, "cisco", "conservation|entries|chain|statement"),
    (remainder_stays_too, ClaimingToday, "atlassian", "conservation|entries|chain|statement"),
    (granted_by_who_asked, ClaimingToday, "atlassian", "case"),
    (refuted_without_a_trace, ClaimingToday, "atlassian", "refuted|booking"),
    (refuted_into_the_dead, ClaimingToday, "atlassian", "booking"),
]
