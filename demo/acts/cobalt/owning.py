"""January: the account, its terms, its people, its first two orders."""

from datetime import date

from demo import words
from demo.client import Json
from demo.person import Person
from demo.stage import Stage, problem


def terms(stage: Stage) -> None:
    carl, vera = stage.owner, stage.vera
    stage.account = vera.open_account(stage.company.name, owner=carl.email)
    path = f"/v1/accounts/{stage.account}"
    vera.put(f"{path}/contacts/advisor", {"name": "Ben", "email": stage.people["Ben"].email})
    awaits = carl.join()["terms"]
    no = problem(carl.send("GET", path))
    stage.say("Carl, at his first sign-in", no["code"], no["rule"])
    carl.accept(awaits)
    [member] = stage.page()["members"]
    stage.say("Carl, the terms accepted", member["role"], "CI-27")
    own = {"credits": 15, "channel": "direct", "billing": {"company": "Cobalt", "country": "US"}}
    no = problem(carl.send("POST", f"{path}/orders", own))
    stage.say("Carl would order himself", no["code"], no["rule"])
    orders = [enter(stage, 15), enter(stage, 60, reseller="Northwind")]
    _lets_in(stage, "Dora", "Emil")
    stage.later(1, 25, "Both are invoiced, and active.")
    for order in orders:
        through(vera, order)
    for lot in stage.page()["lots"]:
        stage.say(f"Order of {lot['credits']}", number_shown(lot["sales_order"]), "CI-43")
        stage.say(f"The {lot['credits']} are worth", _worth(lot), "CI-02")
    stage.say("Both end on", date.fromisoformat(lot["expires_on"]), "CI-20")
    stage.say("Days left", lot["days_left"], "CI-29")
    stage.say_available(rule="CI-28")


def number(stage: Stage, credits: int) -> str:
    """Of the order of so many credits; of this account only, because no two may share one."""
    return f"SO-{stage.account[-6:]}-{credits}"


def number_shown(text: str) -> str:
    """Without what differs from year to year."""
    first, _, last = text.split("-")
    return f"{first}-…-{last}"


def enter(stage: Stage, credits: int, reseller: str | None = None) -> str:
    """As the vendor's sales system has it; the path of the new order."""
    sale = {"sales_order": number(stage, credits), "sku": f"CLC-{credits}"}
    who = reseller or stage.company.name
    billing = {"company": who, "country": "US"}
    body: Json = {"credits": credits, "channel": "direct", "billing": billing, "sale": sale}
    if reseller:
        body |= {"channel": "reseller", "sale": {**sale, "reseller": reseller}}
    order = stage.vera.post(f"/v1/accounts/{stage.account}/sales", body)["order"]
    return f"/v1/accounts/{stage.account}/orders/{order}"


def through(vera: Person, order: str) -> None:
    for step in ("approved", "invoiced", "activated"):
        vera.move(order, step)


def _lets_in(stage: Stage, *names: str) -> None:
    for name in names:
        person = stage.people[name]
        stage.owner.invite(stage.account, person.email, "player")
        person.accept(person.join()["terms"])


def _worth(lot: Json) -> str:
    return words.money(lot["face_minor"], lot["currency"])
