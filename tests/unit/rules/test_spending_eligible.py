"""What credits pay for, and by when: the vendors' lists, places and deadlines."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.builders import lot_of, refused
from training_credits.domain.eligibility import abroad, check_item, obstacle, usable_until
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Audience, Fulfilment, Item, Lot, Mode, Offering, Session
from training_credits.domain.program import Program
from training_credits.programs import program_named

NOW = datetime(2026, 7, 10, tzinfo=UTC)
SALESFORCE = program_named("salesforce", NOW)
CISCO = program_named("cisco", NOW)


def lot(product: str = "LC", ends: str = "2027-07-01", country: str | None = "US") -> Lot:
    program = CISCO if product == "CLC" else SALESFORCE
    day = date.fromisoformat(ends)
    made = lot_of("L1", 3_000, program.expires_at(day))
    return replace(made, product=product, expires_on=day, country=country)


def item(type_: str = "class", **facts: Any) -> Item:
    known: dict[str, Any] = {"offering_id": "O1", "type": type_, "title": "A", "credits": 1_200}
    return Item(offering=Offering(**(known | facts)))


def session(
    starts: str, ends: str, mode: Mode = Mode.IN_PERSON, country: str = "US", **facts: Any
) -> Item:
    run = Session(
        session_id="S1",
        offering_id="O1",
        starts_on=date.fromisoformat(starts),
        ends_on=date.fromisoformat(ends),
        mode=mode,
        country=country,
    )
    return replace(item(**facts), session=run)


def no(program: Program, asked: Item, paying: Lot) -> Refused:
    found = obstacle(program, asked, paying)
    assert found is not None
    return found


@pytest.mark.rule("SF-02")
def test_self_paced_slack_is_not_eligible_and_self_paced_tableau_is() -> None:
    refusal = refused(lambda: check_item(SALESFORCE, item("self_paced", family="Slack")))
    assert (refusal.reason, refusal.facts) == (
        *(
            Reason.NOT_ELIGIBLE,
            {"offering_type": "self_paced", "family": "Slack", "eligible": True},
        ),
    )
    assert check_item(SALESFORCE, item("self_paced", family="Tableau")).assisted
    assert refused(lambda: check_item(SALESFORCE, item("router"))).reason is Reason.NOT_ELIGIBLE


@pytest.mark.rule("SF-06")
def test_a_class_in_toronto_is_not_paid_with_credits_shipped_to_the_us() -> None:
    chicago = session("2026-09-01", "2026-09-03")
    toronto = session("2026-09-01", "2026-09-03", country="CA")
    assert obstacle(SALESFORCE, chicago, lot()) is None
    refusal = no(SALESFORCE, toronto, lot())
    assert refusal.reason is Reason.DELIVERY_COUNTRY
    assert refusal.facts == {"country": "US", "delivered_in": "CA"}


@pytest.mark.rule("SF-07")
@pytest.mark.parametrize("kind", ["class", "event", "bulk_exam", "workshop"])
def test_what_is_delivered_in_austria_is_not_paid_with_credits_shipped_to_germany(
    kind: str,
) -> None:
    paying = lot(country="DE")
    there = item(kind, mode=Mode.IN_PERSON, country="AT")
    here = item(kind, mode=Mode.IN_PERSON, country="DE")
    assert no(SALESFORCE, there, paying).reason is Reason.DELIVERY_COUNTRY
    assert obstacle(SALESFORCE, here, paying) is None


@pytest.mark.rule("SF-08")
def test_a_virtual_class_may_be_taken_from_anywhere() -> None:
    paris = session("2026-09-01", "2026-09-03", Mode.VIRTUAL, country="FR")
    assert obstacle(SALESFORCE, paris, lot()) is None


@pytest.mark.rule("SF-18")
def test_a_class_must_be_over_by_the_last_day_though_it_was_booked_in_may() -> None:
    assert obstacle(SALESFORCE, session("2027-06-28", "2027-07-01"), lot()) is None
    refusal = no(SALESFORCE, session("2027-06-30", "2027-07-02"), lot())
    assert refusal.reason is Reason.DEADLINE_MISSED
    assert refusal.facts == {
        "must": "complete",
        "by": "2027-07-01",
        "latest_start": "2027-06-29",
    }


@pytest.mark.rule("SF-39")
def test_virtual_credits_pay_for_public_virtual_classes_only_until_one_row_is_changed() -> None:
    virtual = session("2026-09-01", "2026-09-03", Mode.VIRTUAL)
    private = session("2026-09-01", "2026-09-03", Mode.VIRTUAL, audience=Audience.PRIVATE)
    person = session("2026-09-01", "2026-09-03")
    assert obstacle(SALESFORCE, virtual, lot("VLC")) is None
    for asked in (private, person, item("event"), item("bulk_exam")):
        refusal = no(SALESFORCE, asked, lot("VLC"))
        assert (refusal.reason, refusal.facts["products"]) == (Reason.WRONG_PRODUCT, ["LC"])
    (row,) = [row for row in SALESFORCE.spending.eligible if row.product == "VLC"]
    assert not row.verified
    rows = (*SALESFORCE.spending.eligible, replace(row, modes=()))
    changed = replace(SALESFORCE, spending=replace(SALESFORCE.spending, eligible=rows))
    assert obstacle(changed, person, lot("VLC")) is None


@pytest.mark.rule("CI-06")
def test_nine_things_and_the_extras_are_on_the_list_each_with_its_fulfilment() -> None:
    kinds = {name: kind.fulfilment for name, kind in CISCO.spending.types.items()}
    assert len(kinds) == 10
    assert set(kinds.values()) == set(Fulfilment)
    assert check_item(CISCO, item("modeling_lab")).fulfilment is Fulfilment.LICENCE
    assert refused(lambda: check_item(CISCO, item("router"))).reason is Reason.NOT_ELIGIBLE


@pytest.mark.rule("CI-07")
def test_a_course_without_the_vendors_mark_is_not_payable() -> None:
    refusal = refused(lambda: check_item(CISCO, item("class", eligible=False)))
    assert (refusal.reason, refusal.facts) == (
        *(Reason.NOT_ELIGIBLE, {"offering_type": "class", "family": None, "eligible": False}),
    )


@pytest.mark.rule("CI-32")
def test_a_pass_for_the_conference_of_22_credits_passes() -> None:
    assert obstacle(CISCO, item("event", credits=22), lot("CLC")) is None


@pytest.mark.rule("CI-33")
@pytest.mark.parametrize(("kind", "why"), [("lodging", "ancillary"), ("book", "book")])
def test_what_is_never_payable_is_refused_with_its_reason_also_if_it_is_listed(
    kind: str, why: str
) -> None:
    listed = replace(
        CISCO.spending, types={**CISCO.spending.types, kind: CISCO.spending.types["event"]}
    )
    for program in (CISCO, replace(CISCO, spending=listed)):
        refusal = refused(lambda p=program: check_item(p, item(kind, credits=3)))  # type: ignore[misc]
        assert (refusal.reason, refusal.facts["why"]) == (Reason.NOT_PAYABLE, why)
    assert not check_item(CISCO, item("class", credits=39)).assisted


@pytest.mark.rule("CI-34")
def test_the_conference_may_lie_after_the_end_of_the_credits() -> None:
    june = session("2027-06-13", "2027-06-17", type_="event")
    assert obstacle(CISCO, june, lot("CLC", "2027-01-15")) is None


@pytest.mark.rule("CI-41")
def test_a_class_in_another_country_goes_to_the_advisor_first() -> None:
    germany = session("2026-09-01", "2026-09-03", country="DE")
    assert obstacle(CISCO, germany, lot("CLC")) is None
    assert abroad(CISCO, lot("CLC"), germany.country)
    assert not abroad(CISCO, lot("CLC", country="DE"), germany.country)
    assert not abroad(CISCO, lot("CLC", country=None), germany.country)
    assert not abroad(CISCO, lot("CLC"), None)
    assert not abroad(SALESFORCE, lot(), germany.country)


@pytest.mark.rule("CI-08")
def test_a_voucher_issued_on_10_january_2027_is_good_until_10_january_2028() -> None:
    kind = check_item(CISCO, item("exam"))
    assert usable_until(kind, lot("CLC", "2027-01-15"), date(2027, 1, 10)) == date(2028, 1, 10)


@pytest.mark.rule("SF-22")
def test_a_voucher_is_not_good_beyond_its_lot() -> None:
    kind = check_item(SALESFORCE, item("bulk_exam"))
    assert usable_until(kind, lot(), date(2027, 5, 1)) == date(2027, 7, 1)
    assert usable_until(kind, lot(), date(2026, 6, 1)) == date(2027, 6, 1)


@pytest.mark.rule("CI-48")
def test_a_subscription_of_twelve_months_runs_past_the_end_of_its_credits() -> None:
    kind = check_item(CISCO, item("subscription"))
    assert usable_until(kind, lot("CLC", "2027-01-15"), date(2027, 1, 10)) == date(2028, 1, 10)
    assert usable_until(check_item(CISCO, item("class")), lot("CLC"), date(2027, 1, 10)) is None
