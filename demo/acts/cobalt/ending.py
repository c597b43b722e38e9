"""December and January: two orders for one pass, and the end of both first ones."""

from datetime import date, datetime, timedelta

from demo.acts.cobalt.asking import pays
from demo.acts.cobalt.owning import number, number_shown
from demo.stage import Stage
from demo.story import cobalt as story


def live(stage: Stage) -> None:
    june = {"offering": "LIVE", "session": "JUNE"}
    few = pays(stage, 0, (15, 15), (60, 7))
    no = stage.refused("Dora", {**june, "pay": few})
    stage.say("15 and 7 of the 60", no["code"], no["rule"])
    stage.say("Missing", no["missing"], "CI-38")
    others = (number_shown(one["sales_order"]) for one in no["instead"])
    stage.say("What could pay instead", ", ".join(others), "CI-35")
    order = stage.ask("Dora", {**june, "pay": pays(stage, 0, (15, 15), (100, 7))})["redemption"]
    stage.say_available("Available, 22 held", "CI-39")
    stage.approves(order)
    stage.say_paid_from(order, "CI-38")
    [booked] = stage.people["Dora"].redemption(order)["lines"]
    stage.say("Cisco Live begins on", date.fromisoformat(booked["starts_on"]), "CI-34")
    stage.say("The 15 end on", date.fromisoformat(stage.lot_of(15)["expires_on"]), "CI-34")
    stage.say_available()


def end(stage: Stage) -> None:
    stage.say_available("Available at midnight", "CI-21")
    practice = {"title": "Practice exam", "credits": 1}
    held = stage.ask("Emil", practice, sales_order=number(stage, 60))["redemption"]
    stage.say("Emil's request", stage.people["Emil"].redemption(held)["state"], "CI-39")
    dies = story.END.begins(stage.year) + timedelta(minutes=1)
    stage.until(dies, "A minute later.")
    stage.say_available("Available at 00:01", "CI-21")
    no = stage.refused("Dora", practice, sales_order=number(stage, 60))
    stage.say("Dora, too late", no["code"], no["rule"])
    reissue = date.fromisoformat(stage.lot_of(60)["reissue_until"])
    stage.say("May be asked for until", reissue, "CI-49")
    stage.until(dies + timedelta(days=1), "Carl says yes to Emil: what was held is still his.")
    [gone] = stage.entries("expire")
    stage.say("Credits written off", -gone["change"])
    stage.say("Booked for", datetime.fromisoformat(gone["at"]), "CI-21")
    stage.approves(held)
    stage.say_paid_from(held, "CI-39")
    stage.say_available()
