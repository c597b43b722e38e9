"""Accounts, members, codes, plans; and what a program says of itself."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from training_credits.domain import model
from training_credits.domain.codes import HINT_LENGTH
from training_credits.domain.drawing import spending_order
from training_credits.domain.program import Program, TermsWhen, in_force
from training_credits.edge import schemas
from training_credits.edge.views.credits import balances, lot_answer, next_expiry
from training_credits.ports import Page
from training_credits.use_cases.people import SignedIn


def account(value: model.Account) -> schemas.AccountAnswer:
    """The header."""
    return schemas.AccountAnswer(**_header(value))


def _header(value: model.Account) -> dict[str, Any]:
    return {
        "account": value.account_id,
        "program": value.program,
        "name": value.name,
        "kind": value.kind,
        "approval": value.approval,
        "four_eyes": value.four_eyes,
        "automatic_below": value.automatic_below,
        "opened_by": value.opened_by,
        "opened_at": value.opened_at,
        "card_kept": value.card is not None,
        "contacts": tuple(schemas.ContactAnswer(**asdict(one)) for one in value.contacts),
        "agreement": agreement(value.agreement) if value.agreement else None,
        "proposed": agreement(value.proposed) if value.proposed else None,
    }


def agreement(value: model.Agreement) -> schemas.AgreementAnswer:
    """What was negotiated."""
    return schemas.AgreementAnswer(**asdict(value), waits=value.waits)


def account_page(program: Program, book: model.Book, now: datetime) -> schemas.AccountPage:
    """The page of an account at this moment; what has ended is shown as expired, swept or not."""
    lots = [lot.seen_at(now) for lot in spending_order((*book.past, *book.lots))]
    return schemas.AccountPage(
        **_header(book.account),
        balances=balances(lots),
        next_expiry=next_expiry(program, lots, now),
        lots=tuple(lot_answer(program, lot, now) for lot in lots),
        members=tuple(member(one) for one in book.members),
        code_hints=tuple(code.hint for code in book.codes if code.works(now)),
        help=program.help,
    )


def member(value: model.Member) -> schemas.MemberAnswer:
    """Somebody who belongs to the account, or is asked in."""
    return schemas.MemberAnswer(**asdict(value))


def seats(values: Iterable[model.Seat]) -> tuple[schemas.SeatAnswer, ...]:
    """The accounts somebody belongs to."""
    return tuple(schemas.SeatAnswer(account=s.account_id, role=s.role) for s in values)


def signed_in(value: SignedIn) -> schemas.SignInAnswer:
    """What awaits somebody who has signed in."""
    terms = value.terms
    return schemas.SignInAnswer(
        accounts=seats(value.presence.seats),
        invitations=seats(value.presence.invitations),
        terms=schemas.TermsAnswer(version=terms.version, url=terms.url) if terms else None,
    )


def history(page: Page[model.Happening]) -> schemas.HappeningList:
    """Who did what."""
    return schemas.HappeningList(
        happenings=tuple(schemas.HappeningAnswer(**asdict(one)) for one in page.items),
        cursor=page.cursor,
    )


def plan(lot: model.Lot, items: Sequence[model.PlanItem]) -> schemas.PlanAnswer:
    """What is planned of a lot, and what is not (CI-10)."""
    planned = sum(item.credits for item in items)
    return schemas.PlanAnswer(
        lot=lot.lot_id,
        items=tuple(schemas.PlanWish(**asdict(item)) for item in items),
        planned=planned,
        unplanned=lot.credits - planned,
    )


def new_code(code_id: str, text: str, program: str, portal_url: str) -> schemas.NewCodeAnswer:
    """Shown this once, with the link to hand on (AT-14)."""
    return schemas.NewCodeAnswer(
        code_id=code_id,
        code=text,
        hint=text[-HINT_LENGTH:],
        share_link=f"{portal_url}/redeem#program={program}&code={text}",
    )


def code(value: model.Code, now: datetime) -> schemas.CodeAnswer:
    """A code, masked (AT-14)."""
    return schemas.CodeAnswer(
        code_id=value.code_id,
        hint=value.hint,
        works=value.works(now),
        made_by=value.made_by,
        made_at=value.made_at,
        lot=value.lot_id,
        label=value.label,
        cost_centre=value.cost_centre,
        limit=value.limit,
        limit_each=value.limit_each,
        used=value.used if value.limited else None,
        ends_on=value.ends_on,
        ends_at=value.ends_at,
        domains=value.domains,
    )


def program(value: Program, caller: model.Caller, now: datetime) -> schemas.ProgramAnswer:
    """What a program says of itself, as it holds now."""
    terms = value.terms
    countries = in_force(value.purchase.countries, value.today(now))
    return schemas.ProgramAnswer(
        program=value.id,
        name=value.name,
        policy=value.version,
        time_zone=value.time_zone,
        products=tuple(
            schemas.ProductAnswer(
                product=each.id,
                name=each.name,
                value_minor=each.unit.value_minor,
                currency=each.unit.currency,
            )
            for each in value.products
        ),
        channels=tuple(
            schemas.ChannelAnswer(channel=name, steps=how.steps, by_customer=how.by_customer)
            for name, how in value.purchase.channels.items()
        ),
        countries=tuple(sorted(countries.allow)) if countries else (),
        roles={role: tuple(sorted(granted)) for role, granted in value.roles.items()},
        terms=None
        if terms.when is TermsWhen.NONE
        else schemas.TermsAnswer(version=terms.version, url=terms.url),
        help=value.help,
        reviewed_on=value.reviewed_on,
        next_review_on=value.next_review_on,
        review_overdue=value.review_overdue(now) if caller.vendor else None,
    )
