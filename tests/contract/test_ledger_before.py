"""What code of before has written is read and goes on; what newer code has written is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.guards_budgets import ONE_VOID, budgeted
from tests.contract.guards_people import ANN_IN, OPENED
from tests.contract.guards_spending import line_now
from tests.contract.nouns import HERE, NOON, account, member, redemption
from tests.contract.nouns_spending import LAPSED, PENDING
from tests.contract.scene import TABLE, Scene
from training_credits.domain import change as c
from training_credits.domain.errors import Stale
from training_credits.domain.model import (
    Account,
    Draw,
    LineState,
    Redemption,
    RedemptionState,
    Tender,
)
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import SCHEMA
from training_credits.dynamodb.items import Item as Kept
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.dynamodb.reading import UnknownSchema
from training_credits.ports import Depth

Raw = dict[str, Any]
NEW = ("lines", "reserve", "budgets", "language", "lapses_at", "remind_at", "exported_at")
NUMBERS = ("automatic_below", "budgeted", "voided")
PAID_BY = (
    Tender(code_id="C1", lot_id="L1", limited=True),
    Tender(code_id="C1"),
    Tender(lot_id="L1"),
)


def aged(scene: Scene, sk: str, change: Callable[[Raw], Raw]) -> None:
    """An item of the account becomes what it was before; memory keeps no items."""
    if not isinstance(scene.ledger, DynamoLedger):
        return
    client: Any = Kept.connection().client
    place = {"pk": {"S": keys.account(scene.program, HERE)}, "sk": {"S": sk}}
    item = client.get_item(TableName=TABLE, Key=place)["Item"]
    client.put_item(TableName=TABLE, Item=change(item))


def made(scene: Scene, asked: Redemption) -> None:
    """A request of one line, as it was written when there was no other."""

    def of_before(item: Raw) -> Raw:
        (line,), (paid,) = asked.lines, asked.lines[0].tenders
        draws = [
            {"M": {"lot": {"S": d.lot_id}, "credits": {"N": str(d.credits)}}} for d in line.draws
        ]
        old: Raw = {
            "title": {"S": line.title},
            "credits": {"N": str(line.credits)},
            "draws": {"L": draws},
            "limited": {"BOOL": paid.limited},
            "v": {"N": "1"},
        }
        if paid.code_id:
            old["code_id"] = {"S": paid.code_id}
        if paid.lot_id:
            old["lot_id"] = {"S": paid.lot_id}
        return {name: value for name, value in item.items() if name not in NEW} | old

    scene.write(c.MakeRequest(redemption=asked))
    aged(scene, keys.redemption(asked.redemption_id), of_before)


def read(scene: Scene) -> Redemption:
    (found,) = scene.ledger.redemptions(scene.program, HERE, ["R1"])
    return found


@pytest.mark.proves("F13")
@pytest.mark.parametrize("paid", PAID_BY)
@pytest.mark.parametrize("state", [PENDING, RedemptionState.APPROVED])
def test_a_request_of_before_is_read_as_one_line(
    scene: Scene, state: RedemptionState, paid: Tender
) -> None:
    scene.write(OPENED)
    asked = redemption(state=state, tenders=(paid,), draws=(Draw(lot_id="L1", credits=30),))
    made(scene, asked)
    assert read(scene) == asked
    assert scene.ledger.requests(scene.program, HERE, state, None, 10).items == (asked,)
    assert scene.book().requests == ((asked,) if state is PENDING else ())
    used = scene.ledger.uses(scene.program, HERE, "C1", None, 10).items
    assert used == ((asked,) if paid.code_id else ())


@pytest.mark.proves("F13")
@pytest.mark.parametrize("state", [RedemptionState.APPROVED, RedemptionState.DENIED, LAPSED])
def test_a_request_of_before_is_settled(scene: Scene, state: RedemptionState) -> None:
    made(scene, redemption(draws=(Draw(lot_id="L1", credits=30),)))
    after = redemption(state=state, draws=(Draw(lot_id="L2", credits=30),))
    scene.write(c.SettleRequest(redemption=after, was=PENDING))
    assert read(scene) == after


def test_the_line_of_a_booking_of_before_is_edited_and_once(scene: Scene) -> None:
    was = redemption(state=RedemptionState.APPROVED)
    made(scene, was)
    returned = c.EditLines(redemption=line_now(was, state=LineState.RETURNED), was=was)
    scene.write(returned)
    assert read(scene) == returned.redemption
    with pytest.raises(Stale) as stale:
        scene.write(returned)
    assert stale.value.write == returned


def test_what_came_of_it_is_refused_by_code_that_knows_one_line_only(scene: Scene) -> None:
    if not isinstance(scene.ledger, DynamoLedger):
        return
    versions: list[str] = []

    def seen(item: Raw) -> Raw:
        versions.append(item["v"]["N"])
        return item

    made(scene, redemption())
    aged(scene, keys.redemption("R1"), seen)
    scene.write(c.SettleRequest(redemption=redemption(state=LAPSED), was=PENDING))
    aged(scene, keys.redemption("R1"), seen)
    assert versions == ["1", "2"]


@pytest.mark.parametrize(
    ("write", "after"),
    [(ONE_VOID, account(voided=1)), (budgeted(100), account(budgeted=100))],
    ids=["void lots", "budgets"],
)
def test_an_account_of_before_has_no_budgets_and_counts_them_from_now_on(
    scene: Scene, write: c.Write, after: Account
) -> None:
    scene.write(OPENED, ANN_IN)

    def of_before(item: Raw) -> Raw:
        return {name: value for name, value in item.items() if name not in NUMBERS}

    aged(scene, keys.ACCOUNT, of_before)
    assert scene.standing().account == account()
    assert scene.book(Depth.FUNDS).account == account()
    scene.write(write)
    assert scene.book().account == after
    assert scene.book().members == (member(),)


@pytest.mark.proves("F13")
def test_what_newer_code_has_written_is_refused(scene: Scene) -> None:
    if not isinstance(scene.ledger, DynamoLedger):
        return
    scene.write(OPENED, c.MakeRequest(redemption=redemption(at=NOON)))
    aged(scene, keys.redemption("R1"), lambda item: item | {"v": {"N": str(SCHEMA + 1)}})
    for ask in (read, Scene.book):
        with pytest.raises(UnknownSchema):
            ask(scene)
