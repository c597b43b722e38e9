"""Where a large table waits to be judged: on disk, so that a small part of it is in memory."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from audit.facts import Claim, Item, Violation

SHELVES = 128


class Shelves:
    """Lines sorted by a key into so many files; whatever has the same key lies together."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._paths = [folder / f"{number:03}" for number in range(SHELVES)]
        self._files: list[IO[str]] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Open for writing."""
        self._files = [
            self._open.enter_context(path.open("w", encoding="utf-8")) for path in self._paths
        ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Written."""
        self._open.close()

    def put(self, key: str, value: Any) -> None:
        """One more, of this key."""
        place = zlib.crc32(key.encode()) % SHELVES
        self._files[place].write(json.dumps(value, separators=(",", ":")) + "\n")

    def shelf(self, number: int) -> Iterator[Any]:
        """All of one."""
        with self._paths[number].open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def partitions(items: Iterator[Item]) -> Iterator[tuple[str, list[Item]]]:
    """What is on one shelf, partition by partition."""
    found = defaultdict[str, list[Item]](list)
    for item in items:
        found[item["pk"]].append(item)
    yield from found.items()


def packed(claim: Claim) -> list[Any]:
    """A claim as it waits."""
    said = claim.violation
    return [claim.about, said.law, said.place, said.words, claim.needs, claim.adds]


def unpacked(line: list[Any]) -> Claim:
    """And as it is settled."""
    about, law, place, words, needs, adds = line
    return Claim(about, Violation(law, place, words), needs=needs, adds=adds)
