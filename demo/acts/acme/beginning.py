"""January: the account, its owners, its first credits, its code."""

from datetime import date

from demo import words
from demo.acts.acme.asking import place
from demo.client import Json
from demo.stage import Stage

DECLINED, CARD = "pm_card_chargeCustomerFail", "pm_card_visa"


def opening(stage: Stage) -> None:
    ann, bob = stage.people["Ann"], stage.people["Bob"]
    stage.account = ann.open_account(stage.company.name, approval="manual")
    stage.say("Bob is", ann.invite(stage.account, bob.email)["state"], "AT-24")
    bob.join()
    page = stage.page()
    owners = [one for one in page["members"] if (one["role"], one["state"]) == ("owner", "active")]
    names = sorted(stage.names()[owner["email"]] for owner in owners)
    stage.say("Owners, once he signs in", words.listed(names), "AT-22")
    stage.say("Approval", page["approval"], "AT-03")
    order = place(stage, 500)
    stage.say("The first card", ann.try_card(order, DECLINED).json.get("code", "taken"))
    waits = ann.order(order)
    stage.say("The order waits", f"{waits['state']}, {waits.get('payment_problem')}")
    bought = ann.pay(order, method=CARD, keep=True)
    stage.say("With the second card", bought["state"], "AT-05")
    stage.say("Paid for the 500", paid(bought), "AT-08")
    stage.say("Last day of the 500", date.fromisoformat(bought["expires_on"]), "AT-06")
    stage.say_available()


def code(stage: Stage) -> None:
    made = stage.owner.make_code(stage.account).json
    stage.kept["code"] = made["code"]
    stage.screen.boxed("Redemption code", f"[bold yellow]{made['code']}[/]")
    [hint] = stage.page()["code_hints"]
    seen = len(hint) if made["code"].endswith(hint) else 0
    stage.say("Characters still shown", seen, "AT-14")
    second = stage.people["Bob"].make_code(stage.account)
    stage.say("Bob asks for a second code", second.json.get("code", ""), "AT-15")


def paid(order: Json) -> str:
    return words.money(order["total_minor"], order["currency"])
