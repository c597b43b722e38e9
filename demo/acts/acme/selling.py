"""A quote that becomes an invoice."""

from datetime import date

from demo import words
from demo.acts.acme.asking import place
from demo.acts.acme.beginning import paid
from demo.client import Json
from demo.stage import Stage


def quote(stage: Stage) -> None:
    """Whoever makes a step, Ann looks at the order after it."""
    ann, vera = stage.owner, stage.vera
    order = place(stage, 20_000, "invoice")
    _look(stage, order)
    stage.later(1, 6, "Vera of the vendor answers with a quote.")
    vera.move(order, "quoted")
    quoted = _look(stage, order)
    currency = quoted["currency"]
    stage.say("List value of the 20,000", words.money(quoted["list_minor"], currency))
    stage.say("Volume discount, 20%", words.money(quoted["discount_minor"], currency), "AT-07")
    stage.say("The price stands until", date.fromisoformat(quoted["valid_until"]), "AT-12")
    stage.say("Mails with the quote", stage.show_mail("Ann"))
    stage.later(1, 8, "Ann accepts.")
    ann.move(order, "accepted")
    _look(stage, order)
    stage.later(1, 9, "The invoice is sent.")
    vera.move(order, "invoiced")
    _look(stage, order)
    stage.say_available("Available until then", "AT-12")
    stage.later(1, 11, "The money has arrived, and with it come the credits.")
    vera.move(order, "paid")
    bought = _look(stage, order)
    stage.say("Steps to look up", len(bought["steps"]))
    stage.say("Paid for the 20,000", paid(bought), "AT-13")
    stage.say("Last day of the 20,000", date.fromisoformat(bought["expires_on"]), "AT-06")
    stage.say_available()


def _look(stage: Stage, order: str) -> Json:
    seen = stage.owner.order(order)
    stage.say(stage.today(), seen["state"])
    return seen
