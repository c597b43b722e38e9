"""People at the running API, and a company of theirs with one of everything."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis

from local.cloud import Cloud

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs/openapi.yaml"
SCHEMA = schemathesis.openapi.from_path(DOCUMENT)
PERIOD = {"from": "2020-01-01T00:00:00Z", "to": "2099-01-01T00:00:00Z"}
BILLING = {"company": "Acme", "country": "US"}
BOUGHT = 20_000
MANY = 12


class Person:
    """Somebody signed in. Each answer they get is held against the document."""

    def __init__(self, cloud: Cloud, name: str, *groups: str) -> None:
        self.url = cloud.url
        self.email = f"{name}@{'vendor' if groups else 'acme'}.example"
        self.token = cloud.token(
            email=self.email, name=name.title(), program="atlassian", groups=groups
        )
        self.sent = 0

    def call(self, operation_id: str, body: Any = None, **where: Any) -> Any:
        self.sent += 1
        operation = SCHEMA.find_operation_by_id(operation_id)
        case = operation.Case(
            path_parameters=where.pop("path", {}),
            query=where.pop("query", {}),
            headers={"Idempotency-Key": f"{self.email}-{self.sent}"},
            **({} if body is None else {"body": body, "media_type": "application/json"}),
        )
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = case.call_and_validate(base_url=self.url, headers=headers)
        return answer.json() if answer.content else None

    def login(self, name: str) -> dict[str, Any]:
        """As schemathesis reads it."""
        header = {"name": "Authorization", "value": f"Bearer {self.token}"}
        return {"name": name, "fixedHeaders": [header]}


@dataclass(kw_only=True)
class Stage:
    """What there is of each kind of value, under the names of schemathesis.toml."""

    cloud: Cloud
    owner: Person
    stranger: Person
    operator: Person
    account: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)

    def set_up(self) -> None:
        self.account = self.owner.call("openAccount", {"name": "Acme"})["account"]
        self.stranger.call("openAccount", {"name": "Elsewhere"})
        self.stranger.call("signIn", {})
        self.operator.call("readProgram")
        members, orders = self._members(), self._orders()
        code = self.owner.call("issueCode", {"label": "All"}, **self._here())
        offered = self._offered()
        asked = self._asked(code["code"])
        booked, voucher = self._booked(code["code"])
        hook, delivery = self._told()
        self.values = {
            "accounts": [self.account],
            "orders": orders,
            "offerings": offered,
            "sessions": ["S1", "S2"],
            "vouchers": [voucher],
            "lots": orders[:1],
            "code_ids": [code["code_id"]],
            "codes": [code["code"]],
            "budgets": self._capped(),
            "redemptions": [*asked, booked],
            "members": members,
            "cases": self._claimed(orders[0]),
            "webhooks": [hook],
            "deliveries": [delivery],
            "months": [self.cloud.clock.now().strftime("%Y-%m")],
            "starts": [PERIOD["from"]],
            "ends": [PERIOD["to"]],
            "cursors": self._cursors(code["code_id"]),
        }

    def write(self, folder: Path) -> None:
        """For schemathesis to read."""
        for name, values in self.values.items():
            lines = "".join(f"{json.dumps(value)}\n" for value in values)
            (folder / f"{name}.txt").write_text(lines, encoding="utf-8")
        people = {"owner": self.owner, "stranger": self.stranger, "operator": self.operator}
        logins = [person.login(name) for name, person in people.items()]
        (folder / "auth.json").write_text(json.dumps({"auth": logins}), encoding="utf-8")

    def _here(self, **more: str) -> dict[str, Any]:
        return {"path": {"account": self.account, **more}}

    def _capped(self) -> list[str]:
        """Two budgets, each with something left, and a deputy."""
        made = [
            str(self.owner.call("addBudget", {"name": name, "limit": 9}, **self._here())["budget"])
            for name in ("Team", "Later")
        ]
        said = {"from": made[0], "to": made[1], "credits": 1}
        self.owner.call("transferBudget", said, **self._here())
        self.owner.call("editBudget", {"limit": 20}, **self._here(budget=made[0]))
        self.owner.call("listBudgets", **self._here())
        return made

    def _offered(self) -> list[str]:
        """One with sessions and one without, brought in by the vendor."""
        course = {"kind": "offering", "offering": "J-1", "type": "course", "title": "Jira"}
        exam = {"kind": "offering", "offering": "E-1", "type": "exam", "title": "Exam"}
        days = {"starts_on": "2199-01-01", "ends_on": "2199-01-02", "country": "US"}
        run = {"kind": "session", "offering": "J-1", "mode": "virtual", **days}
        rows: list[dict[str, Any]] = [course | {"credits": 1}, exam | {"credits": 1}]
        rows += [run | {"session": name} for name in ("S1", "S2")]
        self.operator.call("importCatalogue", {"format": "json", "rows": rows})
        self.owner.call("listOfferings", query={"language": "de"})
        self.owner.call("readOffering", path={"offering": "J-1"})
        return ["J-1", "E-1"]

    def _members(self) -> list[str]:
        others = [f"member-{n}@acme.example" for n in range(MANY)]
        for email in others:
            self.owner.call("inviteMember", {"email": email, "role": "finance"}, **self._here())
        Person(self.cloud, "member-0").call("signIn", {})
        return others

    def _orders(self) -> list[str]:
        """One paid by card, one that waits for its card, some that go step by step."""
        order = {"credits": BOUGHT, "billing": BILLING}
        paid, unpaid, *quotes = [
            self.owner.call("purchase", {**order, "channel": channel}, **self._here())["order"]
            for channel in ("card", "card", *["invoice"] * 3)
        ]
        card = {"method": "pm_card_visa", "keep": True}
        self.owner.call("payOrder", card, **self._here(order=paid))
        self.cloud.flush()
        assert self.owner.call("readOrder", **self._here(order=paid))["lot"] == paid
        self.operator.call(
            "moveOrder", {"to": "quoted", "total_minor": 1_500_000}, **self._here(order=quotes[0])
        )
        self.owner.call("moveOrder", {"to": "accepted"}, **self._here(order=quotes[0]))
        sale = {"sales_order": "SO-1", "sku": "TC-1", "line": 2}
        sold = self.operator.call(
            "enterOrder", {**order, "channel": "invoice", "sale": sale}, **self._here()
        )
        self.operator.call("listOpenOrders")
        self.owner.call("listOrders", **self._here())
        self._set_by_vendor()
        wish = {"title": "Jira", "month": "2026-05", "credits": 5}
        self.owner.call("changePlan", {"items": [wish]}, **self._here(lot=paid))
        return [paid, unpaid, *quotes, sold["order"]]

    def _set_by_vendor(self) -> None:
        contact = {"name": "Kim", "email": "kim@vendor.example"}
        self.operator.call("nameContact", contact, **self._here(role="advisor"))
        agreed = {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
        self.operator.call("setAgreement", agreed, **self._here())

    def _asked(self, code: str) -> list[str]:
        wishes = [{"code": code, "title": f"Course {n}", "credits": 10} for n in range(MANY)]
        asked = [str(self.owner.call("redeem", wish)["redemption"]) for wish in wishes]
        self.owner.call("readRedemption", path={"redemption": asked[0]})
        self.owner.call("cancelRedemption", {}, path={"redemption": asked[1]})
        decided = {"verdict": "approve", "redemptions": asked[2:4]}
        self.owner.call("decide", decided, **self._here())
        return asked

    def _booked(self, code: str) -> tuple[str, str]:
        """A request of two seats and an exam, confirmed, and its voucher."""
        seat = {"offering": "J-1", "session": "S1"}
        wish = {"code": code, "lines": [seat, {"offering": "E-1"}, seat], "reserve": True}
        self.owner.call("priceCart", wish)
        self.owner.call("listFundingOptions", query={"offering": "E-1"}, **self._here())
        asked = self.owner.call("redeem", wish)["redemption"]
        decided = {"verdict": "approve", "redemptions": [asked]}
        self.owner.call("decide", decided, **self._here())
        there = {"path": {"redemption": asked}}
        self.owner.call("confirmRedemption", {}, **there)
        self.owner.call("moveLine", {"line": 1, "session": "S2"}, **there)
        self.owner.call("returnLine", {"line": 1}, **there)
        self.operator.call("fulfilLine", {"line": 3, "completed": True}, **there)
        (found,) = self.owner.call("listVouchers", **there)["vouchers"]
        self.owner.call("exportVouchers", {}, **there)
        place = {"path": {"redemption": asked, "voucher": found["voucher"]}}
        holder = {"email": self.owner.email, "name": "Ann"}
        self.owner.call("assignVoucher", holder, **place)
        self.owner.call("unassignVoucher", **place)
        self.operator.call("useVoucher", {"holder": holder}, **place)
        return str(asked), str(found["voucher"])

    def _claimed(self, lot: str) -> list[str]:
        """More time for a lot: a draft, and a case that waits."""
        wish = {"kind": "extension", "lot": lot, "reason": "Classes were moved.", "days": 9}
        draft, asked = (
            str(self.owner.call("openCase", wish | {"draft": kept}, **self._here())["case"])
            for kept in (True, False)
        )
        return [draft, asked]

    def _told(self) -> tuple[str, str]:
        """An endpoint of the vendor's, and what it was sent."""
        url = f"{self.cloud.url}/_local/webhooks"
        made = self.operator.call("addWebhook", {"url": url, "types": ["CreditsExpired"]})
        there = {"webhook": str(made["webhook"])}
        sent = self.operator.call("testWebhook", {}, path=there)
        self.cloud.flush()
        self.operator.call("listDeliveries", path=there)
        return there["webhook"], str(sent["delivery"])

    def _cursors(self, code: str) -> list[str]:
        first = {"limit": 1}
        pages = [
            self.owner.call("listTransactions", query={**PERIOD, **first}, **self._here()),
            self.owner.call("listUses", query=first, **self._here(code=code)),
            *(
                self.owner.call(operation, query=first, **self._here())
                for operation in ("listRequests", "listOrders", "readHistory")
            ),
        ]
        return [page["cursor"] for page in pages]
