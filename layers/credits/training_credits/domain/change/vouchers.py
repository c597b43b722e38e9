"""Writes of vouchers."""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.model import Voucher


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueVoucher:
    """Guard: there is no such voucher."""

    voucher: Voucher


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveVoucher:
    """Another state, another holder. Guard: both are as `was` says, so nobody shares one."""

    voucher: Voucher
    was: Voucher


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportVouchers:
    """The texts of a request's vouchers go out. Guard: they never have (SF-21)."""

    redemption_id: str
    at: datetime
