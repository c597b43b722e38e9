"""The wall between programs: nobody reads through it, whatever there is to read."""

import pytest

from tests.contract.guards_catalogue import OFFERED, TWELVE
from tests.contract.guards_codes import FIRST, ROTATED
from tests.contract.guards_filing import MARCH
from tests.contract.guards_people import ANN_IN, BOB_ASKED, OPENED, SEAT, TERMS
from tests.contract.nouns import (
    ANN,
    HERE,
    LEE,
    NOON,
    PLANNED,
    entry,
    line,
    lot,
    order,
    redemption,
    submission,
)
from tests.contract.nouns_spending import budget, voucher
from tests.contract.scene import FAR_OFF, Scene
from training_credits.domain import change as c
from training_credits.domain.model import (
    Presence,
    RedemptionState,
    Standing,
)
from training_credits.ports import Named, Page


@pytest.mark.proves("T5", "I18")
def test_another_program_sees_none_of_it(scene: Scene) -> None:
    scene.write(OPENED, ANN_IN, BOB_ASKED, SEAT, submission=submission())
    scene.write(FIRST)
    scene.write(ROTATED)
    scene.write(TERMS, OFFERED, c.PutSession(session=TWELVE), account_id="")
    scene.ledger.count_try(scene.program, LEE.subject, NOON)
    scene.write(
        c.GrantLot(lot=lot()),
        c.SetBudget(budget=budget(), was=None),
        c.IssueVoucher(voucher=voucher()),
        c.SetPlan(lot_id="L1", items=PLANNED),
        c.PlaceOrder(order=order()),
        c.TakeSalesOrder(number="SO-5001", order_id="O1"),
        c.MakeRequest(redemption=redemption(lapses_at=NOON)),
        c.Record(entry=entry()),
        c.Note(happening=line()),
        MARCH,
    )
    other = Scene(scene.ledger, program=f"{scene.program}-other")
    nobody = Presence()
    assert other.everything() == {
        "book": None,
        "standing": [Standing(account=None, member=None)] * 2,
        "presence": [nobody] * 3,
        "terms": False,
        "lots": (),
        "plan": (),
        "order": (None, None),
        "orders": Page(items=()),
        "open": Page(items=()),
        "filed": None,
        "blocks": Page(items=()),
        "entries": Page(items=()),
        "history": Page(items=()),
        "redemptions": (),
        "requests": [Page(items=())] * len(RedemptionState),
        "uses": Page(items=()),
        "used": [0, 0],
        "vouchers": (),
        "named": Named(tries=(), accepted=False, opened={}, orders={}, items=(None, None)),
        "items": (None, None),
        "offerings": Page(items=()),
        "sessions": Page(items=()),
        "submission": None,
    }
    assert (other.due(FAR_OFF), other.due_requests(FAR_OFF)) == ([], [])
    mine = scene.everything()
    assert len(scene.due_requests(FAR_OFF)) == 1
    empty = [name for name, value in other.everything().items() if mine[name] == value]
    assert empty == ["used"]
    assert mine["presence"][0].seats[0].account_id == HERE
    assert mine["standing"][0].member.email == ANN
