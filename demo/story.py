"""The year as it is told: what happens when, in the words that are printed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

PROGRAM, OTHER_PROGRAM = "atlassian", "cisco"
MORNING = time(9)
NAMES = ("Ann", "Bob", "Lee", "Mia", "Noah", "Olga", "Piet")
VENDOR = "Vera"
THURSDAY = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """`month` counts on: 13 is January of the year after. The time is UTC."""

    key: str
    title: str
    text: str
    month: int
    day: int
    at: time = MORNING

    def begins(self, year: int) -> datetime:
        return moment(year, self.month, self.day, self.at)


def moment(year: int, month: int, day: int, at: time = MORNING) -> datetime:
    """In UTC; month 13 is January of the year after."""
    years, months = divmod(month - 1, 12)
    return datetime(year + years, months + 1, day, at.hour, at.minute, at.second, tzinfo=UTC)


def thursday(year: int) -> date:
    """The one after 7 October: no holiday is near it."""
    week = [date(year, 10, 8) + timedelta(days=after) for after in range(7)]
    return next(day for day in week if day.weekday() == THURSDAY)


OPENING = Scene(
    key="opening",
    title="An account, and 500 credits to try it out",
    month=1,
    day=4,
    text="Ann opens the training account of Acme. She wants to see every request before credits "
    "are spent, asks Bob to be an owner beside her, and buys a first 500 credits by card. The "
    "first card is declined, and the order waits for another one.",
)
BIG_ORDER = Scene(
    key="big order",
    title="20,000 credits for USD 16,000",
    month=1,
    day=5,
    text="Ann asks for a quote, to be paid by invoice, and sees at each step where her order "
    "stands. From a list value of USD 20,000 it costs 20% less, without a code to type. These "
    "credits get an end of their own.",
)
CODE = Scene(
    key="code",
    title="One code, shown once",
    month=1,
    day=11,
    at=time(9, 30),
    text="Ann makes the redemption code that her colleagues will type. The system keeps only a "
    "fingerprint of it; there is no second one.",
)
BY_HAND = Scene(
    key="by hand",
    title="The first request, approved by hand",
    month=2,
    day=3,
    text="Lee asks for a course. The connection breaks, so the browser sends the same request "
    "again. Nothing is taken before an owner says yes.",
)
NO = Scene(
    key="no",
    title="One no, one never mind",
    month=3,
    day=9,
    text="Mia asks for a bootcamp, and Bob denies it. Noah asks for a workshop, and takes it "
    "back himself. Neither costs a credit.",
)
TWO_LOTS = Scene(
    key="two lots",
    title="A request that two lots pay for",
    month=4,
    day=14,
    text="Olga's course costs 1,000. What ends first is spent first: the rest of the 500, and "
    "for what is missing the 20,000.",
)
TOGETHER = Scene(
    key="together",
    title="Three requests, one decision",
    month=5,
    day=18,
    text="Three colleagues have asked. Ann sees the oldest first, with the sum below, and "
    "approves them together.",
)
AUTOMATIC = Scene(
    key="automatic",
    title="From now on, automatically",
    month=6,
    day=15,
    text="Mia asks. Then Ann lets the system approve from now on, and Noah, who asks after that, "
    "has his course at once. Mia's request keeps waiting until somebody decides it.",
)
SUMMER = Scene(
    key="summer",
    title="Summer",
    month=7,
    day=6,
    text="Two team trainings, one in July and one in September. In August nobody has the time.",
)
REFILL = Scene(
    key="refill",
    title="A refill with its own end",
    month=10,
    day=1,
    text="Ann buys 1,000 more, with the card that was kept. They cost list price, end a year "
    "from today, and leave the end of all other credits where it was.",
)
TRACKER = Scene(
    key="tracker",
    title="Another vendor, and an order that is late",
    month=10,
    day=7,
    text="Acme's engineers learn with credits of another vendor, which a reseller sells. Its "
    "program has other rules, and is a file beside the first one. Vera enters the order; Ann "
    "sees by when she may count on it, and that it is late.",
)
REFUSAL = Scene(
    key="refusal",
    title="A no with its reason",
    month=11,
    day=10,
    text="Lee spends 1,600. Noah wants 5,000, which is more than there is. The answer says what "
    "is missing and, lot by lot, why.",
)
LAST_SECOND = Scene(
    key="last second",
    title="Ten seconds before midnight",
    month=13,
    day=11,
    at=time(23, 59, 50),
    text="The last day of the 20,000 counts to its end. Mia redeems 400 just in time.",
)
END = Scene(
    key="end",
    title="Midnight",
    month=13,
    day=12,
    at=time(0),
    text="At this instant what is left of the 20,000 is gone. Lee is too late: a moment ago, his "
    "1,200 could have been paid.",
)
REFILL_LIVES = Scene(
    key="refill lives",
    title="The refill is still there",
    month=13,
    day=20,
    text="The sweep comes by every hour, and has nothing more to book. "
    "The refill has nine months to go, and Olga uses 250 of it.",
)
MONTHS = Scene(
    key="months",
    title="Thirteen months, each of which adds up",
    month=14,
    day=1,
    text="Opening and movements make the closing, and the closing is the next opening.",
)
SUMS = Scene(
    key="sums",
    title="Where every credit went",
    month=14,
    day=1,
    at=time(9, 30),
    text="A credit is in one state at a time. All of them together are what was bought.",
)

SCENES = (
    OPENING,
    BIG_ORDER,
    CODE,
    BY_HAND,
    NO,
    TWO_LOTS,
    TOGETHER,
    AUTOMATIC,
    SUMMER,
    REFILL,
    TRACKER,
    REFUSAL,
    LAST_SECOND,
    END,
    REFILL_LIVES,
    MONTHS,
    SUMS,
)
TITLES = {scene.key: scene.title for scene in SCENES}
