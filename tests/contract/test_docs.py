"""The pages agree with the code. `WRITE_DOCS=1` writes what can be written instead."""

import json
import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from samtranslator.yaml_helper import yaml_parse

from local.cloud import Cloud
from openapi import refusals
from tests.contract.docs_story import Item, Told, told
from tests.contract.pages import DOCS, code, column, shown_on, table
from tests.contract.template_rules import ROOT, TABLE_RIGHTS
from training_credits.domain.errors import Reason
from training_credits.domain.program import Program
from training_credits.dynamodb import keys
from training_credits.edge import problems, routes
from training_credits.messaging.eventbridge import SOURCE, detail_of
from training_credits.programs import read

PRODUCT = ROOT / "layers" / "credits" / "training_credits"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
RULE = re.compile(r"\b(SF|CI|AT)-(\d\d)(?: to (\d\d))?")

# What a reader of docs/data-model.md wants to see of each kind of item.
SHOWN = {
    "account": "name approval owners code_hint",
    "lot": "credits paid_minor expires_on available held redeemed expired closed",
    "owner": "active added_by",
    "order": "credits list_minor discount_minor payment_id",
    "redemption": "state title credits draws decided_by",
    "entry": "entry_kind movements actor",
    "code": "account_id hint made_by",
    "seat": "account_id",
    "submission": "answer repeatable",
    "sent": "released",
}


@pytest.fixture(scope="module")
def story() -> Told:
    return told()


def test_the_data_model_shows_the_items_of_one_account(story: Told) -> None:
    parts = []
    for pk, group in groupby(story.items, key=lambda item: item["pk"]):
        items = list(group)
        places = [n for n in ("sk", "book", "worklist", "due") if any(n in i for i in items)]
        rows = [(*(code(item.get(n)) for n in places), held_by(item)) for item in items]
        parts.append(f"\n**`{pk}`**\n\n{table((*places, 'holds'), rows)}")
    shown_on(DOCS / "data-model.md", "items", "".join(parts) + "\n")


def held_by(item: Item) -> str:
    values = ((name, item[name]) for name in SHOWN[item["kind"]].split() if name in item)
    facts = ", ".join(f"{name} {brief(value)}" for name, value in values if value not in ("", []))
    return f"*{item['kind']}* {code(facts)}".strip()


