"""Cobalt learns with Cisco: sales orders, a team captain, holds, and credits that go abroad."""

from datetime import date, time, timedelta

from demo.scenes import Company, Scene

COBALT = Company(
    name="Cobalt",
    program="cisco",
    colour="magenta",
    owner="Carl",
    people=("Carl", "Dora", "Emil"),
    staff=(("Vera", "operator"), ("Ben", "advisor")),
)
# One minute past midnight in San Jose is 08:01 in UTC, in winter.
MIDNIGHT = time(8)
THURSDAY = 3


def thursday(year: int) -> date:
    """The one after 7 October: no holiday is near it."""
    week = [date(year, 10, 8) + timedelta(days=after) for after in range(7)]
    return next(day for day in week if day.weekday() == THURSDAY)


TERMS = Scene(
    company=COBALT,
    key="terms",
    title="Terms first, then two sales orders",
    month=1,
    day=20,
    text="What was bought with new hardware is entered by Vera of the vendor: 15 credits direct "
    "and 60 through a reseller, each worth USD 100. Carl, the team captain, sees nothing before "
    "he has accepted the terms.",
)
HOLD = Scene(
    company=COBALT,
    key="hold",
    title="Held at once, spent when the captain says yes",
    month=2,
    day=8,
    text="Dora looks which order could pay for her class, and names its number. The credits are "
    "set aside with her request. Books, she learns, are paid with money.",
)
RESERVE = Scene(
    company=COBALT,
    key="reserve",
    title="Reserved, and then confirmed or not",
    month=4,
    day=5,
    text="Emil and Dora each reserve a lab; Carl approves both. Emil confirms his. Dora forgets, "
    "and after three days her credits are back without anybody doing anything.",
)
DISPUTE = Scene(
    company=COBALT,
    key="dispute",
    title="A charge that is refuted",
    month=4,
    day=19,
    text="Emil's lab was down the whole day. Carl says so of the transaction itself; Vera has to "
    "answer, by a day that is written on the case, and somebody else's word stays beside his.",
)
ABROAD = Scene(
    company=COBALT,
    key="abroad",
    title="A class in another country",
    month=5,
    day=3,
    text="The credits were bought in the United States, the class is in Berlin. First the "
    "vendor's advisor, Ben, has a look; then it is Carl's turn, as ever.",
)
CUSTOM = Scene(
    company=COBALT,
    key="custom",
    title="Made to measure",
    month=6,
    day=7,
    text="A workshop about Cobalt's own network has no list price. Ben agrees on one, names the "
    "statement of work, and asks on Cobalt's behalf; the credits remain Carl's to give.",
)
EXAM = Scene(
    company=COBALT,
    key="exam",
    title="A voucher that outlives its credits",
    month=9,
    day=8,
    text="An exam voucher is good for twelve months from its issue, whatever becomes of the "
    "credits that paid for it.",
)
TRACKER = Scene(
    company=COBALT,
    key="tracker",
    title="An order that is late",
    month=10,
    day=7,
    text="A reseller has sold another 100 credits. Carl sees by when he may count on them, and "
    "that they are late.",
)
LIVE = Scene(
    company=COBALT,
    key="live",
    title="Two orders for one pass",
    month=12,
    day=7,
    text="A pass for Cisco Live costs 22. No order with so few left can pay it alone, but two "
    "together can. The conference is in June, after the end of one of them; to register before "
    "it is enough.",
)
END = Scene(
    company=COBALT,
    key="365 days",
    title="One minute past midnight",
    month=1,
    day=25,
    at=MIDNIGHT,
    days=365,
    text="365 days after the invoice it is midnight on the west coast, and the credits of the "
    "first two orders have one more minute. Emil asks for one of the two that are left.",
)
REISSUE = Scene(
    company=COBALT,
    key="reissue",
    title="Three credits, once more",
    month=1,
    day=27,
    days=365,
    text="What has expired may be asked for again for 60 days, once, with a plan for all of it. "
    "Ben prepares the case, Carl asks, Vera looks at it. Until she agrees the credits are dead.",
)
MONTHS = Scene(
    company=COBALT,
    key="cobalt's months",
    title="Thirteen statements",
    month=14,
    day=1,
    text="What is held is not spent: a statement tells of it when it is.",
)
SUMS = Scene(
    company=COBALT,
    key="cobalt's sums",
    title="Where every credit went",
    month=14,
    day=1,
    text="The same audit as of the others.",
)

SCENES = (
    TERMS,
    HOLD,
    RESERVE,
    DISPUTE,
    ABROAD,
    CUSTOM,
    EXAM,
    TRACKER,
    LIVE,
    END,
    REISSUE,
    MONTHS,
    SUMS,
)
