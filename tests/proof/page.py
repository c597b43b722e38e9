"""docs/proof.md: the figures of a run, each row with its tests, and what takes an AWS account."""

from collections.abc import Iterable
from pathlib import Path

from tests.contract.pages import DOCS, code, parts, table
from tests.proof.figures import Figures, shown
from tests.proof.rows import GROUPS, Rows, of_group
from tests.rules.evidence import Evidence
from tests.rules.page import files

PAGE = DOCS / "proof.md"
FIGURES = ("figures", "make proof")


def rows_of(rows: Rows, marked: Evidence) -> str:
    """A table for each group: what is promised, and the files of the tests that name it."""
    texts = []
    for name, group in GROUPS.items():
        shown_rows = [
            (
                row,
                of.says + ".",
                of.unproven or " ".join(map(code, sorted(files(marked.get(row, {}))))),
            )
            for row, of in of_group(rows, name).items()
        ]
        texts.append(f"\n### {group.title}\n\n{table(('row', 'promise', 'tests'), shown_rows)}")
    return "".join(texts) + "\n"


def without_aws(rows: Rows) -> str:
    left = ((name, row.without or row.unproven) for name, row in rows.items())
    return (
        f"\n{table(('row', 'not shown here'), [(row, f'{what}.') for row, what in left if what])}\n"
    )


def figures_of(figures: Figures) -> str:
    lines = [
        (name, shown(figure.value), str(figure.goal)) for name, figure in sorted(figures.items())
    ]
    return f"\n{table(('counted', 'figure', 'goal'), lines)}\n"


def missed(figures: Figures) -> Iterable[str]:
    for name, figure in sorted(figures.items()):
        if not figure.met:
            yield f"{name}: {shown(figure.value)}, but the goal is {figure.goal}"


def write(figures: Figures, page: Path = PAGE) -> None:
    head, _, tail = parts(page, *FIGURES)
    page.write_text(f"{head}{figures_of(figures)}{tail}", encoding="utf-8")
