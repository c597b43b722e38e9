"""Who may see, hand on and use the vouchers of a request, and what is written when they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.noting import noted
from training_credits.domain.decisions.rights import needed_by_learner, not_permitted, still
from training_credits.domain.errors import Conflict, NotFound, Reason, Refused
from training_credits.domain.model import (
    Caller,
    HappeningKind,
    Permission,
    Redemption,
    Standing,
    Voucher,
    VoucherState,
    roles_of,
)
from training_credits.domain.program import Program


@dataclass(frozen=True, kw_only=True, slots=True)
class Hands:
    """What a caller may do with the vouchers of a request.

    `own`: they asked for it, for themselves and not for an account of the vendor's; `holds`: they
    may have the texts, and say who gets which, by what it still `needs` when it is written;
    `fulfils`: they may say that one was used.
    """

    own: bool
    holds: bool
    fulfils: bool
    needs: Permission | None = Permission.DECIDE

    @property
    def sees(self) -> bool:
        """Whether the request is there for them at all."""
        return self.holds or self.fulfils


def hands_of(program: Program, asked: Redemption, standing: Standing, caller: Caller) -> Hands:
    """Whoever asked, the members who decide, and of the vendor's those who redeem for the account.

    That a voucher was used, those say who fulfil (SF-21, CI-31).
    """
    account = standing.account
    roles = roles_of(account, standing.member, caller) if account is not None else frozenset()
    holding = Permission.SPEND if caller.vendor else Permission.DECIDE
    own = asked.learner.subject == caller.person.subject and not caller.vendor
    needs = needed_by_learner(asked, caller) if own else Permission.DECIDE
    own = own and (needs is None or program.may(roles, needs))
    return Hands(
        own=own,
        needs=needs if own else Permission.DECIDE,
        holds=own or program.may(roles, holding),
        fulfils=program.may(roles, Permission.FULFIL),
    )


def check_holds(program: Program, hands: Hands) -> None:
    """Whoever only fulfils has no business with the texts."""
    if not hands.holds:
        raise not_permitted(program, Permission.DECIDE)


def check_fulfils(program: Program, hands: Hands) -> None:
    """Nobody says of themselves that they took an exam."""
    if not hands.fulfils:
        raise not_permitted(program, Permission.FULFIL)


def found(vouchers: Sequence[Voucher], voucher_id: str) -> Voucher:
    """One of a request's vouchers."""
    for voucher in vouchers:
        if voucher.voucher_id == voucher_id:
            return voucher
    raise NotFound(Reason.VOUCHER_NOT_FOUND, "This request has no such voucher.")


def handed(
    program: Program, caller: Caller, hands: Hands, was: Voucher, after: Voucher
) -> c.Change:
    """Another holder, or none; of two who say so at once one is told of the other."""
    move = c.MoveVoucher(voucher=after, was=was)
    return _change(program, was.account_id, move, *_still(program, caller, hands))


def used(program: Program, caller: Caller, was: Voucher, after: Voucher) -> c.Change:
    """Done with, as somebody says who fulfils."""
    move = c.MoveVoucher(voucher=after, was=was)
    return _change(program, was.account_id, move, *still(program, caller, Permission.FULFIL))


def export(
    program: Program,
    caller: Caller,
    hands: Hands,
    asked: Redemption,
    vouchers: Sequence[Voucher],
    now: datetime,
) -> c.Change:
    """The texts go out, once, and the account knows to whom (SF-21)."""
    if not vouchers:
        raise NotFound(Reason.VOUCHER_NOT_FOUND, "No vouchers came of this request.")
    good = good_ones(vouchers)
    if not good:
        # Their credits came back: whoever had the texts now would have both.
        raise Refused(Reason.VOUCHER_DONE, "These vouchers are void.", state=VoucherState.VOID)
    if asked.exported_at is not None:
        raise Conflict(
            Reason.VOUCHERS_EXPORTED,
            "These vouchers have been exported; the account's history says by whom.",
            exported_at=asked.exported_at.isoformat(),
        )
    line = noted(
        caller,
        HappeningKind.VOUCHERS_EXPORTED,
        now,
        about=asked.redemption_id,
        detail=f"{len(good)} vouchers",
    )
    out = c.ExportVouchers(was=asked, at=now)
    return _change(program, asked.account_id, out, line, *_still(program, caller, hands))


def good_ones(vouchers: Sequence[Voucher]) -> tuple[Voucher, ...]:
    """Those that were not taken back: of no other does a text go out."""
    return tuple(voucher for voucher in vouchers if voucher.state is not VoucherState.VOID)


def _still(program: Program, caller: Caller, hands: Hands) -> tuple[c.Write, ...]:
    """Whoever has asked with a code needs no role; everybody else may lose theirs."""
    return still(program, caller, hands.needs) if hands.needs is not None else ()


def _change(program: Program, account_id: str, *writes: c.Write) -> c.Change:
    return c.Change(program=program.id, account_id=account_id, writes=writes)
