"""A statement of ten thousand entries: it adds up, reads each once, and takes little memory."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from local import http_event
from local.template import ROOT
from tests.engine import lots
from tests.http.asking import JSON, Who, route_to
from tests.http.people import Company, company
from tests.http.wire import Wire
from tests.proof.figures import Counts
from training_credits.domain.model import EntryKind, State
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import EntryItem, Item, LotItem

pytestmark = [pytest.mark.engine, pytest.mark.proves("E9", "I11")]
ALL = 10_000
MANY = [300, pytest.param(ALL, marks=[pytest.mark.proof, pytest.mark.timeout(1_800)])]
MEMORY_MAX, SPENT = 256, lots.SPENT
ENDS = lots.ENDED + timedelta(days=300)  # bought 65 days before the period
FROM, TO = lots.ENDED, lots.ENDED + timedelta(days=27)


def history(acme: Company, many: int) -> Iterator[Item]:
    """A lot bought before the period, and `many` entries that spend it, in the period."""
    credits = 2 * many * SPENT
    number = lots.lot(0, ENDS)
    lot_id, place = number.lot_id, keys.account("atlassian", acme.account)
    left = replace(number.balance, available=credits - many * SPENT, redeemed=many * SPENT)
    yield LotItem.of("atlassian", acme.account, replace(number, credits=credits, balance=left))
    bought = replace(lots.moved(lot_id, State.ISSUED, State.AVAILABLE), credits=credits)
    entry = lots.entry_of(0, EntryKind.PURCHASE, number.granted_at, bought)
    yield item(place, acme, entry)
    spent = lots.moved(lot_id, State.AVAILABLE, State.REDEEMED)
    for n in range(many):
        at = FROM + (TO - FROM) * n / many
        entry = lots.entry_of(0, EntryKind.REDEEM, at, spent)
        title = f"Administration of large sites, part {n}"
        yield item(place, acme, replace(entry, entry_id=f"redeem-{n:06}", title=title))


def item(place: str, acme: Company, entry: Any) -> Item:
    mine = replace(entry, account_id=acme.account)
    made: Item = EntryItem.of(mine, pk=place, sk=keys.entry(mine.at, mine.entry_id))
    return made


def asked_for(who: Who, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The event of a request, as API Gateway makes it."""
    route, parameters = route_to("POST", path)
    assert route is not None
    sent = http_event.Request(
        method="POST", path=path, headers=(JSON,), body=json.dumps(body).encode()
    )
    key = f"POST {route.path}"
    return http_event.event(sent, route=key, parameters=parameters, claims=who.claims())


def alone(function: str, event: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What a process that runs one function, and then ends, says of it."""
    (folder / "event.json").write_text(json.dumps(event), "utf-8")
    program = [sys.executable, "-m", "tests.proof.load.alone"]
    subprocess.run(
        [*program, function, str(folder / "event.json"), str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=1_500,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'layers/credits'}{os.pathsep}{ROOT}"},
    )
    said: dict[str, Any] = json.loads((folder / "said.json").read_text("utf-8"))
    return said


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_a_long_statement_is_written_within_little_memory(
    unaudited: Wire, table: str, tmp_path: Path, figure: Counts, many: int, form: str
) -> None:
    acme = company(unaudited)
    lots.put(table, history(acme, many))
    body = {"format": form, "from": f"{FROM:%Y-%m-%dT%H:%M:%SZ}", "to": f"{TO:%Y-%m-%dT%H:%M:%SZ}"}
    event = asked_for(acme.owner, f"{acme.path}/documents", body)
    said = alone("documents", event, tmp_path)
    assert said["status"] in {200, 201}, said
    if many == ALL:
        figure(f"E9 MB for {ALL:,} entries as {form}", said["memory"], f"≤ {MEMORY_MAX}")
    assert said["memory"] <= MEMORY_MAX
    read = said["read"]
    assert many <= read["entry"] <= many + read["pages"]
    paper = Path(json.loads(said["body"])["link"])
    assert paper.stat().st_size == json.loads(said["body"])["bytes"]
    if form == "csv":
        adds_up(paper, many)


def adds_up(paper: Path, many: int) -> None:
    """Opening, and what each line moves, is the closing."""
    with paper.open(encoding="utf-8-sig", newline="") as text:
        first, *lines, last = csv.DictReader(text)
    assert (first["kind"], last["kind"], len(lines)) == ("opening", "closing", many)
    balances = [int(each["balance"]) for each in (first, *lines, last)]
    assert balances[0] == 2 * many * SPENT
    assert balances == sorted(balances, reverse=True)
    assert balances[0] - many * SPENT == balances[-1] == balances[-2]
