"""Cobalt's acts, each with the scene it plays."""

from demo.acts import statements
from demo.acts.cobalt import asking, assisted, cases, ending, owning, tracker
from demo.stage import Act
from demo.story import cobalt as story

ACTS: tuple[Act, ...] = (
    (story.TERMS, owning.terms),
    (story.HOLD, asking.hold),
    (story.RESERVE, asking.reserve),
    (story.DISPUTE, cases.dispute),
    (story.ABROAD, assisted.abroad),
    (story.CUSTOM, assisted.custom),
    (story.EXAM, assisted.exam),
    (story.TRACKER, tracker.tracker),
    (story.LIVE, ending.live),
    (story.END, ending.end),
    (story.REISSUE, cases.reissue),
    (story.MONTHS, statements.months),
    (story.SUMS, statements.sums),
)
