"""Everybody at once, to the last credit: how many are served, and from which lots.

The law of the order. Where no credits come back, a lot never has more than somebody has read of
it. Whoever draws on a later lot takes all they have read of each earlier one; that they get it
proves that it was all there still was, so each earlier lot is empty from then on. Hence, in the
order in which entries are written, each draw is from the earliest-ending lot that has credits left
and goes on to the next only when that one is empty: whatever anybody has read, and however many
there are. The instant of an entry is no such order, for it is taken before the account is read; the
table's stream is. (Where credits do come back, a draw holds to the order of what was read.)
"""

import os
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from tests import engines
from tests.engine.conftest import Dumps
from tests.engine.fresh import Fresh, Table
from tests.http.audit import violations
from tests.proof.figures import Counts
from training_credits.domain.drawing import spending_order
from training_credits.domain.errors import Reason, Refused, Unavailable
from training_credits.domain.model import Approval, Entry, EntryKind
from training_credits.dynamodb.items import EntryItem

pytestmark = [pytest.mark.engine, pytest.mark.proves("E4", "I10", "T4")]
THREADS = 8  # more of them only wait for the two cores
LOTS, EACH, ALL = 20, 3, 1_000
SENT_MAX = 50


def sizes(credits: int) -> list[int]:
    """Lots of all sizes, few of which are a multiple of what each asks for."""
    first = [credits // LOTS + (7 * place) % 13 - 6 for place in range(LOTS - 1)]
    return [*first, credits - sum(first)]


def account(table: Table, credits: int) -> Fresh:
    """Lots that end one day after the other; nobody has to decide."""
    world = Fresh.of(table, "atlassian", 0)
    world.open(Approval.AUTOMATIC)
    world.issue_code()
    for place, size in enumerate(sizes(credits)):
        day = world.clock().date() - timedelta(days=LOTS - place)
        world.grant(f"L{place:02}", size, purchase=day)
    return world


def everybody(world: Fresh, callers: int) -> tuple[Counter[str], int]:
    """What each was told in the end, and how often somebody was told to try again.

    Whoever is told so sends the same request again, under the same key.
    """
    lock, again = threading.Lock(), [0]

    def asks(number: int) -> str:
        who = f"lee{number}"
        asking = world.intent(world.caller(who), "redeem", f"key-of-{who}")
        for _ in range(SENT_MAX):
            try:
                world.redeem(EACH, asking=asking)
            except Unavailable:
                with lock:
                    again[0] += 1
            except Refused as no:
                return no.reason
            else:
                return "redeemed"
        raise AssertionError(f"{who} is busy for ever")

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(asks, range(callers))), again[0]


def written(stream: str) -> Iterator[Entry]:
    """Every entry, in the order in which the table took them."""
    service: Any = "dynamodbstreams"
    client = boto3.client(service, endpoint_url=os.environ[engines.ENDPOINT])
    for shard in client.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]:
        place = client.get_shard_iterator(
            StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        while place:
            page = client.get_records(ShardIterator=place, Limit=1_000)
            for record in page["Records"]:
                image = record["dynamodb"].get("NewImage", {})
                if image.get("kind") == {"S": "entry"}:
                    yield EntryItem.from_raw_data(image).value()
            place = page.get("NextShardIterator") if page["Records"] else None


def half_are_served(table: str, dump: Dumps, figure: Counts, served: int) -> None:
    """So many are served of twice as many, and one credit is left, in the lot that ends last."""
    stream = engines.make_table(table, stream=True)["StreamArn"]
    world = account(Table(table), served * EACH + 1)
    told, again = everybody(world, 2 * served)
    if served == ALL:
        name = f"E4 served of {2 * ALL:,} who ask for {EACH} of {ALL * EACH + 1:,}"
        figure(name, told["redeemed"], ALL)
        figure(f"E4 told to try again, of {2 * ALL:,}", again, "≥ 0")
    assert told == {"redeemed": served, Reason.INSUFFICIENT_CREDITS: served}
    kept, in_order = world.kept(), list(written(stream))
    assert sorted(e.entry_id for e in in_order) == sorted(e.entry_id for e in kept.entries)
    assert Counter(e.kind for e in in_order) == {EntryKind.PURCHASE: LOTS, EntryKind.REDEEM: served}
    assert replace(kept, entries=tuple(in_order)).broken(holds=False) == []
    ordered = spending_order(kept.lots.values())
    assert [lot.balance.available for lot in ordered] == [0] * (LOTS - 1) + [1]
    assert violations(dump()) == []


def test_of_160_redeems_over_20_lots_80_succeed_and_one_credit_is_left(
    table: str, dump: Dumps, figure: Counts
) -> None:
    half_are_served(table, dump, figure, 80)


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_of_2000_redeems_over_20_lots_1000_succeed_and_one_credit_is_left(
    table: str, dump: Dumps, figure: Counts
) -> None:
    half_are_served(table, dump, figure, ALL)
