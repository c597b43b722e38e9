"""Every route of the API once at least, over HTTP, in the three programs."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.request import urlopen

from tests.integration.local.conftest import BILLING, Caller
from tests.integration.local.every_case import claims

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
    call.cloud.clock.advance(timedelta(days=400), calls_max=4)


def by_card(client: Client) -> None:
    ann, bob, lee = (f"{name}@routes.example" for name in ("ann", "bob", "lee"))
    account = f"/v1/accounts/{client.post(ann, '/v1/accounts', {}, 'account')}"
    client.get(ann, "/v1/program")
    is_told(client)
    shops(client, ann)
    client.get(ann, "/v1/accounts")
    client.ask(ann, "PATCH", account, {"name": "Acme"})
    client.post(ann, f"{account}/members", {"email": bob})
    client.post(bob, "/v1/sign-ins", {})
    client.ask(ann, "DELETE", f"{account}/members/{bob}")
    deputises(client, ann, account)
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
    claims(client, ann, account)
    looks(client, ann, account)


def deputises(client: Client, owner: str, account: str) -> None:
    """Fay decides in an owner's place, and no longer."""
    fay = "fay@routes.example"
    client.post(owner, f"{account}/members", {"email": fay, "role": "finance"})
    client.post(fay, "/v1/sign-ins", {})
    today = client.call.cloud.clock.now().date().isoformat()
    client.ask(owner, "PUT", f"{account}/members/{fay}/deputy", {"until": today})
    client.ask(owner, "DELETE", f"{account}/members/{fay}/deputy")


def shops(client: Client, whoever: str) -> None:
    """What the vendor lists, in a session of its own."""
    course = {"kind": "offering", "offering": "J-1", "type": "course", "title": "Jira"}
    days = {"starts_on": "2199-01-01", "ends_on": "2199-01-02", "country": "US"}
    run = {"kind": "session", "offering": "J-1", "session": "J-1-1", "mode": "virtual", **days}
    for rows in ([course, run], [run]):
        client.post(OPERATOR, "/v1/catalogue/imports", {"format": "json", "rows": rows})
    assert client.get(whoever, "/v1/catalogue")["offerings"]
    assert client.get(whoever, "/v1/catalogue/J-1")["sessions"]


def spends(client: Client, owner: str, learner: str, account: str) -> None:
    caps(client, owner, learner, account)
    made = client.post(owner, f"{account}/codes", {})
    assert client.refused(owner, f"{account}/codes", {}) == "code_exists"
    course = {"code": made["code"], "title": "Jira", "credits": 10}
    first, second = (
        client.post(learner, "/v1/redemptions", course, "redemption") for _ in range(2)
    )
    client.get(learner, f"/v1/redemptions/{first}")
    client.post(learner, f"/v1/redemptions/{first}/cancellation", {})
    client.get(owner, f"{account}/redemptions")
    client.get(owner, f"{account}/redemptions/{second}")
    client.post(owner, f"{account}/decisions", {"verdict": "approve", "redemptions": [second]})
    client.get(owner, f"{account}/codes")
    client.get(owner, f"{account}/codes/{made['code_id']}/uses")


def caps(client: Client, owner: str, learner: str, account: str) -> None:
    """What a learner may ask for, some of it out of another budget."""
    team = {"name": "Team", "limit": 40, "learners": [learner]}
    first = client.post(owner, f"{account}/budgets", team, "budget")
    later = client.post(owner, f"{account}/budgets", {"name": "Later", "limit": 20}, "budget")
    said = {"from": later, "to": first, "credits": 20}
    client.post(owner, f"{account}/budget-transfers", said)
    client.ask(owner, "PATCH", f"{account}/budgets/{first}", {"limit": 50})
    assert len(client.get(owner, f"{account}/budgets")["budgets"]) == 2


def looks(client: Client, owner: str, account: str) -> None:
    now = client.call.cloud.clock.now()
    period = f"from={now - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}&to={now:%Y-%m-%dT%H:%M:%SZ}"
    client.get(owner, account)
    client.get(owner, f"{account}/history")
    client.get(owner, f"{account}/transactions?{period}")
    client.get(owner, f"{account}/reports?{period}")
    client.get(owner, f"{account}/balances?at={now:%Y-%m-%dT%H:%M:%SZ}")
    client.get(owner, f"{account}/forecast")
    client.get(owner, f"{account}/journal")
    client.get(owner, f"{account}/statements/{now:%Y-%m}")
    client.get(owner, f"{account}/statements?{period}")
    downloads(client, owner, account, f"{now:%Y-%m}")


def downloads(client: Client, owner: str, account: str, month: str) -> None:
    """The link is opened as a browser does: without a token, and the file is whole."""
    for form in ("csv", "xlsx", "pdf"):
        wish = {"format": form, "month": month}
        made = client.post(owner, f"{account}/documents", wish)
        with urlopen(made["link"], timeout=10) as answer:  # noqa: S310 - our own link
            body = answer.read()
            assert "attachment" in answer.headers["content-disposition"]
        assert hashlib.sha256(body).hexdigest() == made["sha256"]
        assert len(body) == made["bytes"]


