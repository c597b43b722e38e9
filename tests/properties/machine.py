"""Years of an account, as a machine that looks for a way to break its laws."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from tests.properties import laws
from tests.properties.actors import Actors
from tests.properties.belongers import Belongers
from tests.properties.buyers import Buyers
from tests.properties.carts import Carts
from tests.properties.claimants import Claimants
from tests.properties.shoppers import Shoppers
from tests.properties.spenders import Spenders
from training_credits.domain.errors import Problem, Reason
from training_credits.use_cases.expire import sweep
from training_credits.use_cases.statements import monthly_statement

MOMENTS = [timedelta(microseconds=n) for n in (-1, 0, 1)]
MAKING = ("redeem", "purchase", "enter")


class Times(Actors):
    """Time goes by, the sweep comes by, and whatever was sent is sent again."""

    @precondition(lambda self: self.done)
    @rule(place=st.sampled_from([0, 3, -1]), other=st.booleans())
    def sends_again(self, place: int, *, other: bool) -> None:
        """The same under the same key, or something else under it."""
        done = self.done[place % len(self.done)]
        asking = replace(done.intent, digest="another body") if other else done.intent
        before = self.snapshot()
        try:
            answer = done.run(asking)
        except Problem as problem:
            answer = problem
        if isinstance(answer, Problem):
            reused = other and answer.reason is Reason.KEY_REUSED
            said = f"replay: {done.intent.operation} refused with {answer.reason}"
            assert reused or self.lost_rights(done), said
        else:
            assert not other, "key reuse: answered"
            assert answer == done.answer, f"replay: {answer} where {done.answer} was said"
        assert self.snapshot() == before, "replay: something was written"

    # What time does.

    @rule(by=st.sampled_from([*(timedelta(days=n) for n in (1, 31, 60, 60, 365, 400)), *MOMENTS]))
    def time_passes(self, by: timedelta) -> None:
        """Days; or to the moment around the next end."""
        if by in MOMENTS:
            ends = [lot.expires_at for lot in self.alive]
            open_ones = [r for r in self.rows.asked.redemptions.values() if r.open]
            ends += [r.lapses_at for r in open_ones if r.lapses_at and not r.lapsed(self.clock.at)]
            end = min(ends, default=self.clock.at)
            self.clock.at = max(end + by, self.clock.at)
        else:
            self.clock.advance(by)

    @precondition(lambda self: any(lot not in self.alive for lot in self.rows.lots.values()))
    @rule()
    def sweeps(self) -> None:
        self.sweep()
        self.sweep()  # what was closed late may be called for at once, and is by the next run
        before = self.snapshot()
        assert sweep(self.ledger, self.clock, lambda: True).lots == 0, "sweep: twice"
        assert self.snapshot() == before, "sweep: something was written twice"


class LedgerMachine(Shoppers):
    """The laws of the ledger, after each step; whoever acts comes with a subclass.

    Few, telling values: wide ranges never reach the edges (days of a year, a moment).
    """

    def __init__(self) -> None:
        super().__init__()
        self.closings: dict[tuple[int, int], dict[str, int]] = {}
        self.buys(100, "ann", days_ago=30)
        self.buys(60, "ann", days_ago=0)

    @invariant()
    def the_laws_hold(self) -> None:
        broken = [*laws.of_account(self.policy, self.ledger, self.world.account, self.raced)]
        assert not broken, broken[0]

    @invariant()
    def the_laws_of_the_program_hold(self) -> None:
        broken = [*laws.of_program(self.policy, self.ledger)]
        assert not broken, broken[0]

    @invariant()
    def each_key_has_one_effect(self) -> None:
        made = [done for done in self.done if done.intent.operation in MAKING]
        there = len(self.rows.orders) + len(self.rows.asked.redemptions)
        assert there == len(made), "one effect: more or fewer than keys"
        assert len({done.answer for done in made}) == len(made), "one effect: one id twice"

    @invariant()
    def statements_chain(self) -> None:
        world = self.world
        before: dict[str, int] = {}
        for year, month in self.months():
            olga = world.caller("olga")
            stated = monthly_statement(self.ledger, self.clock, olga, world.account, year, month)
            opening = {one.product: one.opening for one in stated.products if one.opening}
            assert opening == before, f"statement: {month} does not open at {before}"
            for one in stated.products:
                lines = [line for line in stated.lines if line.product == one.product]
                ends = {one.opening + sum(line.change for line in lines)}
                ends |= {one.closing, one.opening + one.sums.total}
                assert len(ends) == 1, "statement: does not add up"
                assert all(line.balance >= 0 for line in lines), "statement: below zero"
            before = {one.product: one.closing for one in stated.products if one.closing}
            if stated.end <= self.clock():
                known = self.closings.setdefault((year, month), before)
                assert known == before, f"statement: {month} closed at {known} before"
        assert sum(before.values()) == world.balance().unspent, "statement: not what is left now"

    def months(self) -> list[tuple[int, int]]:
        """Months in which something happened, or ended, or beside them; up to this one."""
        instants = [entry.at for entry in self.rows.entries.values()]
        instants += [lot.expires_at for lot in self.rows.lots.values()]
        today = self.policy.today(self.clock())
        near = {(at + timedelta(days=n)).date() for at in instants for n in (-1, 0, 1)} | {today}
        return sorted({(day.year, day.month) for day in near if day <= today})


class Everybody(LedgerMachine, Times, Buyers, Carts, Belongers):
    """All that people do, in one history."""


class Spending(LedgerMachine, Times, Spenders):
    """Credits and codes, for years."""


class SpendingToday(LedgerMachine, Spenders):
    """The same on one day, on which more happens at once."""


class Claiming(LedgerMachine, Times, Claimants):
    """What is left at the end is asked for again, and transactions are disputed."""


class ClaimingToday(LedgerMachine, Claimants):
    """The same on one day."""


class Asking(LedgerMachine, Times, Carts):
    """Requests of several lines, reservations, classes and budgets, for years."""


class AskingToday(LedgerMachine, Carts):
    """The same on one day."""


class Buying(LedgerMachine, Times, Buyers):
    """Orders and payments, for years."""


class BuyingToday(LedgerMachine, Buyers):
    """The same on one day."""


class Belonging(LedgerMachine, Belongers):
    """People, and who owns what."""


def of(program: str, machine: type[LedgerMachine]) -> type[LedgerMachine]:
    """A machine in a program: cisco holds credits and is paid with numbers; atlassian holds none,
    and sells by card and by quote; salesforce has codes of one lot, with limits and ends.
    """
    return type(f"{machine.__name__}_{program}", (machine,), {"program": program})
