"""What a statement says, as a test reads it."""

from training_credits.domain.statement import Statement

Figures = tuple[int, dict[str, int], int]


def figures(statement: Statement) -> Figures:
    """Opening, what came and went by column, closing; of an account with one product."""
    if not statement.products:
        return 0, {}, 0
    (one,) = statement.products
    moved = {name: change for name, change in one.sums.by_column.items() if change}
    return one.opening, moved, one.closing
