"""What a learner asks for, and what the program asks of every request."""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Line
from training_credits.domain.program import Program, TermsWhen, allowed


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a learner asks for: where it is used, who delivers it, and which terms were ticked.

    With `reserve` the credits are set aside until they are confirmed; `language` is what titles
    are in.
    """

    lines: tuple[Line, ...]
    country: str | None = None
    partner: bool = False
    terms: str | None = None
    language: str | None = None
    reserve: bool = False


def ticked(program: Program, wish: Wish) -> str | None:
    """The version that was ticked, where the program asks for it with each order (SF-31)."""
    return wish.terms if program.terms.when is TermsWhen.PER_ORDER else None


def check_wish(program: Program, wish: Wish, now: datetime) -> None:
    """What the program of that day asks of every request, whoever pays (CI-01, CI-19, CI-26)."""
    day, terms = program.today(now), program.terms
    if terms.when is TermsWhen.PER_ORDER and wish.terms != terms.version:
        raise Refused(
            Reason.TERMS_NOT_TICKED,
            "Accept the terms with the order.",
            version=terms.version,
            url=terms.url,
        )
    if wish.partner and not program.redeeming.partners:
        raise Refused(
            Reason.PARTNERS_NOT_ACCEPTED, "Credits are not redeemed with training partners."
        )
    if not program.redeeming.needs_country(day):
        return
    if wish.country is None:
        raise Refused(Reason.COUNTRY_REQUIRED, "Say in which country the training is used.")
    if not allowed(program.redeeming.countries, wish.country, day):
        raise Refused(
            Reason.COUNTRY_NOT_REDEEMABLE,
            f"Credits are not redeemed in {wish.country}.",
            country=wish.country,
        )
