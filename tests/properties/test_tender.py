"""Draw, deadline and eligibility beside a model that knows nothing of how they are worked out."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import lot_of
from training_credits.domain.drawing import Source
from training_credits.domain.errors import Refused
from training_credits.domain.model import (
    Audience,
    Draw,
    Item,
    Lot,
    Mode,
    Movement,
    Offering,
    Session,
    State,
)
from training_credits.domain.program import Program
from training_credits.domain.tender import Need, tender
from training_credits.programs import program_named

NOW = datetime(2026, 7, 10, 12, tzinfo=UTC)
SALESFORCE = program_named("salesforce", NOW)
DAYS = [date(2026, 7, 9), date(2026, 7, 10), date(2026, 7, 20), date(2026, 7, 21)]
NAMES = ["A", "B", "C"]
PRODUCTS, COUNTRIES = ["LC", "VLC"], ["US", "DE"]
# What the vendor's text says, in words of its own: type -> (who may pay, tied to the country).
ALWAYS = lambda _mode, _audience: True  # noqa: E731 - a table
PUBLIC_VIRTUAL = lambda mode, audience: (mode, audience) == ("virtual", "public")  # noqa: E731
PAYS: dict[tuple[str, str], Any] = {
    ("LC", "class"): ALWAYS,
    ("VLC", "class"): PUBLIC_VIRTUAL,
    ("LC", "event"): ALWAYS,
}


@st.composite
def lots(draw: st.DrawFn) -> list[Lot]:
    """One to three lots; each with another end, product and country, some of it spent."""
    made = []
    for name in NAMES[: draw(st.integers(1, 3))]:
        ends = draw(st.sampled_from(DAYS))
        lot = replace(
            lot_of(name, draw(st.integers(1, 4)), SALESFORCE.expires_at(ends)),
            expires_on=ends,
            product=draw(st.sampled_from(PRODUCTS)),
            country=draw(st.sampled_from(COUNTRIES)),
            granted_at=NOW - timedelta(days=draw(st.integers(0, 1))),
        )
        if draw(st.booleans()):
            spent = Movement(lot_id=name, source=State.AVAILABLE, target=State.REDEEMED, credits=1)
            lot = lot.after(spent)
        made.append(lot)
    return made


@st.composite
def items(draw: st.DrawFn) -> Item | None:
    """A class or an event, on days around the ends of the lots; or a shop's own line."""
    if draw(st.integers(0, 5)) == 0:
        return None
    type_ = draw(st.sampled_from(["class", "event"]))
    mode = draw(st.sampled_from([Mode.IN_PERSON, Mode.VIRTUAL]))
    audience = draw(st.sampled_from(list(Audience)))
    starts = draw(st.sampled_from(DAYS))
    run = Session(
        session_id="S",
        offering_id="O",
        starts_on=starts,
        ends_on=starts + timedelta(days=draw(st.integers(0, 1))),
        mode=mode,
        country=draw(st.sampled_from(COUNTRIES)),
    )
    return Item(
        offering=Offering(offering_id="O", type=type_, title="T", audience=audience), session=run
    )


@st.composite
def needs(draw: st.DrawFn) -> list[Need]:
    """One to three lines, each paid through the account or through one lot."""
    return [
        Need(
            credits=draw(st.integers(0, 4)),
            item=draw(items()),
            sources=(Source(lot_id=draw(st.sampled_from([None, *NAMES]))),),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]


def may_pay(lot: Lot, item: Item | None) -> bool:
    """In the words of the rules (SF-02, SF-06, SF-08, SF-18, SF-39)."""
    if lot.expires_at <= NOW:
        return False
    if item is None:
        return True
    session = item.session
    assert session is not None
    allowed = PAYS.get((lot.product, item.offering.type))
    if allowed is None or not allowed(session.mode.value, item.offering.audience.value):
        return False
    if session.mode is Mode.IN_PERSON and session.country != lot.country:
        return False
    return session.ends_on <= lot.expires_on


def brute(owned: list[Lot], lines: list[Need]) -> list[dict[str, int]] | None:
    """Of all ways to take each line's credits from the lots, the one that spends ends first.

    Line by line, as they were asked: the first takes the best for it. None if one cannot be paid.
    """
    left = {lot.lot_id: lot.balance.available for lot in owned}
    order = sorted(owned, key=lambda lot: (lot.expires_at, lot.granted_at, lot.lot_id))
    taken = []
    for line in lines:
        (source,) = line.sources
        able = [
            lot.lot_id
            for lot in order
            if source.lot_id in (None, lot.lot_id) and may_pay(lot, line.item)
        ]
        ways = [
            way
            for way in product(*(range(left[lot_id] + 1) for lot_id in able))
            if sum(way) == line.credits
        ]
        if not ways:
            return None
        best = dict(zip(able, max(ways), strict=True))
        for lot_id, credits in best.items():
            left[lot_id] -= credits
        taken.append({lot_id: credits for lot_id, credits in best.items() if credits})
    return taken


def as_taken(draws: tuple[Draw, ...]) -> dict[str, int]:
    return dict(Counter({draw.lot_id: draw.credits for draw in draws}))


@given(lots(), needs())
@settings(max_examples=600, deadline=None)
def test_lines_are_paid_as_the_model_says_or_not_at_all(
    owned: list[Lot], asked: list[Need]
) -> None:
    program: Program = SALESFORCE
    expected = brute(owned, asked)
    found, blamed = None, set()
    try:
        found = [as_taken(draws) for draws in tender(program, owned, asked, NOW)]
    except Refused as no:
        blamed = {each["lot"] for each in no.facts["lots"]}
    assert found == expected
    assert blamed <= {lot.lot_id for lot in owned}
