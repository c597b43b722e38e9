"""Reads what DynamoDB exports: lines of items in its own JSON, packed or not, however many."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from audit.facts import Item

ENDINGS = (".json.gz", ".json", ".jsonl")
MANIFEST = "manifest-files.json"
Seen = Callable[[int, int], None]


class Unreadable(Exception):
    """What was given is no export, or not all of it."""


@dataclass(slots=True)
class Export:
    """Files with data; `due` is how many items the manifest names, if there is one."""

    files: list[Path]
    due: int | None = None
    items: int = 0
    bytes: int = field(init=False)

    def __post_init__(self) -> None:
        """How much there is to read."""
        self.bytes = sum(path.stat().st_size for path in self.files)

    @classmethod
    def of(cls, paths: list[Path]) -> "Export":
        """Files, or folders as they were copied from the bucket."""
        files, due = list[Path](), None
        for path in paths:
            below = sorted(path.rglob("*")) if path.is_dir() else [path]
            for manifest in (one for one in below if one.name == MANIFEST):
                due = (due or 0) + _counted(manifest)
            files += [one for one in below if _holds_items(one)]
        if not files:
            raise Unreadable("no file with items is there")
        return cls(files, due)

    def read(self, seen: Seen = lambda _, __: None) -> Iterator[Item]:
        """Every item; `seen` is told of how many items and bytes there were so far."""
        before = 0
        for path in self.files:
            with path.open("rb") as packed, _unpacked(path, packed) as lines:
                for number, line in enumerate(_lines(path, lines), start=1):
                    if line.strip():
                        yield _item(path, number, line)
                        self.items += 1
                        seen(self.items, before + packed.tell())
            before += path.stat().st_size
        if self.due is not None and self.due != self.items:
            raise Unreadable(f"the manifest names {self.due} items, {self.items} are there")


def _counted(manifest: Path) -> int:
    try:
        lines = manifest.read_text("utf-8").splitlines()
        return sum(json.loads(line)["itemCount"] for line in lines if line.strip())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{manifest} is no manifest ({error!r})") from error


def _holds_items(path: Path) -> bool:
    return path.name.endswith(ENDINGS) and not path.name.startswith("manifest-") and path.is_file()


@contextmanager
def _unpacked(path: Path, packed: BinaryIO) -> Iterator[Iterable[bytes]]:
    if not path.name.endswith(".gz"):
        yield packed
        return
    with gzip.GzipFile(fileobj=packed) as lines:
        yield lines


def _lines(path: Path, lines: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from lines
    except (OSError, EOFError) as error:
        raise Unreadable(f"{path} ends too early ({error})") from error


def _item(path: Path, number: int, line: bytes) -> Item:
    try:
        found = json.loads(line)
        item = {name: plain(held) for name, held in found.get("Item", found).items()}
    except (ValueError, RecursionError, AttributeError, TypeError, StopIteration) as error:
        raise Unreadable(f"line {number} of {path} is no item ({error!r})") from error
    if not isinstance(item.get("pk"), str) or not isinstance(item.get("sk"), str):
        raise Unreadable(f"line {number} of {path} is no item of this table")
    return item


def plain(held: dict[str, Any]) -> Any:
    """A value without its type letters; a number that is not whole stays one, to be named."""
    ((kind, value),) = held.items()
    match kind:
        case "M":
            return {name: plain(one) for name, one in value.items()}
        case "L":
            return [plain(one) for one in value]
        case "N":
            return int(value) if value.lstrip("-").isdecimal() else float(value)
        case "NULL":
            return None
        case _:
            return value
