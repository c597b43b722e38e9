"""January: the account, its owners, its first credits, its code."""

from datetime import date

from demo import words
from demo.client import Json
from demo.stage import Stage
from demo.story import COMPANY


def opening(stage: Stage) -> None:
    ann, bob = stage.people["Ann"], stage.people["Bob"]
    stage.account = ann.open_account(COMPANY, "manual")
    ann.add_owner(stage.account, bob.email)
    page = stage.page()
    owners = sorted(stage.names()[owner["email"]] for owner in page["owners"])
    stage.say("Owners", words.listed(owners))
    stage.say("Approval", page["approval"])
    order = ann.buy(stage.account, 500)
    stage.say("Paid for the 500", paid(order))
    stage.say("Last day of the 500", date.fromisoformat(order["expires_on"]))
    stage.say_available()


def big_order(stage: Stage) -> None:
    order = stage.owner.buy(stage.account, 20_000)
    currency = order["currency"]
    stage.say("List value of the 20,000", words.money(order["list_minor"], currency))
    stage.say("Volume discount, 20%", words.money(order["discount_minor"], currency))
    stage.say("Paid for the 20,000", paid(order))
    stage.say("Last day of the 20,000", date.fromisoformat(order["expires_on"]))
    stage.say_available()


def code(stage: Stage) -> None:
    made = stage.owner.make_code(stage.account).json
    stage.code = made["code"]
    stage.screen.boxed("Redemption code", f"[bold yellow]{stage.code}[/]")
    hint = stage.page()["code_hint"]
    seen = len(hint) if stage.code.endswith(hint) else 0
    stage.say("Characters still shown", seen)
    second = stage.people["Bob"].make_code(stage.account)
    stage.say("Bob asks for a second code", second.json.get("code", ""))


def paid(order: Json) -> str:
    return words.money(order["paid_minor"], order["currency"])
