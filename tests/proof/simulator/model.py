"""What the API must answer, and where every credit then is: a naive model of one seed's world.

Written from the rules of the programs and the documents alone, by somebody who had not read the
product; it shares no line with it. Time stands still during an operation, and nothing ever fails.
"""

import tomllib
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import inf
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from tests.proof.simulator.operations import Answer, Op

FACTS = SimpleNamespace(**tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")))
PROGRAMS = {letter: SimpleNamespace(**facts) for letter, facts in FACTS.programs.items()}
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass
class Lot:
    """Bought, or left of another; `gone` are its credits that were voided or reissued."""

    op: Op
    root: str
    on: date
    gone: Counter[str] = field(default_factory=Counter)

    @property
    def ends(self) -> datetime:
        """The first instant at which it is dead; `on` is the day that is shown."""
        program = PROGRAMS[self.op.account[0]]
        day = self.on + program.dead_days_later * DAY
        return datetime.combine(day, program.dead_at, ZoneInfo(program.zone)).astimezone(UTC)


@dataclass
class Request:
    """`parts` are the credits that each lot pays for it, or holds."""

    op: Op
    lapses: datetime
    state: str = "pending"
    spent: date = date.max
    parts: Counter[str] = field(default_factory=Counter)

    def of(self, fact: str) -> Any:
        return FACTS.states[self.state][fact]


class No(Exception):
    """A refusal, by its code."""


@dataclass
class Model:
    """A method for each kind of operation; `fair` is why the last was refused."""

    lots: dict[str, Lot] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    cases: dict[Op, str] = field(default_factory=dict)  # by what asked for it
    wrong: list[Op] = field(default_factory=list)
    fair: set[str] = field(default_factory=set)

    def apply(self, op: Op) -> Answer:
        """What is told; nothing has changed if that is a no."""
        self.fair = set()
        self.program = PROGRAMS[op.account[0]]
        self.today = op.at.astimezone(ZoneInfo(self.program.zone)).date()
        try:
            self._no(account_not_found=op.who == "stranger")
            told: Answer = getattr(self, f"_{op.kind}")(op)
        except No as no:
            return Answer(status=FACTS.status.get(str(no), 422), code=str(no))
        return told

    def balance(self, lot: Lot, now: datetime) -> Counter[str]:
        """What is left of it at its end has expired, swept or not."""
        has = lot.gone.copy()
        for each in self.requests.values():
            has[each.of("credits")] += each.parts[lot.op.name]
        del has[""]
        has["available" if now < lot.ends else "expired"] = lot.op.credits - has.total()
        return has

    def _no(self, **reasons: bool) -> None:
        """The first that holds is the answer; each is fair, as no document says which it is."""
        held = [code for code, holds in reasons.items() if holds]
        self.fair.update(held)
        if held:
            raise No(held[0])

    def _grant(self, op: Op) -> Answer:
        on = months_on(self.today, self.program.months) + self.program.days * DAY
        self.lots[op.name] = Lot(op, op.name, on)
        return Answer(state="activated")

    def _redeem(self, op: Op) -> Answer:
        since = op.at - FACTS.guessing_minutes * MINUTE
        tries = [one for one in self.wrong if one.person == op.person and one.at > since]
        self._no(too_many_tries=len(tries) >= self.program.wrong_codes_max)
        if op.lot and self.lots[op.lot].gone["voided"]:
            self.wrong.append(op)
            raise No("code_not_accepted")
        own = [r for r in self.requests.values() if r.op.person == op.person and r.of("credits")]
        budget = FACTS.budgets.get(" ".join(op.person), inf) - sum(r.op.credits for r in own)
        asked = Request(op, op.at + FACTS.request_days * DAY)
        asked.parts = self._drawn(op, asked, budget_exceeded=op.credits > budget)
        self.requests[op.name] = asked
        if op.account not in self.program.approved_by_hand:
            self._move(replace(op, kind="approve", request=op.name))
        elif not self.program.held_at_request:
            asked.parts.clear()
        return Answer(status=201, state=asked.state)

    _book = _redeem

    def _drawn(self, op: Op, asked: Request, **more: bool) -> Counter[str]:
        """Which lots pay: the one that ends first, then the oldest. What is held is there."""
        others = [r for r in self.requests.values() if r.op.kind == "book" and r is not asked]
        seated = sum(r.of("seats") for r in others if r.op.account[0] == op.account[0])
        root = self.lots[asked.op.lot].root if asked.op.lot else ""
        own = [lot for lot in self.lots.values() if lot.op.account == op.account]
        lots = [lot for lot in own if root in {"", lot.root}]
        parts = asked.parts.copy()
        for lot in sorted(lots, key=lambda lot: lot.ends):
            available = self.balance(lot, op.at)["available"]
            parts[lot.op.name] += min(available, asked.op.credits - parts.total())
        self._no(
            session_full=asked.op.kind == "book" and seated >= FACTS.seats,
            no_credits=not lots,
            credits_expired=not parts.total() and all(op.at >= lot.ends for lot in lots),
            insufficient_credits=parts.total() < asked.op.credits,
            too_many_lots=len(+parts) > FACTS.lots_max and asked.op.kind != "approve",
            **more,
        )
        return parts

    def _decide(self, op: Op) -> Answer:
        """Of many the sum must be payable first; then each is a matter of its own."""
        if op.request:
            return self._move(op)
        asked = [self.requests[name] for name in op.requests]
        waits = [r for r in asked if r.state == "pending" and op.at < r.lapses and not r.parts]
        if op.kind == "approve" and waits:
            self._drawn(op, Request(replace(op, credits=sum(r.op.credits for r in waits)), op.at))
        told = [self.apply(replace(op, request=name)) for name in op.requests]
        return Answer(each=tuple(one.code or one.state or "" for one in told))

    _approve = _deny = _decide

    def _move(self, op: Op) -> Answer:
        """A learner knows of no request but their own."""
        asked = self.requests[op.request]
        self._no(redemption_not_found=op.who in FACTS.learners and op.who != asked.op.who)
        to = asked.of(op.kind)
        self._no(**{to: to not in FACTS.states})
        if to == "approved":
            self._no(request_lapsed=op.at >= asked.lapses)
            asked.parts, asked.spent = self._drawn(op, asked), self.today
            asked.lapses = op.at + self.program.reserved_minutes * MINUTE
        asked.state = "reserved" if asked.op.reserve and op.kind == "approve" else to
        return Answer(state=asked.state)

    _confirm = _cancel = _fulfil = _return = _uphold = _move

    def _ask(self, op: Op) -> Answer:
        same = {case: state for case, state in self.cases.items() if case.to == op.to}
        if op.to == "dispute":
            last = self.requests[op.request].spent + FACTS.dispute_days * DAY
            disputed = op.request in {case.request for case in same}
            self._no(already_disputed=disputed, not_disputable=self.today > last)
        else:
            waits = {case.lot for case, state in same.items() if state in FACTS.cases[op.to]}
            self._left_to_renew(op, op, already_asked=op.lot in waits)
        self.cases[op] = next(iter(FACTS.cases[op.to]))
        return Answer(status=201, state=self.cases[op])

    def _answer(self, op: Op) -> Answer:
        staff, back = op.who == "olga", op.to == "withdrawn"
        self._no(customer_only=back and staff, not_permitted=not (back or staff))
        case = next(case for case in self.cases if case.name == op.case)
        self._no(case_moved=op.to not in FACTS.cases[case.to].get(self.cases[case], ()))
        if op.to == "approved":  # what is left begins anew in a lot of its own
            left, lot = self._left_to_renew(op, case), self.lots[case.lot]
            reissued = months_on(self.today, FACTS.reissue_months)
            on = reissued if case.to == "reissue" else lot.on + case.days * DAY
            new = Lot(replace(op, credits=left), lot.root, on)
            self._no(date_not_possible=op.at >= new.ends)
            lot.gone["reissued"] += left
            self.lots[op.name] = new
        if op.to == "upheld":
            self._move(replace(op, kind="uphold", request=case.request))
        self.cases[case] = op.to
        return Answer(state=op.to)

    def _left_to_renew(self, op: Op, asked: Op, **more: bool) -> int:
        """Judged when it is asked for, and when it is granted."""
        lot, reissue = self.lots[asked.lot], asked.to == "reissue"
        has, around = self.balance(lot, op.at), FACTS.around_end_days * DAY
        left, early = has["available"] + has["expired"], self.today < lot.on - around
        self._no(
            **{f"{asked.to}_not_allowed": asked.to != self.program.renews_by},
            extension_too_long=asked.days > FACTS.extension_days_max,
            reissue_limit=reissue and (lot.gone["reissued"] > 0 or lot.root != asked.lot),
            outside_window=self.today > lot.on + around or (reissue and early),
            nothing_left=not left,
            **more,
            plan_incomplete=reissue and asked.credits < left,
        )
        return left

    def _void(self, op: Op) -> Answer:
        lot = self.lots[op.lot]
        self._no(
            not_refundable=not self.program.refunds,
            step_not_next=lot.gone["voided"] > 0,
            credits_in_use=self.balance(lot, op.at)["available"] < lot.op.credits,
        )
        lot.gone["voided"] = lot.op.credits
        return Answer(state="cancelled")

    def _sweep(self, op: Op) -> Answer:
        for each in self.requests.values():
            if op.at >= each.lapses:
                each.state = each.of("sweep")
        return Answer()

    def _look(self, _: Op) -> Answer:
        return Answer()


def months_on(day: date, months: int) -> date:
    """Clamped to the last day of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
