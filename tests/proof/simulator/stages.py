"""Where a seed is played: in memory, thousands of them; or on a table, through botocore."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import Protocol

from tests.fakes.clock import BEGIN, StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.proof.simulator.acting import Hands
from tests.proof.simulator.operations import Op
from tests.proof.simulator.requests import Ids
from tests.proof.simulator.tenants import BUDGET, Account, opened, wired
from tests.proof.simulator.weather import SKIES, Stormy, Weather, drawn
from tests.properties import laws
from training_credits.ports import Ledger
from training_credits.programs import program_named

FIRST = Op(name="op0", kind="grant", at=BEGIN, account="a3", credits=400)


class Stage(Protocol):
    """The tenants with their first lot, and a table that nobody else uses."""

    accounts: dict[str, Account]
    ids: Ids
    meanwhile: list[Callable[[], object]]  # before the next write

    @property
    def kept(self) -> Ledger:
        """The table, without any weather."""

    def wired(self, clock: StoppedClock) -> AbstractContextManager[None]:
        """With the functions on it."""

    def broken(self, account: Account, raced: frozenset[str]) -> Iterator[str]:
        """Laws that do not hold, looked at from an account that something was done to."""

    def all_broken(self) -> Iterator[str]:
        """Laws that do not hold, anywhere."""


class InMemory:
    """The ledger in memory, which is held to the same contract as the table."""

    def __init__(self, weather: Weather) -> None:
        self.accounts, ids, kept = _template()
        self.ids = dict(ids)
        self.kept = MemoryLedger()
        self.kept.accounts, self.kept.submissions, self.kept.places = pickle.loads(kept)  # noqa: S301 - its own
        self.ledger = Stormy(self.kept, weather)
        self.meanwhile = self.ledger.meanwhile

    def wired(self, clock: StoppedClock) -> AbstractContextManager[None]:
        self.clock = clock
        return wired(clock, self.ledger)

    def broken(self, account: Account, raced: frozenset[str]) -> Iterator[str]:
        policy = program_named(account.program, self.clock.at)
        yield from laws.of_account(policy, self.kept, account.id, raced)
        yield from laws.of_program(policy, self.kept)

    def all_broken(self) -> Iterator[str]:
        """Each was looked at after whatever was done to it."""
        return iter(())


def begun(clock: StoppedClock) -> tuple[dict[str, Account], Ids]:
    """The tenants as every seed finds them, made through the API."""
    accounts = opened()
    hands = Hands(clock, accounts, weather=Weather(drawn(0, "nothing"), SKIES[0]))
    hands.carry_out(FIRST)
    a3 = accounts["a3"]
    budget = {"name": "kim", "limit": BUDGET, "learners": [a3.who("kim").email]}
    added = a3.who("ann").post(f"{a3.path}/budgets", budget, "budget-of-kim")
    assert added.status == 201, added
    return accounts, hands.ids


@cache
def _template() -> tuple[dict[str, Account], Ids, bytes]:
    """What every seed begins with; pickled, as that is copied in a third of the time."""
    ledger, clock = MemoryLedger(), StoppedClock()
    with wired(clock, ledger):
        accounts, ids = begun(clock)
    return accounts, ids, pickle.dumps(ledger.kept())
