"""October to January: another plan, a deadline, and the end of both kinds of credits."""

from datetime import date

from demo.acts.bluebird.buying import success_plan
from demo.acts.bluebird.learning import line, say_balances
from demo.stage import Stage


def signature(stage: Stage) -> None:
    uma, terms = stage.people["Uma"], stage.kept["terms"]
    success_plan(stage, "signature")
    stage.owner.invite(stage.account, uma.email, "player")
    uma.join()
    online = line(stage, "ADM-201", "ONLINE")
    order = stage.ask("Uma", online, account=stage.account, terms=terms)
    stage.say("Online, without a code", order["state"], "SF-29")
    stage.say("What it cost", order["credits"], "SF-09")
    stage.say("Off the list price", f"{order['lines'][0]['cost']['percent']}%", "SF-09")
    winter = line(stage, "ADM-201", "WINTER", "LC")
    cart = uma.post("/v1/carts", {"lines": [winter], "terms": terms})
    stage.say("In a classroom it costs", cart["credits"], "SF-09")
    say_balances(stage)


def deadline(stage: Stage) -> None:
    terms = stage.kept["terms"]
    no = stage.refused("Tom", line(stage, "ADM-201", "MIDWINTER", "LC"), terms=terms)
    stage.say("11 to 15 January", no["code"], no["rule"])
    stage.say("It must", no["must"], "SF-18")
    stage.say("By", date.fromisoformat(no["by"]), "SF-18")
    stage.say("The latest start", date.fromisoformat(no["latest_start"]), "SF-18")
    stage.say("A case about it is", no["case_link"].rpartition("?")[2], "SF-33")
    order = stage.ask("Tom", line(stage, "ADM-201", "WINTER", "LC"), terms=terms)
    stage.say("10 to 14 January", f"{order['state']}, {order['credits']:,}", "SF-18")
    say_balances(stage)


def both_end(stage: Stage) -> None:
    stage.say("Left of the first", stage.left_of(30_000), "SF-15")
    stage.say("Left of the second", stage.left_of(6_000), "SF-37")
    terms = stage.kept["terms"]
    course = {"title": "A short course", "credits": 1}
    no = stage.refused("Tom", course, code=stage.kept["LC"], terms=terms)
    stage.say("The first code", no["code"], no["rule"])
    stage.later(13, 16, "And a day later, the second.")
    no = stage.refused("Tom", course, code=stage.kept["VLC"], terms=terms)
    stage.say("The second code", no["code"], no["rule"])
    booked = [-entry["change"] for entry in stage.entries("expire")]
    stage.say("Credits written off", " + ".join(f"{each:,}" for each in booked), "SF-16")
    stage.say_available()
