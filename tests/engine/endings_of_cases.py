"""How two may end who act on a case at once, or on what it is about."""

from tests.engine import pairs_of_cases as pairs
from tests.engine.endings import BACK, BOTH, POOR, UNTOUCHED, Story, end
from training_credits.domain.errors import Reason
from training_credits.domain.model import Balance

MOVED, NOTHING = Reason.CASE_MOVED, Reason.NOTHING_LEFT
EXTENDED = Balance(available=3, reissued=3)

STORIES = {
    "extend with expire": Story(
        stage=pairs.approve_expire,
        ends={
            ("approved", "1 closed"): end("AB", "", "extend", EXTENDED),
            (NOTHING, "1 closed"): end("B", "", "expire", Balance(expired=3)),
        },
        schedules=10,
    ),
    "extend with redeem on the last credits": Story(
        stage=pairs.approve_redeem,
        ends={
            ("approved", "redeemed"): end(
                "AB", "approved", "extend redeem", Balance(redeemed=3, reissued=3)
            ),
            (NOTHING, "redeemed"): end("B", "approved", "redeem", Balance(redeemed=3)),
        },
        schedules=20,
    ),
    "extend with extend of the same case": Story(
        stage=pairs.approve_approve,
        ends={
            ("approved", MOVED): end("A", "", "extend", EXTENDED),
            (MOVED, "approved"): end("B", "", "extend", EXTENDED),
        },
        schedules=20,
    ),
    "ask with ask of the same lot": Story(
        stage=pairs.ask_ask,
        ends={
            ("asked", Reason.ALREADY_ASKED): end("A", "", "", UNTOUCHED),
            (Reason.ALREADY_ASKED, "asked"): end("B", "", "", UNTOUCHED),
        },
        schedules=70,
    ),
    "extend with withdrawal": Story(
        stage=pairs.approve_withdraw,
        ends={
            ("approved", MOVED): end("A", "", "extend", EXTENDED),
            (MOVED, "withdrawn"): end("B", "", "", Balance(available=3)),
        },
        schedules=20,
    ),
    "uphold with return of the same line": Story(
        stage=pairs.uphold_return,
        ends={
            ("upheld", Reason.LINE_DONE): end(
                "A", "approved approved", "redeem redeem refute", BACK
            ),
            (NOTHING, "returned"): end("B", "approved approved", "redeem redeem return", BACK),
        },
        schedules=56,
    ),
    "uphold with redeem of what comes back": Story(
        stage=pairs.uphold_redeem,
        ends={
            ("upheld", "redeemed"): end(
                "AB", "approved approved", "redeem refute redeem", Balance(redeemed=3)
            ),
            ("upheld", POOR): end("A", "approved", "redeem refute", Balance(available=3)),
        },
        schedules=56,
    ),
    "uphold with uphold of the same dispute": Story(
        stage=pairs.uphold_uphold,
        ends={
            ("upheld", MOVED): end("A", "approved", "redeem refute", Balance(available=3)),
            (MOVED, "upheld"): end("B", "approved", "redeem refute", Balance(available=3)),
        },
        schedules=200,
    ),
    "dispute with dispute of the same transaction": Story(
        stage=pairs.dispute_dispute,
        ends={
            ("opened", Reason.ALREADY_DISPUTED): end(
                "A", "approved approved", "redeem redeem", BOTH
            ),
            (Reason.ALREADY_DISPUTED, "opened"): end(
                "B", "approved approved", "redeem redeem", BOTH
            ),
        },
        schedules=70,
    ),
}
