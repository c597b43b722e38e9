"""Which mails somebody wants, over HTTP, and what they then get."""

from datetime import timedelta

import pytest

from tests.http.people import Company, company, invoke, someone
from tests.integration.cloud import Cloud
from training_credits.edge.problems import BadInput

PATH = "/v1/preferences"
TOPICS = ["reminders", "members", "purchases", "expiry", "balance"]


def test_nothing_is_chosen_until_somebody_chooses_and_then_all_of_it_at_once(cloud: Cloud) -> None:
    acme = company(cloud.wire)
    unchosen = {"off": [], "topics": TOPICS, "transactions": "off"}
    assert acme.owner.get(PATH).json == unchosen
    wanted = {"off": ["members", "reminders"], "transactions": "daily", "language": "de-AT"}
    chosen = {**wanted, "off": ["reminders", "members"], "topics": TOPICS}
    assert acme.owner.put(PATH, wanted).json == chosen
    assert acme.owner.get(PATH).json == chosen
    assert acme.learner.get(PATH).json == unchosen
    assert acme.owner.put(PATH, {}).json == unchosen


def test_who_decides_at_cisco_hears_of_each_transaction_unless_they_choose(cloud: Cloud) -> None:
    acme = company(cloud.wire, program="cisco")
    assert acme.owner.get(PATH).json["transactions"] == "each"


def test_it_can_be_chosen_before_terms_are_accepted(cloud: Cloud) -> None:
    somebody = someone(cloud.wire, "new", program="cisco")
    assert somebody.put(PATH, {"off": ["members"]}).status == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"off": ["codes"]}, BadInput.NOT_ALLOWED),
        ({"off": ["members"] * 6}, BadInput.OUT_OF_RANGE),
        ({"transactions": "weekly"}, BadInput.NOT_ALLOWED),
        ({"language": "german"}, BadInput.NOT_ALLOWED),
        ({"language": "de\n"}, BadInput.NOT_ALLOWED),
        ({"email": "ann@acme.example"}, BadInput.UNKNOWN_FIELD),
    ],
)
def test_what_cannot_be_chosen_is_refused(cloud: Cloud, body: object, code: BadInput) -> None:
    acme = company(cloud.wire)
    refused = acme.owner.put(PATH, body)
    assert (refused.status, refused.code) == (400, code)
    assert "language" not in acme.owner.get(PATH).json


def spent(acme: Company, *credits: int) -> None:
    for n in credits:
        acme.decides("approve", acme.wants(n).json["redemption"])


@pytest.mark.rule("CI-16")
def test_a_day_of_debits_is_one_mail_on_the_next_morning(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(cloud.wire, program="cisco", credits=61)
    acme.owner.put(PATH, {"transactions": "daily"})
    spent(acme, 9, 10, 20)
    cloud.happens()
    assert invoke("digest", {}) == {"sent": 0, "finished": True}
    before = len(cloud.inbox())
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(timedelta(days=2).total_seconds()))
    assert invoke("digest", {}) == {"sent": 1, "finished": True}
    assert invoke("digest", {}) == {"sent": 0, "finished": True}
    (mail,) = cloud.inbox()[before:]
    assert mail[0] == acme.owner.email
    assert mail[1].endswith(": 4 transactions")


def test_what_is_due_of_digests_costs_what_is_due(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query for each shard of each program, and for a digest: account, wishes, entries, and two
    writes.
    """
    acme = company(cloud.wire, program="cisco", credits=61)
    acme.owner.put(PATH, {"transactions": "daily"})
    spent(acme, 9)
    cloud.happens()

    def asked() -> list[str]:
        before = len(cloud.wire.requests)
        invoke("digest", {})
        return [r.operation for r in cloud.wire.requests[before:]]

    idle = asked()
    assert set(idle) == {"Query"}
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(timedelta(days=2).total_seconds()))
    busy = asked()
    more = sorted(busy)
    for one in idle:
        more.remove(one)
    wanted = ["BatchGetItem", "PutItem", "Query", "Query", "SendEmail", "TransactWriteItems"]
    assert more == wanted
    assert asked() == idle


@pytest.mark.rule("SF-24")
def test_who_asks_in_german_is_answered_in_german(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=50)
    asked = acme.wants(5, language="de").json["redemption"]
    acme.decides("approve", asked)
    cloud.happens()
    subjects = dict(cloud.inbox())
    assert subjects[acme.learner.email] == "Ihre Anfrage wurde genehmigt"
    assert subjects[acme.owner.email].endswith("asks for 5 training credits")


@pytest.mark.rule("AT-31")
def test_after_the_first_decision_the_others_links_say_who_decided(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=50)
    bob, cid = (someone(cloud.wire, name) for name in ("bob", "cid"))
    for who in (bob, cid):
        acme.adds(who)
    cloud.happens()
    before = len(cloud.inbox())
    asked = acme.wants(5).json["redemption"]
    cloud.happens()
    asked_for = cloud.inbox()[before:]
    assert sorted(to for to, _ in asked_for) == sorted([acme.owner.email, bob.email, cid.email])
    acme.decides("approve", asked, who=bob)
    for who in (acme.owner, cid):
        shown = who.get(f"{acme.path}/redemptions/{asked}").json
        assert (shown["state"], shown["approved_by"]) == ("approved", bob.email), shown
        late = acme.decides("deny", asked, who=who)
        assert late.code == "already_decided"
        assert late.json["detail"] == f"Already approved by {bob.email}."