def brief(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(moved(one) for one in value)
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def moved(one: dict[str, Any]) -> str:
    """A movement of an entry, or a draw of a redemption."""
    way = f": {one['from']} to {one['to']}" if "from" in one else ""
    return f"{one['credits']} of {one['lot']}{way}"


def test_the_data_model_shows_keys_and_questions_as_the_code_does() -> None:
    shown_on(DOCS / "data-model.md", "keys", f"```text\n{str(keys.__doc__).strip()}\n```\n")


def test_events_are_shown_with_their_facts(story: Told) -> None:
    events = {event.type: event for event in story.events}
    rows = [(code(n), " ".join(code(fact) for fact in e.facts)) for n, e in events.items()]
    shown_on(DOCS / "events.md", "facts", table(("detail-type", "facts"), rows))
    approved = events["RedemptionApproved"]
    envelope = {
        "source": SOURCE,
        "detail-type": approved.type,
        "time": approved.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "detail": detail_of(approved),
    }
    shown_on(DOCS / "events.md", "example", f"```json\n{json.dumps(envelope, indent=2)}\n```\n")


def test_every_code_of_a_problem_has_its_status_and_meaning() -> None:
    page = DOCS / "errors.md"
    listed = dict(zip(column(page, 0), column(page, 1), strict=True))
    statuses = {
        reason.value: str(problems.STATUS[kind][0].value)
        for kind, reasons in refusals.KINDS.items()
        for reason in reasons
    }
    assert {name: said for name, said in listed.items() if said.isdigit()} == statuses
    assert statuses.keys() == {one.value for kind in (Reason, problems.BadInput) for one in kind}


def test_every_rule_that_is_kept_is_listed_with_its_place_and_its_tests() -> None:
    page = DOCS / "programs.md"
    meanings = dict(zip(column(page, 0), column(page, 1), strict=True))
    kept, tested = rules_kept(), rules_tested()
    rows = []
    for rule in sorted(kept.keys() | tested.keys(), key=lambda r: ("SF CI AT".find(r[:2]), r)):
        places = [" ".join(map(code, sorted(found[rule]))) for found in (kept, tested)]
        rows.append((rule, meanings.get(rule, ""), *places))
    shown_on(page, "rules", table(("rule", "what it says", "kept by", "tests"), rows))
    assert not [row[0] for row in rows if not row[1]], "say in docs/programs.md what they say"


def rules_kept() -> dict[str, set[str]]:
    """By modules, and by keys of program files; a comment on its own speaks of its section."""
    found = defaultdict[str, set[str]](set)
    for path in set(PRODUCT.rglob("*.py")) - {PRODUCT / "edge" / "examples.py"}:
        for rule in rules_in(path.read_text(encoding="utf-8")):
            found[rule].add(str(path.relative_to(PRODUCT)))
    for path in PRODUCT.glob("programs/*.toml"):
        section = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line.partition("#")[0].strip("[] ")
            key = line.partition("=")[0].strip() if line[:1].isalpha() else ""
            for rule in rules_in(line):
                found[rule].add(f"{path.name}:{'.'.join(filter(None, (section, key)))}")
    return found


def rules_tested() -> dict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for rule in re.findall(r'mark\.rule\("([A-Z]{2}-\d\d)"\)', path.read_text("utf-8")):
            found[rule].add(str(path.relative_to(ROOT / "tests")))
    return found


def rules_in(text: str) -> Iterator[str]:
    for program, first, last in RULE.findall(text):
        for number in range(int(first), int(last or first) + 1):
            yield f"{program}-{number:02}"


def test_the_example_program_loads_and_every_key_is_explained() -> None:
    text = (DOCS / "add-a-program.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    assert read(example[1]).id == "example"
    assert set(column(DOCS / "add-a-program.md", 0)) >= set(keys_of(Program))


def keys_of(kind: Any, within: str = "") -> Iterator[str]:
    hints = get_type_hints(kind)
    for one in fields(kind):
        below = [t for t in (hints[one.name], *get_args(hints[one.name])) if is_dataclass(t)]
        if below:
            yield from keys_of(below[0], f"{within}{one.name}.")
        else:
            yield f"{within}{one.name}"


def test_the_readme_lists_each_function_with_what_it_may_do() -> None:
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))["Resources"]
    deployed = {n for n, r in template.items() if r["Type"] == "AWS::Serverless::Function"}
    page = ROOT / "README.md"
    listed = {
        name.removesuffix("Function").lower(): " ".join(rights.replace(",", "").split())
        for name, rights in zip(column(page, 0), column(page, 2), strict=True)
        if name in deployed
    }
    assert listed == {name: rights or "nothing" for name, rights in TABLE_RIGHTS.items()}


def test_the_readme_can_be_pasted(tmp_path: Path) -> None:
    pasted = re.search(r"```bash\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert pasted is not None
    with Cloud(port=0, in_memory=True, engine="moto") as cloud:
        script = f"set -euo pipefail\n{pasted[1]}" * 2
        run = subprocess.run(
            ["bash", "-c", script],
            env={"PATH": os.environ["PATH"], "API": cloud.url},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    assert re.search(r'"closing","","",0,19700', run.stdout)
    assert "problem" not in run.stdout


def test_operations_explains_each_alarm_and_each_parameter() -> None:
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    alarms = {n for n, r in template["Resources"].items() if "Alarm" in r["Type"]}
    assert set(column(DOCS / "operations.md", 0)) >= alarms | set(template["Parameters"])


def test_architecture_lists_each_route() -> None:
    expected = {f"{route.method} {route.path}" for route in routes.ROUTES}
    assert set(column(DOCS / "architecture.md", 0)) >= expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere_and_named_targets_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert not [link for link in links if not (page.parent / link).exists()]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    made = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)\b", text, re.MULTILINE)) <= made


def test_pages_are_short_and_found_from_the_index() -> None:
    lengths = {page: len(page.read_text(encoding="utf-8").splitlines()) for page in PAGES}
    assert lengths[ROOT / "README.md"] <= 120
    assert not [page.name for page in lengths if page.parent.name == "adr" and lengths[page] > 40]
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")} - {"README.md"}
    assert pages <= set(re.findall(r"\]\(([^)]+)\)", index))
