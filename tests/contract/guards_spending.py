"""Guards of requests, and of the vouchers that come of them."""

from dataclasses import replace

from tests.contract.guards import no, yes
from tests.contract.listed import LISTED
from tests.contract.nouns import HOUR, NOON, redemption
from tests.contract.nouns_spending import (
    LAPSED,
    MAX,
    PENDING,
    REFERRED,
    RESERVED,
    assigned,
    voucher,
    waiting,
)
from training_credits.domain import change as c
from training_credits.domain.model import LineState, Redemption, RedemptionState, Voucher
from training_credits.domain.model import VoucherState as V

ASKED = c.MakeRequest(redemption=redemption())
WAITS = c.MakeRequest(redemption=waiting())
GOES_ABROAD = c.MakeRequest(redemption=waiting(REFERRED))


def settled(state: RedemptionState, was: RedemptionState = PENDING) -> c.SettleRequest:
    return c.SettleRequest(redemption=redemption(state=state), was=was)


def cleared(was: RedemptionState = REFERRED) -> c.SettleRequest:
    """By the advisor: nobody has decided yet."""
    return c.SettleRequest(redemption=waiting(cleared_by="kim@vendor.example"), was=was)


APPROVED = settled(RedemptionState.APPROVED)
DENIED = settled(RedemptionState.DENIED)
SET_ASIDE = settled(RESERVED)
CONFIRMED = settled(RedemptionState.APPROVED, RESERVED)
OVER = settled(LAPSED)
REMINDED = c.Remind(redemption=waiting(remind_at=None), was=waiting())
LATER = waiting(remind_at=NOON + 4 * HOUR)

PAID = redemption(state=RedemptionState.APPROVED, lines=(LISTED,))
PUT_PAID = c.MakeRequest(redemption=PAID)
IDLE = redemption(state=RedemptionState.APPROVED, nudge_at=NOON + HOUR)
PUT_IDLE = c.MakeRequest(redemption=IDLE)
NUDGED = c.Nudge(redemption=replace(IDLE, nudge_at=None, nudged_at=NOON + 2 * HOUR), was=IDLE)


def line_now(was: Redemption = PAID, **facts: object) -> Redemption:
    return replace(was, lines=tuple(replace(line, **facts) for line in was.lines))  # type: ignore[arg-type]


RETURNED = c.EditLines(redemption=line_now(state=LineState.RETURNED, returned=20), was=PAID)
DELIVERED = c.EditLines(redemption=line_now(state=LineState.DELIVERED), was=PAID)
NUMBERED = c.EditLines(redemption=line_now(reference="FL-7"), was=PAID)

EXPORTED = c.ExportVouchers(was=PAID, at=NOON)

