"""The catalogue."""

from training_credits.domain.decisions.catalogue import Flaw
from training_credits.domain.errors import Reason
from training_credits.domain.listing import Listed, price_in, title_in
from training_credits.domain.model import Session
from training_credits.domain.program import Program
from training_credits.edge import schemas
from training_credits.ports import Page


def offering(
    program: Program, listed: Listed, language: str | None, currency: str | None
) -> schemas.OfferingAnswer:
    """In a language and a currency, with why it is not payable."""
    one, refused = listed.offering, listed.refused
    price = price_in(program, one, currency)
    reason = Reason(refused.reason) if refused else None
    return schemas.OfferingAnswer(
        offering=one.offering_id,
        type=one.type,
        title=title_in(one, language),
        audience=one.audience,
        eligible=listed.payable,
        collections=one.collections,
        family=one.family or None,
        fulfilment=listed.fulfilment,
        assisted=listed.assisted,
        code=reason.value if reason else None,
        why=refused.detail if refused else None,
        rule=program.rules.get(reason) if reason else None,
        credits=listed.credits,
        price_minor=price[0] if price else None,
        currency=price[1] if price else None,
        partner=one.partner,
        mode=one.mode,
        country=one.country,
    )


def offerings(
    program: Program, page: Page[Listed], language: str | None, currency: str | None
) -> schemas.OfferingList:
    """A page of them."""
    shown = tuple(offering(program, one, language, currency) for one in page.items)
    return schemas.OfferingList(offerings=shown, cursor=page.cursor)


def sessions(offered: schemas.OfferingAnswer, page: Page[Session]) -> schemas.OfferingPage:
    """An offering with a page of its sessions."""
    found = tuple(_session(one) for one in page.items)
    return schemas.OfferingPage(offering=offered, sessions=found, cursor=page.cursor)


def _session(one: Session) -> schemas.SessionAnswer:
    left = None if one.seats is None else max(one.seats - one.taken, 0)
    return schemas.SessionAnswer(
        session=one.session_id,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        mode=one.mode,
        country=one.country,
        language=one.language,
        seats_left=left,
    )


def brought(count: int, bad: tuple[Flaw, ...], *, dry_run: bool) -> schemas.ImportAnswer:
    """What became of an import: all of it is written, or nothing."""
    return schemas.ImportAnswer(
        rows=count,
        good=count - sum(1 for one in bad if 0 < one.number <= count),
        written=0 if bad or dry_run else count,
        bad=tuple(
            schemas.BadRow(row=one.number, field=one.field, code=one.code.value, detail=one.detail)
            for one in bad
        ),
    )
