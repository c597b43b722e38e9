"""What the mail of a filed month says: each product from its opening to its closing (CI-17)."""

from training_credits.domain.program import Program
from training_credits.domain.statement import Period, ProductLine
from training_credits.ports import Ledger
from training_credits.use_cases.filing import PAGES_MAX
from training_credits.use_cases.news import News
from training_credits.use_cases.statements import stated

Facts = dict[str, object]
NOTHING = "–"  # noqa: RUF001 - nothing ends
OTHERS = ("reissues", "extensions", "voids", "disputes")


def statement_facts(ledger: Ledger, news: News) -> Facts | None:
    """The figures of the filed month: the same as on its paper."""
    event = news.event
    block = ledger.filed(event.program, event.account_id, event.at)
    if block is None or block.month != news.fact("month"):
        return None
    period = Period(start=block.start, end=block.end)
    statement = stated(
        ledger, event.program, event.account_id, period, block.end, pages_max=PAGES_MAX
    )
    return {"lines": [_line(news.program, line) for line in statement.products]}


def _line(program: Program, line: ProductLine) -> Facts:
    """Signed, as the columns of a statement are; two products are never added up (SF-01)."""
    ends, sums = line.next_expiry, line.sums.by_column
    return {
        "product": program.product(line.product).name,
        "opening": line.opening,
        **{name: sums[name] for name in ("purchases", "redemptions", "returns", "expiries")},
        "others": sum(sums[name] for name in OTHERS),
        "closing": line.closing,
        "ends": f"{ends.credits}, {ends.expires_on.isoformat()}" if ends else NOTHING,
    }
