"""Vouchers: what an exam is taken with, masked, or in clear once."""

from datetime import date

from training_credits.domain.model import VoucherState
from training_credits.edge.schemas.base import Answer, Email, Instant, Name, Request


class NewHolder(Request, frozen=True, kw_only=True):
    """In whose hands a voucher is."""

    email: Email
    name: Name


class NewVoucherExport(Request, frozen=True, kw_only=True):
    """Nothing needs to be said to export all vouchers of a request."""


class NewVoucherUse(Request, frozen=True, kw_only=True):
    """The exam was taken; `holder` counts where nobody was named before."""

    holder: NewHolder | None = None


class HolderAnswer(Answer, frozen=True, kw_only=True):
    """In whose hands a voucher is, or was when it was used."""

    email: str
    name: str


class VoucherAnswer(Answer, frozen=True, kw_only=True):
    """A voucher of a `line` of a request; `hint` is the end of its text.

    It is good to the end of `usable_until`; `partner` is where it is used.
    """

    voucher: str
    line: int
    title: str
    hint: str
    state: VoucherState
    issued_at: Instant
    usable_until: date
    holder: HolderAnswer | None = None
    partner: str | None = None


class VoucherList(Answer, frozen=True, kw_only=True):
    """In the order of the lines; empty until the request is approved."""

    vouchers: tuple[VoucherAnswer, ...]


class ClearVoucher(VoucherAnswer, frozen=True, kw_only=True):
    """The same with its `text`."""

    text: str


class VoucherExport(Answer, frozen=True, kw_only=True):
    """All vouchers of a request, with the texts that are shown only now."""

    redemption: str
    vouchers: tuple[ClearVoucher, ...]
