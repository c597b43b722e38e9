"""Acme's acts, each with the scene it plays."""

from demo.acts import statements
from demo.acts.acme import automatic, beginning, ending, requests, selling
from demo.stage import Act
from demo.story import acme as story

ACTS: tuple[Act, ...] = (
    (story.OPENING, beginning.opening),
    (story.BIG_ORDER, selling.quote),
    (story.CODE, beginning.code),
    (story.BY_HAND, requests.by_hand),
    (story.NO, requests.no),
    (story.TWO_LOTS, requests.two_lots),
    (story.TOGETHER, requests.together),
    (story.AUTOMATIC, automatic.automatic),
    (story.SUMMER, automatic.summer),
    (story.REFILL, automatic.refill),
    (story.REFUSAL, automatic.refusal),
    (story.BEYOND, requests.beyond),
    (story.LAST_SECOND, ending.last_second),
    (story.END, ending.end),
    (story.REFILL_LIVES, ending.refill_lives),
    (story.MONTHS, statements.months_and_csv),
    (story.SUMS, statements.sums),
)
