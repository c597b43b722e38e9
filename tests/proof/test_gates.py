"""The gates of `make check` are shown to close: each finds a fault that is planted for it."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from local.template import TEMPLATE, translate
from tests.proof.figures import Counts
from tests.rules.register import ROOT

pytestmark = [pytest.mark.proof, pytest.mark.proves("G16"), pytest.mark.timeout(600)]

CHECKOV = ROOT / ".venv-checkov" / "bin" / "checkov"

THROTTLE = (
    "        ThrottlingRateLimit: !Ref RequestsPerSecond",
    "        ThrottlingBurstLimit: !Ref RequestBurst",
)
# Careless changes to template.yaml, by the rule that they break: cfn-lint's, or a serverless one.
PLANTED = {
    "E3034": ("Timeout: 28", "Timeout: 9999"),
    "E3002": ("      Timeout: 28", "      Timeuot: 28"),
    "WS1003": ("- dynamodb:GetItem", "- dynamodb:*"),
    "ES2003": (f"{THROTTLE[0]}\n{THROTTLE[1]}\n", ""),
    "ES4000": ("DeadLetterConfig: {Arn: !GetAtt NotifyFailures.Arn}", ""),
}


def ran(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def linted(template: Path) -> set[str]:
    """The rules it breaks, by the settings of `make check`."""
    shutil.copy(ROOT / ".cfnlintrc.yaml", template.parent)
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    found = json.loads(ran(cfn_lint, "--format", "json", folder=template.parent).stdout)
    return {finding["Rule"]["Id"] for finding in found}


def test_what_lints_the_template_finds_five_faults_and_none_where_none_is(
    tmp_path: Path, figure: Counts
) -> None:
    template = tmp_path / "template.yaml"
    shutil.copy(TEMPLATE, template)
    assert linted(template) == set()
    text = TEMPLATE.read_text("utf-8")
    for old, new in PLANTED.values():
        assert old in text
        text = text.replace(old, new, 1)
    template.write_text(text, encoding="utf-8")
    found = linted(template) & PLANTED.keys()
    figure("template: kinds of planted faults that cfn-lint finds", len(found), len(PLANTED))
    assert found == PLANTED.keys()


def checked(folder: Path, template: object) -> set[str]:
    """The checks that fail, by the settings of `make check`."""
    (folder / "template.json").write_text(json.dumps(template), encoding="utf-8")
    settings = ("--config-file", ROOT / ".checkov.yaml", "--output", "json")
    run = ran(CHECKOV, *settings, "--file", folder / "template.json", folder=folder)
    results = json.loads(run.stdout)["results"]
    return {each["check_id"] for each in results["failed_checks"]}


@pytest.mark.skipif(not CHECKOV.exists(), reason="make check sets it up")
def test_what_checks_the_translated_template_finds_rights_to_do_anything(
    tmp_path: Path, figure: Counts
) -> None:
    template = translate()
    assert checked(tmp_path, template) == set()
    policy = template["Resources"]["RedeemFunctionRole"]["Properties"]["Policies"][0]
    policy["PolicyDocument"]["Statement"][0] |= {"Action": ["dynamodb:*"], "Resource": "*"}
    assert checked(tmp_path, template) & {"CKV_AWS_109", "CKV_AWS_111"}
    accepted = (ROOT / ".checkov.yaml").read_text("utf-8").count("- CKV_")
    figure("template: checks of checkov left out, each with its reason", accepted, "≤ 5")
    assert accepted <= 5


# What must never be committed, put together here so that this file is not found itself.
LEAKS = ("https://py" + "pi.org/simple", "/" + "root/of/one/machine", "--index-url=elsewhere")


@pytest.mark.parametrize("leak", LEAKS)
def test_what_belongs_to_one_machine_is_found(tmp_path: Path, leak: str) -> None:
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "leaks", tmp_path / "tools")
    (tmp_path / "notes.txt").write_text("nothing\n", encoding="utf-8")
    ran("git", "init", "-q", folder=tmp_path)
    assert ran(tmp_path / "tools" / "leaks", folder=tmp_path).returncode == 0
    (tmp_path / "notes.txt").write_text(f"{leak}\n", encoding="utf-8")
    assert ran(tmp_path / "tools" / "leaks", folder=tmp_path).returncode == 1


def test_an_arrow_that_points_the_wrong_way_is_found(tmp_path: Path) -> None:
    """The domain must not know the table."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    packages = {*settings["importlinter"]["root_packages"], "layers"} - {"training_credits"}
    for folder in packages:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.ttf"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    domain = tmp_path / "layers" / "credits" / "training_credits" / "domain" / "codes.py"
    domain.write_text(f"import boto3  # noqa\n{domain.read_text('utf-8')}", encoding="utf-8")
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    paths = f"import sys; sys.path[:0] = ['layers/credits', '.']; {command}"
    run = ran(sys.executable, "-c", paths, "--no-logo", "--no-cache", folder=tmp_path)
    assert run.returncode == 1
    assert "training_credits.domain.codes -> boto3" in run.stdout
