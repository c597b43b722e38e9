"""A whole story, with a canary for each secret: who was to see it has, and nobody and nothing else.

Codes, voucher texts, the secrets of webhooks and of payments, tokens, signatures, keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests import engines
from tests.fakes.payments import FakePayments
from tests.http import booking, casing, hooks
from tests.http.asking import Reply, Who
from tests.http.people import JSON, Company, company, invoke, provider_says
from tests.http.stripe import signed_event
from tests.http.world import SETTINGS
from tests.integration import requests_of_lines
from tests.integration.cloud import Cloud
from tests.proof.figures import Counts
from training_credits.domain import codes
from training_credits.edge import observability, wiring

pytestmark = pytest.mark.proves("T16", "T8")
TOKEN = "eyJhbGciOiJSUzI1NiJ9.canary.signature"
# Whose answer shows a secret, once; all else that is answered shows none.
SHOWN = {
    "POST /v1/accounts/{account}/codes": "code",
    "POST /v1/redemptions/{redemption}/voucher-exports": "voucher",
    "POST /v1/webhooks": "webhook",
    "POST /v1/webhooks/{webhook}/secret-rotations": "webhook",
    "POST /v1/accounts/{account}/orders/{order}/payment": "payment",
}
READ = (
    "{path}",
    "{path}/codes",
    "{path}/history",
    "{path}/orders",
    "{path}/cases",
    "{path}/budgets",
    "{path}/forecast",
    "{path}/journal",
    "{path}/redemptions",
    "/v1/accounts",
    "/v1/webhooks",
    "/v1/orders",
    "/v1/cases",
)


@dataclass
class Canaries:
    """What must stay secret, by kind, and all that was ever answered, by route."""

    secrets: dict[str, set[str]] = field(default_factory=dict)
    answers: list[tuple[str, str]] = field(default_factory=list)

    def hide(self, kind: str, *texts: str) -> None:
        self.secrets.setdefault(kind, set()).update(texts)

    def hide_code(self, text: str, program: str = "atlassian") -> None:
        """With dashes and without; what is kept of it is nobody's to see either."""
        plain = text.replace("-", "")
        self.hide("code", text, plain)
        self.hide("digest", codes.digest(SETTINGS["CODE_KEY"], program, plain))

    def seen_in(self, text: str, *but: str) -> set[str]:
        """The kinds of secrets in a text, without those that belong there."""
        return {
            kind
            for kind, secrets in self.secrets.items()
            if kind not in but and any(secret in text for secret in secrets)
        }


@pytest.fixture
def canaries(monkeypatch: pytest.MonkeyPatch) -> Canaries:
    """Hears every answer of the API."""
    found, real = Canaries(), Who.deliver

    def deliver(who: Who, event: dict[str, Any], function: str) -> Reply:
        reply = real(who, event, function)
        found.answers.append((event["routeKey"], f"{reply.body!r} {reply.headers}"))
        return reply

    monkeypatch.setattr(Who, "deliver", deliver)
    found.hide("key", SETTINGS["CODE_KEY"], SETTINGS["STRIPE_API_KEY"])
    found.hide("key", SETTINGS["STRIPE_WEBHOOK_SECRET"])
    found.hide("token", TOKEN)
    return found


def story(cloud: Cloud, canaries: Canaries) -> Company:
    """Bought, shared, spent, given out, refused, disputed, read, and told to everybody."""
    made = company(cloud.wire, credits=50)
    canaries.hide_code(made.code)
    webhook = hooks.hooked(made.staff[0]).json
    canaries.hide("webhook", webhook["secret"], webhook["secret"].removeprefix("whsec_"))
    for verdict in ("approve", "deny"):
        made.decides(verdict, made.wants(2).json["redemption"])
    certified = requests_of_lines.certified(made)
    export = made.learner.post(f"{certified}/voucher-exports", {}).json
    for voucher in export["vouchers"]:
        canaries.hide("voucher", voucher["text"], voucher["text"].replace("-", ""))
    booking.lists(made, "S1")
    booking.gives_back(made, booking.books(made, "S1"))
    casing.grants(
        made, casing.opens(made, kind="dispute", **casing.spends(made)).json["case"], "upheld"
    )
    paid(cloud, canaries, made)
    misused(made)
    for path in READ:
        who = made.staff[0] if path.startswith("/v1/") else made.owner
        assert who.get(path.format(path=made.path)).status == 200, path
    made.learner.get(f"{certified}/vouchers")
    paper = {"format": "csv", "from": "2026-01-01T00:00:00Z", "to": "2999-01-01T00:00:00Z"}
    made.owner.post(f"{made.path}/documents", paper)
    return made


