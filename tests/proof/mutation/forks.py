"""A plugin of pytest: tests are collected once, and each mutant has a process of its own.

mutmut collects anew for each mutant, which takes longer than the tests do. Its files are read and
written as it would: which tests reach a function, and what became of each mutant.
"""

import json
import os
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

AT_ONCE = 2
MOST = 300
PATIENCE = 5  # seconds of a processor, beside ten times what a test takes without a mutant
FAILED, BROKEN, REACHED_BY_NONE = 1, 3, 33
ASKED = "MUTANTS_ASKED"  # where it stands which
COMMON = {"train", "credi", "domai", "cases", "decis", "tests", "rules", "check"}
UNDER_TEST = "MUTANT_UNDER_TEST"
STATS = "mutmut-stats.json"


class Mutant(NamedTuple):
    meta: Path
    key: str

    @property
    def function(self) -> str:
        return self.named.rpartition("__mutmut_")[0]

    @property
    def named(self) -> str:
        """As the product asks for it."""
        return self.key.replace("__init__.", "")

    def keep(self, code: int) -> None:
        of_file = json.loads(self.meta.read_text("utf-8"))
        of_file["exit_code_by_key"][self.key] = code
        self.meta.write_text(json.dumps(of_file), encoding="utf-8")


class Tests:
    """Of each function the tests that reach it: those that noticed most of its mutants until now,
    then those that are called as it is, then the quickest of each file. Half of all tests reach
    some functions: not all are run.
    """

    def __init__(self, session: pytest.Session, stats: dict[str, Any]) -> None:
        self.session = session
        self.items = {item.nodeid: item for item in session.items}
        self.seconds: dict[str, float] = stats["duration_by_test"]
        self.of: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self.reach = Counter(test for tests in self.of.values() for test in tests)
        self.noticed = defaultdict[str, Counter[str]](Counter)

    def reaching(self, function: str) -> list[str]:
        known = [test for test in self.of.get(function, ()) if test in self.items]
        place, seen = dict[str, int](), Counter[str]()
        for test in sorted(known, key=self.cost):
            file = test.partition("::")[0]
            place[test] = seen[file]
            seen[file] += 1
        noticed, called = self.noticed[function], stems(function)
        alike = {test: len(called & stems(test)) for test in known}
        known.sort(key=lambda test: (-noticed[test], -alike[test], place[test]))
        return known[:MOST]

    def cost(self, test: str) -> float:
        return self.reach[test] * max(self.seconds[test], 0.01)

    def failing(self, names: list[str]) -> str:
        """The first that fails, if one does; in a process that ends with it."""
        noticed = Noticing()
        self.session.config.pluginmanager.register(noticed)
        items = [self.items[name] for name in names]
        for item, after in zip(items, [*items[1:], None], strict=True):
            self.limit(item)
            self.session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if noticed.failed:
                break
        return "".join(noticed.failed)

    def limit(self, item: pytest.Item) -> None:
        """Time in which others have the processor does not count."""
        until = ceil(time.process_time() + PATIENCE + 10 * self.seconds[item.nodeid])
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


class Noticing:
    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or [report.nodeid]


class Children:
    def __init__(self, tests: Tests) -> None:
        self.tests = tests
        self.running: dict[int, tuple[Mutant, int]] = {}

    def run(self, mutants: list[Mutant]) -> None:
        for number, mutant in enumerate(mutants):
            if number % 25 == 0:
                tell(f"{number} of {len(mutants)}\n")
            names = self.tests.reaching(mutant.function)
            if not names:
                mutant.keep(REACHED_BY_NONE)
                continue
            if len(self.running) == AT_ONCE:
                self.wait()
            process, said = fork(partial(self.tests.failing, names), mutant.named)
            self.running[process] = mutant, said
        while self.running:
            self.wait()

    def wait(self) -> None:
        process, status = os.wait()
        mutant, said = self.running.pop(process)
        mutant.keep(os.waitstatus_to_exitcode(status))
        with os.fdopen(said) as told:
            self.tests.noticed[mutant.function].update(told.read().split("\n"))


def fork(failing: Callable[[], str], mutant: str) -> tuple[int, int]:
    """A process, and where it says which test failed in it."""
    said, saying = os.pipe()
    process = os.fork()
    if process:
        os.close(saying)
        return process, said
    code = BROKEN
    try:
        os.environ[UNDER_TEST] = mutant
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        failed = failing()
        os.write(saying, failed.encode())
        code = FAILED if failed else 0
    finally:
        os._exit(code)


def stems(name: str) -> set[str]:
    """What its words begin with."""
    return {word[:5] for word in re.findall("[a-z]{4,}", name)} - COMMON


def tell(text: str) -> None:
    """Past pytest, which keeps what is written."""
    if sys.__stdout__:
        sys.__stdout__.write(text)
        sys.__stdout__.flush()


def asked() -> list[Mutant]:
    said = json.loads(Path(os.environ[ASKED]).read_text("utf-8"))
    return [Mutant(Path(meta), key) for meta, key in said]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    # All children are to have one folder for their files, which the first to ask for it empties.
    vars(session.config)["_tmp_path_factory"].getbasetemp()
    tests = Tests(session, json.loads(Path(STATS).read_text("utf-8")))
    mutants = asked()
    every = {name for mutant in mutants for name in tests.reaching(mutant.function)}
    names = [name for name in tests.items if name in every]
    process, said = fork(partial(tests.failing, names), "")
    if os.waitpid(process, 0)[1]:
        raise pytest.UsageError(f"without any mutant, this fails: {os.read(said, 1_000)!r}")
    Children(tests).run(mutants)
    return True
