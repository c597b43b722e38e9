"""Guards of what people want to be told, and of the days of which they are."""

from datetime import date

from tests.contract.guards import no, yes
from tests.contract.nouns import ANN, BOB, HOUR, NOON
from training_credits.domain import change as c
from training_credits.domain.model import Pace, Preferences, Topic

DAY = date(2026, 3, 1)
CHOSEN = Preferences(off=(Topic.MEMBERS,), transactions=Pace.DAILY, language="de")
CHOICE = c.SetPreferences(email=ANN, preferences=CHOSEN)
PLANNED = c.PlanDigest(email=ANN, day=DAY, at=NOON)
PLANNED_LATER = c.PlanDigest(email=ANN, day=DAY, at=NOON + HOUR)
TOLD = c.EndDigest(email=ANN, day=DAY)

TELLING = (
    yes("a choice is kept", CHOICE),
    yes("a choice is made anew", c.SetPreferences(email=ANN, preferences=Preferences()), CHOICE),
    yes("a day is planned", PLANNED),
    yes("another's day is planned", c.PlanDigest(email=BOB, day=DAY, at=NOON), PLANNED),
    no("a day is planned once", PLANNED_LATER, PLANNED),
    no("what was told is not planned again", PLANNED, PLANNED, TOLD),
    yes("a planned day is told", TOLD, PLANNED),
    no("a day that was never planned is not told", TOLD),
    no("a day is told once", TOLD, PLANNED, TOLD),
)
