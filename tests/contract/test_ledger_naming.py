"""All that a request to spend names is one read, and wrong tries are counted by their time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest

from tests.contract.guards_catalogue import OFFERED, OFFERING, TWELVE
from tests.contract.guards_people import OPENED, TERMS
from tests.contract.nouns import ANN, ELSEWHERE, HERE, INSTANT, LEE, NOON, code
from tests.contract.scene import EVERYTHING, MONTH, Scene
from training_credits.domain import change as c
from training_credits.domain.model import Item, Opened
from training_credits.dynamodb.items import Item as Kept
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.ports import Named


@contextmanager
def reads(scene: Scene) -> Iterator[list[str]]:
    """What is sent to a table meanwhile."""
    sent: list[str] = []
    if not isinstance(scene.ledger, DynamoLedger):
        yield sent
        return
    events = Kept.connection().client.meta.events
    heard = partial(_heard, sent)
    events.register_first("before-call.dynamodb", heard)
    yield sent
    events.unregister("before-call.dynamodb", heard)


def _heard(sent: list[str], model: Any, params: Any, **_: Any) -> None:
    body = params["body"]
    sent.append(model.name if b'"ConsistentRead": true' in body else f"lax {model.name}")


def stage(scene: Scene) -> None:
    """One of every kind of thing that can be named."""
    scene.write(OPENED)
    scene.write(TERMS, OFFERED, c.PutSession(session=TWELVE), account_id="")
    scene.write(c.IssueCode(code=code(), made=0))
    scene.write(c.IssueCode(code=code("d2", "C2"), made=None), account_id=ELSEWHERE)
    scene.write(c.TakeSalesOrder(number="SO-5001", order_id="O1"))
    scene.write(c.TakeSalesOrder(number="SO-5002", order_id="O9"), account_id=ELSEWHERE)
    for at in (NOON, NOON + INSTANT):
        scene.ledger.count_try(scene.program, LEE.subject, at)


def test_all_kinds_at_once_are_one_strongly_consistent_read(scene: Scene) -> None:
    stage(scene)
    facts = EVERYTHING | {
        "digests": ("d2", "d1", "d9"),
        "numbers": ("SO-5002", "SO-9999", "SO-5001"),
        "places": (("CCNA", "S1"), ("X", None), ("CCNA", None), ("CCNA", "S1"), ("CCNA", "S9")),
        "since": NOON - MONTH,
        "until": NOON + INSTANT,
    }
    with reads(scene) as sent:
        found = scene.named(**facts)
    in_session = Item(offering=OFFERING, session=TWELVE)
    assert found == Named(
        tries=(NOON, NOON + INSTANT),
        accepted=True,
        opened={
            "d1": Opened(digest="d1", account_id=HERE, code_id="C1"),
            "d2": Opened(digest="d2", account_id=ELSEWHERE, code_id="C2"),
        },
        orders={"SO-5001": (HERE, "O1"), "SO-5002": (ELSEWHERE, "O9")},
        items=(in_session, None, Item(offering=OFFERING), in_session, None),
    )
    assert sent == (["BatchGetItem"] if isinstance(scene.ledger, DynamoLedger) else [])


def test_nothing_is_found_of_what_is_not_named(scene: Scene) -> None:
    stage(scene)
    nothing = Named(tries=(NOON,), accepted=False, opened={}, orders={}, items=())
    with reads(scene) as sent:
        assert scene.named() == nothing
    assert len(sent) == isinstance(scene.ledger, DynamoLedger)
    assert not scene.named(terms="2024-09", email=ANN).accepted
    assert not scene.named(terms="2021-06").accepted
    assert scene.named(terms="2021-06", email=ANN).accepted
    assert scene.named(subject="s-kim").tries == ()


def test_a_number_given_back_names_no_order(scene: Scene) -> None:
    stage(scene)
    scene.write(c.FreeSalesOrder(number="SO-5001", order_id="O1"))
    assert scene.named(numbers=("SO-5001", "SO-5002")).orders == {"SO-5002": (ELSEWHERE, "O9")}


def tries(scene: Scene, since: datetime, until: datetime, subject: str = "s-eve") -> int:
    return len(scene.named(subject=subject, since=since, until=until).tries)


@pytest.mark.rule("SF-40")
def test_wrong_tries_are_counted_over_the_end_of_a_month(scene: Scene) -> None:
    last = datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)
    for at in (last, last, last + INSTANT, last + MONTH):
        scene.ledger.count_try(scene.program, "s-eve", at)
    scene.ledger.count_try(scene.program, "s-lee", last)
    assert tries(scene, last, last + MONTH) == 4
    assert tries(scene, last, last + MONTH - INSTANT) == 3
    assert tries(scene, last + INSTANT, last + MONTH) == 2
    assert tries(scene, last + 2 * INSTANT, last + MONTH) == 1
    assert tries(scene, last, last) == 2
    assert tries(scene, last - MONTH, last - INSTANT) == 0
    assert tries(scene, last, last + MONTH, "s-lee") == 1
    assert tries(scene, last, last + MONTH, "s-kim") == 0
    other = Scene(scene.ledger, program=f"{scene.program}-other")
    assert tries(other, last, last + MONTH) == 0


@pytest.mark.rule("SF-40")
@pytest.mark.parametrize(
    "until", [datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 1, 15, 12, tzinfo=UTC)]
)
def test_thirty_days_are_counted_from_instant_to_instant(scene: Scene, until: datetime) -> None:
    """Over a short February, and over the end of a year: never by days or months."""
    for days in range(40):
        for past in (timedelta(), INSTANT, -INSTANT):
            scene.ledger.count_try(scene.program, "s-eve", until - timedelta(days=days) - past)
    assert tries(scene, until - MONTH, until) == 1 + 3 * 29 + 1 + 1 + 1
    with reads(scene) as sent:
        tries(scene, until - MONTH, until)
    assert len(sent) == isinstance(scene.ledger, DynamoLedger)


@pytest.mark.parametrize(
    "there",
    [
        datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=9))),
        datetime(2026, 2, 28, 20, tzinfo=timezone(timedelta(hours=-5))),
    ],
    ids=["yesterday in UTC", "tomorrow in UTC"],
)
def test_an_instant_is_the_same_wherever_it_is_said(scene: Scene, there: datetime) -> None:
    """Midnight in Tokyo is last month in UTC, an evening in New York the next."""
    scene.ledger.count_try(scene.program, "s-eve", there)
    assert tries(scene, there.astimezone(UTC), there.astimezone(UTC)) == 1
    scene.ledger.count_try(scene.program, "s-eve", there.astimezone(UTC))
    assert tries(scene, there, there) == 2


def test_tries_of_one_instant_are_all_counted(scene: Scene) -> None:
    for _ in range(100):
        scene.ledger.count_try(scene.program, "s-eve", NOON)
    assert tries(scene, NOON - MONTH, NOON) == 100
