"""Vouchers, masked and in clear."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from training_credits.domain import model
from training_credits.edge import schemas
from training_credits.edge.views.base import encoded


def voucher(value: model.Voucher, today: date) -> schemas.VoucherAnswer:
    """As it is today, without its text."""
    return schemas.VoucherAnswer(**_facts(value, today))


def voucher_of(today: date) -> Callable[[model.Voucher], str]:
    """The same as it is kept for a replay."""
    return lambda value: encoded(voucher(value, today))


def vouchers(values: Iterable[model.Voucher], today: date) -> schemas.VoucherList:
    """All of a request."""
    return schemas.VoucherList(vouchers=tuple(voucher(value, today) for value in values))


def voucher_export(
    redemption_id: str, shown: Iterable[tuple[model.Voucher, str]], today: date
) -> schemas.VoucherExport:
    """All of a request, with their texts."""
    clear = (schemas.ClearVoucher(**_facts(value, today), text=text) for value, text in shown)
    return schemas.VoucherExport(redemption=redemption_id, vouchers=tuple(clear))


def _facts(value: model.Voucher, today: date) -> dict[str, Any]:
    holder = value.holder
    return {
        "voucher": value.voucher_id,
        "line": value.line,
        "title": value.title,
        "hint": value.hint,
        "state": value.seen_on(today),
        "issued_at": value.issued_at,
        "usable_until": value.usable_until,
        "holder": schemas.HolderAnswer(email=holder.email, name=holder.name) if holder else None,
        "partner": value.partner,
    }
