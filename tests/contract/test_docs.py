"""The pages agree with the code. `WRITE_DOCS=1` writes what can be written instead."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from samtranslator.yaml_helper import yaml_parse

from local.cloud import Cloud
from openapi.events import text_of
from openapi.kinds import KINDS
from tests.contract.docs_events import FAMILIES, WHOM
from tests.contract.docs_story import Item, Told, told
from tests.contract.pages import DOCS, code, column, parts, shown_on, table, written
from tests.contract.raised import raised
from tests.contract.template_reading import folder_of
from tests.contract.template_rules import ROOT, TABLE_RIGHTS
from tests.rules import evidence, places, register
from tests.rules import page as rules_page
from training_credits.domain.errors import Reason
from training_credits.domain.program import Program
from training_credits.dynamodb import keys
from training_credits.dynamodb.stream.described import EVENTS
from training_credits.edge import problems, routes
from training_credits.mails import KINDS as KINDS_OF_MAIL
from training_credits.messaging.eventbridge import SOURCE, detail_of
from training_credits.programs import read
from training_credits.use_cases.news import LOW
from training_credits.use_cases.readers import MAILS

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]

# What a reader of docs/data-model.md wants to see of each kind of item.
SHOWN = {
    "account": "name approval owners codes",
    "lot": "credits face_minor paid_minor expires_on available held redeemed expired closed",
    "member": "role state added_by",
    "order": "channel credits list_minor discount_minor trail payment_id",
    "redemption": "state lines decided_by",
    "entry": "entry_kind movements actor",
    "filing": "head",
    "block": "month entries opening closing previous digest",
    "happening": "happening_kind actor about detail",
    "code": "hint label made_by used",
    "opener": "account_id code_id",
    "seat": "account_id role",
    "invitation": "account_id role open",
    "submission": "answer repeatable",
    "sent": "released",
    "asked": "redemptions",
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
    if str(value).startswith('[{"state"'):
        return ", ".join(f"{step['state']} {step['on']}" for step in json.loads(value))
    if str(value).startswith('[{"title"'):
        return "; ".join(asked(one) for one in json.loads(value))
    if isinstance(value, list):
        return "; ".join(sorted(value) if isinstance(value[0], str) else map(moved, value))
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def asked(line: dict[str, Any]) -> str:
    """A line of a redemption, with the codes that pay for it and the lots they draw on."""
    codes = [f"code {tender['code_id']}" for tender in line["tenders"]]
    draws = [f"{draw['credits']} of {draw['lot_id']}" for draw in line["draws"]]
    return f"{line['title']} for {line['credits']} by {', '.join(codes + draws)}"


def moved(one: dict[str, Any]) -> str:
    """A movement of an entry."""
    return f"{one['credits']} of {one['lot']}: {one['from']} to {one['to']}"


def test_the_data_model_shows_keys_and_questions_as_the_code_does() -> None:
    shown_on(DOCS / "data-model.md", "keys", f"```text\n{str(keys.__doc__).strip()}\n```\n")


def test_events_are_shown_with_their_facts(story: Told) -> None:
    types = [(f"[`{name}`](events/{name}.json)", said.when) for name, said in EVENTS.items()]
    shown_on(DOCS / "events.md", "types", table(("detail-type", "when"), types))
    rows = [
        (" ".join(map(code, family)), " ".join(map(code, EVENTS[family[0]].facts)))
        for family in FAMILIES
    ]
    shown_on(DOCS / "events.md", "facts", table(("detail-type", "facts"), rows))
    approved = next(event for event in story.events if event.type == "RedemptionApproved")
    envelope = {
        "source": SOURCE,
        "detail-type": approved.type,
        "time": approved.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "detail": detail_of(approved),
    }
    shown_on(DOCS / "events.md", "example", f"```json\n{json.dumps(envelope, indent=2)}\n```\n")


@pytest.mark.parametrize("name", EVENTS)
def test_each_event_has_its_schema(name: str) -> None:
    written(DOCS / "events" / f"{name}.json", text_of(name))


def test_no_schema_is_left_of_an_event_that_is_gone() -> None:
    assert {page.stem for page in (DOCS / "events").iterdir()} == EVENTS.keys()


def test_each_mail_has_its_readers(story: Told) -> None:
    # That few credits are left is told with what took them, and is no event of its own.
    assert {event.type for event in story.events} | MAILS.keys() <= EVENTS.keys() | {LOW}
    rows = [
        (code(event), code(text), WHOM[readers.__name__], turned_off(text))
        for event, mails in MAILS.items()
        for text, readers in mails
    ]
    shown_on(
        DOCS / "events.md", "mails", table(("detail-type", "text", "to", "turned off by"), rows)
    )


def turned_off(text: str) -> str:
    kind = KINDS_OF_MAIL[text]
    return code("transactions") if kind.transactions else code(kind.topic)


def test_every_code_of_a_problem_has_its_status_and_meaning() -> None:
    page = DOCS / "errors.md"
    listed = dict(zip(column(page, 0), column(page, 1), strict=True))
    statuses = {
        reason.value: str(problems.STATUS[kind][0].value)
        for kind, reasons in KINDS.items()
        for reason in reasons
    }
    assert {name: said for name, said in listed.items() if said.isdigit()} == statuses
    assert statuses.keys() == {one.value for kind in (Reason, problems.BadInput) for one in kind}


STANDARD = {"type", "title", "status", "code", "detail", "rule", "case_link"}


def test_every_fact_of_a_refusal_is_explained() -> None:
    lines = (DOCS / "errors.md").read_text(encoding="utf-8").splitlines()
    rows = {line.split("`")[1]: line for line in lines if line.startswith("| `")}
    for one in raised():
        explained = set(re.findall(r"`(\w+)`", rows[one.code]))
        assert one.facts <= explained, f"{one.code}: {sorted(one.facts - explained)}"
        assert not one.facts & STANDARD, f"{one.code} would hide a member of every problem"


def test_every_rule_is_shown_with_its_state_its_places_and_its_tests() -> None:
    """By their marks; `make test` asks afterwards whether these tests passed."""
    rules, kept, marked = register.read(), places.kept_by(), evidence.marked(evidence.TESTS)
    assert kept.keys() | marked.keys() <= rules.keys(), "named in code, absent in docs/rules.toml"
    _, shown, _ = parts(rules_page.PAGE, *rules_page.BLOCK)
    assert shown == rules_page.sections(rules, kept, marked), "make programs writes the page"


def test_the_example_program_loads_and_every_key_is_explained() -> None:
    text = (DOCS / "add-a-program.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    assert read(example[1]).id == "example"
    cells = column(DOCS / "add-a-program.md", 0)
    assert {key for cell in cells for key in cell.split("`, `")} >= set(keys_of(Program))


def keys_of(kind: Any, within: str = "") -> Iterator[str]:
    hints = get_type_hints(kind)
    for one in fields(kind):
        below = [t for t in (hints[one.name], *get_args(hints[one.name])) if is_dataclass(t)]
        if below:
            yield from keys_of(below[0], f"{within}{one.name}.")
        else:
            yield f"{within}{one.name}"


def test_each_function_is_listed_with_what_it_may_do() -> None:
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))["Resources"]
    deployed = {n for n, r in template.items() if r["Type"] == "AWS::Serverless::Function"}
    page = DOCS / "functions.md"
    listed = {
        folder_of(name): " ".join(rights.replace(",", "").split())
        for name, rights in zip(column(page, 0), column(page, 2), strict=True)
        if name in deployed
    }
    assert listed == {name: rights or "nothing" for name, rights in TABLE_RIGHTS.items()}


def block_of(page: Path, begins: str) -> str:
    """The commands of a page that are there to be pasted."""
    found = re.search(rf"```({begins}.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1].partition("\n")[2]


def test_what_is_there_to_be_pasted_works_and_works_again(tmp_path: Path) -> None:
    readme = block_of(ROOT / "README.md", "bash")
    case = block_of(DOCS / "cases.md", "sh\nOPERATOR=")
    order = block_of(DOCS / "orders.md", "sh\nOPERATOR=")
    hook = block_of(DOCS / "webhooks.md", "sh\nPLATFORM=")
    with Cloud(port=0, in_memory=True, engine="moto") as cloud:
        script = f"set -euo pipefail\n{readme}" * 2 + case * 2 + hook * 2 + order * 2
        run = subprocess.run(
            ["bash", "-c", script],
            env={"PATH": os.environ["PATH"], "API": cloud.url},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    assert re.search(r'"closing".*,19700', run.stdout)
    assert len(re.findall(r"in_review\n[0-9A-Z]{16}\n", run.stdout)) == 2
    assert '"type": "WebhookTest"' in run.stdout
    assert run.stdout.endswith("quoted\naccepted\ninvoiced\nactivated\n" * 2)
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
    shell = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)).replace("`", "")
    assert set(re.findall(r"^make ([a-z]+)\b", shell, re.MULTILINE)) <= made


def test_pages_are_short_and_found_from_the_index() -> None:
    lengths = {page: len(page.read_text(encoding="utf-8").splitlines()) for page in PAGES}
    assert lengths[ROOT / "README.md"] <= 120
    assert not [page.name for page in lengths if page.parent.name == "adr" and lengths[page] > 55]
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")} - {"README.md"}
    assert pages <= set(re.findall(r"\]\(([^)]+)\)", index))
