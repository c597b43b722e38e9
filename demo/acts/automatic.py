"""June to November: the system approves, credits run low, a refill comes."""

from datetime import date

from demo.acts.beginning import paid
from demo.acts.requests import state
from demo.stage import Stage


def automatic(stage: Stage) -> None:
    before = stage.ask("Mia", "Administration, part one", 2_000)["redemption"]
    stage.owner.approve_automatically(stage.account)
    noah = stage.ask("Noah", "Portfolio planning", 1_100)
    stage.say("Noah's request, at once", noah["state"])
    stage.say("Mia's request, made before", state(stage, "Mia", before))
    stage.say_available()
    stage.later(6, 22, "Bob decides what was left.")
    stage.people["Bob"].decide(stage.account, "approve", [before])
    stage.say("Mia's request, a week on", state(stage, "Mia", before))
    stage.say_available("Available after it")


def summer(stage: Stage) -> None:
    stage.ask("Olga", "Team training: service desk", 3_600)
    stage.say_available("Available after July")
    stage.later(9, 7, "The autumn begins.")
    stage.ask("Piet", "Team training: agile at scale", 4_900)
    stage.say_available("Available after September")


def refill(stage: Stage) -> None:
    order = stage.owner.pay(stage.owner.place(stage.account, 1_000), kept=True)
    stage.say("With the card kept", order["state"])
    stage.say("Paid for the 1,000", paid(order))
    stage.say("Last day of the 1,000", date.fromisoformat(order["expires_on"]))
    stage.say_available()
    soonest = stage.page()["next_expiry"]
    stage.say("Next to end", soonest["credits"])
    stage.say("They end on", date.fromisoformat(soonest["expires_on"]))
    stage.say("Days until then", soonest["days_left"])


def refusal(stage: Stage) -> None:
    stage.ask("Lee", "Advanced automation", 1_600)
    stage.say_available("Available before")
    problem = stage.refused("Noah", "Coaching for the whole team", 5_000)
    stage.say("Noah asks for 5,000", problem["code"])
    stage.say("Missing", problem["missing"])
    for lot in problem["lots"]:
        why = f"{lot['available']:,} left: {lot['why'].replace('_', ' ')}"
        stage.say(stage.lot(lot["lot"]).capitalize(), why)
    stage.say_available("Available after")