def paid(cloud: Cloud, canaries: Canaries, made: Company) -> None:
    """By card, with what only the buyer's browser may have."""
    order = made.orders(5).json
    with pytest.MonkeyPatch.context() as patch:
        provider = FakePayments()
        patch.setattr(wiring, "payments", lambda: provider)
        opened = made.owner.post(f"{made.path}/orders/{order['order']}/payment", {}).json
    canaries.hide("payment", opened["client_secret"])
    said, signature = signed_event(
        program=made.program, account=made.account, order="0" * 16, amount_minor=1
    )
    canaries.hide("signature", signature, signature.partition("v1=")[2])
    for heard in ((said, signature), (said + b" ", signature)):
        provider_says(cloud.wire, made.program, heard)


def misused(made: Company) -> None:
    """A token goes with each request; codes are sent where they do not belong, or half."""
    canary = (("authorization", f"Bearer {TOKEN}"), JSON)
    for number, body in enumerate(
        (
            f'{{"code": "{made.code}", "title": "X", "credits": 99}}',
            f'{{"code": "{made.code}", "title": "X", "credits": 1',
            f'{{"code": ["{made.code}"], "title": "X", "credits": 1}}',
        )
    ):
        headers = (*canary, ("idempotency-key", f"canary-key-{number}"))
        made.learner.send("POST", "/v1/redemptions", body, headers=headers)
        made.learner.send(
            "POST", f"/v1/redemptions/{made.code}/cancellation", body, headers=headers
        )


def test_no_secret_is_seen_where_it_does_not_belong(
    cloud: Cloud, canaries: Canaries, logged: Callable[[], str], figure: Counts
) -> None:
    story(cloud, canaries)
    events, _ = cloud.published(cloud.records())
    cloud.told(events)
    assert {invoke("dispatch", event)["dispatched"] for event in events} == {1}
    invoke("expire", {})
    asked = [one for one in cloud.wire.requests if one.operation == "PutEvents"]
    places: dict[str, tuple[str, tuple[str, ...]]] = {
        "logs": (logged(), ()),
        "events": ("".join(one.raw.decode() for one in asked) + str(events), ()),
        "mails": (str(cloud.texts()) + str(cloud.inbox()), ()),
        "queues": (str(hooks.queued()), ()),
        # What is kept of a code is its digest.
        "table": (str(engines.dump("credits")), ("digest",)),
    }
    found = {where: canaries.seen_in(text, *but) for where, (text, but) in places.items()}
    assert {where: kinds for where, kinds in found.items() if kinds} == {}
    for route, text in canaries.answers:
        assert canaries.seen_in(text, SHOWN.get(route, "")) == set(), (route, text)
    assert all(text for text, _ in (places["logs"], places["events"], places["mails"]))
    assert {kind for kind, texts in canaries.secrets.items() if texts} >= {
        *("code", "digest", "voucher", "webhook", "payment", "signature", "token", "key")
    }
    figure("secrets watched over a whole story", sum(map(len, canaries.secrets.values())), "≥ 12")
    figure("answers without a secret", len(canaries.answers), "≥ 50")


def test_what_is_listed_of_a_code_are_its_last_four_letters(
    cloud: Cloud, canaries: Canaries
) -> None:
    made = company(cloud.wire)
    canaries.hide_code(made.code)
    (listed,) = made.owner.get(f"{made.path}/codes").json["codes"]
    assert listed["hint"] == made.code[-4:]
    assert canaries.seen_in(str(listed)) == set()


@pytest.mark.proves("G20")
def test_each_canary_sings(canaries: Canaries, logged: Callable[[], str]) -> None:
    """Planted: a secret of each kind, logged."""
    canaries.hide_code("KVGP-WKC8-9P9FJ")
    for kind, secrets in canaries.secrets.items():
        for secret in secrets:
            observability.logger.info("refused", code=secret)
            assert kind in canaries.seen_in(logged()), kind
