"""Redemption codes: shown once, then masked; replaced, revoked, looked after."""

from datetime import timedelta

from training_credits.edge import routes, schemas, settings, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import codes as use_cases

api = Api()


@api.on(routes.ISSUE_CODE)
def issue_code(call: Call[schemas.NewCode]) -> schemas.NewCodeAnswer:
    """Kept only as a digest."""
    body = call.body
    shown = use_cases.issue(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda code: code.hint),
        account_id=call.path["account"],
        conditions=use_cases.Conditions(
            lot_id=body.lot,
            label=body.label,
            cost_centre=body.cost_centre,
            limit=body.limit,
            limit_each=body.limit_each,
            ends_on=body.ends_on,
            domains=body.domains,
        ),
        secret=settings.text("CODE_KEY"),
    )
    return _shown(call.caller.program, *shown)


@api.on(routes.LIST_CODES)
def list_codes(call: Call[None]) -> schemas.CodeList:
    """Masked, ended ones too."""
    account, now = call.path["account"], wiring.clock()
    listed = use_cases.listed(wiring.ledger(), wiring.clock, call.caller, account)
    return schemas.CodeList(codes=tuple(views.code(code, now) for code in listed))


@api.on(routes.ROTATE_CODE)
def rotate_code(call: Call[schemas.NewRotation]) -> schemas.NewCodeAnswer:
    """The old text works until its grace is over."""
    shown = use_cases.rotate(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda code: code.hint),
        account_id=call.path["account"],
        code_id=call.path["code"],
        grace=timedelta(hours=call.body.grace_hours),
        secret=settings.text("CODE_KEY"),
    )
    return _shown(call.caller.program, *shown)


@api.on(routes.REVOKE_CODE)
def revoke_code(call: Call[None]) -> None:
    """What was asked for with it stays asked for."""
    account, code = call.path["account"], call.path["code"]
    use_cases.revoke(wiring.ledger(), wiring.clock, call.caller, account, code)


@api.on(routes.LIST_USES)
def list_uses(call: Call[None]) -> schemas.CodeUseList:
    """Who, when, and for what."""
    page = use_cases.uses(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        call.path["code"],
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.uses(page)


def _shown(program: str, code_id: str, text: str) -> schemas.NewCodeAnswer:
    return views.new_code(code_id, text, program, settings.text("PORTAL_URL"))


handler = api.handler()
