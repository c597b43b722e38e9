"""Pairs who act on a case at once, or on what it is about."""

from datetime import timedelta
from functools import partial

from tests.casing import APPROVED, EXTENSION, REVIEW, UPHELD
from tests.engine.fresh import MOMENT, Fresh
from tests.engine.pairs import Pair, said
from tests.engine.stages import ASKED, OTHER, TICK, asked, atlassian, end_of
from training_credits.domain.model import Approval, CaseState


def extension(world: Fresh, *, at_its_end: bool = False) -> str:
    """One of all that is left, looked at; perhaps just before its lot ends."""
    atlassian(world, ASKED, approval=Approval.AUTOMATIC)
    if at_its_end:
        world.clock.at = end_of(world) - timedelta(days=1)
    case_id = world.asks(EXTENSION, f"L0{world.tag}", days=30)
    world.takes(case_id, REVIEW)
    return case_id


def takes(world: Fresh, case_id: str, to: CaseState, who: str = "olga") -> str:
    """One step, told by its state."""
    world.takes(case_id, to, who, note="So be it.")
    return to.value


def approve_expire(world: Fresh) -> Pair:
    """The clock of the sweep has reached the end, that of the operator has not."""
    case_id, end = extension(world, at_its_end=True), end_of(world)
    early, late = world.later(end - MOMENT - TICK), world.later(end)
    return Pair(acts=(partial(takes, early, case_id, APPROVED), late.expires))


def approve_redeem(world: Fresh) -> Pair:
    """On the last credits."""
    case_id, later = extension(world), world.later()
    return Pair(
        acts=(
            partial(takes, world, case_id, APPROVED),
            said("redeemed", lambda: later.redeem(ASKED)),
        )
    )


def approve_approve(world: Fresh) -> Pair:
    """The same case, by two."""
    case_id, later = extension(world), world.later()
    return Pair(
        acts=(
            partial(takes, world, case_id, APPROVED),
            partial(takes, later, case_id, APPROVED, "otto"),
        )
    )


def ask_ask(world: Fresh) -> Pair:
    """The same of the same lot, by two owners; one of before was taken back."""
    atlassian(world)
    lot = f"L0{world.tag}"
    world.takes(world.asks(EXTENSION, lot, days=30), CaseState.WITHDRAWN, "ann")
    world.add_owner("bob")
    later = world.later()
    return Pair(
        acts=(
            said("asked", lambda: world.asks(EXTENSION, lot, days=30)),
            said("asked", lambda: later.asks(EXTENSION, lot, "bob", days=30)),
        )
    )


def approve_withdraw(world: Fresh) -> Pair:
    case_id, later = extension(world), world.later()
    return Pair(
        acts=(
            partial(takes, world, case_id, APPROVED),
            partial(takes, later, case_id, CaseState.WITHDRAWN, "ann"),
        )
    )


def uphold_return(world: Fresh) -> Pair:
    """Of the same line: its credits come back once."""
    atlassian(world, approval=Approval.AUTOMATIC)
    asked(world, OTHER)
    one = asked(world)
    case_id = world.disputes(world.spent(one))
    world.takes(case_id, REVIEW)
    later = world.later()
    return Pair(
        acts=(
            partial(takes, world, case_id, UPHELD),
            said("returned", lambda: later.back(one)),
        )
    )


def disputed(world: Fresh) -> str:
    """What all the credits were spent on; looked at."""
    atlassian(world, ASKED, approval=Approval.AUTOMATIC)
    case_id = world.disputes(world.spent(asked(world)))
    world.takes(case_id, REVIEW)
    return case_id


def uphold_redeem(world: Fresh) -> Pair:
    """What comes back may be what is spent."""
    case_id = disputed(world)
    later = world.later()
    return Pair(
        acts=(
            partial(takes, world, case_id, UPHELD),
            said("redeemed", lambda: later.redeem(ASKED)),
        )
    )


def uphold_uphold(world: Fresh) -> Pair:
    """The same dispute, by two: nobody is given credits twice."""
    case_id = disputed(world)
    later = world.later()
    return Pair(
        acts=(
            partial(takes, world, case_id, UPHELD),
            partial(takes, later, case_id, UPHELD, "otto"),
        )
    )


def dispute_dispute(world: Fresh) -> Pair:
    """The same transaction, by two owners."""
    atlassian(world, approval=Approval.AUTOMATIC)
    asked(world, OTHER)
    debit = world.spent(asked(world))
    world.add_owner("bob")
    later = world.later()
    return Pair(
        acts=(
            said("opened", lambda: world.disputes(debit)),
            said("opened", lambda: later.disputes(debit, "bob")),
        )
    )
