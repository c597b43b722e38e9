"""Writes of vouchers."""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.model import Redemption, Voucher


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
    """The texts of a request's vouchers go out.

    Guards: they never have (SF-21), and its lines are as read, so that none was given back since.
    """

    was: Redemption
    at: datetime
