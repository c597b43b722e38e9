"""`make rules`: each rule of the three programs, what became of it, and the tests that show it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.rules import page, screen
from tests.rules.evidence import TESTS, marked, of_run, together
from tests.rules.gate import complaints
from tests.rules.places import kept_by
from tests.rules.register import REGISTER, ROOT, read

RUN = ROOT / "build" / "tests.xml"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: with --check, whether the run shows what the register claims."""
    parser = argparse.ArgumentParser(prog="python -m tests.rules", description=__doc__)
    parser.add_argument("words", nargs="*", help="show only rules that hold each of these")
    parser.add_argument("--check", action="store_true", help="show only what has no proof")
    parser.add_argument("--write", action="store_true", help="write the page, if all has proof")
    parser.add_argument("--run", type=Path, default=RUN, help="the junit file of a test run")
    parser.add_argument("--register", type=Path, default=REGISTER, help="the rules")
    parser.add_argument("--page", type=Path, default=page.PAGE, help="where they are shown")
    asked = parser.parse_args(arguments)
    console = screen.opened()
    rules = read(asked.register)
    ran = of_run(asked.run) if asked.run.exists() else None
    wrong = [*complaints(rules, ran or {}).values()]
    if asked.write and not wrong:
        page.write(rules, kept_by(), ran or {}, asked.page)
    if ran is not None and not asked.write:
        wrong += page.differences(rules, ran, asked.page)
    if asked.check or asked.write:
        screen.complain(console, wrong)
    else:
        tests = together(marked(TESTS), ran or {})
        screen.show(console, rules, tests, kept_by(), asked.words)
    screen.sum_up(console, rules, len(wrong), asked.run if ran is not None else None)
    return 1 if (asked.check or asked.write) and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
