"""What must hold of a table that a test has filled: each violation in words."""

import audit
from tests.engines import Dump


def violations(table: Dump) -> list[str]:
    """Every law, as an operator would ask for them."""
    return [str(found) for found in audit.violations(table.values())]
