"""What is brought in is what is listed, whichever way it came and however often."""

import csv
import io
import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import staff
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from training_credits.domain.model import Audience, Mode, Offering, Session
from training_credits.edge import rows, schemas
from training_credits.use_cases import catalogue

PROGRAM = "atlassian"
FIRST = date(2026, 3, 1)
# A table takes the blanks off the ends of a cell, and has no empty ones.
TITLES = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12
).filter(lambda text: text == text.strip())
SLUGS = st.sampled_from(["A", "B-1", "c.d_e", "0"])
COUNTRIES = st.sampled_from(["US", "DE"])
AMOUNTS = st.integers(1, 10_000_000)
PRICES = st.one_of(
    st.just({}),
    st.builds(lambda credits: {"credits": credits}, AMOUNTS),
    st.builds(lambda minor: {"price_minor": minor}, AMOUNTS),
)


@st.composite
def offerings(draw: st.DrawFn) -> Offering:
    return Offering(
        offering_id=draw(SLUGS),
        type=draw(st.sampled_from(["course", "exam", "subscription"])),
        title=draw(TITLES),
        collections=tuple(draw(st.lists(SLUGS, unique=True, max_size=3))),
        family=draw(st.just("") | TITLES),
        audience=draw(st.sampled_from(Audience)),
        eligible=draw(st.booleans()),
        **draw(PRICES),
        prices=draw(st.dictionaries(st.sampled_from(["EUR", "JPY"]), AMOUNTS)),
        titles=draw(st.dictionaries(st.sampled_from(["de", "pt-BR"]), TITLES)),
        partner=draw(st.none() | TITLES),
        mode=draw(st.none() | st.sampled_from(Mode)),
        country=draw(st.none() | COUNTRIES),
    )


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    starts = FIRST + timedelta(days=draw(st.integers(0, 900)))
    return Session(
        session_id=draw(SLUGS),
        offering_id=draw(SLUGS),
        starts_on=starts,
        ends_on=starts + timedelta(days=draw(st.integers(0, 30))),
        mode=draw(st.sampled_from(Mode)),
        country=draw(COUNTRIES),
        language=draw(st.sampled_from(["en", "de-AT"])),
        seats=draw(st.none() | st.integers(1, 100_000)),
    )


@st.composite
def shelves(draw: st.DrawFn) -> tuple[list[Offering], list[Session]]:
    """Offerings, and sessions of these."""
    offered = draw(st.lists(offerings(), unique_by=lambda one: one.offering_id, max_size=4))
    planned = draw(
        st.lists(sessions(), unique_by=lambda one: (one.offering_id, one.session_id), max_size=6)
    )
    known = {one.offering_id for one in offered}
    return offered, [one for one in planned if one.offering_id in known]


def as_row(value: Offering | Session) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(asdict(value), default=str))
    said["kind"] = "session" if isinstance(value, Session) else "offering"
    said["offering"] = said.pop("offering_id")
    if isinstance(value, Session):
        said["session"] = said.pop("session_id")
        del said["taken"]
    return said


def as_table(records: list[dict[str, Any]]) -> str:
    flat = []
    for record in records:
        cells = dict(record)
        cells |= {f"price_minor_{name}": n for name, n in cells.pop("prices", {}).items()}
        cells |= {f"title_{name}": text for name, text in cells.pop("titles", {}).items()}
        if "collections" in cells:
            cells["collections"] = ";".join(cells["collections"])
        flat.append(cells)
    out = io.StringIO()
    names = dict.fromkeys(["kind", *(name for cells in flat for name in cells)])
    writer = csv.DictWriter(out, list(names), restval="")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue()


def everything(ledger: MemoryLedger, limit: int) -> tuple[list[Offering], list[Session]]:
    """Page by page."""
    offered: list[Offering] = []
    cursor: str | None = None
    while True:
        page = ledger.offerings(PROGRAM, None, cursor, limit)
        offered += page.items
        cursor = page.cursor
        if cursor is None:
            break
    runs = (ledger.sessions(PROGRAM, one.offering_id, FIRST, None, 100).items for one in offered)
    return offered, [session for each in runs for session in each]


@given(shelves(), st.sampled_from(["csv", "json"]), st.integers(1, 4), st.randoms())
def test_import_and_list_give_back_what_was_sent(
    shelf: tuple[list[Offering], list[Session]], form: str, limit: int, chance: Any
) -> None:
    offered, planned = shelf
    records = [*map(as_row, offered), *map(as_row, planned)]
    chance.shuffle(records)
    body = (
        schemas.NewImport(format="csv", text=as_table(records))
        if form == "csv"
        else schemas.NewImport(format="json", rows=tuple(records))
    )
    ledger, clock = MemoryLedger(), StoppedClock()
    for _ in range(2):
        sheet = rows.read(body)
        flaws = catalogue.bring(ledger, clock, staff("olga", PROGRAM), sheet, dry_run=False)
        assert flaws == ()
    by_id = sorted(offered, key=lambda one: one.offering_id)
    by_day = sorted(planned, key=lambda one: (one.offering_id, one.starts_on, one.session_id))
    assert everything(ledger, limit) == (by_id, by_day)
    for name in ("A", "B-1", "c.d_e", "0"):
        inside = [one for one in by_id if name in one.collections]
        assert list(ledger.offerings(PROGRAM, name, None, 100).items) == inside
