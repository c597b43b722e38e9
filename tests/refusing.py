"""Every refusal in a test is a sentence, with the facts of its code.

Callers show the sentence and work with the facts, and most tests look at the code alone.
"""

import inspect
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from training_credits.domain.errors import Problem, Reason
from training_credits.domain.findings import Finding, Wrong

PROMISED = Path(__file__).parent / "contract" / "refused_facts.json"
PROMISED_OF: dict[str, list[list[str]]] = json.loads(PROMISED.read_text("utf-8"))
ANY = ["*"]  # of a place that hands on facts it was given
OF_A_PAYMENT = {"credits", "line", "lots", "missing"}  # said beside why it cannot be made
MAY_BE_NONE = {
    (Reason.STEP_NOT_NEXT, "next"),
    (Reason.NOT_ELIGIBLE, "family"),
    (Reason.REISSUE_LIMIT, "reissued_from"),
    (Reason.EXTENSION_TOO_LONG, "days"),
    (Reason.TERMS_UNKNOWN, "version"),
    (Reason.OFFERING_NOT_FOUND, "session"),
}
LOUD = re.compile(r"XX|_|[A-Z]{2,}\W+[A-Z]{2,}")


def is_sentence(text: str) -> bool:
    begun = text[:1].isupper() or not text.partition(" ")[0].isalpha()
    ended = text[-1:] in (".", "?", "!")
    return begun and ended and not LOUD.search(text) and "  " not in text


def faults(reason: Reason, detail: str, facts: dict[str, Any]) -> Iterator[str]:
    if not is_sentence(detail):
        yield f"{reason}: {detail!r} is no sentence"
    sets = PROMISED_OF.get(reason.value, [])
    whole = [{*one} for one in sets if facts.keys() >= {*one}]
    if ANY not in sets and not any(facts.keys() - one <= OF_A_PAYMENT for one in whole):
        yield f"{reason} comes with {sorted(facts)}, of which {PROMISED.name} knows nothing"
    for name, fact in facts.items():
        if fact is None and (reason, name) not in MAY_BE_NONE:
            yield f"{reason} has a fact that is none: {name}"


@contextmanager
def every_refusal_is_a_sentence() -> Iterator[None]:
    told = Problem.__init__

    @wraps(told)
    def checked(self: Problem, reason: StrEnum, detail: str, **facts: Any) -> None:
        told(self, reason, detail, **facts)
        here = inspect.currentframe()
        caller = here.f_back if here else None
        by = caller.f_globals["__name__"] if caller else ""
        if isinstance(reason, Reason) and by.startswith("training_credits."):
            assert not [*faults(reason, detail, facts)], [*faults(reason, detail, facts)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Problem, "__init__", checked)
        yield


@contextmanager
def every_finding_is_plain() -> Iterator[None]:
    """Of those that verify; they begin in the middle of a sentence."""
    found = Wrong.__init__

    @wraps(found)
    def checked(self: Wrong, finding: Finding) -> None:
        found(self, finding)
        assert not LOUD.search(finding.because), finding

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Wrong, "__init__", checked)
        yield
