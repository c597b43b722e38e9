"""Who decides, for how long, and what happens where nobody does: over HTTP and on the schedule."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.http.people import Company, Reply, Who, company, invoke, someone
from tests.integration.cloud import Cloud
from training_credits.domain.errors import Reason
from training_credits.edge import wiring
from training_credits.edge.problems import BadInput

DAY = 86_400
Later = Callable[[float], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """So many seconds after the test began."""
    return lambda seconds: monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(seconds))


def finance(acme: Company) -> Who:
    """Somebody who sees everything and decides nothing."""
    fay = someone(acme.owner.wire, "fay", program=acme.program)
    acme.adds(fay, "finance")
    return fay


def names(acme: Company, who: Who, days: int = 0, by: Who | None = None) -> Reply:
    until = wiring.clock().date() + timedelta(days=days)
    body = {"until": until.isoformat()}
    return (by or acme.owner).put(f"{acme.path}/members/{who.email}/deputy", body)


def test_a_deputy_decides_until_they_are_no_longer_one(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=100)
    fay = finance(acme)
    first, second = (acme.wants(n).json["redemption"] for n in (30, 5))
    assert acme.decides("approve", first, who=fay).code == Reason.NOT_PERMITTED
    named = names(acme, fay, 14)
    assert named.status == 200
    shown = {m["email"]: m for m in fay.get(acme.path).json["members"]}
    assert shown[fay.email] == named.json
    assert named.json["decides_until"] > wiring.clock().date().isoformat()
    decided = acme.decides("approve", first, who=fay).json["outcomes"][0]["request"]
    assert (decided["state"], decided["approved_by"]) == ("approved", fay.email)
    ended = acme.owner.delete(f"{acme.path}/members/{fay.email}/deputy")
    assert (ended.status, ended.body) == (204, b"")
    assert "decides_until" not in str(fay.get(acme.path).json["members"])
    assert acme.decides("approve", second, who=fay).code == Reason.NOT_PERMITTED
    lines = acme.owner.get(f"{acme.path}/history").json["happenings"]
    said = [line["detail"] for line in lines if line["kind"] == "deputy_named"]
    assert said == [f"until {named.json['decides_until']}", "no longer"]


def test_a_deputy_is_refused_by_name(cloud: Cloud) -> None:
    acme = company(cloud.wire)
    fay = finance(acme)
    assert names(acme, fay, -2).code == Reason.DATE_NOT_POSSIBLE
    assert names(acme, fay, 92).code == Reason.DATE_NOT_POSSIBLE
    assert names(acme, acme.owner).code == Reason.ROLE_CONFLICT
    assert names(acme, acme.learner).code == Reason.MEMBER_NOT_FOUND
    assert names(acme, fay, by=acme.staff[0]).code == Reason.NOT_PERMITTED
    path = f"{acme.path}/members/{fay.email}/deputy"
    assert acme.owner.put(path, {}).code == BadInput.MISSING_FIELD
    assert acme.owner.put(path, {"until": "tomorrow"}).status == 400


@pytest.mark.rule("CI-40")
def test_learners_read_how_requests_are_approved_and_below_which_threshold_none_is(
    cloud: Cloud,
) -> None:
    acme = company(cloud.wire, program="cisco", credits=61)
    page = acme.learner.get(acme.path).json
    assert (page["approval"], page["automatic_below"]) == ("manual", 0)
    edited = acme.owner.patch(acme.path, {"automatic_below": 22})
    assert (edited.status, edited.json["automatic_below"]) == (200, 22)
    assert acme.learner.get(acme.path).json["automatic_below"] == 22
    assert [acme.wants(n).json["state"] for n in (21, 22)] == ["approved", "pending"]
    for wrong in (-1, 10_000_001, 2.5):
        assert acme.owner.patch(acme.path, {"automatic_below": wrong}).status == 400
    other = company(cloud.wire, program="salesforce")
    no = other.owner.patch(other.path, {"automatic_below": 1})
    assert (no.code, no.json["offered"]) == (Reason.APPROVAL_NOT_OFFERED, ["automatic"])


@pytest.mark.rule("AT-28")
@pytest.mark.rule("AT-30")
def test_each_state_has_its_list_and_what_waits_is_the_first(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=100)
    ids = [acme.wants(n).json["redemption"] for n in (1, 2, 3, 4)]
    acme.decides("approve", ids[0])
    acme.decides("deny", ids[1])
    acme.learner.post(f"/v1/redemptions/{ids[2]}/cancellation", {})
    lists = {
        state: acme.owner.get(f"{acme.path}/redemptions", f"state={state}")
        for state in (
            "pending",
            "approved",
            "denied",
            "cancelled",
            "referred",
            "reserved",
            "lapsed",
        )
    }
    found = {s: [r["redemption"] for r in page.json["requests"]] for s, page in lists.items()}
    assert found == {
        "pending": [ids[3]],
        "approved": [ids[0]],
        "denied": [ids[1]],
        "cancelled": [ids[2]],
        "referred": [],
        "reserved": [],
        "lapsed": [],
    }
    assert acme.owner.get(f"{acme.path}/redemptions").json == lists["pending"].json
    (gone,) = lists["cancelled"].json["requests"]
    assert gone["decided_by"] == acme.learner.email
    assert "decided_at" in gone


def test_what_waits_too_long_is_reminded_of_once_and_then_let_go(
    cloud: Cloud, later: Later
) -> None:
    acme = company(cloud.wire, program="cisco", credits=61)
    asked = acme.wants(22).json["redemption"]
    assert acme.balance()["held"] == 22
    assert acme.owner.get(f"{acme.path}/redemptions").json["requests"][0]["lapses_at"]
    cloud.happens()
    assert invoke("lapse", {}) == {"lapsed": 0, "reminded": 0, "nudged": 0, "finished": True}
    later(30 * DAY + 60)
    assert invoke("lapse", {}) == {"lapsed": 0, "reminded": 1, "nudged": 0, "finished": True}
    assert invoke("lapse", {}) == {"lapsed": 0, "reminded": 0, "nudged": 0, "finished": True}
    assert cloud.happens() == ["RedemptionReminded"]
    to, text = cloud.texts()[-1]
    assert to == acme.owner.email
    assert "39 left if approved" in text
    later(60 * DAY + 60)
    late = acme.decides("approve", asked)
    assert late.code == Reason.REQUEST_LAPSED
    assert invoke("lapse", {}) == {"lapsed": 1, "reminded": 0, "nudged": 0, "finished": True}
    assert invoke("lapse", {}) == {"lapsed": 0, "reminded": 0, "nudged": 0, "finished": True}
    assert acme.balance() | {"available": 61, "held": 0} == acme.balance()
    assert cloud.happens() == ["RedemptionLapsed"]
    assert cloud.inbox()[-1] == (acme.learner.email, "Your training credits request has lapsed")
    page = acme.owner.get(f"{acme.path}/redemptions", "state=lapsed").json
    assert [r["redemption"] for r in page["requests"]] == [asked]
    assert acme.decides("deny", asked).code == Reason.ALREADY_DECIDED


@pytest.mark.rule("CI-39")
@pytest.mark.rule("AT-31")
def test_owners_and_deputies_are_mailed_each_and_nobody_twice(cloud: Cloud) -> None:
    acme = company(cloud.wire, program="cisco", credits=61)
    cap = someone(cloud.wire, "cap", program="cisco")
    acme.adds(cap, "captain")
    fay = finance(acme)
    names(acme, fay)
    cloud.happens()
    before = len(cloud.texts())
    asked = acme.wants(22, title="CCNA").json["redemption"]
    events, _ = cloud.published(cloud.records())
    assert [cloud.told(events), cloud.told(events)] == [3, 0]
    mails = dict(cloud.texts()[before:])
    assert set(mails) == {acme.owner.email, cap.email, fay.email}
    for text in mails.values():
        assert "39 left if approved" in text
        assert f"/redemptions/{asked}" in text
    acme.decides("approve", asked, who=cap)
    second = acme.decides("approve", asked)
    assert (second.code, second.json["decided_by"]) == (Reason.ALREADY_DECIDED, cap.email)


def test_one_request_that_cannot_be_settled_fails_the_run_and_no_other_request(
    cloud: Cloud, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(cloud.wire, credits=100)
    bad, _ = (acme.wants(n).json["redemption"] for n in (1, 2))
    ledger = wiring.ledger()
    commit = type(ledger).commit

    def torn(self: object, change: object) -> None:
        if bad in str(change):
            raise ConnectionError("broken")
        commit(self, change)  # type: ignore[arg-type]

    monkeypatch.setattr(type(ledger), "commit", torn)
    later(60 * DAY + 60)
    with pytest.RaisesGroup(ConnectionError, match="could not be settled"):
        invoke("lapse", {})
    state = acme.owner.get(f"{acme.path}/redemptions", "state=lapsed").json
    assert len(state["requests"]) == 1
