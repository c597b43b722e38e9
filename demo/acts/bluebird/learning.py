"""March to May: what the codes pay for, and what the advisor does."""

from datetime import date

from demo.client import Json
from demo.stage import Stage, done, problem


def line(stage: Stage, offering: str, session: str, *credits: str) -> Json:
    """One class, paid with the codes of these credits."""
    pay = [{"code": stage.kept[each]} for each in credits]
    return {"offering": offering, "session": session, "pay": pay}


def premier(stage: Stage) -> None:
    tom, terms = stage.people["Tom"], stage.kept["terms"]
    cart = [
        line(stage, "ADM-201", "CHICAGO", "LC"),
        line(stage, "DEV-450", "SPRING", "VLC"),
    ]
    priced = tom.post("/v1/carts", {"lines": cart, "terms": terms})
    admin, dev = priced["lines"]
    stage.say("Administration, list", admin["cost"]["list_credits"])
    stage.say("Taken off, percent", admin["cost"]["percent"], "SF-30")
    stage.say("To be paid", admin["credits"], "SF-30")
    stage.say("Of 3,333, rounded up", dev["credits"])
    stage.say("Terms not ticked", stage.refused("Tom", *cart)["code"], "SF-31")
    order = stage.ask("Tom", *cart, terms=terms)
    stage.kept["Tom's"] = order["redemption"]
    stage.say("Both, terms ticked", f"{order['state']}, {order['credits']:,}", "SF-27")
    stage.say("Mails to Tom", stage.show_mail("Tom"), "SF-32")
    say_balances(stage)


def country(stage: Stage) -> None:
    terms = stage.kept["terms"]
    toronto = line(stage, "ADM-201", "TORONTO", "LC")
    no = stage.refused("Uma", toronto, terms=terms)
    stage.say("Toronto", no["code"], no["rule"])
    stage.say("These credits pay in", no["country"], "SF-06")
    no = stage.refused("Uma", line(stage, "ADM-201", "CHICAGO", "VLC"), terms=terms)
    stage.say("Chicago, virtual credits", no["code"], no["rule"])
    no = stage.refused("Uma", line(stage, "ADM-201", "CHICAGO", "LC", "VLC"), terms=terms)
    stage.say("Chicago, with both codes", no["code"], "SF-28")
    order = stage.ask("Uma", line(stage, "ADM-201", "CHICAGO", "LC"), terms=terms)
    stage.kept["Uma's"] = order["redemption"]
    stage.say("Chicago, with the first", order["state"], "SF-06")
    say_balances(stage)


def vouchers(stage: Stage) -> None:
    exams = {"offering": "CRT-101", "quantity": 20}
    terms = stage.kept["terms"]
    no = stage.refused("Sara", exams, code=stage.kept["LC"], terms=terms)
    stage.say("Sara tries herself", no["code"], no["rule"])
    stage.say("She is told to ask", no["ask"]["advisor"], "SF-35")
    pay = {"lot": stage.kept["lot LC"], "account": stage.account}
    order = stage.ask("Ed", exams, **pay, terms=terms)
    stage.say("Ed, from a lot", f"{order['state']}, {order['credits']:,}", "SF-20")
    path = f"/v1/redemptions/{order['redemption']}"
    listed = stage.owner.get(f"{path}/vouchers").json["vouchers"]
    stage.say("Vouchers", len(listed), "SF-21")
    stage.say("Good until", date.fromisoformat(listed[0]["usable_until"]), "SF-22")
    export = stage.owner.send("POST", f"{path}/voucher-exports", {})
    stage.say("Sara exports", len({one["text"] for one in done(export)["vouchers"]}), "SF-21")
    again = stage.people["Ed"].send("POST", f"{path}/voucher-exports", {})
    stage.say("And Ed after her", problem(again)["code"])
    first = f"{path}/vouchers/{listed[0]['voucher']}"
    tom = {"name": "Tom", "email": stage.people["Tom"].email}
    stage.owner.put(f"{first}/holder", tom)
    uma = {"name": "Uma", "email": stage.people["Uma"].email}
    taken = stage.owner.send("PUT", f"{first}/holder", uma)
    stage.say("Tom's, for Uma as well", problem(taken)["code"], "SF-21")
    used = done(stage.vera.send("POST", f"{first}/use", {}))
    stage.say("After the exam it is", used["state"], "SF-21")
    say_balances(stage)


def say_balances(stage: Stage) -> None:
    for product, balance in stage.page()["balances"].items():
        stage.say(f"Available of {product}", balance["available"], "SF-36")
