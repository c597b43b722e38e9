"""After the booking, over the real handlers: given back, moved, delivered."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.http import booking
from tests.http.audit import violations
from tests.http.people import Company, Reply, assert_is_problem, company, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from training_credits.edge import wiring


@pytest.fixture
def acme(own_wire: Wire) -> Company:
    """Three sessions of a class in two months, and credits for ten bookings."""
    made = company(own_wire, program="salesforce", credits=30)
    booking.lists(made, "S1", "S2", "S3", starts_on=in_days(60), ends_on=in_days(60))
    return made


def in_days(days: int) -> str:
    return (wiring.clock() + timedelta(days=days)).date().isoformat()


def asked(reply: Reply) -> list[str]:
    return [request.operation for request in reply.heard]


def entries(made: Company) -> list[tuple[str, int, str]]:
    """Kind, change and title of all that happened."""
    period = f"from={in_days(-1)}T00:00:00Z&to={in_days(2)}T00:00:00Z"
    found = made.owner.get(f"{made.path}/transactions", period).json["entries"]
    return [(entry["kind"], entry["change"], entry["title"]) for entry in found]


@pytest.mark.rule("SF-19")
def test_a_learner_gives_one_of_two_classes_back(acme: Company, dump: Dumps) -> None:
    path = booking.books(acme, "S1", "S2")
    assert booking.seats_left(acme) == {"S1": 8, "S2": 8, "S3": 9}
    reply = booking.gives_back(acme, path, 2)
    assert reply.status == 200, reply
    assert asked(reply) == ["BatchGetItem", "Query", "BatchGetItem", "TransactWriteItems"]
    first, second = reply.json["lines"]
    assert (first["state"], second["state"], second["returned"]) == ("booked", "returned", 3)
    assert acme.learner.get(path).json == reply.json
    assert booking.seats_left(acme) == {"S1": 8, "S2": 9, "S3": 9}
    assert (acme.balance()["available"], acme.balance()["redeemed"]) == (27, 3)
    assert entries(acme)[-1] == ("return", 3, "C")
    assert violations(dump()) == []


def test_a_return_is_stated_with_its_kind_also_as_csv(acme: Company) -> None:
    path = booking.books(acme, "S1")
    booking.gives_back(acme, path)
    month = f"{acme.path}/statements/{wiring.clock():%Y-%m}"
    stated = acme.owner.get(month).json
    (product,) = stated["products"]
    assert (product["purchases"], product["redemptions"], product["returns"]) == (30, -3, 3)
    assert [line["balance"] for line in stated["lines"]] == [30, 27, 30]
    table = acme.owner.get(month, "format=csv").body.decode()
    assert f'"{acme.learner.email}","{acme.learner.email}",3,30' in table


def test_a_delivery_is_a_transaction_that_changes_nothing_that_is_left(acme: Company) -> None:
    path = booking.books(acme, "S1")
    assert booking.reports(acme, path).status == 200
    assert entries(acme)[-1] == ("deliver", 0, "C")
    stated = acme.owner.get(f"{acme.path}/statements/{wiring.clock():%Y-%m}").json
    assert [line["kind"] for line in stated["lines"]] == ["purchase", "redeem"]
    assert stated["products"][0]["closing"] == 27


@pytest.mark.rule("SF-19")
def test_a_class_is_moved_where_its_credits_still_pay_for_it(acme: Company, dump: Dumps) -> None:
    booking.lists(acme, "LATE", starts_on=in_days(400), ends_on=in_days(400))
    path = booking.books(acme, "S1")
    late = booking.moves(acme, path, "LATE")
    assert (late.status, late.code, late.json["rule"]) == (422, "deadline_missed", "SF-18")
    assert_is_problem(late)
    moved = booking.moves(acme, path, "S2")
    assert asked(moved) == ["BatchGetItem", "Query", "BatchGetItem", "TransactWriteItems"]
    (line,) = moved.json["lines"]
    assert (line["session"], line["moves"], line["state"]) == ("S2", 1, "booked")
    assert booking.seats_left(acme) == {"S1": 9, "S2": 8, "S3": 9, "LATE": 9}
    assert acme.balance()["redeemed"] == 3
    (last,) = acme.owner.get(f"{acme.path}/history").json["happenings"][-1:]
    assert (last["kind"], last["detail"]) == ("booking_moved", "C: session S2")
    assert violations(dump()) == []


@pytest.mark.rule("SF-41")
def test_a_refusal_links_the_policy_of_the_day_of_the_order(acme: Company) -> None:
    booking.lists(acme, "SOON", starts_on=in_days(9), ends_on=in_days(9))
    path = booking.books(acme, "SOON")
    for reply in (booking.gives_back(acme, path), booking.moves(acme, path, "S1")):
        assert (reply.status, reply.json["policy"]) == (422, "2024-09-30")
        assert reply.json["document"] == "https://salesforce.example/academy/cancellation"
        assert reply.json["rule"] == "SF-19"


@pytest.mark.rule("CI-31")
def test_the_store_reports_its_number_and_then_the_delivery(own_wire: Wire) -> None:
    made = company(own_wire, program="cisco", credits=30)
    booking.lists(made, "S1")
    path, store = booking.books(made, "S1"), booking.machine(made)
    named = booking.reports(made, path, who=store, reference="STORE-4711")
    assert asked(named) == ["BatchGetItem", "Query", "TransactWriteItems"]
    (line,) = named.json["lines"]
    assert (line["state"], line["reference"]) == ("booked", "STORE-4711")
    done = booking.reports(made, path, who=store, completed=True)
    assert (done.json["lines"][0]["state"], made.balance()["delivered"]) == ("delivered", 3)
    again = booking.reports(made, path, who=store, completed=True)
    assert (again.status, again.code, again.json["state"]) == (409, "line_done", "delivered")


def test_a_report_says_something(acme: Company) -> None:
    path = booking.books(acme, "S1")
    for said in ({"completed": False}, {"completed": False, "reference": None}):
        reply = booking.reports(acme, path, **said)
        assert (reply.status, reply.code) == (400, "missing_field")
    empty = booking.reports(acme, path, reference="")
    assert (empty.status, empty.code) == (400, "out_of_range")


@pytest.mark.parametrize("line", [0, 11])
def test_a_line_beyond_all_requests_is_not_looked_up(acme: Company, line: int) -> None:
    reply = booking.gives_back(acme, booking.books(acme, "S1"), line)
    assert (reply.status, reply.code) == (400, "out_of_range")


def test_with_its_key_each_is_done_once(acme: Company, dump: Dumps) -> None:
    path = booking.books(acme, "S1", "S1", "S1")
    sends: list[Callable[[], Reply]] = [
        lambda: booking.gives_back(acme, path, 1, key="a-return-of-mine"),
        lambda: booking.moves(acme, path, "S2", 2, key="a-move-of-mine"),
        lambda: booking.reports(acme, path, 3, key="a-report-of-mine"),
    ]
    for send in sends:
        first = send()
        before = dump()
        again = send()
        assert (again.status, again.body) == (200, first.body)
        assert dump() == before


def test_who_decides_and_the_advisor_may_and_others_learn_nothing(acme: Company) -> None:
    path = booking.books(acme, "S1", "S1")
    kim, other = (
        someone(acme.owner.wire, name, program="salesforce", groups=("advisor",))
        for name in ("kim", "other")
    )
    named = {"name": "Kim", "email": kim.email}
    assert acme.staff[0].put(f"{acme.path}/contacts/advisor", named).status == 200
    fay = someone(acme.owner.wire, "fay", program="salesforce")
    acme.adds(fay, "finance")
    nothing = f"/v1/redemptions/{'0' * 16}-{'0' * 16}"
    for who in (fay, other, acme.staff[0], booking.machine(acme)):
        for place in (path, nothing):
            reply = booking.gives_back(acme, place, who=who)
            assert (reply.status, reply.code) == (404, "redemption_not_found")
            assert asked(reply) == ["BatchGetItem", "Query"]
    for who in (fay, kim, acme.owner, acme.learner):
        assert booking.reports(acme, path, who=who).code == "redemption_not_found"
    assert booking.gives_back(acme, path, 1, who=kim).status == 200
    assert booking.moves(acme, path, "S2", 2, who=acme.owner).status == 200


def test_another_programs_machine_reports_nothing(acme: Company) -> None:
    path = booking.books(acme, "S1")
    stranger = someone(acme.owner.wire, "lms", program="cisco", groups=("integrator",))
    assert booking.reports(acme, path, who=stranger).code == "redemption_not_found"
