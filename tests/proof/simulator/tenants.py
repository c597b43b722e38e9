"""Three programs and eight accounts, made once through the API; each seed begins with a copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from tests.fakes.clock import StoppedClock
from tests.fakes.payments import FakePayments
from tests.http.asking import Who
from tests.http.people import V1
from tests.http.wire import Wire
from training_credits.edge import observability, wiring
from training_credits.programs import program_versions

PROGRAMS = {"a": "atlassian", "c": "cisco", "s": "salesforce"}
ACCOUNTS = ("a1", "a2", "a3", "c1", "c2", "c3", "s1", "s2")
MANUAL = {"a2", "a3", "c2", "c3"}
OWNERS, LEARNERS, OPERATORS = ("ann", "bob"), ("lee", "kim"), ("olga", "otto")
OFFERING, SESSION, PRICE, SEATS = "C-1", "S-1", 3, 4
BUDGET = 300
TYPES = {"atlassian": "course", "cisco": "class"}
FAR = "2199-03-04"
SETTINGS = {
    "CODE_KEY": "a secret of the simulator",
    "PORTAL_URL": "https://portal.example",
}


@dataclass(frozen=True, kw_only=True)
class Account:
    """One of the eight: what it is called here, and its people."""

    name: str
    id: str
    code: str = ""

    @property
    def program(self) -> str:
        return PROGRAMS[self.name[0]]

    @property
    def path(self) -> str:
        return f"{V1}/{self.id}"

    @property
    def product(self) -> str:
        return program_versions(self.program)[-1].products[0].id

    def who(self, name: str) -> Who:
        """Whoever is called so on this account, or at its vendor; a stranger owns another."""
        if name == "stranger":
            other = f"{self.name[0]}{2 if self.name[1] == '1' else 1}"
            return person("ann", other, self.program)
        return person(name, self.name, self.program)


@cache
def person(name: str, account: str, program: str) -> Who:
    """The same everywhere, so that the same seed makes the same ids."""
    if name in OPERATORS:
        return Who(name=f"{name}-{program}", wire=WIRE, program=program, groups=("operator",))
    return Who(name=f"{name}-{account}", wire=WIRE, program=program)


WIRE = Wire()  # nothing here goes over one


@contextmanager
def wired(clock: StoppedClock, ledger: Any) -> Iterator[None]:
    """The functions with this ledger behind them, and this clock."""
    with pytest.MonkeyPatch.context() as patch, quiet():
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        around(patch, clock)
        patch.setattr(wiring, "ledger", lambda: ledger)
        yield


def around(patch: pytest.MonkeyPatch, clock: StoppedClock) -> None:
    """Beside the table: what time it is, and who is paid."""
    payments = FakePayments()
    patch.setattr(wiring, "clock", clock)
    patch.setattr(wiring, "payments", lambda: payments)
    patch.setattr(observability, "count", lambda *_: None)


@contextmanager
def quiet() -> Iterator[None]:
    """Thousands of refusals are what is wanted here."""
    log, level = observability.logger, observability.logger.log_level
    log.setLevel("CRITICAL")
    try:
        yield
    finally:
        log.setLevel(level)


def opened() -> dict[str, Account]:
    """Opened through the API, whatever is behind it now; nobody has bought yet."""
    for program in TYPES:
        _list_class(program)
    return {name: _open(name) for name in ACCOUNTS}


def _open(name: str) -> Account:
    program = PROGRAMS[name[0]]
    ann, olga = (person(who, name, program) for who in ("ann", "olga"))
    body: dict[str, Any] = {"name": name}
    if program != "salesforce":
        body["approval"] = "manual" if name in MANUAL else "automatic"
    if program == "atlassian":
        said = ann.post(V1, body, f"open-{name}-00")
    else:
        said = olga.post(V1, body | {"owner": ann.email}, f"open-{name}-00")
        ann.arrives()
    assert said.status == 201, said
    made = Account(name=name, id=said.json["account"])
    for who in ("bob", *LEARNERS):
        _join(made, made.who(who), "owner" if who == "bob" else "player")
    if program != "atlassian":
        return made
    code = ann.post(f"{made.path}/codes", {}, f"code-{name}-00").json["code"]
    return Account(name=name, id=made.id, code=code)


def _join(account: Account, who: Who, role: str) -> None:
    """Learners are members of the account only where that is needed to spend."""
    if role == "player" and account.program != "cisco":
        return
    said = {"email": who.email, "role": role}
    asked = account.who("ann").post(f"{account.path}/members", said, f"join-{who.name}-00")
    assert asked.status == 201, asked
    who.arrives()


def _list_class(program: str) -> None:
    course = {"kind": "offering", "offering": OFFERING, "type": TYPES[program], "title": "C"}
    run = {"kind": "session", "offering": OFFERING, "session": SESSION, "seats": SEATS}
    days = {"starts_on": FAR, "ends_on": FAR, "mode": "virtual", "country": "US"}
    rows = [course | {"credits": PRICE}, run | days]
    olga = person("olga", "", program)
    brought = olga.post("/v1/catalogue/imports", {"format": "json", "rows": rows}, "import-00")
    assert brought.status == 200, brought
