"""What was worked out by hand against what the system says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

Value = int | str | date
Figures = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One figure. None was never said."""

    scene: str
    what: str
    by_hand: Value
    said: Value | None

    @property
    def agrees(self) -> bool:
        """Of the same kind, too: True is not 1."""
        return type(self.by_hand) is type(self.said) and self.by_hand == self.said


class Checks:
    """Every figure that was worked out must be said, and none may be said that was not."""

    def __init__(self, by_hand: Figures) -> None:
        self._by_hand = by_hand
        self._said: dict[tuple[str, str], Value] = {}

    def say(self, scene: str, what: str, value: Value) -> bool:
        """Whether it agrees. KeyError if nobody worked it out."""
        by_hand = self._by_hand[scene][what]
        self._said[scene, what] = value
        return Check(scene=scene, what=what, by_hand=by_hand, said=value).agrees

    def __iter__(self) -> Iterator[Check]:
        for scene, figures in self._by_hand.items():
            for what, value in figures.items():
                said = self._said.get((scene, what))
                yield Check(scene=scene, what=what, by_hand=value, said=said)
