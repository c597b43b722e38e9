"""The year as its statements tell it."""

import csv
from datetime import datetime
from itertools import pairwise

from demo import words
from demo.client import Json
from demo.screen import mark
from demo.stage import Stage
from demo.story import moment

MONTHS = 13
KINDS = ("purchase", "redeem", "expire")


def months(stage: Stage) -> None:
    stated = [_statement(stage, month) for month in range(1, MONTHS + 1)]
    rows = [_row(stage, at, one) for at, one in enumerate(stated, 1)]
    totals = [f"{sum(one['sums'].get(kind, 0) for one in stated):+,}" for kind in KINDS]
    stage.screen.table(
        ("Month", ">Opening", ">Bought", ">Redeemed", ">Expired", ">Closing", ""),
        rows,
        foot=("In all", "", *totals, words.value(stated[-1]["closing"]), ""),
    )
    meets = [before["closing"] == after["opening"] for before, after in pairwise(stated)]
    stage.say("Openings = closing before", sum(meets))
    _in_full(stage, stated[-1])


def sums(stage: Stage) -> None:
    page = stage.page()
    [states] = page["balances"].values()
    currency = {lot["currency"] for lot in page["lots"]}
    paid = sum(lot["paid_minor"] for lot in page["lots"])
    stage.say("Paid in all", words.money(paid, words.listed(sorted(currency))))
    stage.say("Bought", sum(lot["credits"] for lot in page["lots"]))
    stage.say("Redeemed", states.pop("redeemed"))
    stage.say("Expired", states.pop("expired"))
    stage.say("Left", states.pop("available"))
    stage.say("In any other state", sum(states.values()))
    stage.say("Calls that failed", stage.cloud.failures() - stage.failed_before)


def _in_full(stage: Stage, statement: Json) -> None:
    """One month line by line, on the screen and as a spreadsheet gets it."""
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
    opening = ("", "[dim]Opening[/]", "", "", words.value(statement["opening"]))
    stage.screen.table(
        ("When", "What", "Who", ">Change", ">Balance"),
        [opening, *lines],
        title=f"January {stage.year + 1} in full",
        foot=("", "Closing", "", "", words.value(statement["closing"])),
    )
    text = stage.owner.statement_as_csv(stage.account, statement["month"])
    stage.screen.raw("The same as CSV", text)
    *_, closing = csv.DictReader(text.splitlines())
    stage.say("Last balance in the CSV", int(closing["balance"]))


def _when(at: datetime) -> str:
    """Within a month whose name stands above."""
    return f"{at.day} {at:%b, %H:%M:%S}"


def _statement(stage: Stage, month: int) -> Json:
    return stage.owner.statement(stage.account, f"{moment(stage.year, month, 1):%Y-%m}")


def _row(stage: Stage, month: int, statement: Json) -> tuple[str, ...]:
    """As the table shows it, marked."""
    first = moment(stage.year, month, 1)
    name = f"{first:%B}" if month < MONTHS else f"{first:%B} again"
    right = mark(stage.agrees(name, words.sum_of(statement)))
    moved = (statement["sums"].get(kind, 0) for kind in KINDS)
    cells = (f"{change:+,}" if change else "" for change in moved)
    ends = words.value(statement["opening"]), words.value(statement["closing"])
    return (f"{first:%B %Y}", ends[0], *cells, ends[1], right)
