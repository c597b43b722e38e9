"""`python -m audit EXPORT…`; status 0: every law holds, 1: one does not, 2: cannot say.

EXPORT is a file or a folder of a table export to S3 in DynamoDB JSON, packed or not.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

PRODUCT = Path(__file__).resolve().parents[1] / "layers" / "credits"
sys.path.insert(0, str(PRODUCT))

from audit import Bounds, Claim, Violation, judged, settled  # noqa: E402 - its place is known now
from audit.export import Export, Unreadable  # noqa: E402
from audit.facts import GRACE, RACE  # noqa: E402
from audit.shelves import SHELVES, Shelves, packed, partitions, unpacked  # noqa: E402

HOLD, BROKEN, CANNOT_SAY = 0, 1, 2
WHOLE = 100


class Progress:
    """How far it has come, on stderr: each whole part of a hundred once."""

    def __init__(self) -> None:
        self._said = ""

    def tell(self, what: str, done: int, whole: int) -> None:
        """Of a part of the work."""
        said = f"{what}: {done * WHOLE // max(whole, 1)} %"
        if said != self._said:
            self._said = said
            print(said, file=sys.stderr, flush=True)


@dataclass
class Seen:
    """What a run has come across."""

    accounts: int = 0
    violations: int = 0


def main(arguments: list[str] | None = None) -> int:
    """Print each law that does not hold, as it is found."""
    given = _parser().parse_args(arguments)
    race, grace = timedelta(seconds=given.race), timedelta(seconds=given.grace)
    bounds = Bounds(given.now, race, grace)
    seen = Seen()
    try:
        export = Export.of(given.export)
        with tempfile.TemporaryDirectory(dir=given.work) as work:
            for found in _found(export, Path(work), bounds, seen):
                seen.violations += 1
                print(found, flush=True)
    except (OSError, Unreadable) as error:
        print(f"cannot say: {error}", file=sys.stderr)
        return CANNOT_SAY
    looked = f"{export.items:,} items, {seen.accounts:,} accounts"
    print(
        f"{looked}: {f'{seen.violations:,} violations' if seen.violations else 'every law holds'}"
    )
    return BROKEN if seen.violations else HOLD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m audit", description="Judge a whole table.")
    parser.add_argument("export", type=Path, nargs="+", metavar="EXPORT", help="files or folders")
    parser.add_argument(
        "--now",
        type=_instant,
        metavar="INSTANT",
        help="when the export was taken: also asks whether what was due by then is done",
    )
    parser.add_argument(
        "--race",
        type=int,
        default=int(RACE.total_seconds()),
        metavar="SECONDS",
        help="what is dated within may have happened in any order (%(default)s)",
    )
    parser.add_argument(
        "--grace",
        type=int,
        default=int(GRACE.total_seconds()),
        metavar="SECONDS",
        help="how late what is due may be done (%(default)s)",
    )
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="where it may write meanwhile")
    return parser


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at


def _found(export: Export, work: Path, bounds: Bounds, seen: Seen) -> Iterator[Violation]:
    """Sorted onto shelves, judged, and what partitions claim of each other settled."""
    progress = Progress()
    items, claims = Shelves(work / "items"), Shelves(work / "claims")
    with items:
        for item in export.read(lambda _, read: progress.tell("read", read, export.bytes)):
            items.put(item["pk"], item)
    with claims:
        for number in range(SHELVES):
            for pk, kept in partitions(items.shelf(number)):
                seen.accounts += "#ACCOUNT#" in pk
                for one in judged(pk, kept, bounds):
                    if isinstance(one, Claim):
                        claims.put(one.about, packed(one))
                    else:
                        yield one
            progress.tell("judged", number + 1, SHELVES)
    for number in range(SHELVES):
        yield from settled(unpacked(line) for line in claims.shelf(number))
        progress.tell("settled", number + 1, SHELVES)


if __name__ == "__main__":
    sys.exit(main())
