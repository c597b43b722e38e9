"""All that docs/openapi.yaml allows, and much that it does not, against the running local API."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import schemathesis

from local.cloud import Cloud
from training_credits.edge.routes import ROUTES

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs/openapi.yaml"
SCHEMA = schemathesis.openapi.from_path(DOCUMENT)
PERIOD = {"from": "2020-01-01T00:00:00Z", "to": "2099-01-01T00:00:00Z"}
CASES_MIN = 30
BOUGHT = 20_000

pytestmark = pytest.mark.engine


class Person:
    """Somebody signed in. Each answer they get is held against the document."""

    def __init__(self, cloud: Cloud, name: str) -> None:
        self.url = cloud.url
        self.email = f"{name}@acme.example"
        self.token = cloud.token(email=self.email, name=name.title(), program="atlassian")
        self.sent = 0

    def call(self, operation_id: str, body: Any = None, **where: Any) -> Any:
        self.sent += 1
        operation = SCHEMA.find_operation_by_id(operation_id)
        case = operation.Case(
            path_parameters=where.pop("path", {}),
            query=where.pop("query", {}),
            headers={"Idempotency-Key": f"{self.email}-{self.sent}"},
            **({} if body is None else {"body": body, "media_type": "application/json"}),
        )
        headers = {"Authorization": f"Bearer {self.token}"}
        return case.call_and_validate(base_url=self.url, headers=headers).json()


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Cloud(port=0, in_memory=True, engine="dynamodb-local") as running:
        yield running


@pytest.fixture(scope="module")
def owner(cloud: Cloud) -> Person:
    return Person(cloud, "ann")


@pytest.fixture(scope="module")
def account(owner: Person) -> str:
    found: str = owner.call("openAccount", {"name": "Acme"})["account"]
    return found


@pytest.fixture(scope="module")
def stage(
    cloud: Cloud, owner: Person, account: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the settings, two people, and ids of things that exist."""
    stranger = Person(cloud, "eve")
    stranger.call("openAccount", {"name": "Elsewhere"})
    here = {"path": {"account": account}}
    order = owner.call("purchase", {"credits": BOUGHT}, **here)["order"]
    code = owner.call("issueCode", {}, **here)["code"]
    asked = [
        owner.call("redeem", {"code": code, "title": f"Course {n}", "credits": 10})["redemption"]
        for n in range(12)
    ]
    others = [f"owner-{n}@acme.example" for n in range(12)]
    for email in others:
        owner.call("addOwner", {"email": email}, **here)
    for n, operation in enumerate(("readRedemption", "cancelRedemption")):
        owner.call(operation, {} if n else None, path={"redemption": asked[n]})
    owner.call("decide", {"verdict": "approve", "redemptions": asked[2:4]}, **here)
    owner.call("readOrder", path={"account": account, "order": order})
    first = owner.call("listTransactions", query={**PERIOD, "limit": 1}, **here)
    listed = owner.call("listRequests", query={"limit": 1}, **here)
    folder = tmp_path_factory.mktemp("schemathesis")
    for name, values in {
        "accounts": [account],
        "orders": [order],
        "redemptions": asked,
        "owners": others,
        "months": [cloud.clock.now().strftime("%Y-%m")],
        "starts": [PERIOD["from"]],
        "ends": [PERIOD["to"]],
        "cursors": [page["cursor"] for page in (first, listed) if "cursor" in page],
        "codes": [code],
    }.items():
        lines = "".join(f"{json.dumps(value)}\n" for value in values)
        (folder / f"{name}.txt").write_text(lines, encoding="utf-8")
    people = {"owner": owner, "stranger": stranger}
    (folder / "auth.json").write_text(json.dumps({"auth": [_login(*p) for p in people.items()]}))
    for name in ("schemathesis.toml", "hooks.py"):
        shutil.copy(HERE / name, folder)
    return folder


def _login(name: str, person: Person) -> dict[str, Any]:
    header = {"name": "Authorization", "value": f"Bearer {person.token}"}
    return {"name": name, "fixedHeaders": [header]}


def _cases(report: Path) -> Counter[str]:
    """How often each operation was called."""
    found: Counter[str] = Counter()
    for line in report.read_text(encoding="utf-8").splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for case in recorder.get("cases", {}).values():
            found[f"{case['value']['method']} {case['value']['path']}"] += 1
    return found


@pytest.mark.timeout(300)
def test_every_answer_is_documented_and_none_is_a_server_error(cloud: Cloud, stage: Path) -> None:
    report = stage / "report.ndjson"
    command = [sys.executable, "-m", "schemathesis.cli", "run", str(DOCUMENT), "--url", cloud.url]
    options = ["--no-color", "--report-ndjson-path", str(report)]
    run = subprocess.run(
        [*command, *options], cwd=stage, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert not cloud.failures
    called = _cases(report)
    seldom = {f"{route.method} {route.path}" for route in ROUTES} - {
        label for label, times in called.items() if times >= CASES_MIN
    }
    assert not seldom, called


@pytest.mark.usefixtures("stage")
def test_after_all_that_every_credit_is_accounted_for(owner: Person, account: str) -> None:
    page = owner.call("readAccount", path={"account": account})
    balance = page["balance"]
    assert min(balance.values()) >= 0
    assert sum(balance.values()) == sum(lot["credits"] for lot in page["lots"]) >= BOUGHT


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES}))
def test_a_method_that_no_route_has_is_not_found(cloud: Cloud, path: str) -> None:
    used = {route.method for route in ROUTES if route.path == path}
    for method in {"GET", "PUT", "POST", "PATCH", "DELETE", "TRACE"} - used:
        connection = HTTPConnection(cloud.url.removeprefix("http://"))
        connection.request(method, path.replace("{", "").replace("}", ""))
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (404, b'{"message": "Not Found"}'), method
        connection.close()
