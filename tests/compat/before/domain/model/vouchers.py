"""Vouchers: what an exam is taken with, one for each, in nobody's hands or in one person's."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tests.compat.before.domain.model.redemptions import Attendee


class VoucherState(StrEnum):
    """A voucher is issued, then somebody's; used, void and expired are final (SF-21)."""

    ISSUED = "issued"
    ASSIGNED = "assigned"
    USED = "used"
    VOID = "void"
    EXPIRED = "expired"

    @property
    def open(self) -> bool:
        """Whether it can still be handed to somebody, and used."""
        return self in {VoucherState.ISSUED, VoucherState.ASSIGNED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Voucher:
    """One voucher of a line that was paid with credits.

    Its text is derived and not kept: `hint` is the end of it. It is good to the end of
    `usable_until`; `partner` is where it is redeemed (CI-08, CI-31); `holder` is set while it is
    assigned, and stays with what was used.
    """

    voucher_id: str
    account_id: str
    redemption_id: str
    line: int
    title: str
    hint: str
    issued_at: datetime
    usable_until: date
    state: VoucherState = VoucherState.ISSUED
    holder: Attendee | None = None
    partner: str | None = None

    def seen_on(self, today: date) -> VoucherState:
        """As a reader must see it: past its last day what was not used has expired."""
        over = self.state.open and today > self.usable_until
        return VoucherState.EXPIRED if over else self.state
