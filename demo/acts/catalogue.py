"""Rows of a catalogue, and bringing them in: the vendor's work."""

from demo.client import Json
from demo.stage import Stage

AT_ONCE = 4


def offering(name: str, kind: str, title: str, **more: object) -> Json:
    return {"kind": "offering", "offering": name, "type": kind, "title": title, **more}


def session(
    of: str, name: str, days: tuple[str, str], mode: str = "virtual", country: str = "US"
) -> Json:
    first, last = days
    where = {"mode": mode, "country": country, "seats": 12}
    row = {"kind": "session", "offering": of, "session": name, "starts_on": first}
    return {**row, "ends_on": last, **where}


def brought_in(stage: Stage, rows: list[Json], *, dry_run: bool = False) -> Json:
    """What came of it: how many rows there were, how many were written, which are bad."""
    body = {"format": "json", "dry_run": dry_run, "rows": rows}
    return stage.vera.post("/v1/catalogue/imports", body)


def written(stage: Stage, rows: list[Json]) -> int:
    """All rows, a few at a time: of a long transaction moto copies its table for each row."""
    parts = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
    return sum(brought_in(stage, part)["written"] for part in parts)
