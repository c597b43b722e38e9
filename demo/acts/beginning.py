"""January: the account, its owners, its first credits, its code."""

from datetime import date

from demo import words
from demo.client import COMPANY, Json
from demo.stage import Stage

DECLINED, CARD = "pm_card_chargeCustomerFail", "pm_card_visa"


def opening(stage: Stage) -> None:
    ann, bob = stage.people["Ann"], stage.people["Bob"]
    stage.account = ann.open_account(COMPANY, approval="manual")
    stage.say("Bob is", ann.invite(stage.account, bob.email)["state"])
    bob.join()
    page = stage.page()
    owners = [one for one in page["members"] if (one["role"], one["state"]) == ("owner", "active")]
    names = sorted(stage.names()[owner["email"]] for owner in owners)
    stage.say("Owners, once he signs in", words.listed(names))
    stage.say("Approval", page["approval"])
    order = ann.place(stage.account, 500)
    stage.say("The first card", ann.try_card(order, DECLINED).json.get("code", "taken"))
    waits = ann.order(order)
    stage.say("The order waits", f"{waits['state']}, {waits.get('payment_problem')}")
    bought = ann.pay(order, method=CARD, keep=True)
    stage.say("With the second card", bought["state"])
    stage.say("Paid for the 500", paid(bought))
    stage.say("Last day of the 500", date.fromisoformat(bought["expires_on"]))
    stage.say_available()


def code(stage: Stage) -> None:
    made = stage.owner.make_code(stage.account).json
    stage.code = made["code"]
    stage.screen.boxed("Redemption code", f"[bold yellow]{stage.code}[/]")
    [hint] = stage.page()["code_hints"]
    seen = len(hint) if stage.code.endswith(hint) else 0
    stage.say("Characters still shown", seen)
    second = stage.people["Bob"].make_code(stage.account)
    stage.say("Bob asks for a second code", second.json.get("code", ""))


def paid(order: Json) -> str:
    return words.money(order["total_minor"], order["currency"])
