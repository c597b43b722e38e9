"""January again: credits end at an instant, and other credits do not."""

from datetime import datetime

from demo.acts.acme.asking import ask, refused
from demo.stage import Stage


def last_second(stage: Stage) -> None:
    """Quickly: the clock runs, and there are ten seconds."""
    request = ask(stage, "Mia", ("Release trains", 400))
    stage.say_available()
    stage.say_paid_from(request["redemption"], "AT-42")
    asked = datetime.fromisoformat(request["requested_at"])
    stage.screen.line(f"Mia asked at {asked:%H:%M:%S.%f} UTC.")


def end(stage: Stage) -> None:
    stage.say_available("Available at the instant", "AT-06")
    problem = refused(stage, "Lee", ("Architecture in the large", 1_200))
    stage.say("Lee asks for 1,200", problem["code"], problem["rule"])
    stage.say("Missing", problem["missing"])
    booked = stage.entries("expire")
    stage.say("Credits written off", -sum(entry["change"] for entry in booked))
    stage.say("Booked for", datetime.fromisoformat(booked[-1]["at"]))
    stage.say("Times booked", len(booked))
    stage.say("Mails to owners", stage.show_mail("Ann", "Bob"))


def refill_lives(stage: Stage) -> None:
    request = ask(stage, "Olga", ("Knowledge bases", 250))
    stage.say_paid_from(request["redemption"], "AT-42")
    stage.say("Times the expiry is booked", len(stage.entries("expire")))
    stage.say("Left of the 1,000", stage.left_of(1_000))
    stage.say_available()
