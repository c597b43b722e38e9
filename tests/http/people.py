"""Companies and their people, in each of the programs as that program makes them."""

import itertools
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.http import stripe
from tests.http.asking import JSON, Headers, Reply, Who, assert_is_problem, invoke
from tests.http.wire import Wire
from training_credits.programs import program_versions

__all__ = [
    "BILLING",
    "JSON",
    "V1",
    "Company",
    "Headers",
    "Reply",
    "Who",
    "assert_is_problem",
    "company",
    "invoke",
    "operator",
    "provider_says",
    "someone",
    "wish",
]

V1 = "/v1/accounts"
BILLING = {"company": "Acme", "country": "US", "tax_id": "12-345"}
STATES = ("available", "held", "redeemed", "delivered", "expired", "voided", "reissued")
NOTHING = dict.fromkeys(STATES, 0)
_numbers = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Company:
    """An account with an owner and somebody who spends; nobody else's test knows its people.

    `pays_with` is what a learner names: a code, or where the program has none, a sales order.
    """

    owner: Who
    learner: Who
    account: str
    path: str
    pays_with: dict[str, str] = field(default_factory=dict)

    @property
    def program(self) -> str:
        return self.owner.program

    @property
    def code(self) -> str:
        return self.pays_with["code"]

    @cached_property
    def staff(self) -> tuple[Who, Who]:
        """Two operators: of a large order, one alone may not make credits."""
        wire, program = self.owner.wire, self.program
        return operator(wire, program=program), operator(wire, program=program)

    @property
    def product(self) -> str:
        """The first that its program sells."""
        return program_versions(self.program)[-1].products[0].id

    def balance(self, product: str | None = None) -> dict[str, int]:
        """Of a product; the program's first unless said otherwise."""
        page = self.owner.get(self.path).json
        found: dict[str, int] = page["balances"].get(product or self.product, NOTHING)
        return found

    def buys(self, credits: int, key: str | None = None, **more: Any) -> dict[str, Any]:
        """From order to usable credits, whichever way the program goes; the order afterwards."""
        order = getattr(self, f"_{self.program}")(credits, key, more)
        found: dict[str, Any] = self.owner.get(f"{self.path}/orders/{order}").json
        assert found["state"] == "activated", found
        return found

    def orders(self, credits: int, key: str | None = None, **more: Any) -> Reply:
        """What an owner may begin: by card unless said otherwise."""
        body = {"credits": credits, "billing": BILLING, "product": self.product, **more}
        return self.owner.post(f"{self.path}/orders", body, key)

    def pays(self, placed: dict[str, Any], /, **facts: Any) -> Reply:
        """The provider says that an order was paid; `facts` say it differently."""
        said = {
            "program": self.program,
            "account": self.account,
            "order": placed["order"],
            "amount_minor": placed["total_minor"],
            "currency": placed["currency"],
        }
        event = stripe.signed_event(**(said | facts))
        return provider_says(self.owner.wire, self.program, event)

    def sells(self, credits: int, key: str | None = None, **more: Any) -> Reply:
        """The vendor enters what it has sold, under a sales order number of its own."""
        body = {"credits": credits, "billing": BILLING, "channel": "direct"}
        body |= {"product": self.product, **more}
        body.setdefault("sale", {"sales_order": f"SO-{next(_numbers)}"})
        return self.staff[0].post(f"{self.path}/sales", body, key)

    def moves(self, order: str, to: str, who: Who | None = None, **more: Any) -> Reply:
        """One step of an order; by the second operator unless said otherwise."""
        path = f"{self.path}/orders/{order}/moves"
        return (who or self.staff[1]).post(path, {"to": to, **more})

    def _atlassian(self, credits: int, key: str | None, more: dict[str, Any]) -> str:
        placed = self.orders(credits, key, **more)
        assert placed.status == 201, placed
        assert self.pays(placed.json).status == 200
        return str(placed.json["order"])

    def _salesforce(self, credits: int, key: str | None, more: dict[str, Any]) -> str:
        placed = self.orders(credits, key, **({"channel": "assisted"} | more))
        return self._through(placed, "booked", "activated")

    def _cisco(self, credits: int, key: str | None, more: dict[str, Any]) -> str:
        placed = self.sells(credits, key, **more)
        number = self._through(placed, "approved", "invoiced", "activated")
        self.pays_with.setdefault("sales_order", placed.json["sale"]["sales_order"])
        return number

    def _through(self, placed: Reply, *steps: str) -> str:
        assert placed.status == 201, placed
        order = str(placed.json["order"])
        if placed.json["state"] != "activated":  # or it is sent again
            for step in steps:
                moved = self.moves(order, step, self.staff[step == "activated"])
                assert moved.status == 200, moved
        return order

    def issues(self, **conditions: Any) -> dict[str, Any]:
        """A redemption code: its id, its text and the end of it."""
        made = self.owner.post(f"{self.path}/codes", conditions)
        assert made.status == 201, made
        shown: dict[str, Any] = made.json
        return shown

    def budgets(self, name: str, limit: int, *learners: Who) -> str:
        """A cap for somebody, or for nobody yet; its id."""
        emails = [who.email for who in learners]
        said = {"name": name, "limit": limit, "learners": emails}
        made = self.owner.post(f"{self.path}/budgets", said)
        assert made.status == 201, made
        return str(made.json["budget"])

    def wants(
        self, credits: int = 1, key: str | None = None, who: Who | None = None, **more: Any
    ) -> Reply:
        body = wish(self.program, credits) | self.pays_with | more
        return (who or self.learner).post("/v1/redemptions", body, key)

    def decides(
        self, verdict: str, *ids: str, key: str | None = None, who: Who | None = None
    ) -> Reply:
        said = {"verdict": verdict, "redemptions": ids}
        return (who or self.owner).post(f"{self.path}/decisions", said, key)

    def asks_in(self, who: Who, role: str = "owner") -> Reply:
        said = {"email": who.email, "role": role}
        return self.owner.post(f"{self.path}/members", said)

    def adds(self, who: Who, role: str = "owner") -> None:
        """Asked in, and signed in."""
        asked = self.asks_in(who, role)
        assert asked.status == 201, asked
        who.arrives()

    def removes(self, who: Who, by: Who | None = None) -> Reply:
        return (by or self.owner).delete(f"{self.path}/members/{who.email}")


