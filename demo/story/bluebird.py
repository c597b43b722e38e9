"""Bluebird learns with Salesforce: two kinds of credits, a code for each order, an advisor."""

from datetime import time

from demo.scenes import Company, Scene

BLUEBIRD = Company(
    name="Bluebird",
    program="salesforce",
    colour="blue",
    owner="Sara",
    people=("Sara", "Tom", "Uma"),
    staff=(("Vera", "operator"), ("Ed", "advisor")),
)
# Midnight in San Francisco, in winter: where a day of this program ends.
MIDNIGHT = time(8)

CASE = Scene(
    company=BLUEBIRD,
    key="case",
    title="Two kinds of credits, asked for by case",
    month=1,
    day=12,
    text="Sara cannot buy by herself: she asks by case, and Vera of the vendor enters what was "
    "sold. Each order is mailed a code of its own. The first is good for everything, the second "
    "for public virtual classes only.",
)
CATALOGUE = Scene(
    company=BLUEBIRD,
    key="catalogue",
    title="What there is to learn",
    month=2,
    day=1,
    text="Vera brings in classes and their sessions. At first they are only judged, and one row "
    "is wrong; then all of them are written.",
)
PREMIER = Scene(
    company=BLUEBIRD,
    key="premier",
    title="A quarter off by itself, a code for the rest",
    month=3,
    day=2,
    text="With the Premier plan classes cost 25% less, and nobody types anything for it. Tom puts "
    "two into one cart and pays each with another code.",
)
COUNTRY = Scene(
    company=BLUEBIRD,
    key="country",
    title="In the classroom, and in which country",
    month=3,
    day=4,
    text="The order was shipped to the United States, so a classroom in Toronto is out of reach. "
    "Nor do virtual credits open a classroom. Uma goes to Chicago.",
)
VOUCHERS = Scene(
    company=BLUEBIRD,
    key="vouchers",
    title="Twenty exams through the advisor",
    month=5,
    day=10,
    text="Exams in bulk are not for self-service: Sara is told whom to ask. Ed pays from a lot of "
    "Bluebird's, and twenty vouchers come of it, each for one pair of hands.",
)
PLANS_CHANGE = Scene(
    company=BLUEBIRD,
    key="plans change",
    title="Another week, and a seat given back",
    month=7,
    day=1,
    text="In time both are free. Tom moves a class to October, Uma gives hers back, and the "
    "credits return to the order that paid for it.",
)
TOO_LATE = Scene(
    company=BLUEBIRD,
    key="too late",
    title="Too late to give back",
    month=9,
    day=14,
    text="In less than ten business days Tom's class begins. Now nothing of it would come back. "
    "He goes, and a fortnight later his learning is on record.",
)
SIGNATURE = Scene(
    company=BLUEBIRD,
    key="signature",
    title="A class without a code",
    month=10,
    day=4,
    text="Bluebird has the Signature plan now. A public virtual class costs nothing, and nothing "
    "has to be typed; in a classroom it costs its full price again.",
)
DEADLINE = Scene(
    company=BLUEBIRD,
    key="deadline",
    title="It must be over before the credits are",
    month=12,
    day=3,
    text="A class counts when it was attended. The one in mid-January ends a day too late; the "
    "answer says when the latest one may begin, and there is one on that day.",
)
BOTH_END = Scene(
    company=BLUEBIRD,
    key="both end",
    title="Two orders, two ends",
    month=13,
    day=15,
    at=MIDNIGHT,
    text="The first order's term ran from its start, the day before it was issued, so it ends a "
    "day before the other. What is left cannot be carried over.",
)
MONTHS = Scene(
    company=BLUEBIRD,
    key="bluebird's months",
    title="Thirteen statements",
    month=14,
    day=1,
    text="Of Learning Credits; the virtual ones are summed up beside them, never with them. What "
    "came back in July is a column of its own.",
)
SUMS = Scene(
    company=BLUEBIRD,
    key="bluebird's sums",
    title="Where every credit went",
    month=14,
    day=1,
    text="Every entry of the year is booked once more on an empty sheet, lot by lot, and has to "
    "end at what the account shows.",
)

SCENES = (
    CASE,
    CATALOGUE,
    PREMIER,
    COUNTRY,
    VOUCHERS,
    PLANS_CHANGE,
    TOO_LATE,
    SIGNATURE,
    DEADLINE,
    BOTH_END,
    MONTHS,
    SUMS,
)
