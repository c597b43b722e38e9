"""What is sent for each operation, in the words of the API."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.fakes.clock import StoppedClock
from tests.http.asking import Reply, Who
from tests.http.people import BILLING
from tests.proof.simulator.operations import Op
from tests.proof.simulator.tenants import OFFERING, SESSION, Account
from training_credits.programs import program_named

DAY = timedelta(days=1)
Ids = dict[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One request as it goes over the wire."""

    who: Who
    path: str
    body: Any
    key: str

    def go(self) -> Reply:
        return self.who.post(self.path, self.body, self.key)


@dataclass
class Requests:
    """`ids` knows what an operation made by its name, under the word for what it is."""

    clock: StoppedClock
    accounts: dict[str, Account]
    ids: Ids = field(default_factory=dict)

    def request_of(self, op: Op) -> Sent:
        """Of an operation that is a single one."""
        account = self.accounts[op.account]
        path, body = getattr(self, f"_{op.kind}")(op, account)
        return Sent(who=account.who(op.who), path=path, body=body, key=f"key-of-{op.name}")

    def order_of(self, op: Op) -> Sent:
        """What a grant begins with."""
        account = self.accounts[op.account]
        said = {"credits": op.credits, "billing": BILLING, "product": account.product}
        way: dict[str, Any] = {"channel": "card"}
        path, who = "orders", "ann"
        if account.program == "salesforce":
            way = {"channel": "assisted"}
        elif account.program == "cisco":
            way = {"channel": "direct", "sale": {"sales_order": f"SO-{op.name}"}}
            path, who = "sales", "olga"
        return Sent(
            who=account.who(who),
            path=f"{account.path}/{path}",
            body=said | way,
            key=f"order-of-{op.name}",
        )

    def _redeem(self, op: Op, account: Account) -> tuple[str, Any]:
        said: dict[str, Any] = {"title": "A class", "credits": op.credits, "reserve": op.reserve}
        return "/v1/redemptions", said | self._pays(op, account)

    def _book(self, op: Op, account: Account) -> tuple[str, Any]:
        line = {"offering": OFFERING, "session": SESSION}
        said = {"lines": [line], "reserve": op.reserve}
        return "/v1/redemptions", said | self._pays(op, account)

    def _pays(self, op: Op, account: Account) -> dict[str, Any]:
        if account.program == "atlassian":
            return {"code": account.code}
        pays = self.ids["pays", op.lot]
        if account.program == "cisco":
            return {"sales_order": pays}
        terms = program_named("salesforce", self.clock.at).terms.version
        return {"code": pays, "terms": terms}

    def _approve(self, op: Op, account: Account) -> tuple[str, Any]:
        ids = [self.ids["request", name] for name in op.requests or (op.request,)]
        return f"{account.path}/decisions", {"verdict": op.kind, "redemptions": ids}

    _deny = _approve

    def _confirm(self, op: Op, _: Account) -> tuple[str, Any]:
        return f"{self._request(op)}/confirmation", {}

    def _cancel(self, op: Op, _: Account) -> tuple[str, Any]:
        return f"{self._request(op)}/cancellation", {}

    def _fulfil(self, op: Op, _: Account) -> tuple[str, Any]:
        return f"{self._request(op)}/fulfilments", {"line": 1, "completed": True}

    def _return(self, op: Op, _: Account) -> tuple[str, Any]:
        return f"{self._request(op)}/returns", {"line": 1}

    def _request(self, op: Op) -> str:
        return f"/v1/redemptions/{self.ids['request', op.request or '']}"

    def _ask(self, op: Op, account: Account) -> tuple[str, Any]:
        said: dict[str, Any] = {"kind": op.to, "reason": "We need them."}
        match op.to:
            case "dispute":
                entry = self.ids["request", op.request]
                said |= {"entry": f"redeem-{entry}", "at": self.ids["spent", op.request]}
            case "reissue":
                on = (op.at + DAY).date().isoformat()
                said["plan"] = [{"title": "A class", "on": on, "credits": op.credits}]
        if op.to != "dispute":
            said["lot"] = self.ids["lot", op.lot]
        return f"{account.path}/cases", said | ({"days": op.days} if op.days else {})

    def _answer(self, op: Op, account: Account) -> tuple[str, Any]:
        case = self.ids["case", op.case]
        return f"{account.path}/cases/{case}/moves", {"to": op.to, "note": "So be it."}

    def _void(self, op: Op, account: Account) -> tuple[str, Any]:
        order = self.ids["order", op.lot]
        said = {"to": "cancelled", "note": "Entered in error."}
        return f"{account.path}/orders/{order}/moves", said
