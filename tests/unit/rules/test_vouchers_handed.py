"""Vouchers are handed to one person each, shown in clear once, and used by whoever has them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import SECRET, refused, staff
from tests.unit.rules.spending_tools import advisor
from tests.unit.rules.vouchers_tools import (
    LEE,
    LOU,
    bulk,
    exams,
    exported,
    gives,
    machine,
    reaches,
    seen,
    takes_back,
    uses,
)
from tests.world import World
from training_credits.domain.codes import shown
from training_credits.domain.decisions.vouchers import text_of, unassigned, voided
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Problem, Reason
from training_credits.domain.model import Caller, HappeningKind, Role, Voucher, VoucherState

DONE = Reason.VOUCHER_DONE


def reason(act: Callable[[], object], kind: type[Problem]) -> object:
    return refused(act, kind).reason


@pytest.mark.rule("SF-21")
def test_20_codes_are_exported_in_clear_once_and_nothing_that_is_kept_holds_them() -> None:
    world, kim, asked = bulk(20)
    out = exported(world, asked, kim)
    texts = {shown(text_of(SECRET, "salesforce", asked, 1, place)) for place in range(1, 21)}
    assert {text for _, text in out} == texts
    assert all(text.endswith(voucher.hint) for voucher, text in out)
    kept = repr(world.ledger.kept())
    for text in texts:
        assert text not in kept
        assert text.replace("-", "") not in kept


@pytest.mark.rule("SF-21")
def test_the_same_key_shows_the_same_texts_again_and_another_key_none() -> None:
    world, kim, asked = bulk(3)
    same = world.intent(kim, "exportVouchers", "key-of-mine", "body")
    first = exported(world, asked, asking=same)
    at = world.clock()
    world.clock.advance(timedelta(hours=1))
    assert exported(world, asked, asking=same) == first
    for by in (kim, "ann"):
        no = refused(lambda by=by: exported(world, asked, by), Conflict)  # type: ignore[misc]
        assert no.reason is Reason.VOUCHERS_EXPORTED
        assert no.facts == {"exported_at": at.isoformat()}


def test_the_account_knows_to_whom_the_texts_went() -> None:
    world, kim, asked = bulk(3)
    exported(world, asked, kim)
    lines = world.ledger.history(world.program, world.account, None, 100).items
    told = [line for line in lines if line.kind is HappeningKind.VOUCHERS_EXPORTED]
    assert [(line.actor, line.about, line.detail) for line in told] == [
        (kim.person.email, asked, "3 vouchers")
    ]


def test_whoever_has_lost_their_rights_is_not_shown_the_texts_again() -> None:
    world, _, asked = bulk(3)
    world.add_owner("bob")
    same = world.intent("bob", "exportVouchers", "key-of-bob", "body")
    assert len(exported(world, asked, asking=same)) == 3
    world.remove("bob")
    no = reason(lambda: exported(world, asked, asking=same), NotFound)
    assert no is Reason.REDEMPTION_NOT_FOUND


def test_where_nothing_is_a_voucher_there_is_nothing_to_export() -> None:
    world, _ = exams(1)
    asked = world.redeem(2, "pat", sales_order="SO-5001", code=None)
    no = reason(lambda: exported(world, asked), NotFound)
    assert no is Reason.VOUCHER_NOT_FOUND
    assert world.redemption(asked).exported_at is None


@pytest.mark.rule("SF-21")
def test_a_voucher_goes_from_hand_to_hand_and_is_used_by_its_last_holder() -> None:
    world, asked = exams(2)
    first, other = seen(world, asked)
    assert gives(world, first, LEE).holder == LEE
    assert takes_back(world, first).holder is None
    gives(world, first, LOU)
    uses(world, first)
    found = [(voucher.state, voucher.holder) for voucher in seen(world, asked)]
    assert sorted(found, key=repr) == sorted(
        [(VoucherState.USED, LOU), (VoucherState.ISSUED, None)], key=repr
    )
    uses(world, other, LEE, "olga")
    assert {voucher.holder for voucher in seen(world, asked)} == {LOU, LEE}


@pytest.mark.rule("SF-21")
def test_a_voucher_that_somebody_has_goes_to_nobody_else() -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    gives(world, voucher, LEE)
    no = refused(lambda: gives(world, voucher, LOU), Conflict)
    assert (no.reason, no.facts) == (Reason.VOUCHER_TAKEN, {"holder": LEE.email})


def test_handing_a_voucher_to_who_has_it_and_taking_back_a_free_one_write_nothing() -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    acts: list[Callable[[], object]] = [
        lambda: gives(world, voucher, LEE),
        lambda: takes_back(world, voucher),
    ]
    for act in acts:
        act()
        before = world.ledger.kept()
        act()
        assert world.ledger.kept() == before


def test_of_two_who_hand_out_a_voucher_at_once_the_second_is_told() -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    world.ledger.meanwhile.append(lambda: gives(world, voucher, LOU, "ann"))
    assert reason(lambda: gives(world, voucher, LEE), Conflict) is Reason.VOUCHER_TAKEN
    assert [one.holder for one in seen(world, asked)] == [LOU]


def test_what_is_taken_back_is_in_nobodys_hands_and_as_new_or_void() -> None:
    world, asked = exams(1)
    gives(world, seen(world, asked)[0], LEE)
    (held,) = seen(world, asked)
    back, void = (act(held, held.usable_until) for act in (unassigned, voided))
    assert (held.state, held.holder) == (VoucherState.ASSIGNED, LEE)
    assert (back.state, back.holder) == (VoucherState.ISSUED, None)
    assert (void.state, void.holder) == (VoucherState.VOID, None)


@pytest.mark.rule("CI-08")
def test_past_its_last_day_a_voucher_has_expired_without_anybody_doing_anything() -> None:
    world, asked = exams(2, "2027-01-10T18:00")
    held, free = seen(world, asked)
    gives(world, held)
    reaches(world, "2028-01-11T08:00")
    pat = world.caller("pat")
    assert {one.seen_on(world.rules.today(world.clock())) for one in seen(world, asked, pat)} == {
        VoucherState.EXPIRED
    }
    acts: list[Callable[[], object]] = [
        lambda: gives(world, free),
        lambda: takes_back(world, held),
        lambda: uses(world, held),
    ]
    for act in acts:
        no = refused(act)
        assert (no.reason, no.facts["state"]) == (DONE, "expired")
        assert no.facts["usable_until"] == "2028-01-10"


def test_a_use_that_is_sent_again_has_one_effect_and_another_one_is_refused() -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    same = world.intent(machine(world), "useVoucher", "key-of-vue", "body")
    first = uses(world, voucher, LEE, asking=same)
    before = world.ledger.kept()
    assert uses(world, voucher, LEE, asking=same) == first
    assert world.ledger.kept() == before
    assert refused(lambda: uses(world, voucher, LOU)).reason is DONE
    assert [one.holder for one in seen(world, asked)] == [LEE]


Act = Callable[[World, Voucher, "str | Caller"], object]
HANDS: list[Act] = [
    lambda world, voucher, by: gives(world, voucher, LEE, by),
    takes_back,
    lambda world, voucher, by: exported(world, voucher.redemption_id, by),
]
ACTS: list[Act] = [
    *HANDS,
    lambda world, voucher, by: seen(world, voucher.redemption_id, by),
    lambda world, voucher, by: uses(world, voucher, None, by),
]


@pytest.mark.parametrize("act", ACTS)
def test_to_others_of_the_account_and_of_the_vendor_there_is_no_such_request(act: Act) -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    for name, role in (("fay", Role.FINANCE), ("bea", Role.BUYER), ("peg", Role.PLAYER)):
        world.add(name, role)
    outsiders = [staff(role, "cisco", role) for role in (Role.ADVISOR, Role.ACCOUNT_MANAGER)]
    before = world.ledger.kept()
    for by in ("fay", "bea", "peg", "stranger", *outsiders):
        no = reason(lambda by=by: act(world, voucher, by), NotFound)  # type: ignore[misc]
        assert no is Reason.REDEMPTION_NOT_FOUND
    assert world.ledger.kept() == before


@pytest.mark.parametrize("act", HANDS)
def test_who_asked_who_decides_and_the_advisor_have_the_vouchers_in_hand(act: Act) -> None:
    for by in ("pat", "ann", "cat", "kim"):
        world, asked = exams(1)
        (voucher,) = seen(world, asked)
        world.add("cat", Role.CAPTAIN)
        assert act(world, voucher, advisor(world) if by == "kim" else by)


@pytest.mark.parametrize("act", HANDS)
def test_who_only_fulfils_sees_them_and_has_none_in_hand(act: Act) -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    for by in (world.caller("olga"), machine(world)):
        assert seen(world, asked, by) == (voucher,)
        no = refused(lambda by=by: act(world, voucher, by), Forbidden)  # type: ignore[misc]
        assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "decide")


def test_nobody_says_of_themselves_that_they_took_the_exam() -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    for by in ("pat", "ann", advisor(world)):
        no = refused(lambda by=by: uses(world, voucher, LEE, by), Forbidden)  # type: ignore[misc]
        assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "fulfil")


@pytest.mark.parametrize("act", [HANDS[0], HANDS[2]], ids=("gives", "exports"))
def test_an_owner_who_is_removed_at_that_moment_hands_out_nothing(act: Act) -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.remove("bob"))
    no = reason(lambda: act(world, voucher, "bob"), NotFound)
    assert no is Reason.ACCOUNT_NOT_FOUND
    assert [one.holder for one in seen(world, asked)] == [None]
    assert world.redemption(asked).exported_at is None


def test_an_advisor_who_no_longer_is_the_accounts_sees_nothing_of_what_they_asked_for() -> None:
    world, kim, asked = bulk(1)
    advisor(world, "kay")
    no = reason(lambda: seen(world, asked, kim), NotFound)
    assert no is Reason.REDEMPTION_NOT_FOUND


def test_a_voucher_of_another_request_is_not_there() -> None:
    world, asked = exams(1)
    (voucher,) = seen(world, asked)
    other = world.redeem(1, "pat", sales_order="SO-5001", code=None)
    elsewhere = replace(voucher, redemption_id=other)
    for act in (gives, takes_back, uses):
        no = reason(lambda act=act: act(world, elsewhere), NotFound)  # type: ignore[misc]
        assert no is Reason.VOUCHER_NOT_FOUND
