"""Credits of one country, used in another: the advisor looks first, and nobody else (CI-41)."""

from dataclasses import replace
from functools import partial

import pytest

from tests.builders import refused, staff
from tests.unit.rules import selling_tools
from tests.unit.rules.people_tools import edit, names
from tests.unit.rules.spending_tools import (
    advisor,
    cisco,
    email,
    entries,
    line,
    number,
    offers,
    runs,
    says,
    taken,
)
from tests.world import World
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Problem, Reason, Refused
from training_credits.domain.model import (
    Approval,
    Balance,
    EntryKind,
    RedemptionState,
    Role,
    Verdict,
)

REFERRED, PENDING, APPROVED = (
    RedemptionState.REFERRED,
    RedemptionState.PENDING,
    RedemptionState.APPROVED,
)
YES, NO = Verdict.APPROVE, Verdict.DENY


def shop(approval: Approval = Approval.AUTOMATIC) -> World:
    """A class of 22 credits, in Germany (S1) and in the United States (S2)."""
    world = cisco(approval=approval)
    offers(world, "C", "class", credits=22)
    runs(world, "C", "2026-09-01", country="DE", seats=5)
    runs(world, "C", "2026-09-01", session_id="S2")
    return world


def asks(world: World, session: str = "S1") -> str:
    return world.redeem(who="pat", lines=[line(number(), offering="C", session=session)])


@pytest.mark.rule("CI-41")
def test_a_class_in_germany_goes_to_the_advisor_and_after_their_ok_the_debit_posts() -> None:
    world = shop()
    kim, asked = advisor(world), asks(world)
    assert world.redemption(asked).state is REFERRED
    assert (world.balance(), taken(world)) == (Balance(available=39, held=22), 0)
    (outcome,) = says(world, kim, YES, asked)
    assert outcome.redemption == world.redemption(asked)
    kept = world.redemption(asked)
    assert (kept.state, kept.cleared_by, kept.decided_by) == (
        *(APPROVED, kim.person.email, kim.person.email),
    )
    assert (world.balance(), taken(world)) == (Balance(available=39, redeemed=22), 1)
    assert [e.kind for e in entries(world, asked)] == [EntryKind.HOLD, EntryKind.REDEEM]


@pytest.mark.rule("CI-41")
def test_where_owners_decide_the_advisors_ok_is_not_the_last_word() -> None:
    world = shop(Approval.MANUAL)
    kim, asked = advisor(world), asks(world)
    says(world, kim, YES, asked)
    kept = world.redemption(asked)
    assert (kept.state, kept.cleared_by, kept.approved_by) == (PENDING, kim.person.email, None)
    assert kept.decision == kept.clearance is not None
    assert (world.balance(), taken(world)) == (Balance(available=39, held=22), 0)
    world.approve(asked)
    after = world.redemption(asked)
    assert (after.state, after.cleared_by, after.approved_by) == (
        *(APPROVED, kim.person.email, email("ann")),
    )
    assert (world.balance(), taken(world)) == (Balance(available=39, redeemed=22), 1)


@pytest.mark.rule("CI-41")
def test_the_advisors_no_ends_it_and_releases_what_was_held() -> None:
    world = shop()
    kim, asked = advisor(world), asks(world)
    says(world, kim, NO, asked, note="Not cleared for Germany.")
    kept = world.redemption(asked)
    assert (kept.state, kept.decided_by, kept.cleared_by, kept.note) == (
        *(RedemptionState.DENIED, kim.person.email, None, "Not cleared for Germany."),
    )
    assert (world.balance(), taken(world)) == (Balance(available=61), 0)
    assert [e.kind for e in entries(world, asked)] == [EntryKind.HOLD, EntryKind.RELEASE]


@pytest.mark.rule("CI-41")
def test_only_the_advisor_the_account_names_may_and_no_owner() -> None:
    world = shop(Approval.MANUAL)
    asked = asks(world)
    advisor(world)
    jo = names(world, "jo", Role.ACCOUNT_MANAGER)
    lou, olga = staff("lou", "cisco", Role.ADVISOR), staff("olga", "cisco")
    before = world.ledger.kept()
    for verdict in Verdict:
        for who, kind in ((lou, NotFound), (jo, Forbidden), (olga, Forbidden)):
            refused(partial(says, world, who, verdict, asked), kind)
        no = refused(partial(world.decide, verdict, [asked]), Forbidden)
        assert (no.reason, no.facts["roles"]) == (Reason.NOT_PERMITTED, ["advisor"])
    assert world.ledger.kept() == before


@pytest.mark.rule("CI-41")
@pytest.mark.rule("CI-04")
def test_what_stays_in_the_country_is_not_the_advisors_to_decide() -> None:
    world = shop(Approval.MANUAL)
    kim, home, away = advisor(world), asks(world, "S2"), asks(world)
    assert world.redemption(home).state is PENDING
    says(world, kim, YES, away)
    for verdict in Verdict:
        for asked in (home, away):
            no = refused(partial(says, world, kim, verdict, asked), Forbidden)
            assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "decide")