REQUESTS = (
    yes("a request is made", ASKED),
    no("a request is made once", ASKED, ASKED),
    yes("a pending request is settled", APPROVED, ASKED),
    no("an unknown request is not settled", APPROVED),
    no("a settled request is final", DENIED, ASKED, APPROVED),
    no("a settled request is final, the same way too", APPROVED, ASKED, APPROVED),
    yes("the advisor lets a request go abroad", cleared(), GOES_ABROAD),
    no("the advisor lets it go once", cleared(), GOES_ABROAD, cleared()),
    no("an owner does not settle what waits for the advisor", APPROVED, GOES_ABROAD),
    yes("an owner settles what the advisor let go", APPROVED, GOES_ABROAD, cleared()),
    no("the advisor does not let go what waits for an owner", cleared(), WAITS),
    yes("the advisor says no", settled(RedemptionState.DENIED, REFERRED), GOES_ABROAD),
    yes("credits are set aside", SET_ASIDE, WAITS),
    yes("what is set aside is confirmed", CONFIRMED, WAITS, SET_ASIDE),
    no("what is not set aside is not confirmed", CONFIRMED, WAITS),
    no("what is set aside is confirmed once", CONFIRMED, WAITS, SET_ASIDE, CONFIRMED),
    no("what is set aside is denied no more", DENIED, WAITS, SET_ASIDE),
    no(
        "what is taken back is not confirmed",
        CONFIRMED,
        *(WAITS, SET_ASIDE, settled(RedemptionState.CANCELLED, RESERVED)),
    ),
    no("nor what has lapsed", CONFIRMED, WAITS, SET_ASIDE, settled(LAPSED, RESERVED)),
    yes("what nobody decides lapses", OVER, WAITS),
    no("what was decided does not lapse", OVER, WAITS, APPROVED),
    no("what has lapsed is decided no more", APPROVED, WAITS, OVER),
    no("a request elsewhere is not settled here", APPROVED, elsewhere=(ASKED,)),
)
REMINDERS = (
    yes("who decides is reminded", REMINDED, WAITS),
    no("who decides is reminded once", REMINDED, WAITS, REMINDED),
    no("nobody is reminded of an unknown request", REMINDED),
    no("nor of one that was decided", REMINDED, WAITS, APPROVED),
    no(
        "nor of one that was decided and would still remind",
        REMINDED,
        *(WAITS, c.SettleRequest(redemption=waiting(RESERVED), was=PENDING)),
    ),
    no("nor at another time", REMINDED, c.MakeRequest(redemption=LATER)),
    no("nor the owners of what the advisor looks at", REMINDED, GOES_ABROAD),
    yes(
        "the advisor is reminded",
        c.Remind(redemption=waiting(REFERRED, remind_at=None), was=waiting(REFERRED)),
        GOES_ABROAD,
    ),
    no("nobody is reminded of a request elsewhere", REMINDED, elsewhere=(WAITS,)),
)
NUDGES = (
    yes("whoever has not begun is reminded", NUDGED, PUT_IDLE),
    no("once", NUDGED, PUT_IDLE, NUDGED),
    no("not of an unknown request", NUDGED),
    no("nor of one that is not to be remembered", NUDGED, PUT_PAID),
    no("nor of one that waits", NUDGED, WAITS),
    no("nor of an idle one elsewhere", NUDGED, elsewhere=(PUT_IDLE,)),
)
FIRST_ASKED = c.CountAsked(subject="s-lee", redemption_id="R1", most=2)
NEXT_ASKED = replace(FIRST_ASKED, redemption_id="R2")
THIRD_ASKED = replace(FIRST_ASKED, redemption_id="R3")
FORGOTTEN = c.ForgetAsked(subject="s-lee", redemption_ids=("R1",))
ASKING = (
    yes("a learner's request that waits is counted", FIRST_ASKED),
    yes("and another one while there is room", NEXT_ASKED, FIRST_ASKED),
    yes("the same one counts once", NEXT_ASKED, FIRST_ASKED, FIRST_ASKED),
    no("one too many is not", THIRD_ASKED, FIRST_ASKED, NEXT_ASKED),
    yes("somebody else's is", replace(THIRD_ASKED, subject="s-zoe"), FIRST_ASKED, NEXT_ASKED),
    yes("so is one elsewhere", THIRD_ASKED, elsewhere=(FIRST_ASKED, NEXT_ASKED)),
    yes("where one is forgotten there is room", THIRD_ASKED, FIRST_ASKED, NEXT_ASKED, FORGOTTEN),
    no(
        "there is none where somebody else's is",
        THIRD_ASKED,
        *(FIRST_ASKED, NEXT_ASKED, replace(FORGOTTEN, subject="s-zoe")),
    ),
    yes("what was never counted is forgotten", FORGOTTEN),
    yes("all of them are forgotten", FORGOTTEN, FIRST_ASKED),
)
LINES = (
    yes("a line is given back", RETURNED, PUT_PAID),
    no("a line is given back once", RETURNED, PUT_PAID, RETURNED),
    no("what is completed is not given back", RETURNED, PUT_PAID, DELIVERED),
    no("what is given back is not completed", DELIVERED, PUT_PAID, RETURNED),
    no("nor what has a number since", DELIVERED, PUT_PAID, NUMBERED),
    yes(
        "what was read with its number is",
        c.EditLines(
            redemption=line_now(NUMBERED.redemption, state=LineState.DELIVERED),
            was=NUMBERED.redemption,
        ),
        *(PUT_PAID, NUMBERED),
    ),
    no("vouchers that went out stay out", RETURNED, PUT_PAID, EXPORTED),
    yes(
        "unless whoever edits knows of it",
        replace(RETURNED, was=replace(PAID, exported_at=NOON)),
        *(PUT_PAID, EXPORTED),
    ),
    no(
        "nor one whose vouchers never went out",
        replace(RETURNED, was=replace(PAID, exported_at=NOON)),
        PUT_PAID,
    ),
    no("no line of an unknown request is edited", RETURNED),
    no("nor of a paid request elsewhere", RETURNED, elsewhere=(PUT_PAID,)),
    no(
        "nor of one that is not paid yet",
        RETURNED,
        c.MakeRequest(redemption=replace(PAID, state=RESERVED)),
    ),
)

