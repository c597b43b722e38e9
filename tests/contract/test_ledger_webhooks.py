"""Endpoints and deliveries come back as they were written; a log begins with what is newest."""

from dataclasses import replace

import pytest

from tests.contract.guards_webhooks import ADDED, BARE, DELIVERY, ENDPOINT, GIVEN_UP, MADE, tried
from tests.contract.nouns import HOUR
from tests.contract.scene import Scene
from training_credits.domain import change as c
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Delivery


def wrote(scene: Scene, *writes: c.Write) -> None:
    for write in writes:
        scene.write(write, account_id="")


def test_an_endpoint_comes_back_with_every_field(scene: Scene) -> None:
    wrote(scene, c.SetEndpoint(endpoint=ENDPOINT, was=None))
    assert scene.ledger.endpoint(scene.program, "H1") == ENDPOINT
    wrote(scene, c.SetEndpoint(endpoint=BARE, was=ENDPOINT))
    assert scene.ledger.endpoint(scene.program, "H1") == BARE
    assert scene.ledger.endpoint(scene.program, "H2") is None


def test_all_endpoints_of_a_program_and_no_others(scene: Scene) -> None:
    other = replace(BARE, endpoint_id="H0")
    wrote(scene, ADDED, c.SetEndpoint(endpoint=other, was=None))
    assert scene.ledger.endpoints(scene.program) == (other, BARE)
    elsewhere = Scene(scene.ledger, program=f"{scene.program}-other")
    assert elsewhere.ledger.endpoints(elsewhere.program) == ()
    assert elsewhere.ledger.endpoint(elsewhere.program, "H1") is None


def test_a_delivery_comes_back_with_its_endpoint(scene: Scene) -> None:
    wrote(scene, ADDED, MADE)
    assert scene.ledger.delivery(scene.program, "H1", "D1") == (BARE, DELIVERY)
    wrote(scene, tried(GIVEN_UP))
    assert scene.ledger.delivery(scene.program, "H1", "D1") == (BARE, GIVEN_UP)
    assert scene.ledger.delivery(scene.program, "H1", "D2") == (BARE, None)
    assert scene.ledger.delivery(scene.program, "H2", "D1") == (None, None)


def test_the_log_begins_with_the_newest_and_goes_on_page_by_page(scene: Scene) -> None:
    every = [
        replace(DELIVERY, delivery_id=f"D{n}", made_at=DELIVERY.made_at + n * HOUR)
        for n in range(5)
    ]
    wrote(scene, *(c.OpenDelivery(delivery=one) for one in every))
    wrote(scene, c.OpenDelivery(delivery=replace(DELIVERY, endpoint_id="H2")))

    def page(cursor: str | None) -> tuple[tuple[Delivery, ...], str | None]:
        found = scene.ledger.deliveries(scene.program, "H1", cursor, 2)
        return found.items, found.cursor

    pages, cursor = [], None
    while True:
        items, cursor = page(cursor)
        pages.append(items)
        if cursor is None:
            break
    assert [one for items in pages for one in items] == every[::-1]
    assert all(len(items) <= 2 for items in pages)
    whole = scene.ledger.deliveries(scene.program, "H1", None, 100)
    assert whole.items == tuple(every[::-1])


def test_a_cursor_of_another_list_is_refused(scene: Scene) -> None:
    wrote(scene, *(c.OpenDelivery(delivery=replace(DELIVERY, delivery_id=f"D{n}")) for n in "12"))
    cursor = scene.ledger.deliveries(scene.program, "H1", None, 1).cursor
    assert cursor is not None
    with pytest.raises(Refused) as refused:
        scene.ledger.orders(scene.program, "H1", cursor, 1)
    assert refused.value.reason is Reason.INVALID_CURSOR
