"""Guards of redemption codes: made, ended, rotated, used."""

from tests.contract.guards import no, yes
from tests.contract.guards_people import OPENED
from tests.contract.nouns import HOUR, INSTANT, NOON, code
from training_credits.domain import change as c
from training_credits.domain.model import Code

LATER = NOON + HOUR
FIRST = c.IssueCode(code=code(), made=0)
WITH_LOT = c.IssueCode(code=code(lot_id="L1"), made=None)
DATED = c.IssueCode(code=code(ends_at=LATER), made=0)
BOUND = c.IssueCode(code=code(limit=100), made=0)
EACH = c.IssueCode(code=code(limit_each=50), made=0)
ENDED = c.EndCode(code=code(), at=NOON)


def rotated(old: Code, digest: str = "d2") -> c.RotateCode:
    new = code(digest, hint="9XYZ")
    return c.RotateCode(old=old, new=new, old_ends_at=LATER, at=NOON)


def used(of: Code, credits: int = 30, who: str = "s-lee", *, late: bool = False) -> c.UseCode:
    return c.UseCode(code=of, subject=who, credits=credits, at=LATER if late else NOON)


ROTATED = rotated(code())
MADE = (
    yes("an account gets its code", FIRST, OPENED),
    yes("and a second one", c.IssueCode(code=code("d2", "C2"), made=1), OPENED, FIRST),
    no("codes were made meanwhile", c.IssueCode(code=code("d2", "C2"), made=0), OPENED, FIRST),
    no("fewer codes were made", c.IssueCode(code=code(), made=1), OPENED),
    no("a code is made once", c.IssueCode(code=code("d2"), made=1), OPENED, FIRST),
    no(
        "a text opens one account",
        FIRST,
        OPENED,
        elsewhere=(OPENED, c.IssueCode(code=code(code_id="C9"), made=0)),
    ),
    no("nothing gets no code", FIRST),
    yes("a new lot brings a code of its own", WITH_LOT),
    yes("however many there are", c.IssueCode(code=code("d2", "C2"), made=None), OPENED, FIRST),
    no("which is made once too", WITH_LOT, WITH_LOT),
    yes("a code is ended", ENDED, OPENED, FIRST),
    no("an unknown code is not ended", ENDED, OPENED),
    no("a code is ended once", ENDED, OPENED, FIRST, ENDED),
    no("a code with another text is not ended", ENDED, OPENED, FIRST, ROTATED),
    yes(
        "a code is ended before its end",
        c.EndCode(code=code(ends_at=LATER), at=LATER - INSTANT),
        OPENED,
        DATED,
    ),
    no(
        "a code that has ended is not ended",
        c.EndCode(code=code(ends_at=LATER), at=LATER),
        OPENED,
        DATED,
    ),
    no("a code that was read with another end is not ended", ENDED, OPENED, DATED),
    yes("a code gets another text", ROTATED, OPENED, FIRST),
    no("an unknown code gets none", ROTATED, OPENED),
    no("a revoked code gets none", ROTATED, OPENED, FIRST, ENDED),
    no("a code gets another text once", rotated(code(), "d3"), OPENED, FIRST, ROTATED),
    yes("and then a third", rotated(code("d2"), "d3"), OPENED, FIRST, ROTATED),
    no(
        "a text that opens another account is not taken",
        ROTATED,
        OPENED,
        FIRST,
        elsewhere=(OPENED, c.IssueCode(code=code("d2", "C9"), made=0)),
    ),
    no("an earlier text is not taken up again", rotated(code("d2"), "d1"), OPENED, FIRST, ROTATED),
)
USED = (
    yes("a code is used", used(code()), OPENED, FIRST),
    yes("a code is used again", used(code()), OPENED, FIRST, used(code())),
    no("an unknown code is not used", used(code()), OPENED),
    no("a code elsewhere is not used here", used(code()), OPENED, elsewhere=(OPENED, FIRST)),
    no("a revoked code is not used", used(code()), OPENED, FIRST, ENDED),
    no(
        "nor before the instant it was revoked at",
        used(code()),
        OPENED,
        FIRST,
        c.EndCode(code=code(), at=LATER),
    ),
    no("a code is not used by its old text", used(code()), OPENED, FIRST, ROTATED),
    yes("it is by its new one", used(code("d2")), OPENED, FIRST, ROTATED),
    yes("a code is used before its end", used(code(ends_at=LATER)), OPENED, DATED),
    no("a code is not used at its end", used(code(ends_at=LATER), late=True), OPENED, DATED),
    no(
        "nor by its old text before its end",
        used(code(ends_at=LATER)),
        OPENED,
        DATED,
        rotated(code(ends_at=LATER)),
    ),
    yes("all of a limit is used", used(code(limit=100), 100), OPENED, BOUND),
    no("one more than a limit is not", used(code(limit=100), 101), OPENED, BOUND),
    yes(
        "all that is left of it is used",
        used(code(limit=100), 70, "s-kim"),
        OPENED,
        BOUND,
        used(code(limit=100)),
    ),
    no(
        "one more than is left of it is not",
        used(code(limit=100), 71, "s-kim"),
        OPENED,
        BOUND,
        used(code(limit=100)),
    ),
    yes("each learner has a limit", used(code(limit_each=50), 50), OPENED, EACH),
    yes(
        "of which they use the rest",
        used(code(limit_each=50), 20),
        OPENED,
        EACH,
        used(code(limit_each=50)),
    ),
    no(
        "and not one more",
        used(code(limit_each=50), 21),
        OPENED,
        EACH,
        used(code(limit_each=50)),
    ),
    yes(
        "which is not another learner's",
        used(code(limit_each=50), 50, "s-kim"),
        OPENED,
        EACH,
        used(code(limit_each=50), 50),
    ),
    yes(
        "what came to nothing is given back",
        used(code(limit=100), -30),
        OPENED,
        BOUND,
        used(code(limit=100)),
    ),
    yes(
        "to a revoked code too",
        used(code(limit_each=50), -30),
        OPENED,
        EACH,
        c.EndCode(code=code(), at=NOON),
    ),
    no("and not to an unknown one", used(code(limit=100), -30), OPENED),
    yes(
        "what was given back is used again",
        used(code(limit=100), 100),
        OPENED,
        BOUND,
        used(code(limit=100)),
        used(code(limit=100), -30),
    ),
)
CODES = (*MADE, *USED)
