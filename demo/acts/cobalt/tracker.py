"""October: an order that can be followed, from a reseller who is late."""

from datetime import date, timedelta

from demo import words
from demo.acts.cobalt.owning import enter, through
from demo.stage import Stage
from demo.story.cobalt import thursday


def tracker(stage: Stage) -> None:
    carl = stage.owner
    booked = thursday(stage.year)
    stage.later(booked.month, booked.day, "Vera enters what the reseller has sold.")
    order = enter(stage, 100, reseller="Northwind")
    seen = carl.order(order)
    first, last = seen["usable_from"], seen["usable_by"]
    stage.say("Booked on a", words.weekday(seen["steps"][0]["on"]))
    stage.say("To be expected from", words.weekday(first), "CI-11")
    stage.say("To be expected by", words.weekday(last), "CI-11")
    after = [(date.fromisoformat(day) - booked).days for day in (first, last)]
    stage.say("In days from then", " to ".join(map(str, after)))
    _wait(stage, booked, 11, "The last of these days.")
    stage.say("Late on that Monday", words.yes(carl.order(order)["late"]))
    _wait(stage, booked, 12, "Nothing has come. Carl asks, and Vera sees to it.")
    stage.say("Late on the Tuesday", words.yes(carl.order(order)["late"]))
    through(stage.vera, order)
    stage.say("The order at last", carl.order(order)["state"], "CI-12")
    lot = stage.lot_of(100)
    stage.say("Worth", words.money(lot["face_minor"], lot["currency"]), "CI-02")
    stage.say("Days to use them", lot["days_left"], "CI-20")
    stage.say_available()


def _wait(stage: Stage, since: date, days: int, text: str) -> None:
    then = since + timedelta(days=days)
    stage.later(then.month, then.day, text)
