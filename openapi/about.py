"""What docs/openapi.yaml says in words: of the API, of some operations, and of what each needs."""

from training_credits.domain.model import Permission
from training_credits.edge import routes

API = """\
Prepaid training credits of many programs, kept to the credit. Credits are whole numbers; money is
in minor units beside its currency; times are RFC 3339 in UTC; a date without a time is a day of
the program. Numbers are written plainly: `100`, never `100.0` or `1e2`. The caller is the token,
never a field. Where an Idempotency-Key is asked for, a request that is sent again has no second
effect and gets the first answer; every other request may be repeated as it is. Refusals are problem
details (RFC 9457) with a stable `code`; what a caller may not see does not exist for them. Who may
do what is the program's to say: `readProgram` lists the permissions of each role, and an operation
names the one it needs.
""".replace("\n", " ").strip()
BEARER = (
    "An ID token of the deployment's OpenID Connect issuer, with `email`, `email_verified` and "
    "`custom:program`."
)
KEY = "Made by the client for each request that is meant; a retry sends it again."
SIGNATURE = "When the provider signed the body, and the signature: over the very bytes sent."
PATH = {
    "account": "Id of an account.",
    "order": "Id of an order.",
    "lot": "Id of a lot: that of the order which bought it.",
    "code": "Id of a redemption code, which is not its text.",
    "redemption": "Id of a redemption.",
    "email": "Address of a member.",
    "month": "A calendar month in the program's time zone.",
    "role": "What somebody of the vendor is to the account.",
}

# What a role must be allowed, on the account of the path or, without one, in the program.
NEEDS = {
    routes.READ_ACCOUNT.operation: Permission.READ,
    routes.EDIT_ACCOUNT.operation: Permission.EDIT,
    routes.READ_HISTORY.operation: Permission.STATE,
    routes.NAME_CONTACT.operation: Permission.SELL,
    routes.SET_AGREEMENT.operation: Permission.SELL,
    routes.READ_PLAN.operation: Permission.READ,
    routes.CHANGE_PLAN.operation: Permission.PLAN,
    routes.INVITE.operation: Permission.PEOPLE,
    routes.REMOVE_MEMBER.operation: Permission.PEOPLE,
    routes.ISSUE_CODE.operation: Permission.SHARE,
    routes.LIST_CODES.operation: Permission.SHARE,
    routes.ROTATE_CODE.operation: Permission.SHARE,
    routes.REVOKE_CODE.operation: Permission.SHARE,
    routes.LIST_USES.operation: Permission.SHARE,
    routes.PURCHASE.operation: Permission.BUY,
    routes.ENTER_ORDER.operation: Permission.SELL,
    routes.LIST_ORDERS.operation: Permission.READ,
    routes.READ_ORDER.operation: Permission.READ,
    routes.MOVE_ORDER.operation: Permission.READ,
    routes.OPEN_ORDERS.operation: Permission.SELL,
    routes.PAY.operation: Permission.BUY,
    routes.LIST_REQUESTS.operation: Permission.READ,
    routes.DECIDE.operation: Permission.DECIDE,
    routes.TRANSACTIONS.operation: Permission.STATE,
    routes.STATEMENT.operation: Permission.STATE,
}
MORE = {
    routes.READ_PROGRAM.operation: "Also before terms are accepted.",
    routes.OPEN_ACCOUNT.operation: (
        "Where the vendor opens accounts, only who may `open` does, for the customer named as "
        "`owner`, who joins by signing in; elsewhere whoever asks is the first owner."
    ),
    routes.SIGN_IN.operation: (
        "To be called after each sign-in at the issuer. Every account this address was invited to "
        "is joined; where `terms` come back, nothing else is possible until they are accepted."
    ),
    routes.ACCEPT_TERMS.operation: "Said again, it changes nothing.",
    routes.REMOVE_MEMBER.operation: "Anybody may leave of themselves.",
    routes.ISSUE_CODE.operation: "The text is kept nowhere: only a retry shows it again.",
    routes.ROTATE_CODE.operation: "Its limits and uses stay.",
    routes.PURCHASE.operation: (
        "An order by `card` waits for `payOrder`; any other one for the vendor's next step. "
        "Nothing is taken and no credits are made yet."
    ),
    routes.MOVE_ORDER.operation: (
        "A channel's steps are listed by `readProgram`, and an order names its `next` one. To "
        "accept a quote, or to withdraw what is not yet bought, needs `buy`; every other step "
        "needs `sell`. A card order moves by its payment."
    ),
    routes.OPEN_ORDERS.operation: "Of every account of the program.",
    routes.PAY.operation: (
        "One order has one payment: asked for again, the same one is taken up. The credits are "
        "there once the provider has told us; the order shows it. A card that was declined leaves "
        "the order as it was, to be paid with another."
    ),
    routes.HEAR.operation: (
        "No token: the body is believed if its signature is right and no older than five minutes. "
        "Delivered again, an event books nothing."
    ),
    routes.REDEEM.operation: (
        "After 100 wrong codes in 30 days a caller is refused without a look. Who pays with "
        "`sales_order` needs `spend` on its account; to others the number opens nothing."
    ),
    routes.READ_REDEMPTION.operation: "For its learner only.",
    routes.CANCEL.operation: "For its learner only, while nobody has decided.",
    routes.DECIDE.operation: (
        "Asked about one request, its refusal is the answer; asked about many, each has its own "
        "outcome, and those refused are judged anew when the same batch is sent again."
    ),
    routes.TRANSACTIONS.operation: "As CSV the whole period at once, without a cursor.",
}


def described(operation: str) -> str:
    """What an operation needs, and what else should be known."""
    needed = NEEDS.get(operation)
    words = (f"Needs `{needed}`." if needed else "", MORE.get(operation, ""))
    return " ".join(word for word in words if word)
