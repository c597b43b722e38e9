"""Acme learns with Atlassian: self-service, one code, owners who say yes."""

from datetime import time

from demo.scenes import Company, Scene

ACME = Company(
    name="Acme",
    program="atlassian",
    colour="cyan",
    owner="Ann",
    people=("Ann", "Bob", "Lee", "Mia", "Noah", "Olga", "Piet"),
    staff=(("Vera", "operator"),),
)

OPENING = Scene(
    company=ACME,
    key="opening",
    title="An account, and 500 credits to try it out",
    month=1,
    day=4,
    text="Ann opens the training account of Acme. She wants to see every request before credits "
    "are spent, asks Bob to be an owner beside her, and buys a first 500 credits by card. The "
    "first card is declined, and the order waits for another one.",
)
BIG_ORDER = Scene(
    company=ACME,
    key="big order",
    title="20,000 credits for USD 16,000",
    month=1,
    day=5,
    text="Ann asks for a quote, to be paid by invoice, and sees at each step where her order "
    "stands. From a list value of USD 20,000 it costs 20% less, without a code to type. These "
    "credits get an end of their own.",
)
CODE = Scene(
    company=ACME,
    key="code",
    title="One code, shown once",
    month=1,
    day=11,
    at=time(9, 30),
    text="Ann makes the redemption code that her colleagues will type. The system keeps only a "
    "fingerprint of it; there is no second one.",
)
BY_HAND = Scene(
    company=ACME,
    key="by hand",
    title="The first request, approved by hand",
    month=2,
    day=3,
    text="Lee asks for a course. The connection breaks, so the browser sends the same request "
    "again. Nothing is taken before an owner says yes.",
)
NO = Scene(
    company=ACME,
    key="no",
    title="One no, one never mind",
    month=3,
    day=9,
    text="Mia asks for a bootcamp, and Bob denies it. Noah asks for a workshop, and takes it "
    "back himself. Neither costs a credit.",
)
TWO_LOTS = Scene(
    company=ACME,
    key="two lots",
    title="A request that two lots pay for",
    month=4,
    day=14,
    text="Olga's course costs 1,000. What ends first is spent first: the rest of the 500, and "
    "for what is missing the 20,000.",
)
TOGETHER = Scene(
    company=ACME,
    key="together",
    title="Three requests, one decision",
    month=5,
    day=18,
    text="Three colleagues have asked, Lee for two courses in one order. Ann sees the oldest "
    "first, with the sum below, and approves them together.",
)
AUTOMATIC = Scene(
    company=ACME,
    key="automatic",
    title="From now on, automatically",
    month=6,
    day=15,
    text="Mia asks. Then Ann lets the system approve from now on, and Noah, who asks after that, "
    "has his course at once. Mia's request keeps waiting until somebody decides it.",
)
SUMMER = Scene(
    company=ACME,
    key="summer",
    title="Summer",
    month=7,
    day=6,
    text="Two team trainings, one in July and one in September. In August nobody has the time.",
)
REFILL = Scene(
    company=ACME,
    key="refill",
    title="A refill with its own end",
    month=10,
    day=1,
    text="Ann buys 1,000 more, with the card that was kept. They cost list price, end a year "
    "from today, and leave the end of all other credits where it was.",
)
REFUSAL = Scene(
    company=ACME,
    key="refusal",
    title="A no with its reason",
    month=11,
    day=10,
    text="Lee spends 600. Noah wants 5,000, which is more than there is. The answer says what "
    "is missing and, lot by lot, why.",
)
BEYOND = Scene(
    company=ACME,
    key="beyond",
    title="More is asked for than there is",
    month=12,
    day=1,
    text="For the end of the year Ann looks at every request again. Nothing is held while one "
    "waits, so two that fit one by one can be too much together. She takes one, and then the "
    "other no longer fits.",
)
LAST_SECOND = Scene(
    company=ACME,
    key="last second",
    title="Ten seconds before midnight",
    month=13,
    day=11,
    at=time(23, 59, 50),
    text="The last day of the 20,000 counts to its end. Mia redeems 400 just in time.",
)
END = Scene(
    company=ACME,
    key="end",
    title="Midnight",
    month=13,
    day=12,
    at=time(0),
    text="At this instant what is left of the 20,000 is gone. Lee is too late: a moment ago, his "
    "1,200 could have been paid.",
)
REFILL_LIVES = Scene(
    company=ACME,
    key="refill lives",
    title="The refill is still there",
    month=13,
    day=20,
    text="The sweep comes by every hour, and has nothing more to book. "
    "The refill has nine months to go, and Olga uses 250 of it.",
)
MONTHS = Scene(
    company=ACME,
    key="months",
    title="Thirteen months, each of which adds up",
    month=14,
    day=1,
    text="Opening and movements make the closing, and the closing is the next opening.",
)
SUMS = Scene(
    company=ACME,
    key="sums",
    title="Where every credit went",
    month=14,
    day=1,
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
    REFUSAL,
    BEYOND,
    LAST_SECOND,
    END,
    REFILL_LIVES,
    MONTHS,
    SUMS,
)