@pytest.mark.rule("CI-41")
@pytest.mark.parametrize(
    ("country", "state"), [("DE", REFERRED), ("US", APPROVED), (None, APPROVED)]
)
def test_what_is_in_no_catalogue_goes_abroad_by_the_country_it_is_asked_for(
    country: str | None, state: RedemptionState
) -> None:
    world = shop()
    asked = world.redeem(22, "pat", sales_order="SO-5001", country=country)
    assert world.redemption(asked).state is state


@pytest.mark.rule("CI-41")
def test_one_line_abroad_is_enough_and_nothing_of_the_request_is_booked_before() -> None:
    world = shop()
    lines = [line(number(), offering="C", session=one) for one in ("S2", "S1")]
    asked = world.redeem(who="pat", lines=lines)
    assert world.redemption(asked).state is REFERRED
    assert (world.balance().held, taken(world), taken(world, "C", "S2")) == (44, 0, 0)
    says(world, advisor(world), YES, asked)
    assert (world.balance().redeemed, taken(world), taken(world, "C", "S2")) == (44, 1, 1)


@pytest.mark.rule("CI-41")
def test_abroad_is_only_where_credits_are_redeemed_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    world = shop()
    redeeming = replace(world.rules.redeeming, countries=selling_tools.only_in(_2026_01_01="US DE"))
    selling_tools.says(monkeypatch, "cisco", redeeming=redeeming)
    asking = partial(world.redeem, 22, "pat", sales_order="SO-5001")
    assert refused(lambda: asking(country="FR")).reason is Reason.COUNTRY_NOT_REDEEMABLE
    assert world.redemption(asking(country="DE")).state is REFERRED


@pytest.mark.rule("CI-41")
@pytest.mark.rule("CI-04")
def test_what_the_advisor_asks_for_themselves_is_not_sent_to_them() -> None:
    world = shop()
    kim = advisor(world)
    lines = [line(number(), offering="C", session="S1")]
    asked = world.redeem(lines=lines, asking=world.intent(kim, "redeem"))
    assert world.redemption(asked).state is PENDING  # and an owner says yes, however it is set
    world.approve(asked)
    assert world.redemption(asked).state is APPROVED


@pytest.mark.rule("CI-41")
def test_the_same_ok_sent_twice_is_one_and_leaves_what_came_after_it() -> None:
    world = shop(Approval.MANUAL)
    kim, asked = advisor(world), asks(world)
    deciding = world.intent(kim, "decide")
    first = world.decide(YES, [asked], asking=deciding)
    before = world.ledger.kept()
    assert world.decide(YES, [asked], asking=deciding) == first
    assert world.ledger.kept() == before
    world.approve(asked)
    (again,) = world.decide(YES, [asked], asking=deciding)
    assert again.redemption == world.redemption(asked)
    other = world.intent(kim, "decide", deciding.key, "another body")
    no = refused(lambda: world.decide(NO, [asked], asking=other), Conflict)
    assert no.reason is Reason.KEY_REUSED


@pytest.mark.rule("CI-41")
def test_of_two_advisors_clicks_the_second_finds_it_decided() -> None:
    world = shop()
    kim, asked = advisor(world), asks(world)
    world.ledger.meanwhile.append(lambda: says(world, kim, NO, asked))
    no = refused(lambda: says(world, kim, YES, asked), Conflict)
    assert (no.reason, no.facts["decided_by"]) == (Reason.ALREADY_DECIDED, kim.person.email)
    assert world.balance() == Balance(available=61)


def test_the_learner_takes_back_what_waits_for_the_advisor() -> None:
    world = shop()
    asked = asks(world)
    world.cancel(asked, "pat")
    assert world.balance() == Balance(available=61)
    no = refused(lambda: says(world, advisor(world), YES, asked), Conflict)
    assert (no.reason, no.facts["state"]) == (Reason.ALREADY_DECIDED, "cancelled")


def test_what_goes_abroad_into_a_full_class_is_refused_as_any_other() -> None:
    world = shop()
    kim, asked = advisor(world), asks(world)
    runs(world, "C", "2026-09-01", country="DE", seats=0)
    no = refused(lambda: says(world, kim, YES, asked), Refused)
    assert (no.reason, no.facts["seats_left"]) == (Reason.SESSION_FULL, 0)
    assert world.redemption(asked).state is REFERRED


def test_four_eyes_are_asked_for_after_the_advisor_too() -> None:
    world = shop()
    edit(world, four_eyes=True)
    lines = [line(number(), offering="C", session="S1")]
    kim, asked = advisor(world), world.redeem(who="ann", lines=lines)
    says(world, kim, YES, asked)
    assert refused(lambda: world.approve(asked), Problem).reason is Reason.OWN_REQUEST
    world.add_owner("bob")
    world.approve(asked, who="bob")
    assert world.redemption(asked).state is APPROVED
