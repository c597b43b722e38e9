"""The catalogue comes back as it was written, page by page, and in its order."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.contract.guards_catalogue import OFFERED, OFFERING, TWELVE, booked
from tests.contract.scene import Scene
from tests.contract.test_ledger_lists import walk
from training_credits.domain import change as c
from training_credits.domain.model import Item, Offering, Session
from training_credits.dynamodb.items import Item as Kept
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.ports import Page

BARE = Offering(offering_id="B-1", type="exam", title="An exam")
DAY = timedelta(days=1)


def offered(scene: Scene, *offerings: Offering) -> None:
    for one in offerings:
        scene.write(c.PutOffering(offering=one), account_id="")


def planned(scene: Scene, *sessions: Session) -> None:
    for one in sessions:
        scene.write(c.PutSession(session=one), account_id="")


def of(collection: str, number: int) -> Offering:
    return replace(BARE, offering_id=f"{collection}-{number}", collections=(collection, "core"))


def session(session_id: str, days: int = 0, **facts: Any) -> Session:
    moved = {"starts_on": TWELVE.starts_on + days * DAY, "ends_on": TWELVE.ends_on + days * DAY}
    return replace(TWELVE, session_id=session_id, **(moved | facts))


@pytest.mark.parametrize("value", [OFFERING, BARE], ids=["all it can be", "no more than it must"])
def test_an_offering_comes_back_with_every_field(scene: Scene, value: Offering) -> None:
    offered(scene, value)
    assert scene.ledger.offering(scene.program, value.offering_id) == value
    assert scene.ledger.offering(scene.program, "nothing") is None


@pytest.mark.parametrize("value", [TWELVE, replace(TWELVE, seats=None)])
def test_a_session_comes_back_with_every_field(scene: Scene, value: Session) -> None:
    offered(scene, OFFERING)
    planned(scene, value)
    (item,) = scene.ledger.items(scene.program, [("CCNA", "S1")])
    assert item == Item(offering=OFFERING, session=value)


def test_an_offering_written_anew_is_what_it_is_now(scene: Scene) -> None:
    bare = replace(BARE, offering_id="CCNA")
    offered(scene, OFFERING, bare)
    assert scene.ledger.offering(scene.program, "CCNA") == bare


def test_a_session_written_anew_keeps_its_taken_seats_and_nothing_else(scene: Scene) -> None:
    offered(scene, OFFERING)
    planned(scene, session("S1"))
    scene.write(booked(session("S1"), 3))
    later = session("S1", days=30, seats=None, language="fr", country="FR")
    planned(scene, replace(later, taken=9))
    (item,) = scene.ledger.items(scene.program, [("CCNA", "S1")])
    assert item is not None
    assert item.session == replace(later, taken=3)
    page = scene.ledger.sessions(scene.program, "CCNA", TWELVE.starts_on, None, 100)
    assert page.items == (replace(later, taken=3),)


def test_items_come_as_they_are_asked_for_and_none_for_what_is_not_there(scene: Scene) -> None:
    offered(scene, OFFERING, BARE)
    planned(scene, session("S1"), session("S2", 1))
    wanted = [("CCNA", "S2"), ("B-1", None), ("CCNA", "S9"), ("X", None), ("X", "S1"), ("CCNA", "")]
    again = [*wanted, ("CCNA", "S1"), ("CCNA", "S2"), ("B-1", "S1"), ("CCNA", None)]
    second = Item(offering=OFFERING, session=session("S2", 1))
    assert scene.ledger.items(scene.program, again) == (
        second,
        Item(offering=BARE),
        *(None, None, None, None),
        Item(offering=OFFERING, session=session("S1")),
        second,
        None,
        Item(offering=OFFERING),
    )
    assert scene.ledger.items(scene.program, []) == ()


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("collection", [None, "core", "c"])
def test_offerings_come_by_id_page_by_page(
    scene: Scene, collection: str | None, limit: int
) -> None:
    first, second = [of("a", n) for n in range(2)], [of("c", n) for n in range(5)]
    offered(scene, *reversed([*first, *second]), BARE)
    other = Scene(scene.ledger, program=f"{scene.program}-other")
    offered(other, of("c", 9))

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.offerings(scene.program, collection, cursor, limit)

    expected = {None: [BARE, *first, *second], "core": [*first, *second], "c": second}
    assert walk(read, limit) == expected[collection]


def test_an_offering_that_has_left_a_collection_is_no_longer_listed_there(scene: Scene) -> None:
    moved = replace(of("a", 1), collections=("b",))
    offered(scene, of("a", 0), of("a", 1), moved)

    def listed(collection: str | None) -> tuple[Offering, ...]:
        return scene.ledger.offerings(scene.program, collection, None, 100).items

    assert listed("a") == (of("a", 0),)
    assert listed("b") == (moved,)
    assert listed(None) == (of("a", 0), moved)


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_sessions_from_a_day_on_come_in_their_order_page_by_page(scene: Scene, limit: int) -> None:
    runs = [session("S2"), session("S4"), session("S1", 1), session("S3", 400)]
    planned(scene, *reversed(runs), session("S0", -1), replace(session("S5"), offering_id="X"))

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.sessions(scene.program, "CCNA", TWELVE.starts_on, cursor, limit)

    assert walk(read, limit) == runs


def test_several_items_are_one_read(scene: Scene) -> None:
    offered(scene, OFFERING, BARE)
    planned(scene, session("S1"))
    sent: list[str] = []
    events = (
        Kept.connection().client.meta.events if isinstance(scene.ledger, DynamoLedger) else None
    )
    if events:
        events.register_first("before-call.dynamodb", partial(_heard, sent))
    found = scene.ledger.items(scene.program, [("CCNA", "S1"), ("B-1", None), ("CCNA", "S1")])
    assert [item is not None for item in found] == [True, True, True]
    assert sent == (["BatchGetItem"] if events else [])


def _heard(sent: list[str], model: Any, **_: Any) -> None:
    sent.append(model.name)


def test_the_sessions_of_one_day_of_long_ago_are_not_coming(scene: Scene) -> None:
    planned(scene, session("S1"))
    after = scene.ledger.sessions(scene.program, "CCNA", date(2027, 1, 1), None, 10)
    assert after == Page(items=())


def test_what_is_offered_again_changes_nothing(scene: Scene) -> None:
    scene.write(OFFERED, account_id="")
    before = scene.kept()
    scene.write(OFFERED, account_id="")
    assert scene.kept() == before
