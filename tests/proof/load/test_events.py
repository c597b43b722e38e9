"""A thousand events by the bus, some twice, some late, some poisoned."""

import random
from collections import Counter

import pytest

from tests.http.people import company, someone
from tests.integration.cloud import Cloud, Json
from tests.integration.delivery import POISON, Delivery
from tests.proof.figures import Counts

ALL, SHARE_AGAIN, BATCH = 1_000, 0.3, 100  # of a stream, as template.yaml says


@pytest.mark.proves("E10", "F2", "F15")
@pytest.mark.parametrize(
    ("many", "bad"),
    [(30, 4), pytest.param(ALL, 10, marks=[pytest.mark.proof, pytest.mark.timeout(1_800)])],
)
def test_of_many_events_each_has_one_effect_and_the_poisoned_ones_are_put_aside(
    cloud: Cloud, delivery: Delivery, figure: Counts, many: int, bad: int
) -> None:
    drawn = random.Random(many)  # noqa: S311 - an order, not a secret
    poison = [POISON[n % len(POISON)] | {"id": f"poison-{n}"} for n in range(bad)]
    good = approvals(cloud, many - bad)
    late = [event for event in good if drawn.random() < SHARE_AGAIN]
    mixed = [*good, *poison, *late]
    drawn.shuffle(mixed)
    delivery.deliver(mixed)
    told = Counter(cloud.inbox())
    if many == ALL:
        figure(f"E10 effects of {ALL:,} events", told.total(), ALL - bad)
    assert told.total() == len(told) == many - bad
    assert sorted(map(str, delivery.letters())) == sorted(map(str, poison))
    assert len(delivery.tries) == many, "none is stuck"
    assert len(late) > many // 5


def approvals(cloud: Cloud, many: int) -> list[Json]:
    """So many requests, each of somebody else's, of which they hear that they are approved."""
    # Of so many that nobody is warned of how few are left.
    acme = company(cloud.wire, approval="automatic", credits=10 * many)
    for _ in range(many):
        assert acme.wants(who=someone(cloud.wire, "lee")).status == 201
    events: list[Json] = []
    records = cloud.records()
    for first in range(0, len(records), BATCH):
        events += cloud.published(records[first : first + BATCH])[0]
    return [event for event in events if event["detail-type"] == "RedemptionApproved"]
