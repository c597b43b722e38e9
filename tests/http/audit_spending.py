"""What must hold of requests beside their entries: what they hold, their seats, their budgets."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.http.audit_lines import lines

OPEN = {"referred", "pending", "reserved"}
ENDED = {"denied", "cancelled", "lapsed"}
Item = dict[str, Any]


def held(lots: list[Item], requests: list[Item]) -> Iterator[str]:
    """What is held of a lot is what open requests draw on it."""
    drawn = Counter[tuple[str, str]]()
    for request in requests:
        for line in lines(request) if request["state"] in OPEN else ():
            for draw in line["draws"]:
                drawn[request["pk"], draw["lot_id"]] += draw["credits"]
    for lot in lots:
        due = drawn[lot["pk"], lot["lot_id"]]
        if lot["held"] != due:
            yield f"lot {lot['lot_id']}: {lot['held']} are held, open requests draw {due}"


def seats(sessions: list[Item], requests: list[Item]) -> Iterator[str]:
    """The seats that are taken are those that are booked, or set aside."""
    booked = Counter[tuple[str, str, str]]()
    for request in requests:
        for line in lines(request) if request["state"] in {"reserved", "approved"} else ():
            item = line.get("item") or {}
            session = item.get("session")
            if session and line.get("state", "booked") != "returned":
                program = request["pk"].split("#")[0]
                place = program, session["offering_id"], session["session_id"]
                booked[place] += item.get("quantity", 1)
    for session in sessions:
        program = session["pk"].split("#")[0]
        due = booked[program, session["offering_id"], session["session_id"]]
        if session["taken"] != due:
            yield f"session {session['session_id']}: {session['taken']} seats taken, {due} booked"


def budgets(kept: list[Item], requests: list[Item]) -> Iterator[str]:
    """What is left of a budget, and what is asked for against it, make its limit."""
    for budget in kept:
        asked = sum(
            line["credits"] - line.get("returned", 0)
            for request in requests
            if request["pk"] == budget["pk"] and request["state"] not in ENDED
            for line in lines(request)
            if budget["budget_id"] in json.loads(request.get("budgets", "[]"))
        )
        if budget["left"] < 0 or budget["left"] + asked != budget["limit"]:
            yield f"budget {budget['name']}: {budget['left']} left, {asked} asked for"
