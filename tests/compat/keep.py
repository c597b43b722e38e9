"""Keep what a version knows of the table, as it is: `python -m tests.compat.keep REVISION`.

When a version is released, run it with its tag: from then on the next one is tried against it.
Nothing in tests/compat/before is edited by hand.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
BEFORE = HERE / "before"
SOURCE = "layers/credits/training_credits"
KEPT = ("domain/base32.py", "domain/identity.py", "domain/model", "dynamodb/attributes.py",
        "dynamodb/items", "dynamodb/keys")  # fmt: skip
# One number of the ports; all else of them is about services.
SHARDS = re.compile(r"^from training_credits\.ports import (\w+)$", re.MULTILINE)
MODULE = re.compile(r"\btraining_credits\.(?=domain|dynamodb)")


def git(*arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(HERE), *arguments], capture_output=True, text=True, check=True
    ).stdout


def files(revision: str) -> list[PurePosixPath]:
    """All that is kept, below the package."""
    found = git("ls-tree", "-r", "--name-only", "--full-tree", revision, f"{SOURCE}/").splitlines()
    below = [PurePosixPath(name).relative_to(SOURCE) for name in found]
    return [each for each in below if str(each).startswith(KEPT) and each.suffix == ".py"]


def kept(text: str, revision: str) -> str:
    """With imports of its own."""

    def number(found: re.Match[str]) -> str:
        name = found[1]
        ports = git("grep", "-hE", f"^{name} = [0-9]+$", revision, "--", f":/{SOURCE}/ports")
        return ports.strip()

    return MODULE.sub("tests.compat.before.", SHARDS.sub(number, text))


def main(revision: str) -> None:
    shutil.rmtree(BEFORE, ignore_errors=True)
    names = files(revision)
    for name in names:
        target = BEFORE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(kept(git("show", f"{revision}:{SOURCE}/{name}"), revision), "utf-8")
    for folder in ("", "domain", "dynamodb"):
        said = f'"""As it was at {git("rev-parse", "--short", revision).strip()}: see keep.py."""\n'
        (BEFORE / folder / "__init__.py").write_text(said, "utf-8")
    for orders in (["check", "--fix", "--quiet", "--select", "I"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *orders, str(BEFORE)], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
