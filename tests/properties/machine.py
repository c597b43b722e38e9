"""Years of an account, as a machine that looks for a way to break its laws."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from tests import audit
from tests.builders import person
from tests.properties.actors import UNPAYABLE, Actors, reason_of
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import Approval, Verdict
from training_credits.programs import program_named
from training_credits.use_cases import accounts
from training_credits.use_cases.expire import sweep
from training_credits.use_cases.statements import monthly_statement

OWNERS = st.sampled_from(["ann", "ann", "bob"])
LEARNERS = st.sampled_from(["lee", "kim"])
ENDS = st.sampled_from([0, -1])
MOMENTS = [timedelta(microseconds=n) for n in (-1, 0, 1)]
MEANWHILE = st.sampled_from(["nothing", "nothing", "ask", "cancel", "approve", "deny", "end"])


class LedgerMachine(Actors):
    """Few, telling values: wide ranges never reach the edges (days of a year, a moment)."""

    def __init__(self) -> None:
        super().__init__()
        self.buys(100, "ann", days_ago=30)
        self.buys(60, "ann", days_ago=0)

    # What people do.

    @rule(credits=st.sampled_from([60, 500]), who=OWNERS, days_ago=st.sampled_from([0, 364]))
    def buys(self, credits: int, who: str, days_ago: int) -> None:
        """By card; or by an invoice of these days ago, so that the newer lot may end first."""
        if self.program == "cisco":
            self.granted += 1
            invoice = self.clock().date() - timedelta(days=days_ago)
            self.world.grant(f"SO-{self.granted}", credits, invoice=invoice)
            return
        answer = self.attempt(
            who, "purchase", lambda asking: self.world.buy(credits, asking=asking)
        )
        assert self.owns(who) is not isinstance(answer, Problem), "purchase"

    @rule(credits=st.sampled_from([1, 60, 100, 110, 600]), who=LEARNERS)
    def asks(self, credits: int, who: str) -> None:
        self.asks_while(credits, who, "nothing")

    @rule(credits=st.sampled_from([1, 60, 60, 100]), who=LEARNERS, meanwhile=MEANWHILE)
    def asks_while(self, credits: int, who: str, meanwhile: str) -> None:
        fits = credits <= self.payable
        raced = self.interrupt(meanwhile)
        answer = self.ask(who, credits)
        if isinstance(answer, Problem):
            assert answer.reason in UNPAYABLE, f"answer: {answer.reason}"
        assert raced or fits is isinstance(answer, str), f"payable: {fits} and {answer!r}"

    @precondition(lambda self: self.waiting)
    @rule(place=ENDS, who=st.sampled_from(["", "", "eve"]), meanwhile=MEANWHILE)
    def takes_back(self, place: int, who: str, meanwhile: str) -> None:
        wanted = self.waiting[place]
        raced = self.interrupt(meanwhile)
        answer = self.cancel(who or wanted.learner.name.lower(), wanted)
        due = Reason.REDEMPTION_NOT_FOUND if who else None
        assert raced or reason_of(answer) is due, f"answer: {reason_of(answer)}, due {due}"

    @precondition(lambda self: self.waiting)
    @rule(place=ENDS, who=OWNERS, verdict=st.sampled_from(Verdict), meanwhile=MEANWHILE)
    def decides(self, place: int, who: str, verdict: Verdict, meanwhile: str) -> None:
        wanted = self.waiting[place]
        due = self.due_of_decision(who, verdict, wanted)
        raced = self.interrupt(meanwhile)
        answer = self.decide(who, verdict, wanted)
        assert raced or reason_of(answer) in due, f"answer: {reason_of(answer)}, due {due}"

    @precondition(lambda self: len(self.waiting) > 1)
    @rule(who=OWNERS, meanwhile=MEANWHILE)
    def approves_all(self, who: str, meanwhile: str) -> None:
        """All of them, or none if their sum is too much."""
        needed = sum(r.credits for r in self.waiting if not r.draws)
        fits = self.owns(who) and needed <= self.payable
        raced = self.interrupt(meanwhile)
        answer = self.decide(who, Verdict.APPROVE, *self.waiting)
        refused = isinstance(answer, Problem)
        decided = not refused and all(outcome.problem is None for outcome in answer)
        assert raced or fits is decided is not refused, f"batch: {needed} asked, {answer}"

    @precondition(lambda self: self.settled)
    @rule(place=ENDS, verdict=st.sampled_from([None, *Verdict]))
    def comes_too_late(self, place: int, verdict: Verdict | None) -> None:
        wanted = self.settled[place]
        who = "ann" if self.owns("ann") else "bob"
        if verdict is None:
            answer = self.cancel(wanted.learner.name.lower(), wanted)
        else:
            answer = self.decide(who, verdict, wanted)
        assert reason_of(answer) is Reason.ALREADY_DECIDED, f"answer: {answer}"

    @rule(
        approval=st.sampled_from([None, Approval.MANUAL, *Approval]), who=OWNERS, both=st.booleans()
    )
    def changes_the_account(self, approval: Approval | None, who: str, *, both: bool) -> None:
        """Who approves; or who owns: one who left comes back, one leaves while the other does."""
        other = "bob" if who == "ann" else "ann"
        if not self.owns(who):
            self.comes_back(who, other)
        elif approval is None:
            if both:
                self.ledger.meanwhile.append(lambda: self.leaves(other))
            self.leaves(who)
            self.ledger.meanwhile.clear()
        else:
            accounts.edit_account(
                self.ledger,
                self.clock,
                self.world.caller(who),
                self.world.account,
                name=None,
                approval=approval,
            )

    def comes_back(self, who: str, other: str) -> None:
        email = person(who).email
        self.attempt(
            other,
            "add_owner",
            lambda asking: accounts.add_owner(
                self.ledger, self.clock, asking, self.world.account, email
            ),
        )

    def leaves(self, who: str) -> None:
        """The last one stays."""
        reason: StrEnum | None = None
        try:
            self.world.remove_owner(who, who)
        except Problem as problem:
            reason = problem.reason
        due = (None, Reason.LAST_OWNER, Reason.ACCOUNT_NOT_FOUND)
        assert reason in due, f"answer: {reason}"

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
            assert reused or self.lost_rights(done), f"replay: refused with {answer.reason}"
        else:
            assert not other, "key reuse: answered"
            assert answer == done.answer, f"replay: {answer} where {done.answer} was said"
        assert self.snapshot() == before, "replay: something was written"

    # What time does.

    @rule(by=st.sampled_from([*(timedelta(days=n) for n in (1, 31, 365, 400)), *MOMENTS]))
    def time_passes(self, by: timedelta) -> None:
        """Days; or to the moment around the next end."""
        if by in MOMENTS:
            end = min((lot.expires_at for lot in self.alive), default=self.clock.at)
            self.clock.at = max(end + by, self.clock.at)
        else:
            self.clock.advance(by)

    @precondition(lambda self: any(lot not in self.alive for lot in self.rows.lots.values()))
    @rule()
    def sweeps(self) -> None:
        self.sweep()
        before = self.snapshot()
        assert sweep(self.ledger, self.clock, lambda: True).lots == 0, "sweep: twice"
        assert self.snapshot() == before, "sweep: something was written twice"

    # What always holds.

    @invariant()
    def the_laws_hold(self) -> None:
        rows, entries = self.rows, self.world.entries()
        broken = [
            *audit.of_lots(rows.lots, entries),
            *audit.of_spending(rows.lots, entries, self.raced),
            *audit.of_redemptions(rows.lots, rows.redemptions, entries, holds=self.holds),
        ]
        assert not broken, "; ".join(broken)
        assert rows.owner_count == len(rows.owners) >= 1, f"owners: {sorted(rows.owners)}"

    @invariant()
    def each_key_has_one_effect(self) -> None:
        made = [done for done in self.done if done.intent.operation in ("redeem", "purchase")]
        there = len(self.rows.orders) + len(self.rows.redemptions)
        assert there == len(made) + self.granted, "one effect: more or fewer than keys"
        assert len({done.answer for done in made}) == len(made), "one effect: one id twice"

    @invariant()
    def statements_chain(self) -> None:
        world, closing = self.world, 0
        for year, month in self.months():
            olga = world.caller("olga", "operator")
            stated = monthly_statement(self.ledger, self.clock, olga, world.account, year, month)
            assert stated.opening == closing, f"statement: {month} does not open at {closing}"
            closing = stated.closing
            changes = sum(line.change for line in stated.lines)
            assert stated.opening + changes == closing, "statement: does not add up"
            assert all(line.balance >= 0 for line in stated.lines), "statement: below zero"
            if stated.end <= self.clock():
                known = self.closings.setdefault((year, month), closing)
                assert known == closing, f"statement: {month} closed at {known} before"
        assert closing == world.balance().unspent, "statement: not what is left now"

    def months(self) -> list[tuple[int, int]]:
        """Months in which something happened, or ended, or beside them; up to this one."""
        instants = [entry.at for entry in self.rows.entries.values()]
        instants += [lot.expires_at for lot in self.rows.lots.values()]
        today = program_named(self.program).today(self.clock())
        near = {(at + timedelta(days=n)).date() for at in instants for n in (-1, 0, 1)} | {today}
        return sorted({(day.year, day.month) for day in near if day <= today})


class HoldingMachine(LedgerMachine):
    """Credits are held from the request on."""

    program = "cisco"


class TrustingMachine(LedgerMachine):
    """Nothing is held: the balance is checked again at the decision."""

    program = "atlassian"
