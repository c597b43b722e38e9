"""What is sent to spend credits, and what may pay, as it is shown."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from training_credits.domain.model import Approval, Off
from training_credits.edge.schemas.base import (
    Answer,
    Country,
    Credits,
    Email,
    Instant,
    Line,
    Name,
    Request,
    Token,
)
from training_credits.edge.schemas.catalogue import Currency, Language, Slug

LINES_MAX = 10
INSTRUMENTS_MAX = 20
QUANTITY_MAX = 100
Quantity = Annotated[int, Meta(ge=1, le=QUANTITY_MAX)]


class AttendeeBody(Request, frozen=True, kw_only=True):
    """Who takes part, where it is not whoever asks."""

    email: Email
    name: Name


class Pay(Request, frozen=True, kw_only=True):
    """One instrument: the text of a `code`, a `sales_order` number, or a `lot` by its id.

    `credits` is what it pays; of a single instrument all of the line, unless said.
    """

    code: Token | None = None
    sales_order: Token | None = None
    lot: Token | None = None
    credits: Credits | None = None


class NewLine(Request, frozen=True, kw_only=True):
    """Something of the catalogue, or something that a shop has priced itself.

    The first by `offering`, in a `session` where it has any, `quantity` times; the second by
    `title` and `credits`. Of an offering without a price an advisor says the `credits` that were
    agreed on, and the `statement_of_work` behind them. `pay` says what pays for this line.
    """

    offering: Slug | None = None
    session: Slug | None = None
    quantity: Quantity = 1
    title: Line | None = None
    credits: Credits | None = None
    statement_of_work: Token | None = None
    attendee: AttendeeBody | None = None
    pay: Annotated[tuple[Pay, ...], Meta(max_length=INSTRUMENTS_MAX)] = ()


class NewRedemption(Request, frozen=True, kw_only=True):
    """`lines`, or a single one by its `title` and `credits`.

    `code`, `sales_order` or `lot` pays for every line that does not say itself what pays; a lot is
    named with the `account` it is of, and so is a request for which nothing has to be paid.
    `country` is where the training is used, `partner` that a training partner delivers it, `terms`
    the version that was ticked, where the program asks for them, `language` what titles are in, and
    `currency` what the prices of a cart are shown in.
    With `reserve` the credits are only set aside, until the request is confirmed.
    """

    lines: Annotated[tuple[NewLine, ...], Meta(max_length=LINES_MAX)] = ()
    title: Line | None = None
    credits: Credits | None = None
    code: Token | None = None
    sales_order: Token | None = None
    lot: Token | None = None
    account: Token | None = None
    country: Country | None = None
    partner: bool = False
    terms: Token | None = None
    language: Language | None = None
    currency: Currency | None = None
    reserve: bool = False


class Confirmation(Request, frozen=True, kw_only=True):
    """Nothing needs to be said to confirm what was reserved."""


class CostAnswer(Answer, frozen=True, kw_only=True):
    """A price before and after what is taken off by itself; `reference` names the agreement."""

    list_credits: int
    credits: int
    percent: int = 0
    reason: Off | None = None
    reference: str | None = None


class OptionAnswer(Answer, frozen=True, kw_only=True):
    """One lot: so many `available` credits may pay, or `why` none may.

    `facts` are what would make it a yes; `assisted` says that the advisor has a look first.
    """

    lot: str
    product: str
    available: int
    expires_on: date
    approval: Approval | None = None
    sales_order: str | None = None
    assisted: bool = False
    why: str | None = None
    facts: dict[str, Any] | None = None


class LineOptions(Answer, frozen=True, kw_only=True):
    """A line of a cart: what it costs, and which lots its instruments open.

    `price_minor` is its list price in money, in the `currency` asked for where it has one (SF-24).
    """

    title: str
    credits: int
    cost: CostAnswer | None = None
    price_minor: int | None = None
    currency: str | None = None
    options: tuple[OptionAnswer, ...] = ()


class CartAnswer(Answer, frozen=True, kw_only=True):
    """A cart as it would be carried out now: nothing is written.

    `state` is what the request would be in, `lapses_at` until when it could wait; or `problem` is
    the refusal that it would get.
    """

    credits: int
    lines: tuple[LineOptions, ...]
    state: str | None = None
    lapses_at: Instant | None = None
    problem: dict[str, Any] | None = None


class FundingOptions(Answer, frozen=True, kw_only=True):
    """Which lots of an account may pay for an item, in the order in which they would.

    `approval` says whether it waits for somebody; requests for fewer credits than
    `automatic_below` do not. `missing` credits are lacking for it. `refused` says what stands in
    its way, whoever pays.
    """

    account: str
    approval: Approval
    automatic_below: int = 0
    cost: CostAnswer | None = None
    missing: int = 0
    options: tuple[OptionAnswer, ...] = ()
    refused: dict[str, Any] | None = None
