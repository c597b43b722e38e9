"""Whether credits may pay for something at all, and whether those of one lot may.

What the vendor never takes credits for comes first, then what is not on its list, then the lot:
its product, the country it was shipped to, its end. The same answer is given before the button
is pressed, and as the refusal after it.
"""

from datetime import date, timedelta

from training_credits.domain.calendar import plus_months
from training_credits.domain.drawing import Bar
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Item, Lot
from training_credits.domain.program import Deadline, OfferingType, Program


def check_item(program: Program, item: Item) -> OfferingType:
    """Refused, whoever pays: not payable (CI-33), or not on the list (SF-02, CI-06, CI-07).

    The list may name more than training (CI-32).
    """
    offering, rules = item.offering, program.spending
    if offering.type in rules.denied:
        why = rules.denied[offering.type]
        raise Refused(
            Reason.NOT_PAYABLE,
            f"Credits do not pay for {offering.type}: {why}.",
            offering_type=offering.type,
            why=why,
        )
    kind = rules.types.get(offering.type)
    listed = kind is not None and (not kind.families or offering.family in kind.families)
    if kind is None or not listed or not offering.eligible:
        raise Refused(
            Reason.NOT_ELIGIBLE,
            "Credits do not pay for this.",
            offering_type=offering.type,
            family=offering.family or None,
            eligible=offering.eligible,
        )
    return kind


def obstacle(program: Program, item: Item, lot: Lot) -> Refused | None:
    """Why the credits of this lot may not pay for it, though they are there; None if they may.

    Whether the lot is alive, and holds enough, is the draw's to say.
    """
    return obstacles(program, item)(lot)


def obstacles(program: Program, item: Item) -> Bar:
    """The same for any lot: what does not depend on the lot is looked at once."""
    kind = check_item(program, item)

    def bar(lot: Lot) -> Refused | None:
        return (
            _product(program, item, lot)
            or _country(item, lot, kind)
            or _late(program, item, lot, kind)
        )

    return bar


def _product(program: Program, item: Item, lot: Lot) -> Refused | None:
    """By the matrix of products, offerings and ways of delivery (SF-39)."""
    paying = {row.product for row in program.spending.eligible if row.covers(item)}
    if lot.product in paying:
        return None
    return Refused(
        Reason.WRONG_PRODUCT,
        f"Credits of {lot.product} do not pay for this.",
        product=lot.product,
        products=sorted(paying),
    )


def _country(item: Item, lot: Lot, kind: OfferingType) -> Refused | None:
    """What is attended in a country is paid with credits that were shipped there (SF-06, SF-07).

    What is virtual is tied to no country: its mode is not among the tied ones (SF-08).
    """
    if item.mode not in kind.tied or lot.country is None or lot.country == item.country:
        return None
    return Refused(
        Reason.DELIVERY_COUNTRY,
        f"These credits pay for what is delivered in {lot.country}.",
        country=lot.country,
        delivered_in=item.country,
    )


def _late(program: Program, item: Item, lot: Lot, kind: OfferingType) -> Refused | None:
    """Judged by what must have happened before the credits end (SF-18, CI-34).

    Where redeeming in time is enough, it is not late. What would make it a yes is a session of
    the same length that starts then, or earlier.
    """
    session = item.session
    if session is None or kind.deadline not in {Deadline.START, Deadline.COMPLETE}:
        return None
    latest, complete = program.last_day(lot.expires_on), kind.deadline is Deadline.COMPLETE
    length = session.ends_on - session.starts_on if complete else timedelta()
    if session.starts_on + length <= latest:
        return None
    return Refused(
        Reason.DEADLINE_MISSED,
        f"It must {kind.deadline} by {latest.isoformat()}, before these credits end.",
        must=kind.deadline.value,
        by=latest.isoformat(),
        latest_start=(latest - length).isoformat(),
    )


def abroad(program: Program, lot: Lot, country: str | None) -> bool:
    """Whether the advisor looks first: bought in one country, used in another (CI-41)."""
    if not program.spending.abroad or lot.country is None or country is None:
        return False
    return lot.country != country


def usable_until(kind: OfferingType, lot: Lot, day: date) -> date | None:
    """The last day of a voucher, subscription or licence issued on `day` (CI-08, CI-48, SF-22)."""
    if not kind.term_months:
        return None
    own = plus_months(day, kind.term_months)
    return min(own, lot.expires_on) if kind.capped else own
