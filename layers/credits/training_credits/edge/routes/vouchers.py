"""Vouchers: seen, exported, handed on, used."""

from training_credits.edge import schemas
from training_credits.edge.routes.base import FORMAT, Route

LIST_VOUCHERS = Route(
    method="GET",
    path="/v1/redemptions/{redemption}/vouchers",
    function="vouchers",
    operation="listVouchers",
    summary="The vouchers of a request, masked, and who has them",
    answer=schemas.VoucherList,
)
EXPORT_VOUCHERS = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/voucher-exports",
    function="vouchers",
    operation="exportVouchers",
    summary="The vouchers of a request in clear, once",
    body=schemas.NewVoucherExport,
    answer=schemas.VoucherExport,
    query=(FORMAT,),
    keyed=True,
    csv=True,
)
ASSIGN_VOUCHER = Route(
    method="PUT",
    path="/v1/redemptions/{redemption}/vouchers/{voucher}/holder",
    function="vouchers",
    operation="assignVoucher",
    summary="Put a voucher into somebody's hands",
    body=schemas.NewHolder,
    answer=schemas.VoucherAnswer,
)
UNASSIGN_VOUCHER = Route(
    method="DELETE",
    path="/v1/redemptions/{redemption}/vouchers/{voucher}/holder",
    function="vouchers",
    operation="unassignVoucher",
    summary="Take a voucher back from whoever has not used it",
    answer=schemas.VoucherAnswer,
)
USE_VOUCHER = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/vouchers/{voucher}/use",
    function="vouchers",
    operation="useVoucher",
    summary="Say that a voucher was used",
    body=schemas.NewVoucherUse,
    answer=schemas.VoucherAnswer,
    keyed=True,
)
