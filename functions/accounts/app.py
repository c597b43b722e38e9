"""Accounts, their history and plans, and what the vendor sets on them."""

from training_credits.edge import bodies, observability, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import accounts as use_cases
from training_credits.use_cases import people

api = Api()


@api.on(routes.READ_PROGRAM)
def read_program(call: Call[None]) -> schemas.ProgramAnswer:
    """What is sold, to whom, and by which version of the rules."""
    return views.program(call.program, call.caller, wiring.clock())


@api.on(routes.OPEN_ACCOUNT)
def open_account(call: Call[schemas.NewAccount]) -> str:
    """The creator is the first owner, unless an operator names a customer."""
    body = call.body
    answer = use_cases.open_account(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda account: views.encoded(views.account(account))),
        name=body.name,
        kind=body.kind,
        approval=body.approval,
        owner=body.owner.lower() if body.owner else None,
    )
    observability.count("AccountsOpened")
    return answer


@api.on(routes.LIST_ACCOUNTS)
def list_accounts(call: Call[None]) -> schemas.AccountList:
    """What the caller belongs to."""
    presence = people.own_accounts(wiring.ledger(), call.caller)
    return schemas.AccountList(
        accounts=views.seats(presence.seats), invitations=views.seats(presence.invitations)
    )


@api.on(routes.EDIT_ACCOUNT)
def edit_account(call: Call[schemas.AccountEdit]) -> schemas.AccountAnswer:
    """Name, way to approve, what needs no approval, four eyes; and the card can be dropped."""
    account, edit = call.path["account"], bodies.edit(call.body)
    book = use_cases.edit_account(wiring.ledger(), wiring.clock, call.caller, account, edit)
    return views.account(book.account)


@api.on(routes.READ_HISTORY)
def read_history(call: Call[None]) -> schemas.HappeningList:
    """Everything but credits moving."""
    page = use_cases.history(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.history(page)


@api.on(routes.NAME_CONTACT)
def name_contact(call: Call[schemas.NewContact]) -> schemas.AccountAnswer:
    """One for each role."""
    account = use_cases.name_contact(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        bodies.contact(call.path["role"], call.body),
    )
    return views.account(account)


@api.on(routes.SET_AGREEMENT)
def set_agreement(call: Call[schemas.NewAgreement]) -> schemas.AgreementAnswer:
    """Above a limit it waits for a second operator."""
    agreement = use_cases.set_agreement(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        bodies.agreement(call.caller, call.body),
    )
    return views.agreement(agreement)


@api.on(routes.READ_PLAN)
def read_plan(call: Call[None]) -> schemas.PlanAnswer:
    """What a lot is to be spent on."""
    account, lot = call.path["account"], call.path["lot"]
    planned = use_cases.read_plan(wiring.ledger(), wiring.clock, call.caller, account, lot)
    return views.plan(*planned)


@api.on(routes.CHANGE_PLAN)
def change_plan(call: Call[schemas.NewPlan]) -> schemas.PlanAnswer:
    """The whole plan, anew."""
    planned = use_cases.change_plan(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        call.path["lot"],
        bodies.wishes(call.body),
    )
    return views.plan(*planned)


handler = api.handler()
