"""One operation at a time, asked for as everybody and on every account."""

from tests import engines
from tests.http.people import Reply, assert_is_problem
from tests.http.wire import READS
from tests.integration.conftest import but_tries
from tests.integration.matrix_needs import (
    NO_ACCOUNT,
    NO_REDEMPTION,
    NOT_PERMITTED,
    NOT_SIGNED_IN,
    WRONG_CODE,
    Says,
    who_may,
)
from tests.integration.matrix_requests import OPERATIONS, Asked, operation_of
from tests.integration.matrix_table import cell_of, expected
from tests.integration.matrix_world import PLACES, Matrix
from training_credits.domain.model import Permission
from training_credits.domain.program import Program
from training_credits.programs import program_versions

ROLES = {
    "atlassian": {"owner", "buyer", "finance"},
    "cisco": {"owner", "captain", "player", "buyer", "finance", "newcomer"},
    "salesforce": {"owner", "player", "buyer", "finance"},
}
EVERYBODY = {
    "operator",
    "integrator",
    "account_manager",
    "another account_manager",
    "advisor",
    "another advisor",
    "asker",
    "stranger",
    "removed",
    "invited",
    "nobody",
}


def places_of(name: str) -> tuple[str, ...]:
    """Whose account is asked for; what names no account has one place only."""
    operation = operation_of(name)
    path = OPERATIONS[operation][1]
    named = "{account}" in path or "{redemption}" in path
    return PLACES if named or operation in {"priceCart", "redeem"} else ("own",)


def done(name: str) -> int:
    """The status of a yes, as the document says."""
    statuses = [int(status) for status in OPERATIONS[operation_of(name)][2]["responses"]]
    (yes,) = (status for status in statuses if status < 300)
    return yes


def assert_each_cell(made: Matrix, name: str) -> None:
    """Ask for one row as everybody, on every account; hold the answers to the table."""
    program = program_versions(made.actors["owner"].program)[-1]
    cells = {
        (actor, place): cell_of(made, program, actor, place)
        for actor in made.actors
        for place in places_of(name)
    }
    assert {actor for actor, _ in cells} == ROLES[program.id] | EVERYBODY
    should = {at: expected(name, done(name), cell) for at, cell in cells.items()}
    replies = {at: asked(made, name, *at) for at in cells}
    said = {at: Says(reply.status, reply.code) for at, reply in replies.items()}
    wrong = {at: (said[at], should[at]) for at in cells if said[at] != should[at]}
    assert not wrong, f"{name}, as answered and as it should be: {wrong}"
    assert {*should.values()} <= documented(name)
    for (actor, place), reply in replies.items():
        if should[actor, place] == NOT_PERMITTED:
            assert_names_who_may(program, reply)
        if should[actor, place] in {NO_ACCOUNT, NO_REDEMPTION, WRONG_CODE}:
            assert looks(reply) == looks(replies[actor, "unknown"]), (actor, place)


def asked(made: Matrix, name: str, actor: str, place: str) -> Reply:
    """The answer of one cell; a no has written nothing but that a code was wrong, and whoever is
    not signed in has asked AWS for nothing.
    """
    who = made.actors[actor]
    reply = Asked(name, who.program).send(who, made.places[place])
    wrote = any(request.operation not in READS for request in reply.heard)
    if reply.code is not None:
        assert_is_problem(reply)
        assert not wrote or but_tries(engines.dump("credits")) == made.before
    assert who.signed_in or reply.heard == []
    if wrote:
        made.put_back()
    return reply


def documented(name: str) -> set[Says]:
    """Every status with each of its codes; the gateway itself answers whoever has no token."""
    found = {Says(done(name)), NOT_SIGNED_IN}
    for status, response in OPERATIONS[operation_of(name)][2]["responses"].items():
        problem = response.get("content", {}).get("application/problem+json")
        named = problem["schema"]["allOf"][1]["properties"]["code"]["enum"] if problem else []
        found |= {Says(int(status), code) for code in named}
    return found


def assert_names_who_may(program: Program, reply: Reply) -> None:
    """Somebody of the account is told which roles could do it."""
    needed = Permission(reply.json["needed"])
    assert reply.json["roles"] == who_may(program.id, needed)


def looks(reply: Reply) -> tuple[int, bytes, dict[str, str], list[str]]:
    """All that could tell an outsider whether something is there."""
    return reply.status, reply.body, reply.headers, [r.operation for r in reply.heard]
