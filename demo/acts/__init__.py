"""The acts in their order, each with the scene it plays."""

from demo import story
from demo.acts import automatic, beginning, ending, requests, selling, statements
from demo.stage import Act

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
    (story.TRACKER, selling.tracker),
    (story.REFUSAL, automatic.refusal),
    (story.LAST_SECOND, ending.last_second),
    (story.END, ending.end),
    (story.REFILL_LIVES, ending.refill_lives),
    (story.MONTHS, statements.months),
    (story.SUMS, statements.sums),
)
