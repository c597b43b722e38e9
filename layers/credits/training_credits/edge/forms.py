"""From the body of a request to spend to its form."""

from training_credits.domain.decisions.sales_orders import canonical
from training_credits.domain.decisions.wishes import Wish
from training_credits.domain.model import Attendee, Line
from training_credits.edge import schemas
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.use_cases.instruments import Form, Instrument, Position


def form(body: schemas.NewRedemption) -> Form:
    """Its lines, each with what pays for it; a single one may be said without a list."""
    wish = Wish(
        lines=(),
        country=body.country,
        partner=body.partner,
        terms=body.terms,
        language=body.language,
        reserve=body.reserve,
    )
    common = _common(body)
    positions = tuple(_position(line, common) for line in body.lines)
    if (body.title is None) is not (body.credits is None):
        raise BadRequest(BadInput.MISSING_FIELD, "Say both `title` and `credits`.")
    if body.title is not None and body.credits is not None:
        single = Line(title=body.title, credits=body.credits)
        positions = (*positions, Position(line=single, instruments=common))
    if not positions:
        raise BadRequest(BadInput.MISSING_FIELD, "Say in `lines` what is asked for.")
    if any(not one.instruments for one in positions) and body.account is None:
        raise BadRequest(
            BadInput.MISSING_FIELD,
            "Pay with `code`, `sales_order` or `lot`; or name the `account`, if nothing is to pay.",
        )
    return Form(wish=wish, lines=positions, account_id=body.account)


def _common(body: schemas.NewRedemption) -> tuple[Instrument, ...]:
    """What pays for every line that does not say it itself (AT-27)."""
    if (body.code, body.sales_order, body.lot) == (None, None, None):
        return ()
    return (_instrument(schemas.Pay(code=body.code, sales_order=body.sales_order, lot=body.lot)),)


def _position(line: schemas.NewLine, common: tuple[Instrument, ...]) -> Position:
    listed = line.offering is not None
    if listed is (line.title is not None) or (not listed and line.credits is None):
        raise BadRequest(
            BadInput.MISSING_FIELD, "A line has an `offering`, or a `title` and its `credits`."
        )
    if not listed and (line.session is not None or line.quantity != 1):
        raise BadRequest(
            BadInput.NOT_ALLOWED, "Only an `offering` has a `session` and a `quantity`."
        )
    who = line.attendee
    return Position(
        line=Line(
            title=line.title or "",
            credits=line.credits or 0,
            attendee=Attendee(email=who.email.lower(), name=who.name) if who else None,
            work=line.statement_of_work,
        ),
        instruments=tuple(_instrument(each) for each in line.pay) or common,
        offering_id=line.offering,
        session_id=line.session,
        quantity=line.quantity,
    )


def _instrument(pay: schemas.Pay) -> Instrument:
    """One of the three, and not two of them."""
    said = [each for each in (pay.code, pay.sales_order, pay.lot) if each is not None]
    if len(said) != 1:
        raise BadRequest(
            BadInput.MISSING_FIELD, "Pay with `code`, with `sales_order`, or with a `lot`."
        )
    number = canonical(pay.sales_order) if pay.sales_order is not None else None
    return Instrument(code=pay.code, sales_order=number, lot_id=pay.lot, credits=pay.credits)
