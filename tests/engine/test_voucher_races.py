"""Vouchers at once: never two holders, never two who were shown the texts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.engine.crowd import Crowd, meanwhile, tally
from tests.http.people import JSON, Company, Reply, company, someone
from tests.http.wire import Wire
from training_credits.domain.errors import Reason

pytestmark = pytest.mark.engine
CALLERS = 20
ROUNDS = 4
EXAM = {"kind": "offering", "offering": "EX-1", "type": "exam", "title": "Exam", "credits": 1}


@dataclass(frozen=True)
class Exams:
    """A request for exams that were paid for."""

    acme: Company
    path: str

    @property
    def vouchers(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.acme.learner.get(f"{self.path}/vouchers").json[
            "vouchers"
        ]
        return listed

    @property
    def one(self) -> str:
        """The path of the first voucher."""
        return f"{self.path}/vouchers/{self.vouchers[0]['voucher']}"

    def gives(self, place: str, name: str) -> Callable[[], Reply]:
        return partial(self.acme.owner.put, f"{place}/holder", holder(name))

    def takes_back(self, place: str) -> Callable[[], Reply]:
        return partial(self.acme.owner.delete, f"{place}/holder")

    def uses(self, place: str, name: str) -> Callable[[], Reply]:
        return partial(self.acme.staff[0].post, f"{place}/use", {"holder": holder(name)})

    def returns(self) -> Callable[[], Reply]:
        return partial(self.acme.learner.post, f"{self.path}/returns", {"line": 1})

    def exports(self, key: str | None = None) -> Callable[[], Reply]:
        return partial(self.acme.learner.post, f"{self.path}/voucher-exports", {}, key)


@pytest.fixture
def acme(wire: Wire) -> Company:
    """Its learner may have exams without anybody's yes."""
    made = company(wire, program="cisco", credits=100)
    body = '{"approval": "automatic"}'
    assert made.owner.send("PATCH", made.path, body, headers=(JSON,)).status == 200
    brought = made.staff[0].post("/v1/catalogue/imports", {"format": "json", "rows": [EXAM]})
    assert brought.json["written"] == 1
    return made


def holder(name: str) -> dict[str, str]:
    return {"email": f"{name}@acme.example", "name": name.title()}


def bought(acme: Company, quantity: int = 1) -> Exams:
    lines = [{"offering": "EX-1", "quantity": quantity}]
    asked = acme.learner.post("/v1/redemptions", {"lines": lines} | acme.pays_with)
    assert (asked.status, asked.json.get("state")) == (201, "approved"), asked
    return Exams(acme, f"/v1/redemptions/{asked.json['redemption']}")


def test_of_twenty_who_hand_out_one_voucher_at_once_one_does(acme: Company, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        exams = bought(acme)
        place = exams.one
        replies = crowd.all([exams.gives(place, f"lee{n}") for n in range(CALLERS)])
        assert tally(replies) == {200: 1, Reason.VOUCHER_TAKEN: CALLERS - 1}
        (winner,) = (reply.json["holder"] for reply in replies if reply.code is None)
        assert [each["holder"] for each in exams.vouchers] == [winner]
        assert {reply.json["holder"] for reply in replies if reply.code} == {winner["email"]}


def test_a_voucher_that_is_void_before_it_is_handed_out_is_nobodys(
    wire: Wire, acme: Company
) -> None:
    """Its line is returned between the look and the write."""
    exams = bought(acme)
    place = exams.one
    happened = meanwhile(wire, exams.returns())
    reply = exams.gives(place, "lee")()
    assert happened[0].status == 200
    assert (reply.code, reply.json["state"]) == (Reason.VOUCHER_DONE, "void")
    assert [(each["state"], "holder" in each) for each in exams.vouchers] == [("void", False)]
    assert acme.balance()["available"] == 100


def test_a_voucher_that_changes_hands_before_it_is_used_stays_with_its_last_holder(
    wire: Wire, acme: Company
) -> None:
    """It is in somebody's hands before and after, so that its state alone tells nothing."""
    exams = bought(acme)
    place = exams.one
    assert exams.gives(place, "lee")().status == 200

    def to_lou() -> list[int]:
        return [exams.takes_back(place)().status, exams.gives(place, "lou")().status]

    happened = meanwhile(wire, to_lou)
    reply = exams.uses(place, "lia")()
    assert happened == [[200, 200]]
    assert (reply.json["state"], reply.json["holder"]) == ("used", holder("lou"))
    assert [each["holder"] for each in exams.vouchers] == [holder("lou")]


def test_handed_out_taken_back_used_and_returned_at_once_ends_in_one_state(
    acme: Company, crowd: Crowd
) -> None:
    """The credits are back if it is void, and it was used if they are not."""
    ended = set()
    for _ in range(ROUNDS):
        before = acme.balance()["available"]
        exams = bought(acme)
        place = exams.one
        acts = [
            exams.gives(place, "lee"),
            exams.gives(place, "lou"),
            exams.takes_back(place),
            exams.uses(place, "lia"),
            exams.returns(),
        ]
        gave, given, _, used, back = crowd.all(acts)
        (voucher,) = exams.vouchers
        ended.add(voucher["state"])
        assert {used.status, back.status} == {200, 422}
        if back.status == 200:
            assert (voucher["state"], voucher.get("holder")) == ("void", None)
            assert acme.balance()["available"] == before
        else:
            assert voucher["state"] == "used"
            assert voucher["holder"] in [reply.json.get("holder") for reply in (gave, given, used)]
            assert acme.balance()["available"] == before - 1
    assert ended <= {"void", "used"}


def test_of_twenty_exports_at_once_one_shows_the_texts(acme: Company, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        exams = bought(acme, 3)
        replies = crowd.all([exams.exports() for _ in range(CALLERS)])
        assert tally(replies) == {200: 1, Reason.VOUCHERS_EXPORTED: CALLERS - 1}
        history = acme.owner.get(f"{acme.path}/history", "limit=100").json["happenings"]
        asked = exams.path.rpartition("/")[2]
        assert [line["about"] for line in history].count(asked) == 1


def test_one_export_that_is_sent_many_times_at_once_shows_the_same_texts_each_time(
    acme: Company, crowd: Crowd
) -> None:
    exams = bought(acme, 3)
    replies = crowd.all([exams.exports("one-and-the-same")] * CALLERS)
    assert tally(replies) == {200: CALLERS}
    assert len({reply.body for reply in replies}) == 1


def test_a_member_who_is_removed_before_the_texts_go_out_is_not_shown_them(
    wire: Wire, acme: Company
) -> None:
    exams, cat = bought(acme), someone(wire, "cat", program="cisco")
    acme.adds(cat, "captain")
    happened = meanwhile(wire, partial(acme.removes, cat))
    reply = cat.post(f"{exams.path}/voucher-exports", {})
    assert happened[0].status == 204
    assert reply.code == Reason.ACCOUNT_NOT_FOUND
    assert exams.exports()().status == 200
