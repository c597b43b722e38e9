"""What Acme's people ask for: courses that a shop has priced, paid with the account's one code."""

from demo.client import Json
from demo.stage import Stage, done

BILLING = {"company": "Acme", "country": "US"}


def ask(stage: Stage, name: str, *courses: tuple[str, int]) -> Json:
    """One order, also of several courses (AT-27)."""
    return stage.ask(name, *map(_line, courses), code=stage.kept["code"])


def refused(stage: Stage, name: str, *courses: tuple[str, int]) -> Json:
    """Why not, of what must be refused."""
    return stage.refused(name, *map(_line, courses), code=stage.kept["code"])


def place(stage: Stage, credits: int, channel: str = "card") -> str:
    """The path of a new order of the owner's."""
    body = {"credits": credits, "billing": BILLING, "channel": channel}
    order = stage.owner.post(f"/v1/accounts/{stage.account}/orders", body)["order"]
    return f"/v1/accounts/{stage.account}/orders/{order}"


def decide(stage: Stage, name: str, verdict: str, *redemptions: str, note: str = "") -> Json:
    """One owner's word, which must count."""
    said = stage.people[name].decide(stage.account, verdict, redemptions, note or None)
    return done(said)


def _line(course: tuple[str, int]) -> Json:
    title, credits = course
    return {"title": title, "credits": credits}
