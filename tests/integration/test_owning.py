"""Owning an account, as the rules have it, at the API."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.http.people import BILLING, JSON, V1, Company, Reply, Who, company, operator, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from tests.integration.matrix_requests import PERIOD
from training_credits.domain.errors import Reason
from training_credits.domain.program import Program
from training_credits.dynamodb import keys
from training_credits.edge import wiring
from training_credits.edge.problems import BadInput
from training_credits.programs import program_named
from training_credits.use_cases import people

Ask = Callable[[Who], Reply]


@pytest.mark.rule("AT-26")
def test_an_owner_finds_the_balance_in_two_steps(wire: Wire) -> None:
    acme = company(wire, credits=1_000)
    assert acme.decides("approve", acme.wants(300).json["redemption"]).status == 200
    (mine,) = acme.owner.get(V1).json["accounts"]
    assert mine == {"account": acme.account, "role": "owner"}
    page = acme.owner.get(f"{V1}/{mine['account']}").json
    assert page["balances"]["TC"]["available"] == 700


@pytest.mark.rule("AT-22")
def test_an_owner_who_was_added_may_remove_who_opened_the_account(wire: Wire) -> None:
    acme, bob = company(wire, credits=10), someone(wire, "bob")
    acme.adds(bob)
    asked = acme.wants().json["redemption"]
    assert acme.decides("approve", asked, who=bob).status == 200
    assert acme.removes(acme.owner, by=bob).status == 204
    assert acme.owner.get(acme.path).code == Reason.ACCOUNT_NOT_FOUND
    assert acme.owner.get(V1).json == {"accounts": []}
    line = bob.get(f"{acme.path}/history").json["happenings"][-1]
    said = (line["kind"], line["actor"], line["about"], line["detail"])
    assert said == ("member_removed", bob.email, acme.owner.email, "owner")


def requests_of(acme: Company, redemption: str) -> dict[str, Ask]:
    """What an owner asks, each under a key of its own that is the same every time."""
    sent = {"verdict": "deny", "redemptions": [redemption]}
    order = {"credits": 1, "billing": BILLING}
    dan = {"email": "dan@acme.example", "role": "buyer"}
    return {
        "balance": lambda who: who.get(acme.path),
        "transactions": lambda who: who.get(f"{acme.path}/transactions", PERIOD),
        "rename": lambda who: who.send("PATCH", acme.path, '{"name": "A"}', headers=(JSON,)),
        "order": lambda who: who.post(f"{acme.path}/orders", order, "an-order-key"),
        "invitation": lambda who: who.post(f"{acme.path}/members", dan, "a-member-key"),
        "decision": lambda who: who.post(f"{acme.path}/decisions", sent, "a-decision-key"),
    }


@pytest.mark.rule("AT-25")
def test_whoever_was_removed_is_answered_nothing_not_even_what_they_were_before(
    own_wire: Wire, dump: Dumps
) -> None:
    acme, bob = company(own_wire, credits=10), someone(own_wire, "bob")
    acme.adds(bob)
    asks = requests_of(acme, acme.wants().json["redemption"])
    for says, ask in asks.items():
        assert ask(bob).status in {200, 201}, says
        assert ask(bob).status in {200, 201}, says
    assert acme.removes(bob).status == 204
    before = dump()
    for says, ask in asks.items():
        assert ask(bob).code == Reason.ACCOUNT_NOT_FOUND, says
    assert dump() == before


@pytest.mark.rule("AT-25")
def test_whoever_was_removed_does_not_come_back_by_signing_in(wire: Wire) -> None:
    acme, bob = company(wire), someone(wire, "bob")
    acme.adds(bob)
    assert acme.removes(bob).status == 204
    assert bob.post("/v1/sign-ins", {}).json == {}
    assert bob.get(acme.path).code == Reason.ACCOUNT_NOT_FOUND
    acme.adds(bob, "buyer")
    assert bob.get(V1).json["accounts"] == [{"account": acme.account, "role": "buyer"}]


@pytest.mark.rule("AT-15")
def test_there_is_no_second_code(wire: Wire) -> None:
    acme = company(wire)
    refused = acme.owner.post(f"{acme.path}/codes", {})
    assert (refused.status, refused.code) == (409, Reason.CODE_EXISTS)
    assert (refused.json["rule"], refused.json["most"]) == ("AT-15", 1)


@pytest.mark.rule("AT-14")
def test_an_owner_hands_on_a_link_with_the_code_where_no_server_sees_it(wire: Wire) -> None:
    ann = someone(wire, "ann")
    account = f"/v1/accounts/{ann.post('/v1/accounts', {'name': 'Acme'}).json['account']}"
    made = ann.post(f"{account}/codes", {}).json
    address, _, behind = made["share_link"].partition("#")
    assert address == "https://portal.example/redeem"
    assert behind == f"program=atlassian&code={made['code']}"
    for seen in (ann.get(account), ann.get(f"{account}/codes")):
        assert "share_link" not in seen.body.decode()
        assert made["code"] not in seen.body.decode()


@pytest.mark.rule("AT-32")
def test_a_code_is_replaced_only_where_the_program_lets(wire: Wire) -> None:
    acme = company(wire, credits=10)
    (code,) = acme.owner.get(f"{acme.path}/codes").json["codes"]
    path = f"{acme.path}/codes/{code['code_id']}"
    for refused in (acme.owner.post(f"{path}/rotations", {}), acme.owner.delete(path)):
        assert (refused.status, refused.code) == (403, Reason.CODE_NOT_REPLACEABLE)
        assert refused.json["rule"] == "AT-32"
    assert acme.wants().status == 201
    better = company(wire, program="salesforce", credits=10)
    (first, shown) = better.owner.get(f"{better.path}/codes").json["codes"]
    mine = shown if better.code.endswith(shown["hint"]) else first
    again = better.owner.post(f"{better.path}/codes/{mine['code_id']}/rotations", {})
    assert again.status == 201
    assert again.json["share_link"].endswith(f"code={again.json['code']}")
    assert better.wants().code == Reason.CODE_NOT_ACCEPTED
    assert better.wants(code=again.json["code"]).status == 201


@pytest.mark.rule("CI-27")
def test_without_the_terms_there_is_no_access_and_they_are_asked_for_once(
    own_wire: Wire, dump: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(own_wire, program="cisco", credits=5)
    captain, begun = someone(own_wire, "captain", program="cisco"), keys.instant(wiring.clock())
    assert acme.asks_in(captain, "captain").status == 201
    terms = captain.post("/v1/sign-ins", {}).json["terms"]
    refused = captain.get(acme.path)
    assert (refused.status, refused.code) == (403, Reason.TERMS_REQUIRED)
    assert (refused.json["version"], refused.json["url"]) == ("2021-06", terms["url"])
    wrong = captain.post("/v1/terms", {"version": "2013-01"})
    assert wrong.code == Reason.TERMS_UNKNOWN
    assert captain.post("/v1/terms", {"version": "2021-06"}).status == 200
    assert captain.get(acme.path).json["balances"]["CLC"]["available"] == 5
    assert "terms" not in captain.post("/v1/sign-ins", {}).json
    (kept,) = [i for i in dump().values() if i["kind"] == "terms" and captain.email in i["pk"]]
    assert (kept["version"], kept["subject"]) == ("2021-06", captain.claims()["sub"])
    assert begun <= kept["at"] <= keys.instant(wiring.clock())

    def later(name: str, *_: object) -> Program:
        today = program_named(name, wiring.clock())
        return replace(today, terms=replace(today.terms, version="2027-01"))

    monkeypatch.setattr(people, "program_named", later)
    assert captain.get(acme.path).json["version"] == "2027-01"


def things_of(made: Company, things: Company, redemption: str) -> dict[str, tuple[str, Reply]]:
    """What belongs to `things`, asked for as if it were the owner's own."""
    page = things.owner.get(things.path).json
    lot = page["lots"][0]["lot"]
    (code, *_) = things.owner.get(f"{things.path}/codes").json["codes"]
    owner, path = made.owner, made.path
    codes = f"{path}/codes/{code['code_id']}"
    denial = {"verdict": "deny", "redemptions": [redemption]}
    return {
        "order": (Reason.ORDER_NOT_FOUND, owner.get(f"{path}/orders/{lot}")),
        "move": (Reason.ORDER_NOT_FOUND, made.moves(lot, "cancelled", owner)),
        "payment": (Reason.ORDER_NOT_FOUND, owner.post(f"{path}/orders/{lot}/payment", {})),
        "plan": (Reason.LOT_NOT_FOUND, owner.put(f"{path}/lots/{lot}/plan", {"items": []})),
        "code of a lot": (Reason.LOT_NOT_FOUND, owner.post(f"{path}/codes", {"lot": lot})),
        "rotation": (Reason.CODE_NOT_FOUND, owner.post(f"{codes}/rotations", {})),
        "revocation": (Reason.CODE_NOT_FOUND, owner.delete(codes)),
        "uses": (Reason.CODE_NOT_FOUND, owner.get(f"{codes}/uses")),
        "decision": (Reason.REDEMPTION_NOT_FOUND, owner.post(f"{path}/decisions", denial)),
        "member": (Reason.MEMBER_NOT_FOUND, made.removes(things.owner)),
    }


