"""What a run must show: no claim without proof, no proof of what nobody claimed."""

from collections.abc import Iterable, Mapping

from tests.rules.evidence import Evidence, Outcome
from tests.rules.register import Register, Rule


def complaints(rules: Register, ran: Evidence) -> dict[str, str]:
    """One line for each rule that does not stand as the register claims; none is well."""
    unknown = {
        rule: f"{rule} is no rule of docs/rules.toml, but is marked on {_list(ran[rule])}"
        for rule in sorted(ran.keys() - rules.keys())
    }
    wrong = {rule: _wrong(rule, entry, ran.get(rule, {})) for rule, entry in rules.items()}
    return unknown | {rule: line for rule, line in wrong.items() if line}


def _wrong(rule: str, entry: Rule, tests: Mapping[str, Outcome]) -> str:
    """A test of a rule that comes later may be there already, but it passes."""
    failed = [test for test, outcome in tests.items() if outcome is Outcome.FAILED]
    if failed:
        return f"{rule} is {entry.state}, but failed in {_list(failed)}"
    if not entry.claimed or Outcome.PASSED in tests.values():
        return ""
    skipped = f" (skipped: {_list(tests)})" if tests else ""
    return f"{rule} is claimed honoured without a passing test{skipped}: {entry.says}"


def _list(tests: Iterable[str]) -> str:
    return ", ".join(tests)
