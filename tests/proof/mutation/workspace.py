"""Where mutants live: a copy of the product and its tests in build/, and what mutmut is told."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.proof.mutation import forks, typed
from tests.rules.register import ROOT

PRODUCT = ROOT / "layers" / "credits" / "training_credits"
BESIDE = ("audit", "demo", "docs", "functions", "local", "openapi", "tests", "verify")
PAGES = ("CHANGELOG.md", "Makefile", "README.md", "template.yaml")
CAUGHT_BY_TYPE = 37  # as mutmut says it
AGAIN = (None, 0, 33)  # not tried yet, survived, reached by no test
# They start processes of their own, which would not find mutmut; or take long and reach little.
LEFT_OUT = (
    "tests/unit/papers/test_long_papers.py",
    "tests/unit/verify/test_command.py::test_it_needs_python_and_the_export_alone",
)


PROPERTIES = tuple(
    f"tests/properties/test_{name}.py"
    for name in ("calendar_zones", "journal", "past", "statement")
)
PLUGINS = tuple(
    f"-p{plugin}"
    for plugin in ("no:cacheprovider", "no:xdist", "no:cov", "tests.proof.mutation.nodeids")
)
FORKED = (
    *(f"-p{forks.__name__}", "--capture=sys", "--basetemp=files", "--timeout=3600"),
    *("-o", "tmp_path_retention_policy=none"),
)


class Layer(NamedTuple):
    """How many in a hundred mutants must be noticed, of how many modules at least, and by what."""

    goal: int
    modules: int
    tests: tuple[str, ...]


LAYERS = {
    "domain": Layer(95, 100, ("tests/unit", *PROPERTIES)),
    "use_cases": Layer(80, 33, ("tests/unit",)),
    "edge": Layer(80, 33, ("tests/unit", "tests/integration/test_bad_input.py")),
}


class Workspace:
    def __init__(self, layer: str, folder: Path | None = None) -> None:
        self.layer = layer
        self.folder = folder or ROOT / "build" / "mutation" / layer
        self.mutants = self.folder / "mutants"

    def prepare(self) -> None:
        """Copies keep their dates, by which mutmut knows what it has mutated already."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(PRODUCT, self.folder / PRODUCT.name, dirs_exist_ok=True)
        fonts = Path("layers", "documents")
        for name in (*BESIDE, fonts):
            shutil.copytree(ROOT / name, self.folder / name, dirs_exist_ok=True)
        for page in PAGES:
            shutil.copy2(ROOT / page, self.folder)
        settings = _table("tool.mutmut", self._settings()) + _of_pytest()
        (self.folder / "pyproject.toml").write_text(settings, encoding="utf-8")

    def _tests(self) -> list[str]:
        return [*LAYERS[self.layer].tests, *(f"--deselect={test}" for test in LEFT_OUT)]

    def _settings(self) -> dict[str, object]:
        return {
            "source_paths": [PRODUCT.name],
            "only_mutate": [f"{PRODUCT.name}/{self.layer}/*"],
            "also_copy": [*BESIDE, "layers", *PAGES],
            "pytest_add_cli_args": [*PLUGINS],
            "pytest_add_cli_args_test_selection": self._tests(),
            "timeout_constant": 60.0,
            "use_git_change_detection": False,
        }

    def generate(self) -> None:
        """And ask, of each test that is new, which functions it reaches."""
        copy = ("copy_src_dir()", "copy_also_copy_files()", "setup_source_paths()")
        steps = (*copy, "create_mutants(1)", "collect_or_load_stats(m.PytestRunner())")
        self._python("-c", f"import mutmut.__main__ as m; m.{'; m.'.join(steps)}")

    def check_types(self) -> None:
        """What mypy refuses needs no test. mutmut could ask it too, but takes half an hour."""
        layer = Path(PRODUCT.name, self.layer)
        said = self._python("-m", typed.__name__, "mypy", str(layer), within=self.mutants)
        for file, names in typed.names(said, self.mutants).items():
            meta = self.mutants / f"{file}.meta"
            of_file = json.loads(meta.read_text("utf-8"))
            results = of_file["exit_code_by_key"]
            caught = {key for key in results if key.rpartition(".")[2] in names}
            results |= dict.fromkeys(caught, CAUGHT_BY_TYPE)
            meta.write_text(json.dumps(of_file), encoding="utf-8")

    def run(self, modules: list[str]) -> None:
        """Of these modules, or of all, each mutant without a result, and each that survived."""
        asked = tuple(f"{PRODUCT.name}.{module}." for module in modules) or ("",)
        keys = [
            (str(meta), key)
            for meta in self._drawn()
            for key, code in json.loads(meta.read_text("utf-8"))["exit_code_by_key"].items()
            if key.startswith(asked) and code in AGAIN
        ]
        if keys:
            kept = self.folder / "asked.json"
            kept.write_text(json.dumps(keys), encoding="utf-8")
            tests = [*PLUGINS, *FORKED, *self._tests()]
            environment = os.environ | {forks.ASKED: str(kept)}
            command = [sys.executable, "-m", "pytest", *tests]
            subprocess.run(command, cwd=self.mutants, env=environment, check=True)

    def _drawn(self) -> list[Path]:
        """Modules as drawn by lot, always alike: a run that is broken off has tried a sample."""
        every = sorted((self.mutants / PRODUCT.name / self.layer).rglob("*.meta"))
        return random.Random(self.layer).sample(every, len(every))  # noqa: S311 - no secret

    def _python(self, *arguments: str, within: Path | None = None) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=within or self.folder,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout


def _table(name: str, values: dict[str, object]) -> str:
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in values.items()]
    return f"[{name}]\n{''.join(lines)}\n"


def _of_pytest() -> str:
    """Ours, but for the folder in which the product lies."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    begin = text.index("[tool.pytest.ini_options]")
    table = text[begin : text.index("\n[", begin)]
    return table.replace('pythonpath = ["layers/credits", "."]', 'pythonpath = ["."]')
