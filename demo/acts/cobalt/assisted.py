"""May to September: what the advisor clears, what he arranges, and a voucher."""

from datetime import date

from demo.acts.cobalt.asking import pays
from demo.stage import Stage, done, problem


def abroad(stage: Stage) -> None:
    berlin = {"offering": "SECUR", "session": "BERLIN", "pay": pays(stage, 60)}
    order = stage.ask("Emil", berlin)
    asked = order["redemption"]
    stage.say("Emil asks for Berlin", order["state"], "CI-41")
    stage.say("Mails to Ben", stage.show_mail("Ben"), "CI-41")
    early = problem(stage.owner.decide(stage.account, "approve", [asked]))
    stage.say("Carl, before Ben", early["code"], early["rule"])
    cleared = done(stage.people["Ben"].decide(stage.account, "approve", [asked]))
    stage.say("Once Ben has cleared it", cleared["outcomes"][0]["request"]["state"], "CI-41")
    stage.approves(asked)
    stage.say("Emil's class", stage.people["Emil"].redemption(asked)["state"], "CI-36")
    stage.say_available()


def custom(stage: Stage) -> None:
    own = {"offering": "OWN", "pay": pays(stage, 60)}
    no = stage.refused("Dora", own)
    stage.say("Dora tries herself", no["code"], no["rule"])
    stage.say("She is told to ask", no["ask"]["advisor"], "CI-09")
    agreed = {**own, "credits": 12}
    stage.say("Ben, without the paper", stage.refused("Ben", agreed)["code"], "CI-09")
    order = stage.ask("Ben", {**agreed, "statement_of_work": "SOW-7"})
    stage.say("With it", order["state"], "CI-04")
    stage.approves(order["redemption"])
    [seen] = stage.owner.requests(stage.account, "approved")["requests"][-1]["lines"]
    stage.say("Behind the price", seen["statement_of_work"], "CI-09")
    stage.say_available()


def exam(stage: Stage) -> None:
    order = stage.ask("Dora", {"offering": "EXAM", "pay": pays(stage, 60)})["redemption"]
    stage.approves(order)
    [voucher] = stage.people["Dora"].get(f"/v1/redemptions/{order}/vouchers").json["vouchers"]
    good_until = date.fromisoformat(voucher["usable_until"])
    stage.say("The voucher is good until", good_until, "CI-08")
    stage.say("The credits, until", date.fromisoformat(stage.lot_of(60)["expires_on"]), "CI-20")
    stage.say_available()
