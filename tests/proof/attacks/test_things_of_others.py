"""What a key or a link opens is whoever's it is, and nobody else's."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import engines
from tests.http.people import V1, Company, Who, company, someone
from tests.http.wire import Wire
from tests.http.world import SETTINGS
from training_credits.domain.errors import Reason
from training_credits.ports import LINK_SECONDS_MAX

KEY = "one-key-for-everybody"
PAPER = {"format": "csv", "from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}


# T11: whose key it is


@pytest.mark.proves("T11", "G7")
def test_one_key_of_one_person_is_another_in_another_program(own_wire: Wire) -> None:
    """One sign-in, by its subject, at two vendors."""
    here = someone(own_wire, "ann")
    there = replace(here, program="cisco", groups=("operator",), domain="acme.example")
    assert here.claims()["sub"] == there.claims()["sub"]
    first = here.post(V1, {"name": "Here"}, KEY)
    second = there.post(V1, {"name": "There", "owner": "bob@acme.example"}, KEY)
    assert (first.status, second.status) == (201, 201)
    assert (first.json["program"], second.json["program"]) == ("atlassian", "cisco")
    assert first.json["account"] != second.json["account"]
    assert here.post(V1, {"name": "Here"}, KEY).body == first.body


@pytest.mark.proves("T11")
def test_somebody_else_s_key_shows_nobody_their_answer(own_wire: Wire) -> None:
    acme, other = company(own_wire, credits=10), company(own_wire, credits=10)
    first = acme.wants(2, KEY)
    second = other.wants(2, KEY)
    third = acme.wants(2, KEY, who=someone(own_wire, "kim"))
    answers = [reply.json["redemption"] for reply in (first, second, third)]
    assert len({*answers}) == 3
    assert first.json["redemption"] == acme.wants(2, KEY).json["redemption"]


@pytest.mark.proves("T10")
def test_the_same_key_for_another_amount_moves_nothing(own_wire: Wire) -> None:
    acme = company(own_wire, approval="automatic", credits=10)
    first = acme.wants(2, KEY)
    for credits in (1, 3, 10):
        assert (acme.wants(credits, KEY).status, acme.balance()["redeemed"]) == (409, 2)
    assert acme.wants(2, KEY).body == first.body
    assert acme.balance()["redeemed"] == 2


# T21: whose document it is


def link(made: Company) -> str:
    answer = made.owner.post(f"{made.path}/documents", PAPER)
    assert answer.status == 201, answer
    return str(answer.json["link"])


@pytest.mark.proves("T21")
def test_a_document_is_one_account_s_and_its_link_is_short(own_wire: Wire) -> None:
    links = [urlsplit(link(company(own_wire))) for _ in range(2)]
    keys = {each.path for each in links}
    assert len(keys) == 2, "two accounts with the same words in their papers have two documents"
    for each in links:
        said = parse_qs(each.query)
        assert int(said["X-Amz-Expires"][0]) <= LINK_SECONDS_MAX == 900
        assert "/made/atlassian/" in each.path


@pytest.mark.proves("T21", "T5")
def test_nobody_has_a_document_made_of_another_s_account(own_wire: Wire) -> None:
    acme, other = company(own_wire), company(own_wire)
    cisco = someone(own_wire, "eve", program="cisco", groups=("operator",))
    strangers: list[Who] = [other.owner, other.learner, acme.learner, cisco]
    for who in strangers:
        reply = who.post(f"{acme.path}/documents", PAPER)
        assert (reply.status, reply.code) == (404, Reason.ACCOUNT_NOT_FOUND)
        assert [one for one in reply.heard if one.service == "s3"] == []
    listed = engines.mine("s3").list_objects_v2(Bucket=SETTINGS["DOCUMENTS_BUCKET"])
    assert listed["KeyCount"] == 0
