"""Guards of budgets, and of what an account counts of them."""

from dataclasses import replace

from tests.contract.guards import no, yes
from tests.contract.guards_people import OPENED
from tests.contract.nouns import account
from tests.contract.nouns_spending import budget
from training_credits.domain import change as c
from training_credits.domain.model import Budget

MADE = c.SetBudget(budget=budget(), was=None)


def limited(limit: int, **was: object) -> c.SetBudget:
    """The budget is read as it was made, with `was` apart, and gets another limit."""
    read = replace(budget(), **was)  # type: ignore[arg-type]
    return c.SetBudget(budget=replace(read, limit=limit), was=read)


def used(credits: int, of: Budget | None = None) -> c.UseBudget:
    return c.UseBudget(budget_id=(of or budget()).budget_id, credits=credits)


def budgeted(change: int, expected: int = 0, voided: int = 0) -> c.CountBudgets:
    return c.CountBudgets(expected=expected, change=change, voided=voided)


ONE_VOID = c.CountVoided(expected=0, voided=0)
CAPS = (
    yes("a budget is made", MADE),
    no("a budget is made once", MADE, MADE),
    yes("the same on another account is another", MADE, elsewhere=(MADE,)),
    yes("a budget grows", limited(150), MADE),
    yes("a budget shrinks", limited(0), MADE),
    no("an unknown budget does neither", limited(150)),
    no("nor one elsewhere", limited(150), elsewhere=(MADE,)),
    no("nor one with another limit by now", limited(150), MADE, limited(120)),
    no("nor one with another name", limited(150, name="Others"), MADE),
    no("nor one for others", limited(150, learners=()), MADE),
    yes("a budget shrinks to what is asked for", limited(30), MADE, used(30)),
    no("and no further", limited(29), MADE, used(30)),
    yes("however little was left when it was read", limited(30, left=1), MADE, used(30)),
    yes("all of a budget is asked for", used(100), MADE),
    no("one more than a budget is not", used(101), MADE),
    yes("all that is left of a budget is", used(70), MADE, used(30)),
    no("one more than is left of it is not asked for", used(71), MADE, used(30)),
    no("what has shrunk meanwhile counts", used(51), MADE, limited(50)),
    no("an unknown budget is not asked for", used(1)),
    no("a budget elsewhere is not asked for here", used(1), elsewhere=(MADE,)),
    yes("what came to nothing goes back to its budget", used(-30), MADE, used(100)),
    yes("also where nothing is asked for", used(-30), MADE),
    no("but not to an unknown one", used(-30)),
    yes("what went back is asked for again", used(100), MADE, used(60), used(-60)),
)
COUNTS = (
    yes("limits are summed up", budgeted(100), OPENED),
    yes("and once more", budgeted(50, 100), OPENED, budgeted(100)),
    yes("the sum shrinks", budgeted(-40, 100), OPENED, budgeted(100)),
    no("limits that were summed up before are not", budgeted(100), OPENED, budgeted(100)),
    no("nor with another sum than there is", budgeted(50, 1), OPENED),
    no("nor once another lot is void", budgeted(100), OPENED, ONE_VOID),
    yes("with all void lots they are", budgeted(100, 0, 1), OPENED, ONE_VOID),
    no("nor with more void lots than there are", budgeted(100, 0, 1), OPENED),
    no("limits of nothing are not summed up", budgeted(100)),
    no("nor of an account elsewhere", budgeted(100), elsewhere=(OPENED,)),
    yes("a void lot is counted", ONE_VOID, OPENED),
    yes("and a second one is", replace(ONE_VOID, voided=1), OPENED, ONE_VOID),
    no("a void lot is counted once", ONE_VOID, OPENED, ONE_VOID),
    no("nor before the one before it", replace(ONE_VOID, voided=1), OPENED),
    yes("with the sum of the limits", replace(ONE_VOID, expected=70), OPENED, budgeted(70)),
    no("not once limits have grown", ONE_VOID, OPENED, budgeted(70)),
    no("not with another sum than there is", replace(ONE_VOID, expected=1), OPENED),
    no("no void lot of nothing", ONE_VOID),
    no("nor of an account that is elsewhere", ONE_VOID, elsewhere=(OPENED,)),
    yes(
        "both are as the account was opened",
        budgeted(1, 70, 2),
        c.OpenAccount(account=account(budgeted=70, voided=2), owners=1),
    ),
)
BUDGETS = (*CAPS, *COUNTS)
