"""Bluebird's acts, each with the scene it plays."""

from demo.acts import statements
from demo.acts.bluebird import after, buying, ending, learning
from demo.stage import Act
from demo.story import bluebird as story

ACTS: tuple[Act, ...] = (
    (story.CASE, buying.case),
    (story.CATALOGUE, buying.catalogue),
    (story.PREMIER, learning.premier),
    (story.COUNTRY, learning.country),
    (story.VOUCHERS, learning.vouchers),
    (story.PLANS_CHANGE, after.plans_change),
    (story.TOO_LATE, after.too_late),
    (story.SIGNATURE, ending.signature),
    (story.DEADLINE, ending.deadline),
    (story.BOTH_END, ending.both_end),
    (story.MONTHS, statements.months),
    (story.SUMS, statements.sums),
)
