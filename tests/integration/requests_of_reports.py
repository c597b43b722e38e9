"""What is asked about the past and the future, and how much of AWS each may ask for."""

from collections.abc import Callable

from tests.http.people import Company, Reply
from training_credits.edge import wiring

LONG_AGO = "2020-01-01T00:00:00Z"
PERIOD = f"from={LONG_AGO}&to=2120-01-01T00:00:00Z"


def now() -> str:
    return f"at={wiring.clock():%Y-%m-%dT%H:%M:%SZ}"


def reported(by: str, query: str = PERIOD) -> Callable[[Company], Reply]:
    """Something was spent."""

    def ask(made: Company) -> Reply:
        made.decides("approve", made.wants(1).json["redemption"])
        return made.owner.get(f"{made.path}/reports", f"{query}&by={by}")

    return ask


# A period that runs to now is read twice at its end, so that it is never torn.
ASKED: dict[str, tuple[Callable[[Company], Reply], dict[str, int]]] = {
    "readBalances": (
        lambda made: made.owner.get(f"{made.path}/balances", f"at={LONG_AGO}"),
        {"BatchGetItem": 1, "Query": 3},
    ),
    "readBalances, just now": (
        lambda made: made.owner.get(f"{made.path}/balances", now()),
        {"BatchGetItem": 1, "Query": 4},
    ),
    "readReport, by learner": (reported("learner"), {"BatchGetItem": 1, "Query": 2}),
    "readReport, by course": (reported("course"), {"BatchGetItem": 2, "Query": 2}),
    "readReport, by team": (reported("team"), {"BatchGetItem": 1, "Query": 3}),
    "readReport, of the past": (
        reported("month", f"from={LONG_AGO}&to=2020-02-01T00:00:00Z"),
        {"BatchGetItem": 1, "Query": 1},
    ),
    "readForecast": (lambda made: made.owner.get(f"{made.path}/forecast"), {"Query": 2}),
}
