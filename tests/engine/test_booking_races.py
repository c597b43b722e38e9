"""Everybody at once for one booking: it is given back, moved or delivered, and only once."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd, meanwhile, tally
from tests.http import booking
from tests.http.people import Company, Reply, company
from tests.http.wire import Wire

pytestmark = pytest.mark.engine
LATE = {"line_done": 1, 200: 1}


@pytest.fixture
def acme(wire: Wire) -> Iterator[Company]:
    """A class in two sessions, and credits for ten bookings."""
    made = company(wire, program="cisco", credits=30)
    booking.lists(made, "S1", "S2")
    yield made
    balance = made.balance()
    assert sum(balance.values()) == 30


def entries(dump: Dumps) -> Counter[str]:
    """How many of each kind."""
    return Counter(item["entry_kind"] for item in dump().values() if item["kind"] == "entry")


def test_of_ten_returns_of_one_line_one_moves_its_credits(
    acme: Company, crowd: Crowd, dump: Dumps
) -> None:
    path = booking.books(acme, "S1")
    who = [acme.learner, acme.owner] * 5
    replies = crowd.all([partial(booking.gives_back, acme, path, who=one) for one in who])
    assert tally(replies) == {200: 1, "line_done": 9}
    assert (acme.balance()["available"], booking.seats_left(acme)["S1"]) == (30, 9)
    assert entries(dump)["return"] == 1


def test_a_return_under_one_key_sent_ten_times_at_once_is_one(
    acme: Company, crowd: Crowd, dump: Dumps
) -> None:
    path = booking.books(acme, "S1")
    send = partial(booking.gives_back, acme, path, key="one-return-of-mine")
    replies = crowd.all([send] * 10)
    assert len({reply.body for reply in replies}) == 1
    assert tally(replies) == {200: 10}
    assert entries(dump)["return"] == 1


def test_of_a_return_and_a_delivery_one_is_done(acme: Company, crowd: Crowd, dump: Dumps) -> None:
    path = booking.books(acme, *["S1"] * 8)
    calls = [
        call
        for line in range(1, 9)
        for call in (
            partial(booking.gives_back, acme, path, line),
            partial(booking.reports, acme, path, line),
        )
    ]
    replies = crowd.all(calls, threads=4)
    for one, other in zip(replies[::2], replies[1::2], strict=True):
        assert tally([one, other]) == LATE
    done = entries(dump)
    assert done["return"] + done["deliver"] == 8
    assert acme.balance()["available"] == 6 + 3 * done["return"]
    assert acme.balance()["delivered"] == 3 * done["deliver"]
    assert booking.seats_left(acme)["S1"] == 1 + done["return"]


@pytest.mark.parametrize("first", ["return", "deliver"])
def test_whichever_is_written_first_the_other_finds_it_done(
    acme: Company, wire: Wire, dump: Dumps, first: str
) -> None:
    """The other one has read already, and has not written yet."""
    path = booking.books(acme, "S1")
    calls = [partial(booking.gives_back, acme, path), partial(booking.reports, acme, path)]
    early, late = calls if first == "return" else reversed(calls)
    happened = meanwhile(wire, early)
    reply: Reply = late()
    assert (happened[0].status, reply.code) == (200, "line_done")
    assert {kind for kind in entries(dump) if kind in {"return", "deliver"}} == {first}


def test_a_move_and_a_return_at_once_leave_no_seat_taken_for_nobody(
    acme: Company, wire: Wire
) -> None:
    """The return is decided on the first session, and written after the move to the other one."""
    path = booking.books(acme, "S1")
    happened = meanwhile(wire, partial(booking.moves, acme, path, "S2", who=acme.owner))
    reply = booking.gives_back(acme, path)
    assert (happened[0].status, reply.status) == (200, 200)
    assert booking.seats_left(acme) == {"S1": 9, "S2": 9}
    assert acme.balance()["available"] == 30


def test_of_five_who_move_to_the_last_two_seats_two_arrive(
    acme: Company, crowd: Crowd, dump: Dumps
) -> None:
    booking.lists(acme, "SMALL", seats=2)
    paths = [booking.books(acme, "S1") for _ in range(5)]
    replies = crowd.all([partial(booking.moves, acme, path, "SMALL") for path in paths])
    assert tally(replies) == {200: 2, "session_full": 3}
    assert booking.seats_left(acme) == {"S1": 6, "S2": 9, "SMALL": 0}
    assert entries(dump)["return"] == 0


def test_lines_of_one_request_are_given_back_at_once_and_none_is_lost(
    acme: Company, crowd: Crowd, dump: Dumps
) -> None:
    """Each is written over the same item: who comes too late looks again."""
    path = booking.books(acme, "S1", "S2", "S1")
    replies = crowd.all([partial(booking.gives_back, acme, path, line) for line in (1, 2, 3)])
    assert tally(replies) == {200: 3}
    lines = acme.learner.get(path).json["lines"]
    assert [line["state"] for line in lines] == ["returned"] * 3
    assert acme.balance()["available"] == 30
    assert entries(dump)["return"] == 3
