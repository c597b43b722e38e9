"""What each operation asks of its caller, and so what each caller is answered."""

from tests.integration import matrix_needs as needs
from tests.integration.matrix_needs import Cell, Need, Says, may
from tests.integration.matrix_world import Matrix
from training_credits.domain.errors import Reason
from training_credits.domain.model import Permission
from training_credits.domain.program import Program
from training_credits.programs import program_names

NEEDS: dict[str, Need] = {
    "readProgram": needs.signed_in,
    "openAccount": needs.opens_for_oneself_or_a_customer,
    "listAccounts": needs.signed_in,
    "readAccount": may(Permission.READ),
    "editAccount": may(Permission.EDIT),
    "readHistory": may(Permission.STATE),
    "nameContact": may(Permission.SELL),
    "setAgreement": may(Permission.SELL),
    "readPlan": may(Permission.READ),
    "changePlan": may(Permission.PLAN),
    "signIn": needs.signed_in,
    "acceptTerms": needs.signed_in,
    "readPreferences": needs.signed_in,
    "setPreferences": needs.signed_in,
    "inviteMember": needs.customers_decide,
    "inviteMember: an owner": needs.customers_decide,
    "inviteMember: a player": needs.asked_into_what_the_program_has,
    "inviteMember: an operator": needs.in_no_role_of_the_vendor,
    "removeMember": needs.customers_decide,
    "removeMember: oneself": needs.leaves,
    "removeMember: an owner": needs.customers_decide,
    "nameDeputy": needs.customers_decide,
    "endDeputy": needs.customers_decide,
    "issueCode": may(Permission.SHARE),
    "listCodes": may(Permission.SHARE),
    "rotateCode": may(Permission.SHARE),
    "revokeCode": may(Permission.SHARE),
    "listUses": may(Permission.SHARE),
    "listBudgets": may(Permission.READ),
    "addBudget": may(Permission.BUDGET),
    "editBudget": may(Permission.BUDGET),
    "transferBudget": may(Permission.BUDGET),
    "purchase": may(Permission.BUY),
    "enterOrder": may(Permission.SELL),
    "listOrders": may(Permission.READ),
    "readOrder": may(Permission.READ),
    "moveOrder": needs.may_what_is_seen(Permission.SELL),
    "moveOrder: accepts a quote": needs.accepts,
    "moveOrder: accepts under a number": needs.accepts_for_the_vendor,
    "moveOrder: withdraws what is not paid": needs.withdraws,
    "moveOrder: activates": needs.may_what_is_seen(Permission.SELL),
    "moveOrder: cancels what is owed": needs.cancels,
    "moveOrder: voids what was bought": needs.cancels,
    "listOpenOrders": needs.operators,
    "payOrder": may(Permission.BUY),
    "listOfferings": needs.signed_in,
    "readOffering": needs.signed_in,
    "importCatalogue": needs.operators,
    "hearPayment": needs.nobody_unsigned,
    "listFundingOptions": may(Permission.READ),
    "priceCart": needs.pays,
    "redeem": needs.pays,
    "readRedemption": needs.asked_for_it,
    "confirmRedemption": needs.asked_for_it,
    "cancelRedemption": needs.asked_for_it,
    "returnLine": needs.keeps_what_is_booked,
    "moveLine": needs.keeps_what_is_booked,
    "fulfilLine": needs.fulfils,
    "listVouchers": needs.sees_vouchers,
    "exportVouchers": needs.has_vouchers_in_hand,
    "assignVoucher": needs.has_vouchers_in_hand,
    "unassignVoucher": needs.has_vouchers_in_hand,
    "useVoucher": needs.says_it_was_used,
    "openCase": needs.claims,
    "openCase: a draft": may(Permission.CLAIM),
    "openCase: a transfer": may(Permission.CLAIM),
    "listCases": may(Permission.READ),
    "readCase": may(Permission.READ),
    "redraftCase": may(Permission.CLAIM),
    "moveCase": may(Permission.REVIEW),
    "moveCase: withdraws": needs.claims,
    "listOpenCases": needs.operators,
    "listRequests": may(Permission.READ),
    "readRequest": may(Permission.READ),
    "decide": may(Permission.DECIDE),
    "listTransactions": may(Permission.STATE),
    "readJournal": may(Permission.STATE),
    "readBalances": may(Permission.STATE),
    "readReport": may(Permission.STATE),
    "readForecast": may(Permission.STATE),
    "readStatement": may(Permission.STATE),
    "readStatementOfPeriod": may(Permission.STATE),
    "makeDocument": may(Permission.STATE),
    "addWebhook": needs.hooks,
    "listWebhooks": needs.hooks,
    "readWebhook": needs.hooks,
    "editWebhook": needs.hooks,
    "disableWebhook": needs.hooks,
    "rotateWebhookSecret": needs.hooks,
    "listDeliveries": needs.hooks,
    "redeliver": needs.hooks,
    "testWebhook": needs.hooks,
}
# Asked before terms are accepted, where nothing else is answered.
BEFORE_TERMS = {
    *("readProgram", "signIn", "acceptTerms", "hearPayment"),
    *("readPreferences", "setPreferences"),
}
# They are what they are at every account of their program.
EVERYWHERE = {"operator", "integrator"}
# Terms are asked for there too, in the one read of all that a request names.
ASKING_THEMSELVES = {"priceCart", "redeem"}
# What a program says to whoever has the right, where it is not a yes.
NOT_SO_HERE: dict[tuple[str, str], Says] = {
    **{(each, "confirmRedemption"): needs.NOT_RESERVED for each in program_names()},
    ("salesforce", "moveLine"): Says(422, Reason.NOT_MOVABLE),
    **{
        (program, operation): Says(409, Reason.NOT_BOOKED)
        for program in ("atlassian", "cisco")
        for operation in ("returnLine", "moveLine", "fulfilLine")
    },
    **{(each, "redraftCase"): Says(409, Reason.CASE_MOVED) for each in program_names()},
    **{
        (each, "openCase: a transfer"): Says(422, Reason.TRANSFER_NOT_ALLOWED)
        for each in program_names()
    },
    **{
        (each, "openCase: a draft"): Says(422, Reason.EXTENSION_NOT_ALLOWED)
        for each in ("cisco", "salesforce")
    },
    ("atlassian", "acceptTerms"): Says(422, Reason.TERMS_UNKNOWN),
    ("atlassian", "issueCode"): Says(409, Reason.CODE_EXISTS),
    ("atlassian", "rotateCode"): Says(403, Reason.CODE_NOT_REPLACEABLE),
    ("atlassian", "revokeCode"): Says(403, Reason.CODE_NOT_REPLACEABLE),
    ("atlassian", "moveOrder: voids what was bought"): needs.NOT_REFUNDABLE,
    ("cisco", "issueCode"): Says(422, Reason.CODE_NOT_OFFERED),
    ("cisco", "rotateCode"): Says(404, Reason.CODE_NOT_FOUND),
    ("cisco", "revokeCode"): Says(404, Reason.CODE_NOT_FOUND),
    ("cisco", "listUses"): Says(404, Reason.CODE_NOT_FOUND),
    ("cisco", "purchase"): Says(422, Reason.CHANNEL_NOT_OFFERED),
    ("cisco", "payOrder"): Says(409, Reason.ORDER_MOVED),
    ("salesforce", "acceptTerms"): Says(422, Reason.TERMS_UNKNOWN),
    ("salesforce", "payOrder"): Says(409, Reason.ORDER_MOVED),
    ("salesforce", "cancelRedemption"): Says(409, Reason.ALREADY_DECIDED),
    ("salesforce", "decide"): Says(409, Reason.ALREADY_DECIDED),
    **{
        (program, operation): Says(404, Reason.VOUCHER_NOT_FOUND)
        for program in ("atlassian", "cisco", "salesforce")
        for operation in ("exportVouchers", "assignVoucher", "unassignVoucher", "useVoucher")
    },
}


def expected(name: str, done: int, cell: Cell) -> Says:
    """What a cell must say; `done` is the status of a yes."""
    if name != "hearPayment" and cell.actor == "nobody":
        return needs.NOT_SIGNED_IN
    if cell.actor == "newcomer" and name not in BEFORE_TERMS:
        return needs.TERMS_REQUIRED
    said = NEEDS[name](cell)
    if said is not None:
        return said
    return NOT_SO_HERE.get((cell.program.id, name), Says(done))


def cell_of(matrix: Matrix, program: Program, actor: str, place: str) -> Cell:
    """What an actor is to a place: some of the vendor's are it everywhere, others at their own."""
    roles = matrix.roles.get(actor, frozenset())
    if place in {"foreign", "unknown"} or (place == "other" and actor not in EVERYWHERE):
        roles = frozenset()
    asked = actor == "asker" and place == "own"
    return Cell(actor=actor, place=place, roles=roles, program=program, asked_before=asked)
