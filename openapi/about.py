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
    "offering": "Id of an offering, the vendor's own.",
    "lot": "Id of a lot: that of the order which bought it.",
    "code": "Id of a redemption code, which is not its text.",
    "budget": "Id of a budget.",
    "case": "Id of a case.",
    "redemption": "Id of a redemption.",
    "voucher": "Id of a voucher, which is not its text.",
    "email": "Address of a member.",
    "month": "A calendar month in the program's time zone.",
    "role": "What somebody of the vendor is to the account.",
    "webhook": "An endpoint that the vendor has added.",
    "delivery": "One event for one webhook.",
}

# What a role must be allowed, on the account of the path or, without one, in the program.
NEEDS = {
    routes.READ_ACCOUNT.operation: Permission.READ,
    routes.FUNDING.operation: Permission.READ,
    routes.EDIT_ACCOUNT.operation: Permission.EDIT,
    routes.READ_HISTORY.operation: Permission.STATE,
    routes.NAME_CONTACT.operation: Permission.SELL,
    routes.SET_AGREEMENT.operation: Permission.SELL,
    routes.READ_PLAN.operation: Permission.READ,
    routes.CHANGE_PLAN.operation: Permission.PLAN,
    routes.INVITE.operation: Permission.PEOPLE,
    routes.REMOVE_MEMBER.operation: Permission.PEOPLE,
    routes.NAME_DEPUTY.operation: Permission.PEOPLE,
    routes.END_DEPUTY.operation: Permission.PEOPLE,
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
    routes.IMPORT.operation: Permission.SELL,
    routes.LIST_REQUESTS.operation: Permission.READ,
    routes.READ_REQUEST.operation: Permission.READ,
    routes.DECIDE.operation: Permission.DECIDE,
    routes.USE_VOUCHER.operation: Permission.FULFIL,
    routes.FULFIL_LINE.operation: Permission.FULFIL,
    routes.OPEN_CASE.operation: Permission.CLAIM,
    routes.LIST_CASES.operation: Permission.READ,
    routes.READ_CASE.operation: Permission.READ,
    routes.REDRAFT_CASE.operation: Permission.CLAIM,
    routes.MOVE_CASE.operation: Permission.READ,
    routes.OPEN_CASES.operation: Permission.REVIEW,
    routes.LIST_BUDGETS.operation: Permission.READ,
    routes.ADD_BUDGET.operation: Permission.BUDGET,
    routes.EDIT_BUDGET.operation: Permission.BUDGET,
    routes.TRANSFER.operation: Permission.BUDGET,
    routes.TRANSACTIONS.operation: Permission.STATE,
    routes.JOURNAL.operation: Permission.STATE,
    routes.READ_BALANCES.operation: Permission.STATE,
    routes.READ_REPORT.operation: Permission.STATE,
    routes.READ_FORECAST.operation: Permission.STATE,
    routes.STATEMENT.operation: Permission.STATE,
    routes.STATEMENT_OF_PERIOD.operation: Permission.STATE,
    routes.MAKE_DOCUMENT.operation: Permission.STATE,
    routes.ADD_WEBHOOK.operation: Permission.HOOK,
    routes.LIST_WEBHOOKS.operation: Permission.HOOK,
    routes.READ_WEBHOOK.operation: Permission.HOOK,
    routes.EDIT_WEBHOOK.operation: Permission.HOOK,
    routes.DISABLE_WEBHOOK.operation: Permission.HOOK,
    routes.ROTATE_SECRET.operation: Permission.HOOK,
    routes.LIST_DELIVERIES.operation: Permission.HOOK,
    routes.REDELIVER.operation: Permission.HOOK,
    routes.TEST_WEBHOOK.operation: Permission.HOOK,
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
    routes.READ_PREFERENCES.operation: (
        "What one has asked for, decided or bought is always told; `topics` are what can be turned "
        "off. Of transactions hears who may `decide`: of each, of a day's on the next morning "
        "(`daily`), or not at all."
    ),
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
    routes.OPEN_CASE.operation: (
        "A reissue names its `lot` and a `plan` for all that is left of it, an extension its `lot` "
        "and the `days`; a dispute the `entry` and the instant `at`, as `listTransactions` shows "
        "them. The vendor's staff may draft what concerns a lot; the customer submits it."
    ),
    routes.MOVE_CASE.operation: (
        "A case names the states that may be `next`. To submit or withdraw it needs `claim`, to "
        "answer it `review`; nobody answers what they have asked for. A yes to a reissue or an "
        "extension moves what is left into a lot of its own, a dispute that is upheld brings back "
        "what it took."
    ),
    routes.OPEN_CASES.operation: "Of every account of the program.",
    routes.PAY.operation: (
        "One order has one payment: asked for again, the same one is taken up. The credits are "
        "there once the provider has told us; the order shows it. A card that was declined leaves "
        "the order as it was, to be paid with another."
    ),
    routes.HEAR.operation: (
        "No token: the body is believed if its signature is right and no older than five minutes. "
        "Delivered again, an event books nothing."
    ),
    routes.BROWSE.operation: (
        "Titles and prices come in the `language` and the `currency`, where the vendor has given "
        "them, and otherwise in its own. With `eligible` a page may hold fewer than `limit`, or "
        "none: only a page without `cursor` is the last."
    ),
    routes.READ_OFFERING.operation: "Sessions from today on, in the program's time zone.",
    routes.IMPORT.operation: (
        "At most 2,000 rows, each with a `kind`: an `OfferingRow` or a `SessionRow`. As `csv` the "
        "first line names the columns; an empty cell says nothing; `collections` are parted by "
        "`;`, and there are columns `title_de` and `price_minor_EUR` for every language and "
        "currency. All rows are written, or none: `bad` names those that cannot be, by their "
        "number, from 1. A row that is sent again writes the same thing again; a session keeps "
        "the seats that are taken. Of a large import that breaks off some may be written: send it "
        "again."
    ),
    routes.REDEEM.operation: (
        "After 100 wrong codes in 30 days a caller is refused without a look. Who pays with "
        "`sales_order` or `lot` needs `spend` on its account; to others it opens nothing. All "
        "lines are paid, or none; all instruments are of one account. With `reserve` a yes only "
        "sets the credits aside, until `confirmRedemption`. Staff of the vendor who may `spend` "
        "redeem for the account, and alone what is left to them."
    ),
    routes.FUNDING.operation: (
        "Every lot of the account, in the order in which they would pay; for an item, also its "
        "price there, and of each lot why it may not pay and what would make it a yes."
    ),
    routes.CART.operation: (
        "The body is that of `redeem`, and so are the refusals: `problem` is what that would be "
        "refused for. Only what the named instruments open is shown. A wrong code counts as one."
    ),
    routes.READ_REDEMPTION.operation: "For its learner only.",
    routes.CONFIRM.operation: "For its learner only, until `lapses_at`. Nobody is asked again.",
    routes.CANCEL.operation: (
        "For its learner only, before it is `approved`. What is booked is given back, line by "
        "line, with `returnLine`."
    ),
    routes.DECIDE.operation: (
        "Asked about one request, its refusal is the answer; asked about many, each has its own "
        "outcome, and those refused are judged anew when the same batch is sent again. Whoever is "
        "a deputy decides too. On a `referred` request the account's advisor decides, who may "
        "`clear` it, and nobody else."
    ),
    routes.LIST_BUDGETS.operation: (
        "All of them for whoever may `budget`; everybody else sees those that cap their own "
        "address, and of these no other learners."
    ),
    routes.ADD_BUDGET.operation: (
        "A budget is a cap, not a pot: credits stay in their lots, with their ends. The limits of "
        "all budgets are never more than was bought. What its learners ask for from now on counts "
        "against it, and comes back if nothing becomes of it."
    ),
    routes.EDIT_BUDGET.operation: (
        "What new learners have asked for before is not counted. A limit is never below what was "
        "asked for."
    ),
    routes.TRANSFER.operation: "The answer is both budgets, `from` first.",
    routes.RETURN_LINE.operation: (
        "For whoever asked for it, whoever may `decide` on the account, and the account's advisor. "
        "How much comes back says the program's ladder, as it was on the day of the request; it "
        "goes to the lot that paid, or has expired with it. Seats are free again, vouchers void."
    ),
    routes.MOVE_LINE.operation: (
        "For the same people. The other session is of the same offering and fits the credits that "
        "pay for it; none of them move."
    ),
    routes.FULFIL_LINE.operation: (
        "`completed` is said once, and final: credits are delivered. A `reference` may come before "
        "or after, and again: the last one stands."
    ),
    routes.LIST_VOUCHERS.operation: (
        "For whoever asked, for those who may `decide`, of the vendor's people for those who may "
        "`spend` for the account, and for those who may `fulfil`."
    ),
    routes.EXPORT_VOUCHERS.operation: (
        "For whoever asked, for those who may `decide`, and of the vendor's people those who may "
        "`spend` for the account. The texts are kept nowhere: only a retry shows them again. The "
        "account's history says who has exported them."
    ),
    routes.ASSIGN_VOUCHER.operation: (
        "For those who may export it. A voucher is in nobody's hands, or in one person's: to hand "
        "it on, take it back first."
    ),
    routes.UNASSIGN_VOUCHER.operation: "For those who may export it.",
    routes.READ_REPORT.operation: (
        "Sums over the account's entries: of what cost nothing there is none. A course is an "
        "offering, or a title where the catalogue had none. A learner is whoever asked. A team is "
        "the budgets a request counted against: under two of them, both together. A month is that "
        "of the program. At most 3,000 requests by course or team."
    ),
    routes.READ_FORECAST.operation: (
        "The pace is what was used of a product in the last 90 days, less what came back; since "
        "its first lot if that is younger, and over 7 days at the least. Held credits count as "
        "used. From tomorrow on so many are spent each day, always from the lot that would pay, to "
        "the last whole day of each; what is left of a lot then is at risk."
    ),
    routes.STATEMENT.operation: (
        "Of a calendar month in the program's time zone. It is what was there at one moment, "
        "`as_of`, whatever is booked while it is read; of a month that runs, that is now."
    ),
    routes.STATEMENT_OF_PERIOD.operation: (
        "As of a month. It costs its period, not the account's life, once months are filed. What "
        "is too long for one answer is refused: ask for less, or for a document."
    ),
    routes.MAKE_DOCUMENT.operation: (
        "Names either a `month`, or `from` and `to`. The `link` is good for 15 minutes and needs "
        "no token. At most 50 are made for an account in a day of UTC; statements of filed months "
        "do not count, and are always the same bytes."
    ),
    routes.JOURNAL.operation: (
        "A page has one month: first its block, with what each entry was when the month was "
        "sealed, then entries of it as they are. Entries after the newest filed month are not in "
        "it. Pages written one a line are what `python -m verify` checks, offline."
    ),
    routes.TRANSACTIONS.operation: "As CSV the whole period at once, without a cursor.",
    routes.ADD_WEBHOOK.operation: (
        "Of every account of the program; docs/webhooks.md says what arrives and how to verify it. "
        "The `secret` is shown here and to a retry under the same key, and nowhere else. A public "
        "https address at port 443 or 8443, by its name: anything else is refused, and why says "
        "`why`; so is a delivery, if the name leads inside by then."
    ),
    routes.EDIT_WEBHOOK.operation: (
        "With `enabled` a webhook that was disabled, or that has answered 410, is told again. What "
        "it has missed in between is not sent."
    ),
    routes.ROTATE_SECRET.operation: (
        "Until `old_secret_until` each event has two signatures. Only the secret before the newest "
        "still signs: rotate twice within a day, and the first is over at once."
    ),
    routes.LIST_DELIVERIES.operation: (
        "Of each delivery the last 30 tries: the `status`, or as `error` a word for why there is "
        "none, and of an answer that was no success the first kilobyte."
    ),
    routes.REDELIVER.operation: (
        "The same body under the same `webhook-id`, signed anew, and tried as often as the first "
        "time."
    ),
    routes.TEST_WEBHOOK.operation: "Whatever types it waits for. Its `facts` are empty.",
}


def described(operation: str) -> str:
    """What an operation needs, and what else should be known."""
    needed = NEEDS.get(operation)
    words = (f"Needs `{needed}`." if needed else "", MORE.get(operation, ""))
    return " ".join(word for word in words if word)
