"""Preferences and digests in the ledger."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.contract.guards_telling import CHOICE, CHOSEN, DAY, PLANNED, TOLD
from tests.contract.nouns import ANN, BOB, ELSEWHERE, HERE, INSTANT, NOON
from tests.contract.scene import FAR_OFF, LONG_AGO, Scene
from training_credits.domain.errors import Refused
from training_credits.domain.model import Preferences, Presence
from training_credits.ports import SHARDS, DueDigest

ODD = "o'dd#1+x@acme.example"


def due(scene: Scene, until: datetime, limit: int = 100) -> list[DueDigest]:
    found: list[DueDigest] = []
    for shard in range(SHARDS):
        cursor = None
        while True:
            page = scene.ledger.due_digests(scene.program, until, shard, cursor, limit)
            found += page.items
            cursor = page.cursor
            if cursor is None:
                break
    return found


def test_those_who_chose_are_known_and_the_others_are_not(scene: Scene) -> None:
    scene.write(CHOICE, account_id="")
    ledger, program = scene.ledger, scene.program
    assert ledger.preferences(program, [ANN, BOB]) == {ANN: CHOSEN}
    assert ledger.preferences(program, []) == {}
    assert ledger.preferences(f"{program}-other", [ANN]) == {}


def test_the_last_choice_counts_whole(scene: Scene) -> None:
    scene.write(CHOICE, account_id="")
    scene.write(replace(CHOICE, preferences=Preferences()), account_id="")
    assert scene.ledger.preferences(scene.program, [ANN]) == {ANN: Preferences()}


def test_a_choice_is_no_seat_and_no_invitation(scene: Scene) -> None:
    scene.write(CHOICE, account_id="")
    assert scene.ledger.presence(scene.program, ANN) == Presence()


def test_a_day_is_due_from_its_instant_on_until_it_is_told(scene: Scene) -> None:
    scene.write(PLANNED)
    scene.write(replace(PLANNED, email=BOB, at=NOON + INSTANT), account_id=ELSEWHERE)
    anns = DueDigest(account_id=HERE, email=ANN, day=DAY)
    bobs = DueDigest(account_id=ELSEWHERE, email=BOB, day=DAY)
    assert due(scene, LONG_AGO) == due(scene, NOON - INSTANT) == []
    assert due(scene, NOON) == [anns]
    assert {one.email for one in due(scene, FAR_OFF)} == {ANN, BOB}
    scene.write(TOLD)
    assert due(scene, FAR_OFF) == [bobs]


def test_an_address_may_hold_what_keys_are_parted_by(scene: Scene) -> None:
    scene.write(replace(PLANNED, email=ODD))
    assert due(scene, NOON) == [DueDigest(account_id=HERE, email=ODD, day=DAY)]


def test_many_days_come_page_by_page_each_once(scene: Scene) -> None:
    days = [DAY + timedelta(days=n) for n in range(7)]
    for day in days:
        scene.write(replace(PLANNED, day=day))
    for limit in (1, 2, 100):
        found = due(scene, FAR_OFF, limit)
        assert sorted(one.day for one in found) == days


def test_a_cursor_of_another_list_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused):
        scene.ledger.due_digests(scene.program, FAR_OFF, 0, "e30=", 10)
