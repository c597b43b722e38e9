"""Which tests show a rule: by the marks in their sources, and by what a run said of them."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.rules.register import ROOT

TESTS = ROOT / "tests"


class Outcome(IntEnum):
    """Of the runs of one test with several parameters the highest counts."""

    NOT_RUN = 0
    SKIPPED = 1
    PASSED = 2
    FAILED = 3


# rule -> test, as in "unit/test_programs.py::test_…" -> how it ended
Evidence = Mapping[str, Mapping[str, Outcome]]


def marked(tests: Path) -> Evidence:
    found = defaultdict[str, dict[str, Outcome]](dict)
    for path in sorted(tests.rglob("test_*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        of_all = [*_marks(_of_module(module))]
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in (*of_all, *_marks(node.decorator_list)):
                    found[rule][f"{path.relative_to(tests)}::{node.name}"] = Outcome.NOT_RUN
    return found


def _of_module(module: ast.Module) -> list[ast.expr]:
    """What pytestmark says of every test in a file."""
    return [
        node.value
        for node in module.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
    ]


def _marks(decorators: list[ast.expr]) -> Iterator[str]:
    """Also those on one set of parameters: pytest.param(…, marks=pytest.mark.rule("…"))."""
    for decorator in decorators:
        for node in ast.walk(decorator):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def of_run(junit: Path) -> Evidence:
    """By the properties that tests/rules/plugin.py gives to marked tests."""
    found = defaultdict[str, dict[str, Outcome]](dict)
    for case in ET.parse(junit).iter("testcase"):  # noqa: S314 - written by our own test run
        place = case.attrib["classname"].removeprefix("tests.").replace(".", "/")
        test = f"{place}.py::{case.attrib['name'].partition('[')[0]}"
        for one in case.iterfind("properties/property[@name='rule']"):
            tests = found[one.attrib["value"]]
            tests[test] = max(tests.get(test, Outcome.NOT_RUN), _outcome(case))
    return found


def _outcome(case: ET.Element) -> Outcome:
    tags = {child.tag for child in case}
    if tags & {"failure", "error"}:
        return Outcome.FAILED
    return Outcome.SKIPPED if "skipped" in tags else Outcome.PASSED


def together(sources: Evidence, run: Evidence) -> Evidence:
    """All that is marked, with what the run said of it."""
    rules = sources.keys() | run.keys()
    return {rule: {**sources.get(rule, {}), **run.get(rule, {})} for rule in rules}
