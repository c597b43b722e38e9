"""Every route of the API once at least, over HTTP, in the three programs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.integration.local.conftest import BILLING, Caller

OPERATOR = "olga@vendor.example"


@dataclass(frozen=True, kw_only=True)
class Client:
    """Whoever asks at one program; each answer must be a yes, unless a no is wanted."""

    call: Caller
    program: str

    def ask(self, who: str, method: str, path: str, body: object = None) -> Any:
        groups = ("operator",) if who == OPERATOR else ()
        headers = self.call.as_(who, *groups, program=self.program)
        status, answer = self.call(method, path, body, **headers)
        assert status < 300, (method, path, answer)
        return answer

    def refused(self, who: str, path: str, body: object) -> str:
        status, answer = self.call("POST", path, body, **self.call.as_(who, program=self.program))
        assert status >= 400, (path, answer)
        return str(answer["code"])

    def get(self, who: str, path: str) -> Any:
        return self.ask(who, "GET", path)

    def post(self, who: str, path: str, body: object, field: str = "") -> Any:
        answer = self.ask(who, "POST", path, body)
        return answer[field] if field else answer

    def move(self, who: str, order: str, to: str, **said: object) -> None:
        self.post(who, f"{order}/moves", {"to": to, **said})

    def opened_for(self, owner: str) -> str:
        """An account that the vendor opens for somebody, who signs in."""
        account = self.post(OPERATOR, "/v1/accounts", {"name": "Acme", "owner": owner}, "account")
        self.post(owner, "/v1/sign-ins", {})
        return f"/v1/accounts/{account}"


def play(call: Caller) -> None:
    """Ann owns; what is on its way has arrived at the end, and all credits have expired."""
    by_card(Client(call=call, program="atlassian"))
    by_code_of_a_lot(Client(call=call, program="salesforce"))
    by_sales_order(Client(call=call, program="cisco"))
    call.cloud.clock.advance(timedelta(days=400))


def by_card(client: Client) -> None:
    ann, bob, lee = (f"{name}@routes.example" for name in ("ann", "bob", "lee"))
    account = f"/v1/accounts/{client.post(ann, '/v1/accounts', {}, 'account')}"
    client.get(ann, "/v1/program")
    client.get(ann, "/v1/accounts")
    client.ask(ann, "PATCH", account, {"name": "Acme"})
    client.post(ann, f"{account}/members", {"email": bob})
    client.post(bob, "/v1/sign-ins", {})
    client.ask(ann, "DELETE", f"{account}/members/{bob}")
    wish = {"credits": 500, "billing": BILLING}
    order = f"{account}/orders/{client.post(ann, f'{account}/orders', wish, 'order')}"
    client.post(ann, f"{order}/payment", {"method": "pm_card_visa", "keep": True})
    client.call.cloud.flush()
    lot = client.get(ann, order)["lot"]
    client.ask(ann, "PUT", f"{account}/lots/{lot}/plan", {"items": []})
    client.get(ann, f"{account}/lots/{lot}/plan")
    quote = client.post(ann, f"{account}/orders", wish | {"channel": "invoice"}, "order")
    client.get(OPERATOR, "/v1/orders")
    client.move(OPERATOR, f"{account}/orders/{quote}", "quoted")
    client.move(ann, f"{account}/orders/{quote}", "accepted")
    client.get(ann, f"{account}/orders")
    terms = {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2036-01-01"}
    client.ask(OPERATOR, "PUT", f"{account}/agreement", terms)
    manager = {"name": "Max", "email": "max@vendor.example"}
    client.ask(OPERATOR, "PUT", f"{account}/contacts/account_manager", manager)
    spends(client, ann, lee, account)
    looks(client, ann, account)


def spends(client: Client, owner: str, learner: str, account: str) -> None:
    made = client.post(owner, f"{account}/codes", {})
    assert client.refused(owner, f"{account}/codes", {}) == "code_exists"
    course = {"code": made["code"], "title": "Jira", "credits": 10}
    first, second = (
        client.post(learner, "/v1/redemptions", course, "redemption") for _ in range(2)
    )
    client.get(learner, f"/v1/redemptions/{first}")
    client.post(learner, f"/v1/redemptions/{first}/cancellation", {})
    client.get(owner, f"{account}/redemptions")
    client.post(owner, f"{account}/decisions", {"verdict": "approve", "redemptions": [second]})
    client.get(owner, f"{account}/codes")
    client.get(owner, f"{account}/codes/{made['code_id']}/uses")


def looks(client: Client, owner: str, account: str) -> None:
    now = client.call.cloud.clock.now()
    period = f"from={now - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}&to={now:%Y-%m-%dT%H:%M:%SZ}"
    client.get(owner, account)
    client.get(owner, f"{account}/history")
    client.get(owner, f"{account}/transactions?{period}")
    client.get(owner, f"{account}/statements/{now:%Y-%m}")


def by_code_of_a_lot(client: Client) -> None:
    """Its buyer is mailed a first code; codes can be replaced and revoked."""
    ann, lee = "ann@routes.example", "lee@routes.example"
    account = client.opened_for(ann)
    wish = {"credits": 800, "product": "LC", "channel": "assisted", "billing": BILLING}
    order = client.post(ann, f"{account}/orders", wish, "order")
    client.move(OPERATOR, f"{account}/orders/{order}", "booked", sale={"contact": "Jo"})
    client.move(OPERATOR, f"{account}/orders/{order}", "activated")
    conditions = {"lot": order, "limit": 90, "limit_each": 50}
    made = client.post(ann, f"{account}/codes", conditions)
    client.post(
        lee,
        "/v1/redemptions",
        {"code": made["code"], "title": "Admin", "credits": 10, "terms": "2024-09"},
    )
    code = f"{account}/codes/{made['code_id']}"
    client.post(ann, f"{code}/rotations", {})
    client.ask(ann, "DELETE", code)


def by_sales_order(client: Client) -> None:
    """Terms first; the vendor enters orders, and takes one of them back."""
    ann = "ann@routes.example"
    account = client.opened_for(ann)
    client.post(ann, "/v1/terms", {"version": "2021-06"})
    client.post(ann, f"{account}/members", {"email": "pia@routes.example", "role": "player"})
    orders = []
    for number in ("SO-1", "SO-2"):
        sale = {"credits": 9, "channel": "direct", "billing": BILLING, "sale": {}}
        sale["sale"] = {"sales_order": number}
        made = client.post(OPERATOR, f"{account}/sales", sale, "order")
        orders.append(f"{account}/orders/{made}")
        for step in ("approved", "invoiced", "activated"):
            client.move(OPERATOR, orders[-1], step)
    client.move(OPERATOR, orders[0], "cancelled", note="entered twice")
    course = {"sales_order": "SO-2", "title": "CCNA", "credits": 2}
    asked = client.post(ann, "/v1/redemptions", course, "redemption")
    client.post(ann, f"{account}/decisions", {"verdict": "deny", "redemptions": [asked]})
    looks(client, ann, account)
