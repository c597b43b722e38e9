"""What Carl asks the vendor to look at: a wrong charge in April, and the end of his credits."""

from datetime import date, timedelta

from demo.acts.cobalt.asking import pays
from demo.acts.cobalt.owning import number
from demo.client import Json
from demo.person import Person
from demo.stage import Stage, problem
from demo.story import cobalt as story

LAB = 2


def dispute(stage: Stage) -> None:
    lab = next(one for one in reversed(stage.entries("redeem")) if one["change"] == -LAB)
    asked = {"kind": "dispute", "entry": lab["entry"], "at": lab["at"], "reason": "It was down."}
    case = stage.owner.post(_cases(stage), asked)
    stage.say("The case is", case["state"], "CI-18")
    no = problem(stage.people["Dora"].send("POST", _cases(stage), asked))
    stage.say("Dora may say so as well", no["code"])
    stage.say("Cases that wait for Vera", len(_waiting(stage)))
    _moves(stage.vera, stage, case, "in_review")
    stage.later(4, 22, "Vera has looked at the lab's own log.")
    case = _moves(stage.vera, stage, case, "upheld", note="The lab was out of order.")
    stage.say("And then", case["state"], "CI-18")
    stage.say("Credits that came back", case["credits"], "CI-18")
    both = [one["change"] for one in stage.entries() if one["kind"] in {"redeem", "refute"}][-2:]
    stage.say("In the books", " and ".join(f"{change:+}" for change in both), "CI-18")
    stage.say_available()


def reissue(stage: Stage) -> None:
    begins = story.REISSUE.begins(stage.year)
    old = stage.lot_of(60)
    practice = {"title": "Practice exam", "on": _on(begins.date(), 40), "credits": 2}
    asked: Json = {"kind": "reissue", "lot": old["lot"], "reason": "A class was cancelled."}
    no = problem(stage.owner.send("POST", _cases(stage), {**asked, "plan": [practice]}))
    stage.say("A plan for two of them", no["code"], no["rule"])
    plan = [practice, {"title": "Modeling lab", "on": _on(begins.date(), 60), "credits": 1}]
    case = stage.people["Ben"].post(_cases(stage), {**asked, "plan": plan, "draft": True})
    stage.say("Ben's", case["state"], "CI-04")
    case = _moves(stage.owner, stage, case, "submitted")
    stage.say("Carl's", case["state"], "CI-25")
    _moves(stage.vera, stage, case, "in_review")
    stage.say_available("Available meanwhile", "CI-45")
    stage.until(begins + timedelta(days=1), "Vera agrees.")
    case = _moves(stage.vera, stage, case, "approved", note="The plan covers it.")
    stage.say("The case is", case["state"], "CI-25")
    stage.say("Credits of it", case["credits"], "CI-22")
    stage.say("They end on", date.fromisoformat(case["ends_on"]), "CI-46")
    stage.say_available("Available again", "CI-22")
    order = stage.ask("Dora", {"title": "Practice exam", "credits": 1, "pay": pays(stage, 60)})
    stage.approves(order["redemption"])
    stage.say_paid_from(order["redemption"], "CI-22")
    new = {**asked, "lot": case["new_lot"], "plan": plan}
    stage.say("Another time", problem(stage.owner.send("POST", _cases(stage), new))["code"])
    stage.say("Their number is still", number(stage, 60)[-2:], "CI-43")
    stage.say_available()


def _cases(stage: Stage) -> str:
    return f"/v1/accounts/{stage.account}/cases"


def _moves(who: Person, stage: Stage, case: Json, to: str, **more: object) -> Json:
    return who.post(f"{_cases(stage)}/{case['case']}/moves", {"to": to, **more})


def _waiting(stage: Stage) -> list[Json]:
    """Of this account only: on a cloud that has seen the story before there may be others."""
    found = stage.vera.get("/v1/cases").json["cases"]
    return [case for case in found if case["account"] == stage.account]


def _on(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
