"""Accounts, their owners, and their redemption codes."""

from training_credits.edge import observability, routes, schemas, settings, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import accounts as use_cases

api = Api()


@api.on(routes.OPEN_ACCOUNT)
def open_account(call: Call[schemas.NewAccount]) -> str:
    """The creator is the first owner, unless an operator names a customer."""
    body = call.body
    answer = use_cases.open_account(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda account: views.encoded(views.account(account))),
        name=body.name,
        approval=body.approval,
        owner=body.owner.lower() if body.owner else None,
    )
    observability.count("AccountsOpened")
    return answer


@api.on(routes.LIST_ACCOUNTS)
def list_accounts(call: Call[None]) -> schemas.AccountList:
    """What the caller owns."""
    return schemas.AccountList(accounts=use_cases.own_accounts(wiring.ledger(), call.caller))


@api.on(routes.EDIT_ACCOUNT)
def edit_account(call: Call[schemas.AccountEdit]) -> schemas.AccountAnswer:
    """Name and way to approve."""
    book = use_cases.edit_account(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        name=call.body.name,
        approval=call.body.approval,
    )
    return views.account(book.account)


@api.on(routes.ADD_OWNER)
def add_owner(call: Call[schemas.NewOwner]) -> str:
    """Equal rights for one more person."""
    intent = call.intent(lambda email: views.encoded(schemas.NewOwner(email=email)))
    email = call.body.email.lower()
    return use_cases.add_owner(wiring.ledger(), wiring.clock, intent, call.path["account"], email)


@api.on(routes.REMOVE_OWNER)
def remove_owner(call: Call[None]) -> None:
    """The creator too, but never the last one."""
    account, email = call.path["account"], call.path["email"].lower()
    use_cases.remove_owner(wiring.ledger(), wiring.clock, call.caller, account, email)


@api.on(routes.ISSUE_CODE)
def issue_code(call: Call[schemas.NewCode]) -> schemas.CodeAnswer:
    """Shown once; kept only as a digest."""
    code = use_cases.issue_code(
        wiring.ledger(),
        wiring.clock,
        call.intent(str),
        account_id=call.path["account"],
        lot_id=call.body.lot,
        secret=settings.text("CODE_KEY"),
    )
    return schemas.CodeAnswer(code=code, hint=code[-4:])


handler = api.handler()
