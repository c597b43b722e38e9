"""`python -m verify EXPORT [--heads HEADS]`; status 0: as sealed, 1: it is not, 2: cannot say.

EXPORT is a file of JSON lines: pages of `GET /v1/accounts/{account}/journal`, one a line, or their
items. HEADS is a file of the lines that were kept under lock, or the folder they were copied to.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PRODUCT = Path(__file__).resolve().parents[1] / "layers" / "credits"
sys.path.insert(0, str(PRODUCT))

from training_credits.domain.findings import Finding  # noqa: E402 - its place is known only now
from training_credits.domain.journal import Facts  # noqa: E402
from training_credits.domain.verifying import Heads, Verdict, heads_of, verify  # noqa: E402

AS_SEALED, NOT_AS_SEALED, CANNOT_SAY = 0, 1, 2


class Unreadable(Exception):
    """What was given is no export, or no heads."""


def main(arguments: list[str] | None = None) -> int:
    """Say what was found, in words."""
    parser = argparse.ArgumentParser(prog="python -m verify", description="Check a sealed journal.")
    parser.add_argument("export", type=Path, metavar="EXPORT", help="pages of the journal")
    parser.add_argument("--heads", type=Path, metavar="HEADS", help="what was kept under lock")
    given = parser.parse_args(arguments)
    try:
        heads = None if given.heads is None else _heads(given.heads)
        verdict = verify(_items(given.export), heads)
    except (OSError, Unreadable) as error:
        print(f"cannot say: {error}", file=sys.stderr)
        return CANNOT_SAY
    if verdict.finding is not None:
        print(_said(verdict.finding))
        return NOT_AS_SEALED
    if not verdict.months:
        print("cannot say: no month is in it", file=sys.stderr)
        return CANNOT_SAY
    print(_well(verdict, heads))
    return AS_SEALED


def _said(found: Finding) -> str:
    where = f"{found.month} of account {found.account}"
    what = f"the month {where}" if found.place is None else f"entry {found.place} in {where}"
    return f"{found.kind}: {what}: {found.because}"


def _well(verdict: Verdict, heads: Heads | None) -> str:
    looked = f"{verdict.entries} entries, {verdict.months} months, {verdict.accounts} accounts"
    without = "" if heads is not None else "; without heads, months at the end may be missing"
    return f"as sealed: {looked}{without}"


def _heads(path: Path) -> Heads:
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    try:
        return heads_of([item for file in files for item in _items(file)])
    except (KeyError, TypeError) as error:
        raise Unreadable(f"{path} holds no heads ({error!r})") from error


def _items(path: Path) -> Iterator[Facts]:
    """Line by line, so that an export may be larger than the memory."""
    with path.open(encoding="utf-8") as lines:
        try:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield from _in_line(path, number, line)
        except UnicodeDecodeError as error:
            raise Unreadable(f"{path} is no text") from error


def _in_line(path: Path, number: int, line: str) -> list[Facts]:
    try:
        found = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"line {number} of {path}: {error}") from error
    items = found.get("items", [found]) if isinstance(found, dict) else None
    if not isinstance(items, list) or not all(_is_item(item) for item in items):
        raise Unreadable(f"line {number} of {path} is no page of a journal")
    return items


def _is_item(item: Any) -> bool:
    return isinstance(item, dict) and any(
        isinstance(item.get(name), dict) for name in ("block", "entry")
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two readers could read a name that is there twice differently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


if __name__ == "__main__":
    sys.exit(main())
