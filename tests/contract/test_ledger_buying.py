"""What was written of codes, orders and plans is read again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.contract.guards_codes import FIRST
from tests.contract.guards_people import OPENED
from tests.contract.nouns import (
    ELSEWHERE,
    HERE,
    HOUR,
    NOON,
    PLANNED,
    code,
    order,
    step,
    submission,
)
from tests.contract.scene import FAR_OFF, IDENTITY, Scene
from training_credits.domain import change as c
from training_credits.domain.model import (
    Code,
    Opened,
    OrderState,
    Sale,
)

WHOLE = code(
    lot_id="L1",
    label="Team ü",
    cost_centre="CC-7",
    limit=100,
    limit_each=50,
    ends_on=date(2026, 12, 31),
    ends_at=FAR_OFF,
    domains=("acme.example", "sub.acme.example"),
)


def opened(digest: str, **facts: Any) -> Opened:
    known: dict[str, Any] = {"account_id": HERE, "code_id": "C1"}
    return Opened(digest=digest, **(known | facts))


def use(of: Code, credits: int, who: str = "s-lee") -> c.UseCode:
    return c.UseCode(code=of, subject=who, credits=credits, at=NOON)


# Codes


@pytest.mark.parametrize("kept", [code(), WHOLE], ids=["bare", "with every condition"])
def test_a_code_is_read_as_it_was_issued_and_by_its_digest(scene: Scene, kept: Code) -> None:
    scene.write(OPENED)
    scene.write(c.IssueCode(code=kept, made=0))
    assert scene.book().codes == (kept,)
    assert scene.book().account.codes == 1
    assert scene.named(digests=("d1", "d2")).opened == {"d1": opened("d1")}


def test_codes_of_an_account_are_counted_and_those_that_come_with_lots_are_not(
    scene: Scene,
) -> None:
    scene.write(OPENED)
    scene.write(FIRST)
    scene.write(c.IssueCode(code=code("d2", "C2"), made=None))
    assert scene.book().account.codes == 1
    assert [kept.code_id for kept in scene.book().codes] == ["C1", "C2"]


def test_a_rotated_code_opens_by_both_texts_and_the_old_one_has_an_end(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.IssueCode(code=WHOLE, made=0))
    new = replace(WHOLE, digest="d2", hint="9XYZ", previous="d1")
    scene.write(c.RotateCode(old=WHOLE, new=new, old_ends_at=NOON + HOUR, at=NOON))
    assert scene.book().codes == (new,)
    assert scene.named(digests=("d1", "d2")).opened == {
        "d1": opened("d1", ends_at=NOON + HOUR),
        "d2": opened("d2"),
    }


def test_a_revoked_code_ends_then_and_is_listed_behind_those_that_work(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(FIRST)
    scene.write(c.IssueCode(code=code("d2", "C2"), made=1))
    scene.write(c.EndCode(code=code(), at=NOON))
    assert scene.book().codes == (code("d2", "C2"), code(ends_at=NOON))
    assert scene.named(digests=("d1",)).opened == {"d1": opened("d1")}


def test_uses_are_counted_for_the_code_and_for_each_learner(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.IssueCode(code=WHOLE, made=0))
    for write in (use(WHOLE, 30), use(WHOLE, 20, "s-kim"), use(WHOLE, -10)):
        scene.write(write)
    assert scene.book().codes == (replace(WHOLE, used=40),)
    used = [scene.ledger.used(scene.program, HERE, "C1", who) for who in ("s-lee", "s-kim", "s-x")]
    assert used == [20, 20, 0]


def test_uses_of_a_code_without_limits_are_not_counted(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(FIRST)
    scene.write(use(code(), 30))
    assert scene.book().codes == (code(),)
    assert scene.ledger.used(scene.program, HERE, "C1", "s-lee") == 0


# Orders, their numbers, plans


@pytest.mark.parametrize(
    "placed",
    [
        order(payment_id="pi_1", payment_problem="card_declined", refused_at=NOON),
        order(discount=None, sale=Sale(), valid_until=None, due_on=None),
    ],
    ids=["with everything", "with nothing"],
)
def test_an_order_is_read_as_it_was_placed(scene: Scene, placed: Any) -> None:
    scene.write(c.PlaceOrder(order=placed))
    assert scene.ledger.order(scene.program, HERE, "O1") == placed
    assert scene.ledger.order(scene.program, HERE, "O2") is None
    assert scene.ledger.order(scene.program, ELSEWHERE, "O1") is None


def test_of_an_order_that_goes_on_only_what_may_change_does(scene: Scene) -> None:
    scene.write(c.PlaceOrder(order=order()))
    changed: dict[str, Any] = {
        "state": OrderState.APPROVED,
        "trail": (step(), step(OrderState.APPROVED, NOON + HOUR)),
        "sale": Sale(sku="other"),
        "discount_minor": 0,
        "discount": None,
        "valid_until": None,
        "due_on": date(2026, 4, 1),
        "payment_id": "pi_1",
        "payment_problem": "card_declined",
        "refused_at": NOON,
    }
    others: dict[str, Any] = {"credits": 1, "list_minor": 1, "channel": "x", "policy": "x"}
    scene.write(c.MoveOrder(order=order(**changed, **others), was=order()))
    assert scene.ledger.order(scene.program, HERE, "O1") == order(**changed)
    back = order(**changed | {"payment_problem": None, "refused_at": None, "due_on": None})
    scene.write(c.MoveOrder(order=back, was=order(**changed)))
    assert scene.ledger.order(scene.program, HERE, "O1") == back


def test_what_is_paid_and_whether_it_was_before_is_one_read(scene: Scene) -> None:
    def once(order_id: str, key: str = "key-0001") -> tuple[Any, Any]:
        identity = replace(IDENTITY, key=key)
        return scene.ledger.order_once(scene.program, HERE, order_id, identity)

    scene.write(c.PlaceOrder(order=order()), submission=submission())
    assert once("O1") == (order(), submission())
    assert once("O1", "key-0002") == (order(), None)
    assert once("O2") == (None, submission())


def test_a_number_leads_to_its_order_until_it_is_given_back(scene: Scene) -> None:
    def place() -> tuple[str, str] | None:
        return scene.named(numbers=("SO-5001",)).orders.get("SO-5001")

    assert place() is None
    scene.write(c.TakeSalesOrder(number="SO-5001", order_id="O1"))
    assert place() == (HERE, "O1")
    scene.write(c.FreeSalesOrder(number="SO-5001", order_id="O1"))
    assert place() is None
    scene.write(c.TakeSalesOrder(number="SO-5001", order_id="O2"), account_id=ELSEWHERE)
    assert place() == (ELSEWHERE, "O2")


def test_a_plan_is_read_as_it_was_set_last(scene: Scene) -> None:
    def plan(lot_id: str = "L1") -> Any:
        return scene.ledger.plan(scene.program, HERE, lot_id)

    assert plan() == ()
    scene.write(c.SetPlan(lot_id="L1", items=PLANNED))
    assert (plan(), plan("L2")) == (PLANNED, ())
    scene.write(c.SetPlan(lot_id="L1", items=PLANNED[1:]))
    assert plan() == PLANNED[1:]
    scene.write(c.SetPlan(lot_id="L1", items=()))
    assert plan() == ()
