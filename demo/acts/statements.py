"""The year of a company as its statements tell it, and the audit at its end."""

import csv
from collections import Counter
from datetime import datetime
from itertools import pairwise

from demo import words
from demo.client import Json
from demo.scenes import moment
from demo.screen import mark
from demo.stage import Stage

MONTHS = 13
ORIGIN = "origin"
GONE = ("redeemed", "delivered", "expired", "reissued")


def months(stage: Stage) -> None:
    """Month by month, each of which goes on where the one before has ended."""
    _months(stage)


def _months(stage: Stage) -> Json:
    """The last statement."""
    stated = [_statement(stage, month) for month in range(1, MONTHS + 1)]
    totals = Counter[str]()
    for one in stated:
        totals.update({column: _product(one)[column] for column in words.COLUMNS})
    columns = [column for column in words.COLUMNS if totals[column]]
    stage.screen.table(
        ("Month", ">Opening", *(f">{words.COLUMNS[one]}" for one in columns), ">Closing", ""),
        [_row(stage, columns, at, one) for at, one in enumerate(stated, 1)],
        foot=(
            "In all",
            "",
            *(f"{totals[column]:+,}" for column in columns),
            words.value(_product(stated[-1])["closing"]),
            "",
        ),
    )
    ends = map(_product, stated)
    meets = [before["closing"] == after["opening"] for before, after in pairwise(ends)]
    stage.say("Openings = closing before", sum(meets))
    return stated[-1]


def months_and_csv(stage: Stage) -> None:
    """With the last one line by line, on the screen and as a spreadsheet gets it."""
    statement = _months(stage)
    names = stage.names()
    lines = [
        (
            _when(datetime.fromisoformat(line["at"])),
            line["title"],
            names.get(line.get("learner", ""), ""),
            f"{line['change']:+,}",
            words.value(line["balance"]),
        )
        for line in statement["lines"]
    ]
    opening = ("", "[dim]Opening[/]", "", "", words.value(_product(statement)["opening"]))
    stage.screen.table(
        ("When", "What", "Who", ">Change", ">Balance"),
        [opening, *lines],
        title=f"January {stage.year + 1} in full",
        foot=("", "Closing", "", "", words.value(_product(statement)["closing"])),
    )
    text = stage.owner.statement_as_csv(stage.account, statement["month"])
    stage.screen.raw("The same as CSV", text)
    *_, closing = csv.DictReader(text.splitlines())
    stage.say("Last balance in the CSV", int(closing["balance"]), "AT-21")


def sums(stage: Stage) -> None:
    """Every credit is in one state at a time, and every entry led there."""
    page, states = stage.page(), Counter[str]()
    for balance in page["balances"].values():
        states.update(balance)
    currency = {lot["currency"] for lot in page["lots"]}
    bought = [lot for lot in page["lots"] if "reissued_from" not in lot]
    paid = sum(lot["paid_minor"] for lot in bought)
    stage.say("Paid in all", words.money(paid, words.listed(sorted(currency))))
    stage.say("Bought", sum(lot["credits"] for lot in bought))
    for state in GONE:
        if states[state]:
            stage.say(state.capitalize(), states[state])
    left = states["available"]
    stage.say("Left", left)
    others = states.total() - left - sum(states[state] for state in GONE)
    stage.say("In any other state", others)
    entries = stage.entries()
    stage.say("Entries in the books", len(entries))
    agree = [lot["balance"] == _replayed(entries, lot) for lot in page["lots"]]
    stage.say("Lots that add up", f"{sum(agree)} of {len(agree)}")
    stage.say("Happenings in the history", _history(stage))
    stage.say("Calls that failed", stage.cloud.failures() - stage.failed_before)


def _history(stage: Stage) -> int:
    """Beside credits that move: who has done what, and to whom. How many lines that is."""
    names = stage.names()
    happened = stage.owner.get(f"/v1/accounts/{stage.account}/history").json["happenings"]
    rows = [
        (
            words.day(datetime.fromisoformat(one["at"])),
            one["kind"].replace("_", " "),
            names.get(one["actor"], one["actor"]),
            names.get(one["about"]) or one.get("detail") or one["about"],
        )
        for one in happened
    ]
    stage.screen.table(("When", "What", "Who", "Whom, or what"), rows)
    return len(happened)


def _replayed(entries: list[Json], lot: Json) -> Json:
    """What a lot holds in each state, if all that was booked is booked once more."""
    held = dict.fromkeys(lot["balance"], 0)
    held[ORIGIN] = 0
    for movement in (each for entry in entries for each in entry["movements"]):
        if movement["lot"] == lot["lot"]:
            held[movement["source"]] = held.get(movement["source"], 0) - movement["credits"]
            held[movement["target"]] = held.get(movement["target"], 0) + movement["credits"]
    return {state: held[state] for state in lot["balance"]}


def _when(at: datetime) -> str:
    """Within a month whose name stands above."""
    return f"{at.day} {at:%b, %H:%M:%S}"


def _statement(stage: Stage, month: int) -> Json:
    return stage.owner.statement(stage.account, f"{moment(stage.year, month, 1):%Y-%m}")


def _product(statement: Json) -> Json:
    """The first of them: two products are never added up."""
    product: Json = statement["products"][0]
    return product


def _row(stage: Stage, columns: list[str], month: int, statement: Json) -> tuple[str, ...]:
    """As the table shows it, marked."""
    first = moment(stage.year, month, 1)
    name = f"{first:%B}" if month < MONTHS else f"{first:%B} again"
    right = mark(stage.agrees(name, words.sum_of(statement)))
    one = _product(statement)
    moved = (one[column] for column in columns)
    cells = (f"{change:+,}" if change else "" for change in moved)
    ends = words.value(one["opening"]), words.value(one["closing"])
    return (f"{first:%b %Y}", ends[0], *cells, ends[1], right)
