"""What a proof counts, with its goal: kept in build/proof.json, shown by `make proof`."""

import json
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct, convert, to_builtins

KEPT = "build/proof.json"
Number = int | float
Counts = Callable[[str, Number, str | Number], None]  # what the fixture `figure` is
GOAL = re.compile(r"(>=|≥|<=|≤|=)? *([\d,._]+)")
SIGNS = {">=": "≥", "<=": "≤"}
MEETS: Mapping[str, Callable[[Number, Number], bool]] = {
    "≥": operator.ge,
    "≤": operator.le,
    "=": operator.eq,
}


class Goal(Struct, frozen=True):
    """What a figure must be: "≥ 300" (">= 300" is as good), "≤ 5", "= 0", or the number alone."""

    sign: str
    number: Number

    @classmethod
    def of(cls, said: str | Number) -> "Goal":
        read = GOAL.fullmatch(str(said).strip())
        if read is None:
            raise ValueError(f"no goal: {said!r}")
        digits = re.sub("[,_]", "", read[2])
        number = float(digits) if "." in digits else int(digits)
        return cls(SIGNS.get(read[1], read[1] or "="), number)

    def met(self, value: Number) -> bool:
        return MEETS[self.sign](value, self.number)

    def together(self, values: list[Number]) -> Number:
        """Counts of several tests add up; of shares, and where less is better, the worst one."""
        if self.sign == "≤":
            return max(values)
        if any(isinstance(value, float) for value in values):
            return min(values, key=lambda value: value - self.number)
        return sum(values)

    def __str__(self) -> str:
        return f"{self.sign} {shown(self.number)}"


class Figure(Struct):
    """The values of one name, by the test that counted each."""

    goal: Goal
    of: dict[str, Number]

    @property
    def value(self) -> Number:
        return self.goal.together([*self.of.values()])

    @property
    def met(self) -> bool:
        return self.goal.met(self.value)


Figures = dict[str, Figure]


def shown(number: Number) -> str:
    return f"{number:,}"


def read(kept: Path) -> Figures:
    return convert(json.loads(kept.read_text("utf-8")), Figures) if kept.exists() else {}


def keep(counted: Iterable[tuple[str, str]], kept: Path) -> None:
    """Of a test that ran again the new values replace the old ones; other tests' stay."""
    figures = read(kept)
    for test, said in counted:
        name, value, goal = json.loads(said)
        figure = figures.get(name)
        if figure is None or figure.goal != Goal.of(goal):
            figure = figures[name] = Figure(Goal.of(goal), {})
        figure.of[test] = value
    kept.parent.mkdir(exist_ok=True)
    new = kept.with_suffix(".new")
    new.write_text(json.dumps(to_builtins(figures), indent=1, ensure_ascii=False), "utf-8")
    new.replace(kept)
