"""What was spent, returned and completed in a period, by course, learner, team or month.

A report is a sum over entries, so that its rows add up to the ledger: what became redeemed was
spent; what left that again for its lot, or expired with it, was returned; what was delivered is
completed. What cost nothing moved no credit, and is in no report.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto

from training_credits.domain.model import Budget, Entry, Line, Movement, Redemption, State
from training_credits.domain.program import Program
from training_credits.domain.statement import Period

SPENT = frozenset({State.REDEEMED, State.DELIVERED})


class By(StrEnum):
    """What makes a row.

    A course is an offering, or a title where the catalogue had none. A learner is whoever asked. A
    team is the budgets a request counted against: asked under two of them, it is of both together,
    so that no credit is in two rows; what counted against none has a row without a name.
    """

    COURSE = "course"
    LEARNER = "learner"
    TEAM = "team"
    MONTH = "month"


class Use(Enum):
    """What becomes of credits by an entry a report is about."""

    SPENT = auto()
    RETURNED = auto()
    DELIVERED = auto()


# For these an entry alone does not say what it was about.
ABOUT_REQUESTS = frozenset({By.COURSE, By.TEAM})


@dataclass(kw_only=True, slots=True)
class Row:
    """One course, learner, team or month; `completed` counts lines, `requests` what was asked."""

    key: str
    name: str
    spent: int = 0
    returned: int = 0
    delivered: int = 0
    completed: int = 0
    asked: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)

    @property
    def net(self) -> int:
        """What was spent and did not come back."""
        return self.spent - self.returned

    @property
    def requests(self) -> int:
        """How many of them were paid."""
        return len(self.asked)

    @property
    def learners(self) -> int:
        """How many people asked for that."""
        return len(self.people)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """[start, end) of one account as it was `as_of`, and all of it in one row."""

    account_id: str
    by: By
    period: Period
    as_of: datetime
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """Of one entry, what is about one line; None where it is not known which."""

    entry: Entry
    credits: int
    line: Line | None = None
    redemption: Redemption | None = None


def spending(entries: Iterable[Entry]) -> list[Entry]:
    """Those a report is about."""
    return [entry for entry in entries if use_of(entry)]


def report(
    program: Program,
    account_id: str,
    by: By,
    period: Period,
    entries: Iterable[Entry],
    redemptions: Mapping[str, Redemption],
    *,
    budgets: Sequence[Budget] = (),
    as_of: datetime,
) -> Report:
    """The entries of a period in rows; `redemptions` are those they name, by their ids."""
    names = {budget.budget_id: budget.name for budget in budgets}
    rows: dict[tuple[str, str], Row] = {}
    total, back = Row(key="", name=""), Counter[tuple[str, int]]()
    for entry in entries:
        used = use_of(entry)
        if used is None:
            continue
        use, credits = used
        _add(total, entry, use, credits)
        for share in _shares(entry, use, credits, redemptions.get(entry.reference), back):
            kind, key, name = _place(program, by, share, names)
            row = rows.setdefault((kind, key), Row(key=key, name=name))
            _add(row, entry, use, share.credits)
    chronological = by is By.MONTH
    ordered = sorted(
        rows.values(), key=lambda r: (r.key if chronological else -r.spent, r.name, r.key)
    )
    return Report(
        account_id=account_id, by=by, period=period, as_of=as_of, rows=tuple(ordered), total=total
    )


def use_of(entry: Entry) -> tuple[Use, int] | None:
    """What became of how many credits, of all of them the same; None if a report has none of it."""
    uses = [(_use(m), m.credits) for m in entry.movements]
    use = next((use for use, _ in uses if use is not None), None)
    return None if use is None else (use, sum(credits for each, credits in uses if each))


def _use(movement: Movement) -> Use | None:
    if movement.target is State.DELIVERED:
        return Use.DELIVERED
    if movement.target is State.REDEEMED:
        return Use.SPENT
    return Use.RETURNED if movement.source in SPENT else None


def _add(row: Row, entry: Entry, use: Use, credits: int) -> None:
    """So many credits of an entry."""
    if use is Use.SPENT:
        row.spent += credits
        row.asked.add(entry.reference)
        row.people |= {entry.learner} if entry.learner else set()
    elif use is Use.RETURNED:
        row.returned += credits
    else:
        row.delivered += credits
        row.completed += 1


def _shares(
    entry: Entry,
    use: Use,
    left: int,
    redemption: Redemption | None,
    back: Counter[tuple[str, int]],
) -> Iterator[Share]:
    """Line by line, in their order, each with no more than was paid for it and is still out.

    `back` is what has come back of each line before; with it, all of a request that is refuted is
    shared as it was paid, but for what came back before the period.
    """
    returning = use is Use.RETURNED
    lines = _lines(entry, redemption)
    for number, line in lines:
        place = entry.reference, number
        paid = sum(draw.credits for draw in line.draws)
        out = max(paid - back[place], 0) if returning else paid
        credits = left if len(lines) == 1 else min(left, out)
        left -= credits
        if returning:
            back[place] += credits
        if credits:
            yield Share(entry=entry, credits=credits, line=line, redemption=redemption)
    if left:
        yield Share(entry=entry, credits=left, redemption=redemption)


def _lines(entry: Entry, redemption: Redemption | None) -> Sequence[tuple[int, Line]]:
    """What an entry is about: one line, if its id ends in the number of one, or the request."""
    lines = list(enumerate(redemption.lines, start=1)) if redemption else []
    number = entry.entry_id.removeprefix(f"{entry.kind}-{entry.reference}-")
    return [(n, line) for n, line in lines if str(n) == number] or lines


def _place(
    program: Program, by: By, share: Share, names: Mapping[str, str]
) -> tuple[str, str, str]:
    """The row of a share: what kind of key, the key, and its name."""
    entry, line = share.entry, share.line
    match by:
        case By.COURSE if line is not None and line.item is not None:
            offering = line.item.offering
            return "offering", offering.offering_id, offering.title
        case By.COURSE:
            title = line.title if line is not None else entry.title
            return "title", title, title
        case By.LEARNER:
            return "learner", entry.learner or "", entry.learner or ""
        case By.TEAM:
            ids = share.redemption.budgets if share.redemption else ()
            said = sorted((names.get(one, one), one) for one in ids)
            return "team", "+".join(one for _, one in said), ", ".join(name for name, _ in said)
        case _:
            month = f"{program.today(entry.at):%Y-%m}"
            return "month", month, month
