"""docs/rules.toml as values."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, convert

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "docs" / "rules.toml"


class Text(NamedTuple):
    """A program's text. How many rules it has is pinned, so that none is dropped in silence."""

    title: str
    rules: int
    file: str


PROGRAMS = {
    "SF": Text("Salesforce Learning Credits", 41, "salesforce.toml"),
    "CI": Text("Cisco Learning Credits", 50, "cisco.toml"),
    "AT": Text("Atlassian training credits", 46, "atlassian.toml"),
}


class State(StrEnum):
    HONOURED = "honoured"
    LATER = "later"
    NOT_OURS = "not ours"


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`missing`: what an honoured rule still lacks. `why`: why another one is not honoured."""

    says: str
    state: State
    missing: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        if not self.says or self.claimed == bool(self.why) or (self.missing and self.why):
            msg = "an honoured rule may say what is missing, another one says why"
            raise ValueError(msg)

    @property
    def claimed(self) -> bool:
        return self.state is State.HONOURED

    @property
    def standing(self) -> str:
        return "in part" if self.missing else self.state.value

    @property
    def rest(self) -> str:
        return f"Missing: {self.missing}." if self.missing else self.why


Register = dict[str, Rule]


def read(path: Path = REGISTER) -> Register:
    """In the order of the file, which is the order of the texts."""
    rules = convert(tomllib.loads(path.read_text(encoding="utf-8")), Register)
    every = [
        f"{program}-{number:02}"
        for program, text in PROGRAMS.items()
        for number in range(1, text.rules + 1)
    ]
    if list(rules) != every:
        wrong = sorted(rules.keys() ^ set(every)) or ["the order"]
        msg = f"{path.name} holds each rule once and in order, but: {', '.join(wrong)}"
        raise ValueError(msg)
    return rules


def of_program(rules: Register, program: str) -> Register:
    return {rule: entry for rule, entry in rules.items() if rule.startswith(program)}
