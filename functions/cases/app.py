"""What customers ask the vendor about the end of their credits, or of a wrong transaction."""

from training_credits.edge import bodies, observability, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import cases as use_cases

api = Api()


@api.on(routes.OPEN_CASE)
def open_case(call: Call[schemas.NewCase]) -> str:
    """By the customer; the vendor's staff may draft it."""
    ledger, account_id = wiring.ledger(), call.path["account"]
    intent = call.intent(views.case_of(call.program, wiring.clock()))
    if call.body.kind is schemas.CaseWish.TRANSFER:
        use_cases.transfer(ledger, wiring.clock, call.caller, account_id)
    answer = use_cases.open_case(
        ledger, wiring.clock, intent, account_id=account_id, asking=bodies.case(call.body)
    )
    observability.count("CasesOpened")
    return answer


@api.on(routes.LIST_CASES)
def list_cases(call: Call[None]) -> schemas.CaseList:
    """All of them, ended ones too."""
    page = use_cases.of_account(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.cases(call.program, page, wiring.clock())


@api.on(routes.READ_CASE)
def read_case(call: Call[None]) -> schemas.CaseAnswer:
    """With every step of its way."""
    case = use_cases.read(
        wiring.ledger(), wiring.clock, call.caller, call.path["account"], call.path["case"]
    )
    return views.case(call.program, case, wiring.clock())


@api.on(routes.REDRAFT_CASE)
def redraft_case(call: Call[schemas.CaseEdit]) -> schemas.CaseAnswer:
    """Until it is asked for."""
    case = use_cases.redraft(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        account_id=call.path["account"],
        case_id=call.path["case"],
        draft=bodies.draft(call.body),
    )
    return views.case(call.program, case, wiring.clock())


@api.on(routes.MOVE_CASE)
def move_case(call: Call[schemas.NewCaseMove]) -> str:
    """Each step by whom the program lets."""
    answer = use_cases.move(
        wiring.ledger(),
        wiring.clock,
        call.intent(views.case_of(call.program, wiring.clock())),
        account_id=call.path["account"],
        case_id=call.path["case"],
        said=bodies.case_step(call.body),
    )
    observability.count("CasesMoved")
    return answer


@api.on(routes.OPEN_CASES)
def open_cases(call: Call[None]) -> schemas.CaseList:
    """For operators: the most urgent first."""
    page = use_cases.waiting(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.cases(call.program, page, wiring.clock())


handler = api.handler()
