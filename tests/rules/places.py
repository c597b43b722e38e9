"""Where the product keeps a rule: wherever its id is named."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.rules.register import ROOT

PRODUCT = ROOT / "layers" / "credits" / "training_credits"
RULE = re.compile(r"\b(SF|CI|AT)-(\d\d)(?: to (\d\d))?")

Places = Mapping[str, set[str]]


def kept_by() -> Places:
    """Modules, and keys of program files, an older version of which counts as the newest one."""
    found = defaultdict[str, set[str]](set)
    for path in set(PRODUCT.rglob("*.py")) - {PRODUCT / "edge" / "examples.py"}:
        for rule in _rules_in(path.read_text(encoding="utf-8")):
            found[rule].add(str(path.relative_to(PRODUCT)))
    for path in PRODUCT.glob("programs/*.toml"):
        for rule, key in _rules_of_keys(path):
            found[rule].add(f"{path.stem.partition('-')[0]}.toml:{key}")
    return found


def _rules_of_keys(path: Path) -> Iterator[tuple[str, str]]:
    """A comment on a line of its own speaks of its section."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.partition("#")[0].strip("[] ")
        key = line.partition("=")[0].strip() if line[:1].isalpha() else ""
        for rule in _rules_in(line):
            yield rule, ".".join(filter(None, (section, key)))


def _rules_in(text: str) -> Iterator[str]:
    for program, first, last in RULE.findall(text):
        for number in range(int(first), int(last or first) + 1):
            yield f"{program}-{number:02}"
