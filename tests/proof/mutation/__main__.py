"""`make mutants`: changes to the modules asked for, and which of them nobody noticed."""

import argparse
import sys
from collections.abc import Sequence

from tests.contract.pages import parts
from tests.proof.mutation import results
from tests.proof.mutation.workspace import LAYERS, Workspace
from tests.proof.page import PAGE

BLOCK = ("mutation", "make mutants")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.mutation", description=__doc__)
    parser.add_argument("module", nargs="*", help="domain.pricing, domain.decisions, edge; or all")
    parser.add_argument("--kept", action="store_true", help="run nothing, write what is there")
    asked = parser.parse_args(arguments)
    register = results.of_modules_there_are(results.read())
    for layer in LAYERS:
        modules = [one for one in asked.module if one.partition(".")[0] == layer]
        if asked.module and not modules:
            continue
        space = Workspace(layer)
        if not asked.kept:
            space.prepare()
            space.generate()
            space.check_types()
            space.run(modules)
        register = results.together(register, dict(results.found(space)))
        results.REGISTER.write_text(results.written(register), encoding="utf-8")
    head, _, tail = parts(PAGE, *BLOCK)
    PAGE.write_text(f"{head}{results.summary(register)}{tail}", encoding="utf-8")
    for name, module in register.items():
        for one in module.survivors:
            if not one.why:
                sys.stdout.write(f"{name} {one.function}\n  - {one.was}\n  + {one.now}\n")
    sys.stdout.write(results.summary(register))
    return 0


if __name__ == "__main__":
    sys.exit(main())
