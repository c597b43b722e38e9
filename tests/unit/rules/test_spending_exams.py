"""Bulk exams: their vouchers are there in the moment their credits are spent (SF-21)."""

from datetime import date

import pytest

from tests.builders import SECRET, refused
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.rules.spending_tools import (
    advisor,
    cisco,
    entries,
    line,
    number,
    offers,
    salesforce,
)
from training_credits.domain.change import Change
from training_credits.domain.decisions.vouchers import text_of
from training_credits.domain.errors import Reason
from training_credits.domain.model import (
    EntryKind,
    VoucherState,
)
from training_credits.use_cases.instruments import Instrument

LOT = Instrument(lot_id="L1")


@pytest.mark.rule("SF-21")
def test_20_exams_at_200_debit_4000_and_20_vouchers_are_there_in_the_same_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = salesforce()
    offers(world, "X", "bulk_exam", credits=200, partner="Webassessor")
    kim = advisor(world)
    written: list[Change] = []
    commit = MemoryLedger.commit

    def watched(ledger: MemoryLedger, change: Change) -> None:
        written.append(change)
        commit(ledger, change)

    monkeypatch.setattr(MemoryLedger, "commit", watched)
    asked = world.redeem(
        lines=[line(LOT, offering="X", quantity=20)],
        account=world.account,
        asking=world.intent(kim, "redeem"),
    )
    assert len(written) == 1
    (entry,) = entries(world, asked)
    assert (entry.kind, entry.change) == (EntryKind.REDEEM, -4_000)
    made = world.ledger.vouchers("salesforce", world.account, asked)
    assert len({voucher.voucher_id for voucher in made}) == len(made) == 20
    assert {(v.state, v.partner, v.usable_until) for v in made} == {
        (VoucherState.ISSUED, "Webassessor", date(2027, 7, 1))
    }
    texts = {text_of(SECRET, "salesforce", asked, 1, place) for place in range(1, 21)}
    assert {text[-4:] for text in texts} == {voucher.hint for voucher in made}
    assert not any(text in repr(world.ledger.kept()) for text in texts)


@pytest.mark.rule("SF-21")
@pytest.mark.rule("CI-36")
def test_a_voucher_is_issued_when_its_credits_are_spent_and_not_when_they_are_held() -> None:
    world = cisco()
    offers(world, "X", "exam", credits=4)

    def made(asked: str) -> int:
        return len(world.ledger.vouchers("cisco", world.account, asked))

    lines = [line(number(), offering="X", quantity=3)]
    denied, asked = (world.redeem(who="pat", lines=lines, reserve=True) for _ in range(2))
    world.deny(denied)
    assert (made(denied), made(asked)) == (0, 0)
    world.approve(asked)
    assert made(asked) == 0
    world.confirm(asked, "pat")
    assert (made(asked), world.balance().redeemed) == (3, 12)


@pytest.mark.rule("SF-21")
def test_credits_that_are_not_enough_for_all_exams_issue_no_voucher() -> None:
    world = salesforce(3_999)
    offers(world, "X", "bulk_exam", credits=200)
    kim = advisor(world)
    asking = world.intent(kim, "redeem")
    lines = [line(LOT, offering="X", quantity=20)]
    no = refused(lambda: world.redeem(lines=lines, account=world.account, asking=asking))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 1)
    rows = world.ledger.rows("salesforce", world.account)
    assert (rows.asked.vouchers, rows.asked.redemptions) == ({}, {})