def is_told(client: Client) -> None:
    """An endpoint of the vendor's from its first to its last, and what it hears."""
    hooks, url = "/v1/webhooks", f"{client.call.cloud.url}/_local/webhooks"
    hook = f"{hooks}/{client.post(OPERATOR, hooks, {'url': url}, 'webhook')}"
    client.get(OPERATOR, hooks)
    client.get(OPERATOR, hook)
    client.post(OPERATOR, f"{hook}/secret-rotations", {})
    delivery = client.post(OPERATOR, f"{hook}/tests", {}, "delivery")
    client.post("hal@routes.example", "/v1/accounts", {})
    client.call.cloud.flush()
    log = client.get(OPERATOR, f"{hook}/deliveries")["deliveries"]
    assert {one["type"] for one in log} >= {"WebhookTest", "AccountOpened"}, log
    assert {one["state"] for one in log} == {"delivered"}, log
    client.post(OPERATOR, f"{hook}/deliveries/{delivery}/redeliveries", {})
    client.ask(OPERATOR, "PATCH", hook, {"types": ["CreditsExpired"]})
    client.call.cloud.flush()
    client.ask(OPERATOR, "DELETE", hook)


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
    ann, pia = "ann@routes.example", "pia@routes.example"
    client.ask(ann, "PUT", "/v1/preferences", {"transactions": "daily", "language": "de"})
    assert client.get(ann, "/v1/preferences")["transactions"] == "daily"
    account = client.opened_for(ann)
    client.post(ann, "/v1/terms", {"version": "2021-06"})
    client.post(ann, f"{account}/members", {"email": pia, "role": "player"})
    client.post(pia, "/v1/sign-ins", {})
    client.post(pia, "/v1/terms", {"version": "2021-06"})
    client.get(pia, f"{account}/budgets")
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
    client.get(ann, f"{account}/funding-options")
    client.post(ann, "/v1/carts", course)
    kept = client.post(ann, "/v1/redemptions", course | {"reserve": True}, "redemption")
    client.post(ann, f"{account}/decisions", {"verdict": "approve", "redemptions": [kept]})
    client.post(ann, f"/v1/redemptions/{kept}/confirmation", {})
    client.post(ann, "/v1/redemptions", course)  # nobody ever decides on it
    takes_exams(client, ann, pia, account)
    attends(client, ann, pia, account)
    looks(client, ann, account)


def attends(client: Client, owner: str, player: str, account: str) -> None:
    """Of three seats in a class an owner gives one back, one is moved, and one was used."""
    course = {"kind": "offering", "offering": "C-1", "type": "class", "title": "C", "credits": 1}
    days = {"starts_on": "2199-01-01", "ends_on": "2199-01-02", "mode": "virtual", "country": "US"}
    run = {"kind": "session", "offering": "C-1", **days}
    rows = [course, run | {"session": "C-1-1"}, run | {"session": "C-1-2"}]
    client.post(OPERATOR, "/v1/catalogue/imports", {"format": "json", "rows": rows})
    seat = {"offering": "C-1", "session": "C-1-1"}
    wish = {"lines": [seat] * 3, "sales_order": "SO-2"}
    asked = client.post(player, "/v1/redemptions", wish, "redemption")
    client.post(owner, f"{account}/decisions", {"verdict": "approve", "redemptions": [asked]})
    booked = f"/v1/redemptions/{asked}"
    client.post(owner, f"{booked}/returns", {"line": 1})
    client.post(player, f"{booked}/moves", {"line": 2, "session": "C-1-2"})
    client.post(OPERATOR, f"{booked}/fulfilments", {"line": 3, "completed": True})


def takes_exams(client: Client, owner: str, player: str, account: str) -> None:
    """Two are paid for with the second order; one an owner hands out, and one was taken."""
    exam = {"kind": "offering", "offering": "E-1", "type": "exam", "title": "Exam", "credits": 1}
    client.post(OPERATOR, "/v1/catalogue/imports", {"format": "json", "rows": [exam]})
    two = {"lines": [{"offering": "E-1", "quantity": 2}], "sales_order": "SO-2"}
    asked = client.post(player, "/v1/redemptions", two, "redemption")
    client.post(owner, f"{account}/decisions", {"verdict": "approve", "redemptions": [asked]})
    vouchers = f"/v1/redemptions/{asked}/vouchers"
    first, second = (
        f"{vouchers}/{each['voucher']}" for each in client.get(owner, vouchers)["vouchers"]
    )
    assert client.post(owner, f"/v1/redemptions/{asked}/voucher-exports", {})["vouchers"]
    client.ask(owner, "PUT", f"{first}/holder", {"email": owner, "name": "Ann"})
    client.ask(owner, "DELETE", f"{first}/holder")
    client.post(OPERATOR, f"{second}/use", {"holder": {"email": owner, "name": "Ann"}})
