"""What an act has at hand: the people, the account, the clock, and somewhere to say things."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from demo import words
from demo.checks import Checks, Value
from demo.client import Answer, Json, LocalCloud, Unexpected
from demo.person import Person, sign_in
from demo.scenes import Company, Scene, moment
from demo.screen import Screen


def cast(cloud: LocalCloud, company: Company, *, fresh: bool) -> dict[str, Person]:
    """Everybody, signed in. A cloud that has seen the story before gets fresh addresses."""
    domain = company.name.lower() + (f"-{secrets.token_hex(3)}" if fresh else "")
    people = {
        name: sign_in(cloud, name, f"{name.lower()}@{domain}.example", company.program)
        for name in company.people
    }
    staff = {
        name: sign_in(cloud, name, f"{name.lower()}@vendor.example", company.program, group)
        for name, group in company.staff
    }
    return people | staff


@dataclass(kw_only=True, slots=True)
class Stage:
    """One company's. `account` is empty until it is opened; `kept` is what later scenes need."""

    cloud: LocalCloud
    company: Company
    people: Mapping[str, Person]
    screen: Screen
    checks: Checks
    year: int
    failed_before: int
    scene: Scene
    account: str = ""
    kept: dict[str, str] = field(default_factory=dict)
    _read: int = field(default=0)

    @property
    def owner(self) -> Person:
        return self.people[self.company.owner]

    @property
    def vera(self) -> Person:
        """The vendor's operator."""
        return self.people["Vera"]

    def begin(self, scene: Scene) -> None:
        """Move the clock to where the scene begins, and announce it.

        Scenes that begin at one instant are played one after the other: there the clock just runs.
        """
        self.scene = scene
        self._read = len(self.cloud.mails())
        begins = scene.begins(self.year)
        self.cloud.move_once_to(begins)
        self.screen.scene(scene.title, self.company, words.day(begins), scene.text)

    def later(self, month: int, day: int, text: str) -> None:
        """Within a scene."""
        self.until(moment(self.year, month, day), text)

    def until(self, then: datetime, text: str) -> None:
        self.cloud.move_to(then)
        self.screen.later(words.day(then), text)

    def today(self) -> str:
        """The day as it is told: 5 January."""
        return words.day(self.cloud.now()).rpartition(" ")[0]

    def day(self, month: int, day: int) -> str:
        """As the API writes it."""
        return moment(self.year, month, day).date().isoformat()

    def say(self, what: str, value: Value, rule: str = "") -> None:
        """Print a figure, by which rule it is so, and hold it against what was worked out."""
        agrees = self.agrees(what, value)
        self.screen.figure(what, words.value(value), rule, agrees=agrees)

    def agrees(self, what: str, value: Value) -> bool:
        """Hold a figure against what was worked out; a table prints it."""
        try:
            return self.checks.say(self.scene.key, what, value)
        except KeyError:
            raise Unexpected(f"nobody worked out {what}: {words.value(value)}") from None

    def page(self) -> Json:
        return self.owner.account(self.account)

    def say_available(self, what: str = "Available", rule: str = "") -> None:
        self.say(what, self.available(), rule)

    def available(self, state: str = "available") -> int:
        """All that can be spent; an account without credits has no balance at all."""
        return sum(balance[state] for balance in self.page()["balances"].values())

    def ask(self, name: str, *lines: Json, **more: object) -> Json:
        """Ask to spend. What was answered, which must not be a refusal."""
        return done(self.people[name].ask(*lines, **more))

    def refused(self, name: str, *lines: Json, **more: object) -> Json:
        """Ask for what must be refused: the reason."""
        return problem(self.people[name].ask(*lines, **more))

    def approves(self, *redemptions: str, verdict: str = "approve") -> Json:
        """The owner's word."""
        return done(self.owner.decide(self.account, verdict, redemptions))

    def lot(self, lot_id: str) -> str:
        """A lot by its size, which no two have in common: the 500."""
        found = {lot["lot"]: lot["credits"] for lot in self.page()["lots"]}
        return f"the {found[lot_id]:,}"

    def lot_of(self, credits: int) -> Json:
        """The lot of this size."""
        return next(lot for lot in self.page()["lots"] if lot["credits"] == credits)

    def left_of(self, credits: int) -> int:
        """What can still be spent of the lot of this size."""
        left: int = self.lot_of(credits)["balance"]["available"]
        return left

    def say_paid_from(self, redemption: str, rule: str = "") -> None:
        """Which lots paid for it, as the account's transactions tell."""
        spent = next(one for one in self.entries("redeem") if redemption in one["entry"])
        for movement in spent["movements"]:
            self.say(f"Paid from {self.lot(movement['lot'])}", movement["credits"], rule)

    def entries(self, kind: str | None = None) -> list[Json]:
        """Everything, or all of this kind, that was ever booked on the account."""
        start, end = moment(self.year, 1, 1), moment(self.year, 15, 1)
        entries = self.owner.entries(self.account, start, end)
        return [entry for entry in entries if kind in (None, entry["kind"])]

    def names(self) -> dict[str, str]:
        """By address."""
        return {person.email: name for name, person in self.people.items()}

    def mails_to(self, names: Sequence[str]) -> list[Json]:
        """Since the scene began or somebody last looked."""
        addresses = {self.people[name].email for name in names}
        mails = self.cloud.mails()
        new, self._read = mails[self._read :], len(mails)
        return [mail for mail in new if addresses & set(mail["to"])]

    def show_mail(self, *names: str) -> int:
        """The mail as it was read, once for all who got it. How many there were."""
        mails = self.mails_to(names)
        for text in dict.fromkeys((mail["subject"], mail["text"]) for mail in mails):
            self.screen.mail(words.listed(names), *text)
        return len(mails)


def done(answer: Answer) -> Json:
    """What came of it, which must not be a refusal."""
    if not answer.good:
        raise Unexpected(f"this was refused: {answer.text}")
    found: Json = answer.json
    return found


def problem(answer: Answer) -> Json:
    """Why not, of what must be refused."""
    if answer.good:
        raise Unexpected(f"this should have been refused: {answer.text}")
    found: Json = answer.json
    return found


Act = tuple[Scene, Callable[[Stage], None]]
