"""Vouchers: seen masked, exported once, handed on, used."""

from datetime import date
from typing import Any

from training_credits.edge import bodies, csv_table, routes, schemas, settings, views, wiring
from training_credits.edge.http import Api, Call, Csv
from training_credits.use_cases import vouchers as use_cases

api = Api()
FORMATS = ("json", "csv")


@api.on(routes.LIST_VOUCHERS)
def list_vouchers(call: Call[None]) -> schemas.VoucherList:
    """Masked; past their last day they have expired."""
    redemption = call.path["redemption"]
    listed = use_cases.listed(wiring.ledger(), wiring.clock, call.caller, redemption)
    return views.vouchers(listed, _today(call))


@api.on(routes.EXPORT_VOUCHERS)
def export_vouchers(call: Call[schemas.NewVoucherExport]) -> schemas.VoucherExport | Csv:
    """The texts are kept nowhere: only a retry shows them again."""
    wants, redemption = call.choice("format", FORMATS), call.path["redemption"]
    shown = use_cases.export(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda asked: asked.redemption_id),
        redemption,
        secret=settings.text("CODE_KEY"),
    )
    answer = views.voucher_export(redemption, shown, _today(call))
    return Csv(csv_table.vouchers(answer)) if wants == "csv" else answer


@api.on(routes.ASSIGN_VOUCHER)
def assign_voucher(call: Call[schemas.NewHolder]) -> schemas.VoucherAnswer:
    """Into one pair of hands."""
    after = use_cases.assign(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["redemption"],
        call.path["voucher"],
        bodies.holder(call.body),
    )
    return views.voucher(after, _today(call))


@api.on(routes.UNASSIGN_VOUCHER)
def unassign_voucher(call: Call[None]) -> schemas.VoucherAnswer:
    """Back into nobody's hands."""
    redemption, voucher = call.path["redemption"], call.path["voucher"]
    after = use_cases.unassign(wiring.ledger(), wiring.clock, call.caller, redemption, voucher)
    return views.voucher(after, _today(call))


@api.on(routes.USE_VOUCHER)
def use_voucher(call: Call[schemas.NewVoucherUse]) -> str:
    """The exam was taken."""
    holder = call.body.holder
    return use_cases.use(
        wiring.ledger(),
        wiring.clock,
        call.intent(views.voucher_of(_today(call))),
        call.path["redemption"],
        call.path["voucher"],
        holder=bodies.holder(holder) if holder is not None else None,
    )


def _today(call: Call[Any]) -> date:
    return call.program.today(wiring.clock())


handler = api.handler()
