"""Brings a large table into the catalogue, part by part: `TOKEN=… python -m local.catalogue FILE`.

First every part is only tried; then, if all rows are good, they are written. The file is read line
by line, twice, and never held whole. Broken off, it may be run again: a row is the same item again.
"""

import argparse
import csv
import http.client
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PATH = "/v1/catalogue/imports"
ROWS_EACH = 1_000
TRIES_MAX = 6
FIRST_PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 60
NO_ANSWER = 0
AGAIN = {NO_ANSWER, 429, 500, 502, 503, 504}
Send = Callable[[dict[str, Any]], tuple[int, Any]]
Say = Callable[[str], None]


class CannotGoOn(Exception):
    """The API has refused a part as a whole, or does not answer."""


@dataclass
class File:
    """A table on disk, and how much of it has been read."""

    path: Path
    read: int = 0

    def lines(self) -> Iterator[str]:
        """From the beginning, one at a time."""
        self.read = 0
        with self.path.open("rb") as raw:
            for number, line in enumerate(raw):
                self.read += len(line)
                yield line.decode("utf-8" if number else "utf-8-sig")

    @property
    def percent(self) -> int:
        """How much of it has been read."""
        return 100 * self.read // max(self.path.stat().st_size, 1)


@dataclass
class Part:
    """Some rows of the table; `first` is the number of the first one."""

    header: list[str]
    first: int
    rows: list[list[str]] = field(default_factory=list)

    def text(self) -> str:
        """A table of its own."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([self.header, *self.rows])
        return out.getvalue()

    def cell(self, number: int, column: str) -> str:
        """Of a row by its number in the part; empty where there is none."""
        named = dict(zip(self.header, self.rows[number - 1], strict=False))
        return named.get(column, "").strip()

    def offerings(self) -> set[str]:
        """What it brings itself."""
        numbers = range(1, len(self.rows) + 1)
        return {self.cell(n, "offering") for n in numbers if self.cell(n, "kind") == "offering"}


def parts(lines: Iterator[str], most: int) -> Iterator[Part]:
    """Of at most so many rows each; a blank line is no row."""
    rows = csv.reader(lines, strict=True)
    header = [name.strip() for name in next(rows, [])]
    part = Part(header, 1)
    for row in filter(None, rows):
        if len(part.rows) == most:
            yield part
            part = Part(header, part.first + most)
        part.rows.append(row)
    if part.rows:
        yield part


@dataclass
class Import:
    """One file on its way; `bad` counts rows, `written` what the API has taken."""

    file: File
    send: Send
    say: Say
    rows_each: int = ROWS_EACH
    rows: int = 0
    bad: int = 0
    written: int = 0
    brought: set[str] = field(default_factory=set)
    sleep: Callable[[float], None] = time.sleep

    def run(self, *, only_try: bool) -> bool:
        """Whether every row is good, and unless it was only tried, written."""
        self._pass(dry_run=True)
        if self.bad == 0 and not only_try:
            self._pass(dry_run=False)
        return self.bad == 0

    def _pass(self, *, dry_run: bool) -> None:
        self.rows = 0
        for part in parts(self.file.lines(), self.rows_each):
            answer = self._sent(part, dry_run=dry_run)
            self.rows += len(part.rows)
            self.written += answer["written"]
            for bad in answer.get("bad", ()):
                self._bad(part, bad)
            self.brought |= part.offerings()
            doing = "tried" if dry_run else "written"
            self.say(f"{self.file.percent:3} %  {self.rows} rows {doing}, {self.bad} bad")

    def _bad(self, part: Part, bad: dict[str, Any]) -> None:
        """An offering that an earlier part brings is there by the time it is needed."""
        number = int(bad["row"])
        offering = part.cell(number, "offering")
        if bad["code"] == "offering_not_found" and offering in self.brought:
            return
        self.bad += 1
        where = part.first + number - 1
        self.say(f"row {where}, {bad['field'] or 'whole'}: {bad['detail']} ({bad['code']})")

    def _sent(self, part: Part, *, dry_run: bool) -> Any:
        """Again and again while nothing is wrong with it."""
        body = {"format": "csv", "dry_run": dry_run, "text": part.text()}
        status, answer = self.send(body)
        for doubled in range(TRIES_MAX - 1):
            if status not in AGAIN:
                break
            self.sleep(FIRST_PAUSE_SECONDS * 2**doubled)
            status, answer = self.send(body)
        if status == HTTPStatus.OK:
            return answer
        said = answer.get("detail") or answer.get("message") if isinstance(answer, dict) else None
        raise CannotGoOn(f"rows from {part.first} on: {status} {said or 'no answer'}")


def sender(api: str, token: str) -> Send:
    """Over HTTP, on a connection of its own for each part."""
    place = urlsplit(api)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}

    def send(body: dict[str, Any]) -> tuple[int, Any]:
        connection = kind(place.netloc, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("POST", place.path.rstrip("/") + PATH, json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or "null")
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return NO_ANSWER, None
        finally:
            connection.close()

    return send


def main(arguments: list[str] | None = None) -> int:
    """0 if all is well, 1 if rows are bad, 2 if it could not be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="a CSV file of offerings and sessions")
    parser.add_argument("--api", default=os.environ.get("API", "http://127.0.0.1:8080"))
    parser.add_argument("--dry-run", action="store_true", help="only say which rows are bad")
    parser.add_argument("--rows", type=int, default=ROWS_EACH, help="how many are sent at once")
    said = parser.parse_args(arguments)
    send = sender(said.api, os.environ.get("TOKEN", ""))
    job = Import(file=File(said.file), send=send, say=print, rows_each=said.rows)
    try:
        good = job.run(only_try=said.dry_run)
    except (CannotGoOn, OSError, UnicodeDecodeError, csv.Error) as problem:
        print(f"stopped: {problem}", file=sys.stderr)
        return 2
    print(f"{job.rows} rows, {job.bad} bad, {job.written} written")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
