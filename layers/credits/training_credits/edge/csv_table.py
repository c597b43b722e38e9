"""Answers as CSV, all written in one way: a statement here is the file that is handed out."""

from collections.abc import Iterable

from training_credits import papers
from training_credits.domain.model import Entry
from training_credits.domain.program import Program
from training_credits.domain.statement import Statement
from training_credits.edge import schemas
from training_credits.papers import Form, delimited
from training_credits.papers.tables import Cell, Table, of_transactions

REPORT = (
    "key",
    "name",
    "requests",
    "learners",
    "spent",
    "returned",
    "net",
    "delivered",
    "completed",
)
VOUCHERS = ("text", "title", "usable_until", "state", "holder", "partner", "voucher")


def statement(program: Program, stated: Statement) -> str:
    """Every product opens, then every entry with the balance after it, then every closing."""
    return papers.statement(program, stated, Form.CSV).decode()


def transactions(entries: Iterable[Entry]) -> str:
    """One row an entry; `change` is a number, all else is text."""
    return delimited.written(of_transactions(entries)).decode()


def report(reported: schemas.ReportAnswer) -> str:
    """One row a course, learner, team or month: texts, then numbers."""
    rows = ([getattr(row, name) for name in REPORT] for row in reported.rows)
    return delimited.written(Table(name="report", columns=REPORT, rows=rows)).decode()


def vouchers(exported: schemas.VoucherExport) -> str:
    """One row a voucher, with its text."""
    rows = map(_voucher, exported.vouchers)
    return delimited.written(Table(name="vouchers", columns=VOUCHERS, rows=rows)).decode()


def _voucher(each: schemas.ClearVoucher) -> tuple[Cell, ...]:
    holder = each.holder.email if each.holder else ""
    partner = each.partner or ""
    return (each.text, each.title, each.usable_until, each.state, holder, partner, each.voucher)
