"""July to September: bookings are moved, given back, attended."""

from demo.acts.bluebird.learning import say_balances
from demo.stage import Stage, done, problem


def plans_change(stage: Stage) -> None:
    tom, uma = stage.people["Tom"], stage.people["Uma"]
    moved = done(tom.after(stage.kept["Tom's"], "moves", line=2, session="AUTUMN"))
    second = moved["lines"][1]
    stage.say("Tom's second class", second["session"], "SF-19")
    stage.say("Moved so far", second["moves"], "SF-19")
    back = done(uma.after(stage.kept["Uma's"], "returns", line=1))["lines"][0]
    stage.say("Uma's class", back["state"], "SF-19")
    stage.say("Credits that came back", back["returned"], "SF-19")
    say_balances(stage)


def too_late(stage: Stage) -> None:
    late = problem(stage.people["Tom"].after(stage.kept["Tom's"], "returns", line=1))
    stage.say("Tom would give it back", late["code"], "SF-19")
    stage.say("The vendor's own text", late["document"].rpartition("/")[2], "SF-41")
    stage.later(9, 27, "Tom is back from Chicago, and the learning system says so.")
    done(stage.vera.after(stage.kept["Tom's"], "fulfilments", line=1, completed=True))
    seen = stage.people["Tom"].redemption(stage.kept["Tom's"])
    stage.say("Tom's classes", ", ".join(each["state"] for each in seen["lines"]), "SF-18")
    stage.say("Credits delivered", stage.available("delivered"))
