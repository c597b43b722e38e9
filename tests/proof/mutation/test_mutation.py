"""Mutants: how many were noticed by the run that is kept, and that what counts them can fail."""

from pathlib import Path

import pytest

from tests.proof.figures import Counts
from tests.proof.mutation import results, typed
from tests.proof.mutation.results import Module, Survivor
from tests.proof.mutation.workspace import LAYERS

LEFT = Survivor("x_f", "return 1", "return 2", "nobody can tell")


@pytest.mark.proof
@pytest.mark.proves("G14")
@pytest.mark.parametrize("layer", LAYERS)
def test_a_test_or_a_type_notices_what_is_changed(layer: str, figure: Counts) -> None:
    register, asked = results.read(), LAYERS[layer]
    noticed = results.share(results.of_layer(register, layer))
    figure(f"mutants of {layer} that are noticed, in %", noticed, f"≥ {asked.goal}.0")
    tried = results.tried(register, layer)
    figure(f"modules of {layer} that were mutated, in %", tried, f"≥ {asked.modules}.0")
    assert noticed >= asked.goal
    assert tried >= asked.modules


def test_of_a_sample_as_many_modules_are_tried_as_have_results(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = {"edge/a.py", "edge/b.py", "edge/c.py"}
    monkeypatch.setattr(results, "written_in", lambda _: there)
    none = Module(by_tests=0, by_types=0)
    assert (
        results.tried({"edge/a.py": none, "edge/gone.py": none, "domain/b.py": none}, "edge")
        == 33.3
    )
    assert results.tried(dict.fromkeys(there, none), "edge") == 100.0


def test_each_survivor_has_its_reason() -> None:
    register = results.read()
    left = [(name, one) for name, module in register.items() for one in module.survivors]
    assert [one for one in left if not one[1].why] == []


def test_a_share_is_never_rounded_up() -> None:
    modules = [Module(by_tests=900, by_types=99, survivors=(LEFT,)), Module(by_tests=1, by_types=0)]
    assert results.share(modules) == 99.9
    assert results.share([Module(by_tests=1899, by_types=0, survivors=(LEFT,) * 101)]) == 94.9


def test_what_is_written_is_read_again_and_reasons_outlive_a_run(tmp_path: Path) -> None:
    old = {"domain/a.py": Module(by_tests=1, by_types=2, survivors=(LEFT,))}
    path = tmp_path / "mutation.toml"
    path.write_text(results.written(old), encoding="utf-8")
    assert results.read(path) == old
    same = Survivor(LEFT.function, LEFT.was, LEFT.now)
    other = Survivor("x_g", "a\nb", 'say "no"')
    new = {"domain/a.py": Module(by_tests=5, by_types=2, survivors=(same, other))}
    assert results.together(old, new)["domain/a.py"].survivors == (LEFT, other)


MUTATED = """\
def x_f__mutmut_orig(a):
    return wrapped(a)

def x_f__mutmut_1(a):
    return wrapped(None)

def x_f__mutmut_2(a):
    return wrapped(a) + 1
"""


def test_only_a_new_error_of_types_catches_a_mutant(tmp_path: Path) -> None:
    file = tmp_path / "mutated.py"
    file.write_text(MUTATED, encoding="utf-8")
    known: typed.Said = {
        "file": str(file),
        "code": "no-any-return",
        "message": "from x_f__mutmut_orig",
    }
    errors = [
        known | {"line": 2},
        known | {"line": 5, "message": "from x_f__mutmut_1"},
        known | {"line": 5, "code": "arg-type", "message": "None is no int"},
        known | {"line": 8, "message": "from x_f__mutmut_2"},
        known | {"line": 1, "code": "no-redef", "message": "of the wrapping"},
    ]
    assert [(one["line"], one["code"]) for one in typed.new_in_mutants(errors)] == [(5, "arg-type")]
