"""June to November: the system approves, credits run low, a refill comes."""

from datetime import date

from demo.acts.acme.asking import ask, decide, place, refused
from demo.acts.acme.beginning import paid
from demo.acts.acme.requests import state
from demo.stage import Stage


def automatic(stage: Stage) -> None:
    before = ask(stage, "Mia", ("Administration, part one", 2_000))["redemption"]
    stage.owner.approve(stage.account, "automatic")
    noah = ask(stage, "Noah", ("Portfolio planning", 1_100))
    stage.say("Noah's request, at once", noah["state"], "AT-04")
    stage.say("Mia's request, made before", state(stage, "Mia", before))
    stage.say_available()
    stage.later(6, 22, "Bob decides what was left.")
    decide(stage, "Bob", "approve", before)
    stage.say("Mia's request, a week on", state(stage, "Mia", before), "AT-22")
    stage.say_available("Available after it")


def summer(stage: Stage) -> None:
    ask(stage, "Olga", ("Team training: service desk", 3_600))
    stage.say_available("Available after July")
    stage.later(9, 7, "The autumn begins.")
    ask(stage, "Piet", ("Team training: agile at scale", 4_900))
    stage.say_available("Available after September")


def refill(stage: Stage) -> None:
    order = stage.owner.pay(place(stage, 1_000), kept=True)
    stage.say("With the card kept", order["state"], "AT-10")
    stage.say("Paid for the 1,000", paid(order), "AT-44")
    stage.say("Last day of the 1,000", date.fromisoformat(order["expires_on"]), "AT-11")
    stage.say_available()
    soonest = stage.page()["next_expiry"]
    stage.say("Next to end", soonest["credits"], "AT-33")
    stage.say("They end on", date.fromisoformat(soonest["expires_on"]))
    stage.say("Days until then", soonest["days_left"])


def refusal(stage: Stage) -> None:
    ask(stage, "Lee", ("Advanced automation", 600))
    stage.say_available("Available before")
    problem = refused(stage, "Noah", ("Coaching for the whole team", 5_000))
    stage.say("Noah asks for 5,000", problem["code"], problem["rule"])
    stage.say("Missing", problem["missing"])
    for lot in problem["lots"]:
        why = f"{lot['available']:,} left: {lot['why'].replace('_', ' ')}"
        stage.say(stage.lot(lot["lot"]).capitalize(), why)
    stage.say_available("Available after")
