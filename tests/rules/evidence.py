"""Which tests show a rule or prove a promise: by marks in their sources, by what a run said."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.rules.register import ROOT

TESTS = ROOT / "tests"
RULE = "rule"


class Outcome(IntEnum):
    """Of the runs of one test with several parameters the highest counts."""

    NOT_RUN = 0
    SKIPPED = 1
    PASSED = 2
    FAILED = 3


# rule -> test, as in "unit/test_programs.py::test_…" -> how it ended
Evidence = Mapping[str, Mapping[str, Outcome]]


def marked(tests: Path, mark: str = RULE) -> Evidence:
    found = defaultdict[str, dict[str, Outcome]](dict)
    for path in sorted(tests.rglob("test_*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        named = _named(module)
        of_all = [*_marks(mark, _of_module(module), named)]
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in (*of_all, *_marks(mark, node.decorator_list, named)):
                    found[rule][f"{path.relative_to(tests)}::{node.name}"] = Outcome.NOT_RUN
    return found


def _of_module(module: ast.Module) -> list[ast.expr]:
    """What pytestmark says of every test in a file."""
    return [
        node.value
        for node in module.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
    ]


def _named(module: ast.Module) -> dict[str, ast.expr]:
    """What a module names, such as a list of parameters or a mark used more than once."""
    found = dict[str, ast.expr]()
    for node in module.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                match target, node.value:
                    case ast.Name(id=name), value:
                        found[name] = value
                    case ast.Tuple(elts=names), ast.Tuple(elts=values):
                        found |= zip(map(ast.unparse, names), values, strict=False)
    return found


def _marks(mark: str, of: list[ast.expr], named: Mapping[str, ast.expr]) -> Iterator[str]:
    """Also those on one set of parameters: pytest.param(…, marks=pytest.mark.rule("…"))."""
    for expression in of:
        for node in ast.walk(expression):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == f"pytest.mark.{mark}":
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))
            elif isinstance(node, ast.Name) and node.id in named:
                rest = {name: value for name, value in named.items() if name != node.id}
                yield from _marks(mark, [named[node.id]], rest)


def of_run(junit: Path, mark: str = RULE) -> Evidence:
    """By the properties that tests/rules/plugin.py gives to marked tests."""
    found = defaultdict[str, dict[str, Outcome]](dict)
    for case in ET.parse(junit).iter("testcase"):  # noqa: S314 - written by our own test run
        place = case.attrib["classname"].removeprefix("tests.").replace(".", "/")
        test = f"{place}.py::{case.attrib['name'].partition('[')[0]}"
        for one in case.iterfind(f"properties/property[@name='{mark}']"):
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