def test_what_another_account_has_is_not_found_on_ones_own(own_wire: Wire, dump: Dumps) -> None:
    mine, theirs = (company(own_wire, program="salesforce", credits=10) for _ in range(2))
    redemption = theirs.wants().json["redemption"]
    before = dump()
    for says, (code, reply) in things_of(mine, theirs, redemption).items():
        assert (reply.status, reply.code) == (404, code), says
    assert dump() == before
    for says, (_, reply) in things_of(theirs, theirs, redemption).items():
        assert reply.status != 404, says


def test_a_group_in_another_claim_makes_nobody_an_operator(wire: Wire) -> None:
    acme = company(wire)
    for also in (
        {"groups": "operator"},
        {"cognito:groups": "[operators]"},
        {"cognito:groups": "[non operator-like]"},
        {"cognito:roles": "operator"},
        {"custom:role": "operator"},
    ):
        eve = someone(wire, "eve", also=also)
        assert eve.get(acme.path).status == 404
        assert eve.get("/v1/orders").code == Reason.OPERATOR_ONLY
    assert operator(wire).get(acme.path).status == 200


def test_without_a_token_nothing_is_asked_of_aws(wire: Wire) -> None:
    acme = company(wire)
    nobody = Who(name="nobody", wire=wire, signed_in=False)
    reply = nobody.get(acme.path)
    assert (reply.code, reply.heard) == (BadInput.NOT_SIGNED_IN, [])
