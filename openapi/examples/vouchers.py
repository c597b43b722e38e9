"""Two exams that were paid for, and who takes one of them."""

from datetime import date

from msgspec.structs import asdict, replace

from openapi.examples import names as n
from training_credits.domain.model import VoucherState
from training_credits.edge import schemas

holder = schemas.NewHolder(email=n.LEARNER, name="Lee")
issued = schemas.VoucherAnswer(
    voucher=n.VOUCHER,
    line=1,
    title="Administrator exam",
    hint="4F2K",
    state=VoucherState.ISSUED,
    issued_at=n.DECIDED,
    usable_until=date(2027, 3, 2),
    partner="Webassessor",
)
assigned = replace(
    issued,
    state=VoucherState.ASSIGNED,
    holder=schemas.HolderAnswer(email=n.LEARNER, name="Lee"),
)
used = replace(assigned, state=VoucherState.USED)
exported = schemas.VoucherExport(
    redemption=n.REQUEST,
    vouchers=(schemas.ClearVoucher(**asdict(issued), text="7KXM-3QP2-94F2K"),),
)
