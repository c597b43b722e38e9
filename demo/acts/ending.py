"""January again: credits end at an instant, and other credits do not."""

from datetime import datetime

from demo.stage import Stage


def last_second(stage: Stage) -> None:
    """Quickly: the clock runs, and there are ten seconds."""
    request = stage.ask("Mia", "Release trains", 400)
    stage.say_available()
    stage.say_paid_from(request["redemption"])
    asked = datetime.fromisoformat(request["requested_at"])
    stage.screen.line(f"Mia asked at {asked:%H:%M:%S.%f} UTC.")


def end(stage: Stage) -> None:
    stage.say_available("Available at the instant")
    problem = stage.refused("Lee", "Architecture in the large", 1_200)
    stage.say("Lee asks for 1,200", problem["code"])
    stage.say("Missing", problem["missing"])
    booked = stage.entries("expire")
    stage.say("Credits written off", -sum(entry["change"] for entry in booked))
    stage.say("Booked for", datetime.fromisoformat(booked[-1]["at"]))
    stage.say("Times booked", len(booked))
    stage.say("Mails to owners", stage.show_mail("Ann", "Bob"))


def refill_lives(stage: Stage) -> None:
    request = stage.ask("Olga", "Knowledge bases", 250)
    stage.say_paid_from(request["redemption"])
    stage.say("Times the expiry is booked", len(stage.entries("expire")))
    stage.say("Left of the 1,000", stage.left_of(1_000))
    stage.say_available()