ISSUED = c.IssueVoucher(voucher=voucher())


def moved(was: Voucher, after: Voucher) -> c.MoveVoucher:
    return c.MoveVoucher(voucher=after, was=was)


USED = replace(assigned(), state=V.USED)
TO_ZOE = moved(voucher(), assigned())
TO_MAX = moved(voucher(), assigned(MAX))
BACK = moved(assigned(), voucher())
VOID = moved(voucher(), voucher(state=V.VOID))
VOUCHERS = (
    yes("a voucher is issued", ISSUED),
    no("a voucher is issued once", ISSUED, ISSUED),
    yes("another one of the same line too", c.IssueVoucher(voucher=voucher("V2")), ISSUED),
    yes("the same of another line is another", c.IssueVoucher(voucher=voucher(line=2)), ISSUED),
    yes(
        "the same of another request is another",
        c.IssueVoucher(voucher=voucher(redemption_id="R2")),
        ISSUED,
    ),
    yes("the same of another account is another", ISSUED, elsewhere=(ISSUED,)),
    yes("a voucher is somebody's", TO_ZOE, ISSUED),
    no("a voucher is never two people's", TO_MAX, ISSUED, TO_ZOE),
    no("nor the same person's twice", TO_ZOE, ISSUED, TO_ZOE),
    yes("a voucher is nobody's again", BACK, ISSUED, TO_ZOE),
    no("what is another's by now is not", BACK, ISSUED, TO_MAX),
    no("what is nobody's is not", BACK, ISSUED),
    yes("and then another's", TO_MAX, ISSUED, TO_ZOE, BACK),
    yes("a voucher changes hands", moved(assigned(), assigned(MAX)), ISSUED, TO_ZOE),
    yes("a voucher is used", moved(assigned(), USED), ISSUED, TO_ZOE),
    no("a voucher is used once", moved(assigned(), USED), ISSUED, TO_ZOE, moved(assigned(), USED)),
    no("a used voucher is not void", VOID, ISSUED, TO_ZOE, moved(assigned(), USED)),
    yes("a voucher is taken back", VOID, ISSUED),
    no("a void voucher is nobody's to have", TO_ZOE, ISSUED, VOID),
    no("an unknown voucher is nobody's", TO_ZOE),
    no("nor a voucher of another line", TO_ZOE, c.IssueVoucher(voucher=voucher(line=2))),
    no("nor a voucher of another account", TO_ZOE, elsewhere=(ISSUED,)),
    yes("vouchers go out", EXPORTED, PUT_PAID),
    no("vouchers go out once", EXPORTED, PUT_PAID, EXPORTED),
    no("once is once, however much later", replace(EXPORTED, at=NOON + HOUR), PUT_PAID, EXPORTED),
    no("none go out of an unknown request", EXPORTED),
    no("nor of one elsewhere", EXPORTED, elsewhere=(PUT_PAID,)),
    no("none go out of what was given back since", EXPORTED, PUT_PAID, RETURNED),
)
SPENDING = (*REQUESTS, *ASKING, *REMINDERS, *NUDGES, *LINES, *VOUCHERS)
