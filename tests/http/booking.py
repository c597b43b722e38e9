"""A class with sessions in any program, and bookings of it."""

from typing import Any

from tests.http.people import Company, Reply, Who, someone
from training_credits.programs import program_versions

KINDS = {"atlassian": "course", "cisco": "class", "salesforce": "class"}
FAR = "2199-03-04"


def lists(made: Company, *sessions: str, **run: Any) -> None:
    """The class C-1 of 3 credits, run in these sessions; all are far away unless said otherwise."""
    course = {"kind": "offering", "offering": "C-1", "type": KINDS[made.program], "title": "C"}
    days = {"starts_on": FAR, "ends_on": FAR, "mode": "virtual", "country": "US", "seats": 9}
    runs = [
        {"kind": "session", "offering": "C-1", "session": session, **(days | run)}
        for session in sessions
    ]
    rows = [course | {"credits": 3}, *runs]
    brought = made.staff[0].post("/v1/catalogue/imports", {"format": "json", "rows": rows})
    assert brought.json.get("written") == len(rows), brought


def books(made: Company, *sessions: str) -> str:
    """The path of a request with a line for each, approved."""
    lines = [{"offering": "C-1", "session": session} for session in sessions]
    terms = program_versions(made.program)[-1].terms
    ticked = {"terms": terms.version} if terms.when == "per_order" else {}
    asked = made.learner.post("/v1/redemptions", {"lines": lines, **made.pays_with, **ticked})
    assert asked.status == 201, asked
    if asked.json["state"] == "pending":
        decided = made.decides("approve", asked.json["redemption"]).json
        assert decided["decided_credits"] == 3 * len(lines), decided
    return f"/v1/redemptions/{asked.json['redemption']}"


def machine(made: Company) -> Who:
    """A learning system of the vendor's."""
    return someone(made.owner.wire, "lms", program=made.program, groups=("integrator",))


def gives_back(
    made: Company, path: str, line: int = 1, who: Who | None = None, key: str | None = None
) -> Reply:
    return (who or made.learner).post(f"{path}/returns", {"line": line}, key)


def moves(
    made: Company,
    path: str,
    session: str,
    line: int = 1,
    who: Who | None = None,
    key: str | None = None,
) -> Reply:
    return (who or made.learner).post(f"{path}/moves", {"line": line, "session": session}, key)


def reports(
    made: Company,
    path: str,
    line: int = 1,
    who: Who | None = None,
    key: str | None = None,
    **said: Any,
) -> Reply:
    body = {"line": line} | (said or {"completed": True})
    return (who or made.staff[0]).post(f"{path}/fulfilments", body, key)


def seats_left(made: Company) -> dict[str, int]:
    """Of each session."""
    found = made.learner.get("/v1/catalogue/C-1").json["sessions"]
    return {run["session"]: run["seats_left"] for run in found}
