"""January and February: what was sold is entered, and what can be learned is listed."""

import re
from datetime import date

from demo.acts.catalogue import brought_in, offering, session, written
from demo.client import Json
from demo.stage import Stage, problem

CREDITS = {"LC": 30_000, "VLC": 6_000}


def case(stage: Stage) -> None:
    sara, vera = stage.owner, stage.vera
    stage.account = vera.open_account(stage.company.name, owner=sara.email)
    path = f"/v1/accounts/{stage.account}"
    vera.put(f"{path}/contacts/advisor", {"name": "Ed", "email": stage.people["Ed"].email})
    success_plan(stage, "premier")
    sara.join()
    stage.kept["terms"] = sara.get("/v1/program").json["terms"]["version"]
    by_card = sara.send("POST", f"{path}/orders", _wish("LC", channel="card"))
    stage.say("Sara tries a card", problem(by_card)["code"], problem(by_card)["rule"])
    abroad = sara.send("POST", f"{path}/orders", _wish("LC", country="FI"))
    stage.say("Shipped to Finland", problem(abroad)["code"], problem(abroad)["rule"])
    placed = {each: sara.post(f"{path}/orders", _wish(each)) for each in CREDITS}
    stage.say("By case", placed["LC"]["state"], "SF-10")
    stage.later(1, 15, "Vera enters both; the first order has begun the day before.")
    for product, order in placed.items():
        _sold(stage, product, f"{path}/orders/{order['order']}")
    mails = [mail["text"] for mail in stage.mails_to(["Sara"])]
    codes = {each: _code(mails, credits) for each, credits in CREDITS.items()}
    stage.kept |= {each: code for each, code in codes.items() if code}
    stage.say("Codes in Sara's mail", sum(code is not None for code in codes.values()), "SF-11")
    for product, credits in CREDITS.items():
        lot = stage.lot_of(credits)
        stage.kept[f"lot {product}"] = lot["lot"]
        stage.say(f"Available of {product}", lot["balance"]["available"], "SF-01")
        stage.say(f"Last day of {product}", date.fromisoformat(lot["expires_on"]), "SF-15")


def catalogue(stage: Stage) -> None:
    rows = _rows(stage)
    spoilt = [*rows[:-1], rows[-1] | {"ends_on": stage.day(9, 1)}]
    tried = brought_in(stage, spoilt, dry_run=True)
    stage.say("Rows that were tried", tried["rows"])
    stage.say("Wrong among them", ", ".join(f"row {b['row']}: {b['field']}" for b in tried["bad"]))
    stage.say("Written", written(stage, rows), "SF-25")
    tom = stage.people["Tom"]
    listed = tom.get("/v1/catalogue", collection="Administrator").json["offerings"]
    stage.say("For administrators", ", ".join(one["title"] for one in listed), "SF-25")
    page = tom.get("/v1/catalogue/ADM-201").json
    stage.say("Its price in credits", page["offering"]["credits"], "SF-24")
    stage.say("Its sessions", len(page["sessions"]), "SF-25")


def success_plan(stage: Stage, name: str) -> None:
    """The success plan that Bluebird has, for the rest of the story."""
    plan_until = {"starts_on": stage.day(1, 12), "ends_on": stage.day(14, 1)}
    said = {"percent": 0, "success_plan": name, **plan_until}
    stage.vera.put(f"/v1/accounts/{stage.account}/agreement", said)


def _wish(product: str, channel: str = "assisted", country: str = "US") -> Json:
    billing = {"company": "Bluebird", "country": country}
    return {"credits": CREDITS[product], "product": product, "channel": channel, "billing": billing}


def _sold(stage: Stage, product: str, order: str) -> None:
    """Of the first, the term began before it was issued; of the second, on the same day."""
    start = stage.day(1, 14 if product == "LC" else 15)
    number = f"Q-{stage.account[-4:]}-{product}"
    stage.vera.move(order, "booked", sale={"sales_order": number, "start_on": start})
    stage.vera.move(order, "activated")


def _code(mails: list[str], credits: int) -> str | None:
    """In the mail that names this order's credits."""
    found = (re.search(r"Redemption code: (\S+)", mail) for mail in mails if f"{credits:,}" in mail)
    return next((each[1] for each in found if each), None)


def _rows(stage: Stage) -> list[Json]:
    """The last one is a day too long for one of the credits' ends."""
    day = stage.day
    admin = {"price_minor": 450_000, "collections": ["Administrator"]}
    return [
        offering("ADM-201", "class", "Administration", **admin),
        offering("DEV-450", "class", "Development", price_minor=333_300),
        offering("CRT-101", "bulk_exam", "Certification exam", price_minor=20_000),
        session("ADM-201", "CHICAGO", (day(9, 20), day(9, 24)), "in_person"),
        session("ADM-201", "TORONTO", (day(9, 20), day(9, 24)), "in_person", "CA"),
        session("ADM-201", "ONLINE", (day(11, 8), day(11, 12))),
        session("ADM-201", "WINTER", (day(13, 10), day(13, 14)), "in_person"),
        session("DEV-450", "SPRING", (day(8, 3), day(8, 4))),
        session("DEV-450", "AUTUMN", (day(10, 12), day(10, 13))),
        session("ADM-201", "MIDWINTER", (day(13, 11), day(13, 15)), "in_person"),
    ]
