"""What is wrong is said at the start, in a line that names it."""

import pytest

from local import cloud as clouds
from local.cloud import Cloud
from local.starting import CannotStart, read_programs, runtime_named
from training_credits import programs


def test_a_program_file_that_is_refused_is_named_with_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = (("good", 'id = "good"'), ("misspelt", "nam = 1"))
    monkeypatch.setattr(programs, "_texts", lambda: texts)
    for kept in (programs.program_names, programs.program_versions):
        kept.cache_clear()
    try:
        with pytest.raises(CannotStart, match=r"the program good: .*missing required field"):
            read_programs()
        monkeypatch.setattr(programs, "_texts", lambda: texts[1:])
        programs.program_names.cache_clear()
        with pytest.raises(CannotStart, match="the program misspelt: unknown in program: nam"):
            read_programs()
    finally:
        for kept in (programs.program_names, programs.program_versions):
            kept.cache_clear()


def test_the_cloud_does_not_start_with_such_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise CannotStart("Mend the files")

    monkeypatch.setattr(clouds, "read_programs", refused)
    with pytest.raises(CannotStart, match="Mend the files"), Cloud(port=0, in_memory=True):
        pass


def test_the_runtime_is_one_there_is() -> None:
    assert [runtime_named(name) for name in ("", "process", "emulator")] == [
        "process",
        "process",
        "emulator",
    ]
    with pytest.raises(CannotStart, match="not Emulator"):
        runtime_named("Emulator")
