"""February to May: owners say yes, or no, to each request."""

from demo.acts.acme.asking import ask, decide
from demo.client import Json
from demo.stage import Stage, done, problem


def by_hand(stage: Stage) -> None:
    lee = stage.people["Lee"]
    course = {"title": "Agile teams in practice", "credits": 300}
    first, again = (lee.ask(course, code=stage.kept["code"]) for _ in range(2))
    request = first.json
    stage.say("Sent a second time", "the same, byte for byte" if again == first else "another")
    stage.say("Requests that wait", len(_waiting(stage)["requests"]), "AT-28")
    stage.say("Mails to owners", stage.show_mail("Ann", "Bob"), "AT-31")
    stage.say_available("Available while it waits", "AT-39")
    stage.later(2, 4, "Ann approves.")
    stage.approves(request["redemption"])
    stage.say_paid_from(request["redemption"])
    stage.say("Mails to Lee", stage.show_mail("Lee"), "AT-19")
    stage.say_available()


def no(stage: Stage) -> None:
    bootcamp = ask(stage, "Mia", ("Bootcamp for administrators", 3_000))["redemption"]
    workshop = ask(stage, "Noah", ("Workshop: better backlogs", 800))["redemption"]
    stage.say("Credits that wait", _waiting(stage)["total_credits"])
    decide(stage, "Bob", "deny", bootcamp, note="Please take the online course first.")
    done(stage.people["Noah"].after(workshop, "cancellation"))
    stage.show_mail("Mia")
    stage.say("Mia's request", state(stage, "Mia", bootcamp), "AT-20")
    stage.say("Noah's request", state(stage, "Noah", workshop), "AT-38")
    note = _seen(stage, "Mia", bootcamp)["note"]
    stage.screen.line(f"Beside it, Mia reads: {note}")
    stage.say("Requests that wait now", len(_waiting(stage)["requests"]))
    stage.say_available()


def two_lots(stage: Stage) -> None:
    request = ask(stage, "Olga", ("Service desk foundations", 1_000))["redemption"]
    decide(stage, "Bob", "approve", request)
    stage.say_paid_from(request, "AT-42")
    stage.say("Left of the 500", stage.left_of(500))
    stage.say("Left of the 20,000", stage.left_of(20_000))
    stage.say_available()


def together(stage: Stage) -> None:
    ask(stage, "Piet", ("Reports that people read", 1_350))
    lee = ask(stage, "Lee", ("Automation in depth", 1_350), ("Rules without code", 800))
    stage.say("Courses in Lee's order", len(lee["lines"]), "AT-27")
    ask(stage, "Noah", ("Workshop: roadmaps", 1_000))
    waiting = _waiting(stage)
    rows = [(one["learner"], one["title"], f"{one['credits']:,}") for one in waiting["requests"]]
    foot = ("", "Sum", f"{waiting['total_credits']:,}")
    stage.screen.table(("Learner", "Course", ">Credits"), rows, foot=foot)
    stage.say("Sum shown before deciding", waiting["total_credits"], "AT-29")
    ids = [one["redemption"] for one in waiting["requests"]]
    decided = stage.approves(*ids)
    stage.say("Credits approved together", decided["decided_credits"])
    stage.say_available()


def beyond(stage: Stage) -> None:
    """What waits takes nothing, so more can wait than there is (AT-39)."""
    stage.owner.approve(stage.account, "manual")
    one = ask(stage, "Piet", ("Reports for the board", 1_000))["redemption"]
    two = ask(stage, "Noah", ("Coaching: planning the year", 2_700))["redemption"]
    stage.say("They ask for", _waiting(stage)["total_credits"], "AT-39")
    stage.say_available("Available")
    both = problem(stage.owner.decide(stage.account, "approve", [one, two]))
    stage.say("Both together", both["code"], "AT-29")
    stage.say("Missing", both["missing"])
    stage.approves(one)
    stage.say("Piet's request", state(stage, "Piet", one), "AT-17")
    stage.say_available("Available after it", "AT-18")
    late = problem(stage.owner.decide(stage.account, "approve", [two]))
    stage.say("Noah's, now", late["code"], late["rule"])
    decide(stage, "Ann", "deny", two, note="Next year, with the next credits.")
    stage.say("Noah's request", state(stage, "Noah", two), "AT-20")
    stage.owner.approve(stage.account, "automatic")


def state(stage: Stage, name: str, redemption: str) -> str:
    """What the learner is told."""
    return str(_seen(stage, name, redemption)["state"])


def _seen(stage: Stage, name: str, redemption: str) -> Json:
    return stage.people[name].redemption(redemption)


def _waiting(stage: Stage) -> Json:
    return stage.owner.requests(stage.account)
