"""Pairs of people who act on one account at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.engine.fresh import Fresh
from tests.engine.interleaving import Act
from tests.engine.stages import (
    ASKED,
    OFFERING,
    OTHER,
    SESSION,
    TICK,
    asked,
    atlassian,
    booked,
    end_of,
    lapse_of,
    reserved,
    salesforce,
    waiting,
)
from training_credits.domain.model import Approval, Attendee
from training_credits.use_cases import vouchers


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two who act, and what else to look at afterwards."""

    acts: tuple[Act, Act]
    besides: Callable[[], object] = lambda: None


def said(word: str, act: Callable[[], object]) -> Act:
    """An act that is told by one word that it went well."""

    def saying() -> str:
        act()
        return word

    return saying


def approve_deny(world: Fresh) -> Pair:
    one = waiting(world)
    world.add_owner("bob")
    return Pair(
        acts=(
            said("approved", lambda: world.approve(one)),
            said("denied", lambda: world.deny(one, who="bob")),
        )
    )


def approve_expire(world: Fresh) -> Pair:
    """The clock of the sweep has reached the end, that of the owner has not."""
    one, end = waiting(world, at_its_end=True), end_of(world)
    early, late = world.later(end - TICK), world.later(end)
    return Pair(acts=(said("approved", lambda: early.approve(one)), late.expires))


def redeem_rotate(world: Fresh) -> Pair:
    salesforce(world)
    code = world.code
    return Pair(
        acts=(
            said("redeemed", lambda: world.redeem(ASKED, code=code)),
            said("rotated", world.rotate),
        )
    )


def redeem_redeem(world: Fresh, lots: tuple[int, ...]) -> Pair:
    """On the last credits."""
    atlassian(world, *lots, approval=Approval.AUTOMATIC)
    return Pair(
        acts=(
            said("redeemed", lambda: world.redeem(ASKED)),
            said("redeemed", lambda: world.redeem(ASKED, who="kim")),
        )
    )


def redeem_again(world: Fresh) -> Pair:
    """The same request, sent twice."""
    atlassian(world, approval=Approval.AUTOMATIC)
    asking = world.intent("lee", "redeem")
    twice = partial(world.redeem, ASKED, asking=asking)
    return Pair(acts=(said("redeemed", twice), said("redeemed", twice)))


def approve_approve(world: Fresh) -> Pair:
    """Two requests on the last credits, where nothing is held for either."""
    atlassian(world, ASKED)
    one, two = asked(world), asked(world)
    return Pair(
        acts=(
            said("approved", lambda: world.approve(one)),
            said("approved", lambda: world.approve(two)),
        )
    )


def cancel_confirm(world: Fresh) -> Pair:
    one = reserved(world)
    return Pair(
        acts=(
            said("cancelled", lambda: world.cancel(one)),
            said("confirmed", lambda: world.confirm(one)),
        )
    )


def remove_approve(world: Fresh) -> Pair:
    one = waiting(world)
    world.add_owner("bob")
    return Pair(
        acts=(
            said("removed", lambda: world.remove_owner("bob")),
            said("approved", lambda: world.approve(one, who="bob")),
        )
    )


def return_fulfil(world: Fresh) -> Pair:
    one = booked(world, "course", SESSION)
    return Pair(
        acts=(
            said("returned", lambda: world.back(one)),
            said("delivered", lambda: world.reports(one)),
        ),
        besides=partial(world.taken, SESSION, f"{OFFERING}{world.tag}"),
    )


def return_return(world: Fresh) -> Pair:
    """By whoever asked, and by an owner a moment later."""
    atlassian(world, approval=Approval.AUTOMATIC)
    asked(world, OTHER)
    one, later = asked(world), world.later()
    return Pair(
        acts=(
            said("returned", lambda: world.back(one)),
            said("returned", lambda: later.back(one, who="ann")),
        )
    )


def holder(world: Fresh, one: str) -> Callable[[], object]:
    """In whose hands its only voucher is, and how."""

    def look() -> object:
        (voucher,) = world.vouchers(one)
        return voucher.state.value, voucher.holder and voucher.holder.name

    return look


def assign_assign(world: Fresh) -> Pair:
    one = booked(world, "exam", None)
    (voucher,) = world.vouchers(one)

    def assigns(who: str, to: str) -> Act:
        person = Attendee(email=f"{to}@acme.example", name=to)
        return said(
            to,
            partial(
                vouchers.assign,
                world.ledger,
                world.clock,
                world.caller(who),
                one,
                voucher.voucher_id,
                person,
            ),
        )

    return Pair(acts=(assigns("lee", "Kim"), assigns("ann", "Lou")), besides=holder(world, one))


def return_use(world: Fresh) -> Pair:
    """The exam is taken while its voucher is given back."""
    one = booked(world, "exam", None)
    (voucher,) = world.vouchers(one)
    taken = partial(
        vouchers.use,
        world.ledger,
        world.clock,
        world.intent("olga", "useVoucher"),
        one,
        voucher.voucher_id,
        holder=None,
    )
    return Pair(
        acts=(said("returned", lambda: world.back(one)), said("used", taken)),
        besides=holder(world, one),
    )


def lapse_confirm(world: Fresh) -> Pair:
    one = reserved(world)
    end = lapse_of(world, one)
    early, late = world.later(end - TICK), world.later(end)
    return Pair(acts=(late.lapses, said("confirmed", lambda: early.confirm(one))))


def lapse_approve(world: Fresh) -> Pair:
    one = waiting(world)
    end = lapse_of(world, one)
    early, late = world.later(end - TICK), world.later(end)
    return Pair(acts=(late.lapses, said("approved", lambda: early.approve(one))))
