"""Every way in which two who act at once may end, and what is kept then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.engine import pairs
from tests.engine.fresh import Fresh, Kept
from tests.engine.interleaving import Run
from tests.engine.pairs import Pair
from training_credits.domain.errors import Reason
from training_credits.domain.model import Balance, EntryKind

UNTOUCHED, SPENT = Balance(available=10), Balance(available=7, redeemed=3)
HELD, HELD_SPENT = Balance(available=7, held=3), Balance(available=4, held=3, redeemed=3)

BACK, BOTH = Balance(available=7, redeemed=3), Balance(available=4, redeemed=6)


@dataclass(frozen=True, kw_only=True)
class End:
    """What is kept after an outcome, and who has written, in which order: one of `writers`.

    `states` are of all requests, `booked` all entries after purchases, `besides` anything else.
    """

    writers: tuple[str, ...]
    states: str
    booked: str
    balance: Balance
    besides: object = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """`stage` prepares an account; `ends` by what A and B were told; so many schedules at least."""

    stage: Callable[[Fresh], Pair]
    ends: dict[tuple[object, object], End]
    schedules: int
    program: str = "atlassian"

    def flaws(self, run: Run, world: Fresh, pair: Pair) -> list[str]:
        """What is not as it may be after one schedule."""
        kept, end = world.kept(), self.ends.get(run.outcomes)
        found = ["nobody may be told that"] if end is None else [*_differs(end, run, kept, pair)]
        broken = [*found, *kept.broken(holds=self.program == "cisco")]
        return [f"{run.schedule}, {run.outcomes}: {flaw}" for flaw in broken]


def _differs(end: End, run: Run, kept: Kept, pair: Pair) -> Iterator[str]:
    if run.writers not in end.writers:
        yield f"written by {run.writers}"
    after = (entry for entry in kept.entries if entry.kind is not EntryKind.PURCHASE)
    seen = {
        "states": " ".join(sorted(each.state for each in kept.redemptions.values())),
        "booked": " ".join(entry.kind for entry in after),
        "balance": kept.balance,
        "besides": pair.besides(),
    }
    yield from (f"{name}: {seen[name]}" for name in seen if seen[name] != getattr(end, name))


def end(
    writers: str, states: str, booked: str, balance: Balance = SPENT, besides: object = None
) -> End:
    """`writers` by words; nobody is a dash."""
    return End(
        writers=tuple(writers.split()),
        states=states,
        booked=booked,
        balance=balance,
        besides=besides,
    )


DECIDED = Reason.ALREADY_DECIDED
POOR = Reason.INSUFFICIENT_CREDITS

STORIES = {
    "approve with deny": Story(
        stage=pairs.approve_deny,
        ends={
            ("approved", DECIDED): end("A", "approved", "redeem"),
            (DECIDED, "denied"): end("B", "denied", "", UNTOUCHED),
        },
        schedules=6,
    ),
    "approve with deny of what is held": Story(
        program="cisco",
        stage=pairs.approve_deny,
        ends={
            ("approved", DECIDED): end("A", "approved pending", "hold hold redeem", HELD_SPENT),
            (DECIDED, "denied"): end("B", "denied pending", "hold hold release", HELD),
        },
        schedules=6,
    ),
    "approve with expire": Story(
        stage=pairs.approve_expire,
        ends={
            ("approved", "1 closed"): end(
                "AB", "approved", "redeem expire", Balance(redeemed=3, expired=7)
            ),
            (POOR, "1 closed"): end("B", "pending", "expire", Balance(expired=10)),
        },
        schedules=6,
    ),
    "approve with expire of what is held": Story(
        program="cisco",
        stage=pairs.approve_expire,
        ends={
            ("approved", "1 closed"): end(
                "AB BA",
                "approved pending",
                "hold hold redeem expire",
                Balance(held=3, redeemed=3, expired=4),
            ),
        },
        schedules=6,
    ),
    "redeem with rotate code": Story(
        program="salesforce",
        stage=pairs.redeem_rotate,
        ends={
            ("redeemed", "rotated"): end("AB", "approved", "redeem"),
            (Reason.CODE_NOT_ACCEPTED, "rotated"): end("B", "", "", UNTOUCHED),
        },
        schedules=10,
    ),
    "redeem with redeem on the last credits": Story(
        stage=partial(pairs.redeem_redeem, lots=(3,)),
        ends={
            ("redeemed", POOR): end("A", "approved", "redeem", Balance(redeemed=3)),
            (POOR, "redeemed"): end("B", "approved", "redeem", Balance(redeemed=3)),
        },
        schedules=20,
    ),
    "redeem with redeem on the last two lots": Story(
        stage=partial(pairs.redeem_redeem, lots=(2, 3)),
        ends={
            ("redeemed", POOR): end("A", "approved", "redeem", Balance(available=2, redeemed=3)),
            (POOR, "redeemed"): end("B", "approved", "redeem", Balance(available=2, redeemed=3)),
        },
        schedules=20,
    ),
    "redeem with the same sent again": Story(
        stage=pairs.redeem_again,
        ends={("redeemed", "redeemed"): end("A B", "approved", "redeem")},
        schedules=20,
    ),
    "approve with approve on the last credits": Story(
        stage=pairs.approve_approve,
        ends={
            ("approved", POOR): end("A", "approved pending", "redeem", Balance(redeemed=3)),
            (POOR, "approved"): end("B", "approved pending", "redeem", Balance(redeemed=3)),
        },
        schedules=6,
    ),
    "cancel with confirm": Story(
        stage=pairs.cancel_confirm,
        ends={
            ("cancelled", Reason.NOT_RESERVED): end(
                "A", "cancelled reserved", "hold hold release", HELD
            ),
            (DECIDED, "confirmed"): end("B", "approved reserved", "hold hold redeem", HELD_SPENT),
        },
        schedules=20,
    ),
    "lapse with confirm": Story(
        stage=pairs.lapse_confirm,
        ends={
            ("1 lapsed", Reason.NOT_RESERVED): end(
                "A", "lapsed reserved", "hold hold release", HELD
            ),
            ("0 lapsed", "confirmed"): end(
                "B", "approved reserved", "hold hold redeem", HELD_SPENT
            ),
        },
        schedules=20,
    ),
    "lapse with approve": Story(
        program="cisco",
        stage=pairs.lapse_approve,
        ends={
            ("1 lapsed", DECIDED): end("A", "lapsed pending", "hold hold release", HELD),
            ("0 lapsed", "approved"): end("B", "approved pending", "hold hold redeem", HELD_SPENT),
        },
        schedules=10,
    ),
    "remove owner with approve": Story(
        stage=pairs.remove_approve,
        ends={
            ("removed", Reason.ACCOUNT_NOT_FOUND): end("A", "pending", "", UNTOUCHED),
            ("removed", "approved"): end("BA", "approved", "redeem"),
        },
        schedules=6,
    ),
    "return with fulfil": Story(
        stage=pairs.return_fulfil,
        ends={
            ("returned", Reason.LINE_DONE): end(
                "A", "approved approved", "redeem redeem return", BACK, 0
            ),
            (Reason.LINE_DONE, "delivered"): end(
                "B",
                "approved approved",
                "redeem redeem deliver",
                Balance(available=4, redeemed=3, delivered=3),
                1,
            ),
        },
        schedules=35,
    ),
    "return with return": Story(
        stage=pairs.return_return,
        ends={
            ("returned", Reason.LINE_DONE): end(
                "A", "approved approved", "redeem redeem return", BACK
            ),
            (Reason.LINE_DONE, "returned"): end(
                "B", "approved approved", "redeem redeem return", BACK
            ),
        },
        schedules=20,
    ),
    "return with use of the voucher": Story(
        stage=pairs.return_use,
        ends={
            ("returned", Reason.VOUCHER_DONE): end(
                "A", "approved approved", "redeem redeem return", BACK, ("void", None)
            ),
            (Reason.VOUCHER_DONE, "used"): end(
                "B", "approved approved", "redeem redeem", BOTH, ("used", None)
            ),
        },
        schedules=70,
    ),
    "assign with assign of a voucher": Story(
        stage=pairs.assign_assign,
        ends={
            ("Kim", Reason.VOUCHER_TAKEN): end(
                "A", "approved approved", "redeem redeem", BOTH, ("assigned", "Kim")
            ),
            (Reason.VOUCHER_TAKEN, "Lou"): end(
                "B", "approved approved", "redeem redeem", BOTH, ("assigned", "Lou")
            ),
        },
        schedules=70,
    ),
}
