"""What people do in a seed: drawn one by one, from what was made before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.proof.simulator.operations import Answer, Op
from tests.proof.simulator.remembering import Known
from tests.proof.simulator.tenants import ACCOUNTS, LEARNERS, PRICE

TICK = timedelta(microseconds=1)
# How likely each is; what lacks something to be about becomes a purchase, or spends.
KINDS = {
    "grant": 5,
    "redeem": 22,
    "book": 6,
    "approve": 16,
    "deny": 4,
    "confirm": 6,
    "cancel": 5,
    "fulfil": 4,
    "return": 5,
    "ask": 8,
    "answer": 14,
    "void": 3,
    "sweep": 6,
    "look": 6,
}
# What the vendor says to a case: before somebody has had a look, and after.
FIRST = ("in_review",) * 5 + ("yes", "rejected", "withdrawn")
THEN = ("yes",) * 6 + ("rejected", "withdrawn", "in_review")
OFFERED = {"a": "extension", "c": "reissue", "s": "dispute"}
PAUSES = (
    *[timedelta()] * 16,
    *[timedelta(seconds=1), timedelta(minutes=20), timedelta(hours=9)] * 2,
    *[timedelta(days=1), timedelta(days=4)] * 2,
    timedelta(days=31),
    timedelta(days=61),
)
SOON = timedelta(days=100)
AROUND = (-2 * TICK, -TICK, timedelta(), timedelta(days=-40), timedelta(days=20))
Facts = dict[str, Any]
Ends = Callable[[], Iterable[datetime]]


@dataclass
class Workload:
    """What it is told of the table: `left` is what may be spent of a lot, `ends` the instants
    around which much is decided, `ending` lots of an account of which something may live on.
    """

    rng: Random
    left: Callable[[str, str], int]
    ends: Ends
    ending: Callable[[str], list[str]]
    at: datetime
    known: dict[str, Known] = field(default_factory=dict)
    number: int = 0
    accounts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Most happens on few accounts, so that it meets."""
        self.known = {name: Known() for name in ACCOUNTS}
        few = self.rng.sample(ACCOUNTS, self.rng.choice((1, 2, 3)))
        self.accounts = [*ACCOUNTS, *few * 8]

    def next(self) -> Op:
        """The next operation, some time after the last."""
        account = self.rng.choice(self.accounts)
        known, kind = self.known[account], self._kind(account)
        self.at += self._pause() + TICK
        self.number += 1
        op = Op(name=f"op{self.number}", kind=kind, at=self.at, account=account)
        return self._drawn(op, known)

    def beside(self, op: Op) -> Op:
        """Somebody else on the same account, at the same instant; what is sent is one request."""
        self.number += 1
        kind = self.rng.choice(("redeem", "approve", "deny", "cancel", "confirm", "answer", "void"))
        other = Op(name=f"op{self.number}", kind=kind, at=self.at, account=op.account)
        return self._drawn(other, self.known[op.account])

    def _kind(self, account: str) -> str:
        if not self.known[account].lots and self.rng.random() < 0.8:
            return "grant"
        if self.known[account].open and self.rng.random() < 0.4:
            return "answer"
        if self.ending(account) and self.rng.random() < 0.2:
            return "ask"
        return self.rng.choices([*KINDS], [*KINDS.values()])[0]

    def _pause(self) -> timedelta:
        """Often none; sometimes to the moment around the next end of something."""
        if self.rng.random() < 0.85:
            return self.rng.choice(PAUSES)
        near = min((end for end in self.ends() if end > self.at), default=self.at)
        if near - self.at > SOON and self.rng.random() < 0.5:
            return timedelta()
        return max(near - self.at + self.rng.choice(AROUND), timedelta())

    def _drawn(self, op: Op, known: Known) -> Op:
        """With all that belongs to it; something else where there is nothing to be about."""
        facts = getattr(self, f"_{op.kind}", self._nothing)(op, known)
        if facts is not None:
            return replace(op, **facts)
        instead = "redeem" if known.bought or op.account[0] == "a" else "grant"
        return self._drawn(replace(op, kind=instead), known)

    def _nothing(self, *_: object) -> Facts:
        return {}

    def _look(self, *_: object) -> Facts:
        return {"who": self.rng.choice(("ann", "ann", "stranger"))}

    def _grant(self, *_: object) -> Facts:
        return {"credits": self.rng.choice((10, 50, 50, 90, 300, 900))}

    def _redeem(self, op: Op, known: Known) -> Facts | None:
        facts = self._book(op, known, priced=True)
        if facts is None:
            return None
        left = self.left(op.account, facts["lot"])
        amounts = (1, 3, 20, max(left, 1), left + 1, max(left // 2, 1), max(left // 3, 1))
        return facts | {"credits": self.rng.choice(amounts)}

    def _book(self, op: Op, known: Known, *, priced: bool = False) -> Facts | None:
        if op.account[0] == "s" and not priced:
            return None
        lot = ""
        if op.account[0] != "a":
            if not known.bought:
                return None
            lot = self._one(known.bought)
        who, reserve = self.rng.choice(LEARNERS), self.rng.random() < 0.25
        return {"who": who, "lot": lot, "reserve": reserve, "credits": PRICE}

    def _approve(self, _: Op, known: Known) -> Facts | None:
        names = known.waiting if known.waiting and self.rng.random() < 0.85 else known.requests
        if not names:
            return None
        count = min(self.rng.choice((1, 1, 2, 2, 3)), len(names))
        who = self.rng.choice(("ann", "ann", "ann", "bob", "bob", "stranger"))
        chosen = tuple(self.rng.sample(names, count))
        return {"who": who} | ({"requests": chosen} if count > 1 else {"request": chosen[0]})

    _deny = _approve

    def _confirm(self, _: Op, known: Known) -> Facts | None:
        return self._own(known, known.reserved)

    def _cancel(self, _: Op, known: Known) -> Facts | None:
        return self._own(known, [*known.waiting, *known.reserved])

    def _return(self, _: Op, known: Known) -> Facts | None:
        return self._own(known, known.spent)

    def _own(self, known: Known, likely: list[str]) -> Facts | None:
        """Mostly what one has asked for oneself, and mostly what can still be done."""
        names = likely if likely and self.rng.random() < 0.85 else known.requests
        if not names:
            return None
        name = self._one(names)
        own = known.of[name].who
        return {"request": name, "who": own if self.rng.random() < 0.9 else "lee"}

    def _fulfil(self, _: Op, known: Known) -> Facts | None:
        names = known.spent or known.requests
        return {"who": "olga", "request": self._one(names)} if names else None

    def _ask(self, op: Op, known: Known) -> Facts | None:
        """Mostly what the program offers, when it does."""
        ending = self.ending(op.account)
        wants = ["dispute"] * bool(known.spent) + ["reissue", "extension"] * bool(known.lots)
        if not wants:
            return None
        who, to = self.rng.choice(("ann", "ann", "ann", "bob", "stranger")), self._one(wants)
        if ending and self.rng.random() < 0.8:
            to = OFFERED[op.account[0]]
        if to == "dispute":
            return (
                {"who": who, "to": to, "request": self._one(known.spent)} if known.spent else None
            )
        lot = self._one(ending or known.lots)
        facts: Facts = {"who": who, "to": to, "lot": lot}
        if to == "extension":
            return facts | {"days": self.rng.choice((30, 90, 365, 366))}
        short = self.rng.choice((0, 0, 0, 1))
        return facts | {"credits": max(self.left(op.account, f"all of {lot}") - short, 1)}

    def _answer(self, _: Op, known: Known) -> Facts | None:
        if not known.cases:
            return None
        case = self._one(known.open or known.cases)
        to = self.rng.choice(THEN if case in known.looked_at else FIRST)
        if to == "yes":
            to = "upheld" if known.of[case].to == "dispute" else "approved"
        return {"who": "ann" if to == "withdrawn" else "olga", "case": case, "to": to}

    def _void(self, _: Op, known: Known) -> Facts | None:
        names = [name for name in known.bought if name != "op0"]
        return {"who": self._one(["olga", "otto"]), "lot": self._one(names)} if names else None

    def _one(self, names: list[str]) -> str:
        """Rather what is new."""
        return self.rng.choice([*names, *names[-2:]])

    def heard(self, op: Op, answer: Answer) -> None:
        """What was made can be spoken of from now on."""
        if not answer.code:
            self.known[op.account].heard(op, answer)
