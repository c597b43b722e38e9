"""The catalogue: offerings and sessions as they are shown, and as they are brought in."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from training_credits.domain.model import Audience, Fulfilment, Mode
from training_credits.edge.schemas.base import (
    ONE_LINE,
    Answer,
    Country,
    Credits,
    Day,
    Line,
    Minor,
    Name,
    Request,
)

ROWS_MAX = 2_000
SLUG = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$(?!\n)"
LANGUAGE = r"^[a-z]{2}(-[A-Z]{2})?$(?!\n)"
CURRENCY = r"^[A-Z]{3}$(?!\n)"
Slug = Annotated[str, Meta(pattern=SLUG)]
Language = Annotated[str, Meta(pattern=LANGUAGE)]
Currency = Annotated[str, Meta(pattern=CURRENCY)]
Type = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,31}$(?!\n)")]
Family = Annotated[str, Meta(max_length=100, pattern=ONE_LINE)]
Seats = Annotated[int, Meta(ge=1, le=100_000)]
Whole = Annotated[int, Meta(ge=-(10**15), le=10**15)]
# What a row may hold at all: whatever else is wrong with it is said of that row.
Cell = str | Whole | bool | None | tuple[str, ...] | dict[str, str | Whole]


class OfferingRow(Request, frozen=True, kw_only=True):
    """A row of an import: an offering, whole."""

    offering: Slug
    type: Type
    title: Line
    collections: Annotated[tuple[Slug, ...], Meta(max_length=20)] = ()
    family: Family = ""
    audience: Audience = Audience.PUBLIC
    eligible: bool = True
    credits: Credits | None = None
    price_minor: Minor | None = None
    prices: Annotated[dict[Currency, Minor], Meta(max_length=50)] = field(default_factory=dict)
    titles: Annotated[dict[Language, Line], Meta(max_length=50)] = field(default_factory=dict)
    partner: Name | None = None
    mode: Mode | None = None
    country: Country | None = None


class SessionRow(Request, frozen=True, kw_only=True):
    """A row of an import: a session of an offering, whole."""

    offering: Slug
    session: Slug
    starts_on: Day
    ends_on: Day
    mode: Mode
    country: Country
    language: Language = "en"
    seats: Seats | None = None


class NewImport(Request, frozen=True, kw_only=True):
    """Rows of `kind` offering or session: as JSON in `rows`, or as a table in `text`.

    With `dry_run` they are only judged. One bad row, and none is written.
    """

    format: Literal["csv", "json"]
    dry_run: bool = False
    rows: Annotated[tuple[dict[str, Cell], ...], Meta(max_length=ROWS_MAX)] | None = None
    text: str | None = None


class BadRow(Answer, frozen=True, kw_only=True):
    """A row that cannot be brought in: its number, the field, why.

    Row 0 is the first line of a table, which names its columns.
    """

    row: int
    field: str
    code: str
    detail: str


class ImportAnswer(Answer, frozen=True, kw_only=True):
    """How many rows there were, how many are good, what is written, and which are bad."""

    rows: int
    good: int
    written: int
    bad: tuple[BadRow, ...] = ()


class OfferingAnswer(Answer, frozen=True, kw_only=True):
    """What is offered, in the language and the currency that were asked for, where it has them.

    `eligible` says whether credits may pay for it; if not, `code` and `why` say why not, and `rule`
    by which rule of the program. `credits` is its list price; without one, ask for a quote.
    """

    offering: str
    type: str
    title: str
    audience: Audience
    eligible: bool
    collections: tuple[str, ...] = ()
    family: str | None = None
    fulfilment: Fulfilment | None = None
    assisted: bool = False
    code: str | None = None
    why: str | None = None
    rule: str | None = None
    credits: int | None = None
    price_minor: int | None = None
    currency: str | None = None
    partner: str | None = None
    mode: Mode | None = None
    country: str | None = None


class OfferingList(Answer, frozen=True, kw_only=True):
    """Some of a collection; with a filter a page may hold fewer than there are before its end."""

    offerings: tuple[OfferingAnswer, ...]
    cursor: str | None = None


class SessionAnswer(Answer, frozen=True, kw_only=True):
    """One run, both days included; without `seats_left` there is room for everybody."""

    session: str
    starts_on: date
    ends_on: date
    mode: Mode
    country: str
    language: str
    seats_left: int | None = None


class OfferingPage(Answer, frozen=True, kw_only=True):
    """An offering with its sessions from today on, the first one first."""

    offering: OfferingAnswer
    sessions: tuple[SessionAnswer, ...]
    cursor: str | None = None
