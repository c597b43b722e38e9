"""How the story looks in a terminal."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demo.scenes import Company

WIDTH_MAX = 100
LABEL_WIDTH, VALUE_WIDTH, SAID_WIDTH = 26, 25, 32
Figure = tuple[str, str, str, bool | None]


class Screen:
    """Prints; knows nothing of what is printed."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._scenes = 0
        self._after_gap = False
        console.width = min(console.width, WIDTH_MAX)

    def title(self, text: str, below: str) -> None:
        self._console.print(f"\n[bold]{text}[/]\n[dim]{below}[/]")

    def cast(self, companies: Iterable[Company]) -> None:
        """Who plays, each in its colour."""
        table = Table.grid(padding=(0, 2))
        for each in companies:
            told = f"{each.owner} and {len(each.people) - 1} others"
            table.add_row(f"[bold {each.colour}]{each.name}[/]", each.program, f"[dim]{told}[/]")
        self._gap()
        self._indented(table)

    def scene(self, title: str, company: Company, when: str, text: str) -> None:
        self._scenes += 1
        self._heading(f"{self._scenes}  {company.name}: {title}", when, company.colour)
        self._indented(Text(text, style="italic"))
        self._gap()

    def later(self, when: str, text: str) -> None:
        self._gap()
        self._indented(f"[cyan]{when}[/]  [italic]{text}[/]")
        self._gap()

    def figure(self, what: str, value: str, rule: str, *, agrees: bool) -> None:
        """One line: whether it is as worked out by hand, and by which rule of the program."""
        line = Table.grid(padding=(0, 1))
        line.add_column()
        line.add_column(width=LABEL_WIDTH, style="dim")
        line.add_column(style="bold", min_width=SAID_WIDTH)
        line.add_column(style="dim")
        line.add_row(mark(agrees), what, value, rule)
        self._indented(line)

    def line(self, text: str) -> None:
        self._indented(f"  {text}")

    def mail(self, to: str, subject: str, text: str) -> None:
        body = Text.assemble(("To       ", "dim"), f"{to}\n", ("Subject  ", "dim"))
        body.append(subject, style="bold")
        body.append(f"\n\n{text.strip()}")
        self.boxed("Mail", body)

    def boxed(self, title: str, content: str | Text) -> None:
        panel = Panel.fit(
            content, title=title, title_align="left", border_style="dim", padding=(0, 2)
        )
        self._gap()
        self._indented(panel)
        self._gap()

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        title: str | None = None,
        foot: Sequence[str] = (),
    ) -> None:
        """A column whose name begins with > holds numbers."""
        table = Table(box=box.SIMPLE_HEAD, show_footer=bool(foot), show_edge=False, pad_edge=False)
        for name, below in zip(columns, foot or [""] * len(columns), strict=True):
            numbers = name.startswith(">")
            table.add_column(
                name.removeprefix(">"),
                below,
                justify="right" if numbers else "left",
                no_wrap=numbers,
            )
        for row in rows:
            table.add_row(*row)
        if title:
            self._gap()
            self._indented(f"[bold]{title}[/]")
        self._gap()
        self._indented(table)
        self._gap()

    def raw(self, title: str, text: str) -> None:
        """Not wrapped by us, so that it can be copied."""
        self._gap()
        self._indented(f"[bold]{title}[/]")
        self._gap()
        for line in text.splitlines():
            self._console.print(Text(f"  {line}", style="dim"), soft_wrap=True)
        self._after_gap = False
        self._gap()

    def verdict(self, company: Company, sections: Iterable[tuple[str, Sequence[Figure]]]) -> None:
        """Every figure of a company: what, by hand, said, and whether they agree."""
        self._heading(f"{company.name}, figure by figure", company.program, company.colour)
        self._console.print(
            _compared([("", "Worked out by hand", "What the system says", None)]), style="dim"
        )
        for title, figures in sections:
            self._console.print(Text(f"\n{title}", style=company.colour))
            self._console.print(_compared(figures))
        self._after_gap = False
        self._gap()

    def end(self, text: str, *, good: bool) -> None:
        self._console.print(Text(text, style="bold green" if good else "bold red"))

    def _heading(self, title: str, right: str, colour: str) -> None:
        room = self._console.width - cell_len(title) - cell_len(right) - 2
        line = Text.assemble((title, f"bold {colour}"), (f" {'─' * room} ", "dim"), (right, colour))
        self._gap()
        self._console.print(line, no_wrap=True)

    def _indented(self, what: RenderableType) -> None:
        self._console.print(Padding(what, (0, 0, 0, 2), expand=False))
        self._after_gap = False

    def _gap(self) -> None:
        """One empty line, never two."""
        if not self._after_gap:
            self._console.print()
        self._after_gap = True


def _compared(figures: Sequence[Figure]) -> Table:
    """Narrow enough for 80 columns."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(width=LABEL_WIDTH)
    table.add_column(width=VALUE_WIDTH, justify="right")
    table.add_column(width=VALUE_WIDTH, justify="right")
    for what, by_hand, said, agrees in figures:
        table.add_row("" if agrees is None else mark(agrees), what, by_hand, said)
    return table


def mark(agrees: bool) -> str:  # noqa: FBT001  # it is about nothing else
    return "[green]✓[/]" if agrees else "[bold red]✗[/]"
