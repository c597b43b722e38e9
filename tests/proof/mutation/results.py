"""What became of the mutants: docs/mutation.toml, which also says why a survivor is left."""

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, convert

from tests.contract.pages import table
from tests.proof.mutation.workspace import CAUGHT_BY_TYPE, LAYERS, PRODUCT, Workspace
from tests.rules.register import ROOT

REGISTER = ROOT / "docs" / "mutation.toml"
HEAD = """\
# Of the last run of `make mutants`, module by module: how many changes were made to it, how many of
# them a test noticed, how many mypy refused, and which were noticed by nobody, with the reason why
# each is left. Written by `make mutants`, but for the reasons.
"""
NOTICED = {1, 3, -24}  # a test failed, or broke off everything, or never ended
HEADER = (
    *("layer", "modules", "mutants", "by types", "by tests", "survived"),
    *("noticed of those that were run", "noticed of all", "goal"),
)
SHOW = """\
import json, sys, mutmut.__main__ as m
from pathlib import Path
m.Config.ensure_loaded()
left = json.load(sys.stdin)
print(json.dumps([m.get_diff_for_mutant(key, path=Path(path)) for path, key in left]))
"""


class Survivor(Struct, frozen=True):
    """A change to a function that nobody noticed, as the lines that it took and gave."""

    function: str
    was: str
    now: str
    why: str = ""


class Module(Struct, frozen=True, kw_only=True):
    by_tests: int
    by_types: int
    survivors: tuple[Survivor, ...] = ()

    @property
    def mutants(self) -> int:
        return self.by_tests + self.by_types + len(self.survivors)


Register = Mapping[str, Module]


def read(path: Path = REGISTER) -> Register:
    return convert(tomllib.loads(path.read_text("utf-8")), dict[str, Module])


def of_layer(register: Register, layer: str) -> list[Module]:
    return [module for name, module in register.items() if name.startswith(f"{layer}/")]


def share(modules: Iterable[Module]) -> float:
    """Of a hundred mutants, how many were noticed; rounded down, since a goal is not rounded up."""
    every = [*modules]
    mutants = sum(module.mutants for module in every)
    left = sum(len(module.survivors) for module in every)
    return int(1000 * (mutants - left) / mutants) / 10 if mutants else 0.0


def tried(register: Register, layer: str) -> float:
    """Of a hundred modules with functions, of how many a run is kept."""
    there = written_in(layer)
    return int(1000 * len(there & register.keys()) / len(there)) / 10


def written_in(layer: str) -> set[str]:
    """The modules that have functions; mutmut changes nothing else."""
    return {
        str(path.relative_to(PRODUCT))
        for path in (PRODUCT / layer).rglob("*.py")
        if "def " in path.read_text("utf-8")
    }


def found(space: Workspace) -> Iterator[tuple[str, Module]]:
    """Each module of which every mutant has its result."""
    codes = {name: codes_of(space, name) for name in sorted(written_in(space.layer))}
    whole = {name: of for name, of in codes.items() if None not in of.values()}
    left = [
        (str(Path(PRODUCT.name, name)), key)
        for name, of in whole.items()
        for key, code in of.items()
        if code not in {*NOTICED, CAUGHT_BY_TYPE}
    ]
    survived = shown(space, left)
    for name, of in whole.items():
        counted = Counter(of.values())
        yield (
            name,
            Module(
                by_tests=sum(counted[code] for code in NOTICED),
                by_types=counted[CAUGHT_BY_TYPE],
                survivors=tuple(survived[key] for key in of if key in survived),
            ),
        )


def codes_of(space: Workspace, name: str) -> dict[str, int | None]:
    meta = space.mutants / PRODUCT.name / f"{name}.meta"
    return convert(json.loads(meta.read_text("utf-8"))["exit_code_by_key"], dict[str, int | None])


def shown(space: Workspace, left: list[tuple[str, str]]) -> dict[str, Survivor]:
    """As mutmut shows them, each a diff of one function."""
    asked = json.dumps(left)
    command = [sys.executable, "-P", "-c", SHOW]
    run = subprocess.run(
        command, cwd=space.folder, input=asked, stdout=subprocess.PIPE, text=True, check=True
    )
    return {
        key: survivor(key, diff)
        for (_, key), diff in zip(left, json.loads(run.stdout), strict=True)
    }


def survivor(key: str, diff: str) -> Survivor:
    lines = [line for line in diff.splitlines()[2:] if line[:1] in ("+", "-")]
    was, now = ("\n".join(one[1:].strip() for one in lines if one[0] == sign) for sign in "-+")
    return Survivor(key.rpartition(".")[2].partition("__mutmut_")[0], was, now)


def together(old: Register, new: Mapping[str, Module]) -> Register:
    """New results with the old reasons."""
    merged = dict(old)
    for name, module in new.items():
        before = old[name].survivors if name in old else ()
        why = {(one.function, one.was, one.now): one.why for one in before}
        survivors = tuple(
            Survivor(one.function, one.was, one.now, why.get((one.function, one.was, one.now), ""))
            for one in module.survivors
        )
        merged[name] = Module(
            by_tests=module.by_tests, by_types=module.by_types, survivors=survivors
        )
    return dict(sorted(merged.items()))


def of_modules_there_are(register: Register) -> Register:
    there = {name for layer in LAYERS for name in written_in(layer)}
    return {name: module for name, module in register.items() if name in there}


def written(register: Register) -> str:
    return HEAD + "".join(_module(name, module) for name, module in register.items())


def _module(name: str, module: Module) -> str:
    text = f'\n["{name}"]\nby_tests = {module.by_tests}\nby_types = {module.by_types}\n'
    for one in module.survivors:
        values = (one.function, one.was, one.now, one.why)
        facts = zip(("function", "was", "now", "why"), values, strict=True)
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts]
        text += f'\n[["{name}".survivors]]\n{"".join(lines)}'
    return text


def summary(register: Register) -> str:
    rows = []
    for layer, said in LAYERS.items():
        every = of_layer(register, layer)
        counts = [
            sum(one.mutants for one in every),
            sum(one.by_types for one in every),
            sum(one.by_tests for one in every),
            sum(len(one.survivors) for one in every),
        ]
        of_all = f"{len(every)} of {len(written_in(layer))}"
        run = [Module(by_tests=m.by_tests, by_types=0, survivors=m.survivors) for m in every]
        shares = f"{share(run)} %", f"{share(every)} %", f"{said.goal} %"
        rows.append((layer, of_all, *map("{:,}".format, counts), *shares))
    return f"\n{table(HEADER, rows)}\n"