def someone(wire: Wire, name: str, **facts: Any) -> Who:
    """Somebody new."""
    return Who(name=f"{name}{next(_numbers)}", wire=wire, **facts)


def operator(wire: Wire, **facts: Any) -> Who:
    """Somebody of the vendor's, who sees every account."""
    return someone(wire, "op", groups=("operator",), **facts)


def provider_says(wire: Wire, program: str, said: tuple[bytes, str]) -> Reply:
    """The payment provider's webhook; it has no token."""
    body, signature = said
    sender = Who(name="provider", wire=wire, program=program, signed_in=False)
    headers = (JSON, ("stripe-signature", signature))
    return sender.send("POST", "/v1/payment-events", body, headers=headers)


def wish(program: str, credits: int = 1) -> dict[str, Any]:
    """What a learner asks for, with the terms ticked where that is asked of every order."""
    terms = program_versions(program)[-1].terms
    said = {"title": "Jira, the basics", "credits": credits}
    return said | ({"terms": terms.version} if terms.when == "per_order" else {})


def company(
    wire: Wire, *, program: str = "atlassian", approval: str | None = None, credits: int = 0
) -> Company:
    """Opened, with whoever spends there, what it is spent with, and with credits if wanted."""
    owner = someone(wire, "ann", program=program)
    learner = someone(wire, "lee", program=program)
    body = {"name": "Acme"} | ({"approval": approval} if approval else {})
    if program == "atlassian":
        opened = owner.post(V1, body)
    else:
        opened = operator(wire, program=program).post(V1, body | {"owner": owner.email})
        owner.arrives()
    assert opened.status == 201, opened
    account = opened.json["account"]
    made = Company(owner=owner, learner=learner, account=account, path=f"{V1}/{account}")
    if program == "atlassian":
        made.pays_with["code"] = made.issues()["code"]
    if program == "cisco":
        made.adds(learner, "player")
    if credits:
        bought = made.buys(credits)
        if program == "salesforce":
            made.pays_with["code"] = made.issues(lot=bought["order"])["code"]
    return made
