"""What an act has at hand: the people, the account, the clock, and somewhere to say things."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from demo import words
from demo.checks import Checks, Value
from demo.client import COMPANY, Json, LocalCloud, Person, Unexpected
from demo.screen import Screen
from demo.story import NAMES, PROGRAM, SCENES, VENDOR, Scene, moment


def cast(cloud: LocalCloud, *, fresh: bool) -> dict[str, Person]:
    """Everybody, signed in. A cloud that has seen the story before gets fresh addresses."""
    domain = COMPANY.lower() + (f"-{secrets.token_hex(3)}" if fresh else "")
    people = {
        name: cloud.sign_in(name, f"{name.lower()}@{domain}.example", PROGRAM) for name in NAMES
    }
    return people | {VENDOR: cloud.sign_in(VENDOR, "vera@vendor.example", PROGRAM, "operator")}


@dataclass(kw_only=True, slots=True)
class Stage:
    """`account` and `code` are empty until they are opened and made."""

    cloud: LocalCloud
    people: Mapping[str, Person]
    screen: Screen
    checks: Checks
    year: int
    failed_before: int
    account: str = ""
    code: str = ""
    scene: Scene = SCENES[0]
    _read: int = field(default=0)

    @property
    def owner(self) -> Person:
        return self.people["Ann"]

    def elsewhere(self, name: str, program: str, *groups: str) -> Person:
        """The same person at another vendor, with a token of its own."""
        return self.cloud.sign_in(name, self.people[name].email, program, *groups)

    def begin(self, scene: Scene) -> None:
        """Move the clock to where the scene begins, and announce it."""
        self.scene = scene
        self._read = len(self.cloud.mails())
        begins = scene.begins(self.year)
        self.cloud.move_to(begins)
        self.screen.scene(scene.title, words.day(begins), scene.text)

    def later(self, month: int, day: int, text: str) -> None:
        """Within a scene."""
        then = moment(self.year, month, day)
        self.cloud.move_to(then)
        self.screen.later(words.day(then), text)

    def today(self) -> str:
        """The day as it is told: 5 January."""
        return words.day(self.cloud.now()).rpartition(" ")[0]

    def say(self, what: str, value: Value) -> None:
        """Print a figure, and hold it against what was worked out."""
        self.screen.figure(what, words.value(value), agrees=self.agrees(what, value))

    def agrees(self, what: str, value: Value) -> bool:
        """Hold a figure against what was worked out; a table prints it."""
        return self.checks.say(self.scene.key, what, value)

    def page(self) -> Json:
        return self.owner.account(self.account)

    def say_available(self, what: str = "Available") -> None:
        self.say(what, self.available())

    def available(self) -> int:
        """All that can be spent; an account without credits has no balance at all."""
        return sum(balance["available"] for balance in self.page()["balances"].values())

    def ask(self, name: str, title: str, credits: int) -> Json:
        """Redeem with the code. What was answered, which must not be a refusal."""
        answer = self.people[name].redeem(self.code, title, credits)
        if not answer.good:
            raise Unexpected(f"{name} was refused: {answer.text}")
        found: Json = answer.json
        return found

    def refused(self, name: str, title: str, credits: int) -> Json:
        """Redeem what must be refused: the reason."""
        answer = self.people[name].redeem(self.code, title, credits)
        if answer.good:
            raise Unexpected(f"{name} should have been refused: {answer.text}")
        problem: Json = answer.json
        return problem

    def lot(self, lot_id: str) -> str:
        """A lot by its size, which no two have in common: the 500."""
        found = {lot["lot"]: lot["credits"] for lot in self.page()["lots"]}
        return f"the {found[lot_id]:,}"

    def say_paid_from(self, redemption: str) -> None:
        """Which lots paid for it, as the account's transactions tell."""
        spent = next(one for one in self.entries("redeem") if redemption in one["entry"])
        for movement in spent["movements"]:
            self.say(f"Paid from {self.lot(movement['lot'])}", movement["credits"])

    def entries(self, kind: str) -> list[Json]:
        """Everything of this kind that was ever booked on the account."""
        start, end = moment(self.year, 1, 1), moment(self.year, 15, 1)
        entries = self.owner.entries(self.account, start, end)
        return [entry for entry in entries if entry["kind"] == kind]

    def left_of(self, credits: int) -> int:
        """What can still be spent of the lot of this size."""
        lots = self.page()["lots"]
        return sum(lot["balance"]["available"] for lot in lots if lot["credits"] == credits)

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


Act = tuple[Scene, Callable[[Stage], None]]
