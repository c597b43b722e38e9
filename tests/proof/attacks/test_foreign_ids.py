"""Whoever names a thing of somebody else's on an account of their own gets what a stranger gets.

The matrix of tests/integration asks for whole accounts; here one id at a time is another's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest

from tests import engines
from tests.http.people import Reply
from tests.http.wire import READS
from tests.integration.conftest import but_tries
from tests.integration.matrix_check import looks
from tests.integration.matrix_requests import OPERATIONS, Asked, operation_of
from tests.integration.matrix_table import NEEDS
from tests.integration.matrix_world import Matrix, Place, matrix
from tests.proof.figures import Counts
from training_credits.dynamodb.ledger import cases

pytestmark = pytest.mark.proves("T5", "I18")
STAFF = ("operator", "integrator")
ACTORS = ("owner", "asker", *STAFF)
SAMPLE = ("owner", "operator")
PROGRAMS = ("atlassian", "cisco", "salesforce")
# A code is for whoever has it, and an account itself is the matrix's.
NOT_SWAPPED = {"account", "pays_with"}
# What belongs to a program, and so to every account there: only another program's is foreign.
OF_THE_PROGRAM = {"webhook", "delivery"}


@dataclass(frozen=True)
class Swap:
    """A row of the matrix, and the field of it that names somebody else's."""

    row: str
    field: str

    @property
    def names_its_account(self) -> bool:
        """The id of a request says on which account it is: there it is looked for."""
        return OPERATIONS[operation_of(self.row)][1].startswith("/v1/redemptions/")

    def of(self, made: Matrix, source: str) -> Place:
        return replace(made.places["own"], **{self.field: getattr(made.places[source], self.field)})


@pytest.fixture(
    scope="module",
    params=[
        "atlassian",
        *(pytest.param(program, marks=pytest.mark.proof) for program in PROGRAMS[1:]),
    ],
)
def made(request: pytest.FixtureRequest) -> Iterator[Matrix]:
    with matrix(request.param) as found:
        yield found


def swaps(made: Matrix) -> Iterator[Swap]:
    """Each field that makes a difference to a request."""
    who, own = made.actors["owner"], made.places["own"]
    for row in NEEDS:
        asked = Asked(row, who.program)
        for field in (one.name for one in fields(Place) if one.name not in NOT_SWAPPED):
            swap = Swap(row, field)
            if asked.says(who, own) != asked.says(who, swap.of(made, "unknown")):
                yield swap


def ask(made: Matrix, actor: str, swap: Swap, source: str) -> Reply:
    """As somebody with every right on their own account; nothing may come of it."""
    who, place = made.actors[actor], swap.of(made, source)
    reply = Asked(swap.row, who.program).send(who, place)
    wrote = any(request.operation not in READS for request in reply.heard)
    if wrote and but_tries(engines.dump("credits")) != made.before:
        made.put_back()
        raise AssertionError((swap, actor, source, reply))
    return reply


def told(made: Matrix, swap: Swap, source: str, reply: Reply) -> Any:
    """All that could tell somebody anything, but for the id they have sent themselves."""
    named = getattr(swap.of(made, source), swap.field)
    status, body, headers, asked = looks(reply)
    for text in named.values() if isinstance(named, dict) else [named]:
        body = body.replace(text.encode(), b"id")
    return status, body, headers, asked


def is_theirs(swap: Swap, actor: str) -> bool:
    """Of another account of the program, and yet no stranger's: staff works for all of them."""
    return swap.field in OF_THE_PROGRAM or (swap.names_its_account and actor in STAFF)


@pytest.mark.parametrize(
    ("made", "actors"),
    [
        ("atlassian", SAMPLE),
        *(pytest.param(program, ACTORS, marks=pytest.mark.proof) for program in PROGRAMS),
    ],
    indirect=["made"],
    ids=lambda one: one if isinstance(one, str) else str(len(one)),
)
def test_an_id_of_somebody_elses_is_as_good_as_none(
    made: Matrix, figure: Counts, actors: tuple[str, ...]
) -> None:
    others = [f"#ACCOUNT#{made.places[place].account}" for place in ("other", "foreign")]
    wrong: list[object] = []
    count = 0
    for swap in swaps(made):
        for actor in actors:
            nobodys = told(made, swap, "unknown", ask(made, actor, swap, "unknown"))
            for source in ("other", "foreign"):
                if source == "other" and is_theirs(swap, actor):
                    continue
                reply, count = ask(made, actor, swap, source), count + 1
                held = [r for r in reply.heard for other in others if other.encode() in r.raw]
                if told(made, swap, source, reply) != nobodys:
                    wrong.append((swap, actor, source, reply.status, reply.body, nobodys))
                if held and not swap.names_its_account:
                    wrong.append((swap, actor, source, held))
    assert not wrong, "\n".join(str(one)[:300] for one in wrong)
    if actors == ACTORS:
        figure(f"foreign ids asked for, {made.actors['owner'].program}", count, "≥ 100")


def test_one_s_own_is_found_by_the_same_requests(made: Matrix) -> None:
    """Else nothing would be found for anybody, and the test above could not fail."""
    found = set()
    for swap in swaps(made):
        for actor in ACTORS:
            who = made.actors[actor]
            reply = Asked(swap.row, who.program).send(who, made.places["own"])
            made.put_back()
            if reply.status < 400:
                found.add(swap.field)
    # Where nothing is quoted there is nothing to accept.
    missing = {"quoted"} if made.actors["owner"].program == "cisco" else set[str]()
    assert {swap.field for swap in swaps(made)} - found <= {"code", "card_order"} | missing


@pytest.mark.proves("G20")
def test_a_read_that_trusts_an_id_is_caught(made: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a case is looked for wherever it is, and not on the account of the path."""
    owner, other = made.actors["owner"], made.places["other"]
    swap = Swap("readCase", "case")
    nobodys = told(made, swap, "unknown", ask(made, "owner", swap, "unknown"))
    real = cases.Cases.case
    monkeypatch.setattr(
        cases.Cases, "case", lambda self, program, _, case: real(self, program, other.account, case)
    )
    seen = ask(made, "owner", swap, "other")
    assert (seen.status, owner.program) == (200, made.actors["asker"].program)
    assert told(made, swap, "other", seen) != nobodys
