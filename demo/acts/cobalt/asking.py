"""February and April: credits are held, approved, reserved, confirmed, and come back."""

from demo.acts.catalogue import offering, session, written
from demo.acts.cobalt.owning import number
from demo.client import Json
from demo.stage import Stage, done


def pays(stage: Stage, credits: int, *shares: tuple[int, int]) -> list[Json]:
    """The order of so many credits, or of several their shares."""
    if not shares:
        return [{"sales_order": number(stage, credits)}]
    return [{"sales_order": number(stage, each), "credits": share} for each, share in shares]


def hold(stage: Stage) -> None:
    stage.say("Offerings and sessions", written(stage, _rows(stage)), "CI-07")
    dora = stage.people["Dora"]
    asked = {"offering": "ENCOR", "session": "MARCH"}
    options = dora.get(f"/v1/accounts/{stage.account}/funding-options", **asked).json
    stage.say("Approval", options["approval"], "CI-35")
    seen = {one["sales_order"]: one["available"] for one in options["options"]}
    told = (
        f"{number(stage, credits)[-2:]}: {seen[number(stage, credits)]}" for credits in (15, 60)
    )
    stage.say("Left, order by order", ", ".join(told), "CI-35")
    for what, name in (("A book", "BOOK"), ("A class without the icon", "OTHER")):
        no = stage.refused("Dora", {"offering": name}, sales_order=number(stage, 60))
        stage.say(what, no["code"], no["rule"])
    partner = {"title": "A partner's class", "credits": 5}
    no = stage.refused("Dora", partner, sales_order=number(stage, 60), partner=True)
    stage.say("With a learning partner", no["code"], no["rule"])
    order = stage.ask("Dora", {**asked, "pay": pays(stage, 60)})
    stage.say("Dora's class of 30", order["state"], "CI-36")
    stage.say("Held", stage.available("held"), "CI-39")
    stage.say("Mails to Carl", stage.show_mail("Carl"), "CI-39")
    stage.say_available("Available while it waits")
    stage.later(2, 9, "Carl says yes.")
    stage.approves(order["redemption"])
    stage.say("Held now", stage.available("held"))
    stage.say_paid_from(order["redemption"], "CI-14")
    stage.say_available()


def reserve(stage: Stage) -> None:
    lab = {"offering": "LAB", "pay": pays(stage, 60)}
    emil, dora = (stage.ask(name, lab, reserve=True) for name in ("Emil", "Dora"))
    stage.say("Before Carl's yes", emil["state"], "CI-36")
    both = (emil["redemption"], dora["redemption"])
    stage.approves(*both)
    stage.say("After it", stage.people["Emil"].redemption(both[0])["state"], "CI-36")
    stage.say("Held", stage.available("held"))
    stage.say("Emil confirms", done(stage.people["Emil"].after(both[0], "confirmation"))["state"])
    stage.later(4, 9, "Four days later.")
    stage.say("Dora's", stage.people["Dora"].redemption(both[1])["state"], "CI-36")
    stage.say("Held now", stage.available("held"))
    stage.say_available()


def _rows(stage: Stage) -> list[Json]:
    day = stage.day
    return [
        offering("ENCOR", "class", "Enterprise networks", credits=30),
        offering("SECUR", "class", "Network security", credits=10),
        offering("LAB", "modeling_lab", "Modeling lab", credits=2),
        offering("EXAM", "exam", "Exam voucher", credits=4),
        offering("LIVE", "event", "Cisco Live pass", credits=22),
        offering("OWN", "custom", "A workshop about your network"),
        offering("BOOK", "book", "A book", credits=1),
        offering("OTHER", "class", "A class without the icon", credits=8, eligible=False),
        session("ENCOR", "MARCH", (day(3, 8), day(3, 12))),
        session("SECUR", "BERLIN", (day(7, 5), day(7, 7)), "in_person", "DE"),
        session("LIVE", "JUNE", (day(18, 6), day(18, 10)), "in_person"),
    ]
