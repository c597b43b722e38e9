"""What the vendor sells: a quote that becomes an invoice, and an order that can be followed."""

from datetime import date, timedelta

from demo import words
from demo.acts.beginning import paid
from demo.client import COMPANY, Json, Person
from demo.stage import Stage
from demo.story import OTHER_PROGRAM, VENDOR, thursday


def quote(stage: Stage) -> None:
    """Whoever makes a step, Ann looks at the order after it."""
    ann, vera = stage.owner, stage.people[VENDOR]
    order = ann.place(stage.account, 20_000, "invoice")
    _look(stage, order)
    stage.later(1, 6, "Vera of the vendor answers with a quote.")
    vera.move(order, "quoted")
    quoted = _look(stage, order)
    currency = quoted["currency"]
    stage.say("List value of the 20,000", words.money(quoted["list_minor"], currency))
    stage.say("Volume discount, 20%", words.money(quoted["discount_minor"], currency))
    stage.say("The price stands until", date.fromisoformat(quoted["valid_until"]))
    stage.say("Mails with the quote", stage.show_mail("Ann"))
    stage.later(1, 8, "Ann accepts.")
    ann.move(order, "accepted")
    _look(stage, order)
    stage.later(1, 9, "The invoice is sent.")
    vera.move(order, "invoiced")
    _look(stage, order)
    stage.say_available("Available until then")
    stage.later(1, 11, "The money has arrived, and with it come the credits.")
    vera.move(order, "paid")
    bought = _look(stage, order)
    stage.say("Steps to look up", len(bought["steps"]))
    stage.say("Paid for the 20,000", paid(bought))
    stage.say("Last day of the 20,000", date.fromisoformat(bought["expires_on"]))
    stage.say_available()


def _look(stage: Stage, order: str) -> Json:
    seen = stage.owner.order(order)
    stage.say(stage.today(), seen["state"])
    return seen


def tracker(stage: Stage) -> None:
    ann = stage.elsewhere("Ann", OTHER_PROGRAM)
    vera = stage.elsewhere(VENDOR, OTHER_PROGRAM, "operator")
    account = vera.open_account(COMPANY, owner=ann.email)
    _accept_terms(stage, ann, account)
    booked = thursday(stage.year)
    stage.later(booked.month, booked.day, "Vera enters what the reseller has sold.")
    order = _enter(vera, account)
    seen = ann.order(order)
    first, last = seen["usable_from"], seen["usable_by"]
    stage.say("Booked on a", words.weekday(seen["steps"][0]["on"]))
    stage.say("To be expected from", words.weekday(first))
    stage.say("To be expected by", words.weekday(last))
    after = [(date.fromisoformat(day) - booked).days for day in (first, last)]
    stage.say("In days from then", " to ".join(map(str, after)))
    _wait(stage, booked, 11, "The last of these days.")
    stage.say("Late on that Monday", words.yes(ann.order(order)["late"]))
    _wait(stage, booked, 12, "Nothing has come. Ann asks, and Vera sees to it.")
    stage.say("Late on the Tuesday", words.yes(ann.order(order)["late"]))
    for step in ("approved", "invoiced", "activated"):
        vera.move(order, step)
    stage.say("The order at last", ann.order(order)["state"])
    page = ann.account(account)
    [lot] = page["lots"]
    stage.say("Credits of the other kind", lot["balance"]["available"])
    stage.say("Worth", words.money(lot["face_minor"], lot["currency"]))
    stage.say("Days to use them", lot["days_left"])


def _accept_terms(stage: Stage, ann: Person, account: str) -> None:
    """They come before everything else here."""
    terms = ann.join()["terms"]
    refusal = ann.send("GET", f"/v1/accounts/{account}").json
    stage.say("Ann, at her first sign-in", refusal["code"])
    ann.post("/v1/terms", {"version": terms["version"]})
    [member] = ann.account(account)["members"]
    stage.say("Ann, the terms accepted", member["role"])


def _enter(vera: Person, account: str) -> str:
    """As the reseller's sales system has it."""
    sale = {"sales_order": f"SO-{account}", "sku": "CLC-100", "reseller": "Northwind"}
    billing = {"company": "Northwind", "country": "US"}
    body = {"credits": 100, "channel": "reseller", "billing": billing, "sale": sale}
    order = vera.post(f"/v1/accounts/{account}/sales", body)["order"]
    return f"/v1/accounts/{account}/orders/{order}"


def _wait(stage: Stage, since: date, days: int, text: str) -> None:
    then = since + timedelta(days=days)
    stage.later(then.month, then.day, text)
