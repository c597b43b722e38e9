"""February to May: owners say yes, or no, to each request."""

from demo.client import Json
from demo.stage import Stage


def by_hand(stage: Stage) -> None:
    lee = stage.people["Lee"]
    first, again = (lee.redeem(stage.code, "Agile teams in practice", 300) for _ in range(2))
    request = first.json
    stage.say("Sent a second time", "the same, byte for byte" if again == first else "another")
    stage.say("Requests that wait", len(_waiting(stage)["requests"]))
    stage.say("Mails to owners", stage.show_mail("Ann", "Bob"))
    stage.say_available("Available while it waits")
    stage.later(2, 4, "Ann approves.")
    stage.owner.decide(stage.account, "approve", [request["redemption"]])
    stage.say_paid_from(request["redemption"])
    stage.say("Mails to Lee", stage.show_mail("Lee"))
    stage.say_available()


def no(stage: Stage) -> None:
    bootcamp = stage.ask("Mia", "Bootcamp for administrators", 3_000)["redemption"]
    workshop = stage.ask("Noah", "Workshop: better backlogs", 800)["redemption"]
    stage.say("Credits that wait", _waiting(stage)["total_credits"])
    bob = stage.people["Bob"]
    bob.decide(stage.account, "deny", [bootcamp], "Please take the online course first.")
    stage.people["Noah"].cancel(workshop)
    stage.show_mail("Mia")
    stage.say("Mia's request", state(stage, "Mia", bootcamp))
    stage.say("Noah's request", state(stage, "Noah", workshop))
    note = _seen(stage, "Mia", bootcamp)["note"]
    stage.screen.line(f"Beside it, Mia reads: {note}")
    stage.say("Requests that wait now", len(_waiting(stage)["requests"]))
    stage.say_available()


def two_lots(stage: Stage) -> None:
    request = stage.ask("Olga", "Service desk foundations", 1_000)["redemption"]
    stage.people["Bob"].decide(stage.account, "approve", [request])
    stage.say_paid_from(request)
    stage.say("Left of the 500", stage.left_of(500))
    stage.say("Left of the 20,000", stage.left_of(20_000))
    stage.say_available()


def together(stage: Stage) -> None:
    stage.ask("Piet", "Reports that people read", 1_350)
    stage.ask("Lee", "Automation in depth", 2_150)
    stage.ask("Noah", "Workshop: roadmaps", 1_000)
    waiting = _waiting(stage)
    rows = [(one["learner"], one["title"], f"{one['credits']:,}") for one in waiting["requests"]]
    foot = ("", "Sum", f"{waiting['total_credits']:,}")
    stage.screen.table(("Learner", "Course", ">Credits"), rows, foot=foot)
    stage.say("Sum shown before deciding", waiting["total_credits"])
    ids = [one["redemption"] for one in waiting["requests"]]
    decided = stage.owner.decide(stage.account, "approve", ids)
    stage.say("Credits approved together", decided["decided_credits"])
    stage.say_available()


def state(stage: Stage, name: str, redemption: str) -> str:
    """What the learner is told."""
    return str(_seen(stage, name, redemption)["state"])


def _seen(stage: Stage, name: str, redemption: str) -> Json:
    found: Json = stage.people[name].get(f"/v1/redemptions/{redemption}").json
    return found


def _waiting(stage: Stage) -> Json:
    return stage.owner.requests(stage.account)
