"""The data model: every key of the one table is built here, and nowhere else.

Every partition key begins with the program, which comes from the verified token: no request
can name an item of another vendor's program.

    item         pk                          sk                       book (local index)
    -----------  --------------------------  -----------------------  --------------------------
    Account      <p>#ACCOUNT#<account>       ACCOUNT                  ACCOUNT
    Code         <p>#ACCOUNT#<account>       CODE#<code>              CODE#<code>, then OLD#<code>
    Lot          <p>#ACCOUNT#<account>       LOT#<lot>                LOT#<expires>#<lot>, then
                                                                      PAST#<expires>#<lot>
    Member       <p>#ACCOUNT#<account>       MEMBER#<email>           MEMBER#<email>
    Redemption   <p>#ACCOUNT#<account>       REDEMPTION#<id>          REQUEST#<at>#<id>, then
                                                                      SETTLED#<state>#<at>#<id>
    Order        <p>#ACCOUNT#<account>       ORDER#<order>            SOLD#<at>#<order>
    Entry        <p>#ACCOUNT#<account>       ENTRY#<at>#<entry>
    Happening    <p>#ACCOUNT#<account>       HISTORY#<at>#<id>
    Plan         <p>#ACCOUNT#<account>       PLAN#<lot>
    Use          <p>#ACCOUNT#<account>       USE#<code>#<subject>
    Opener       <p>#CODE#<hmac>             CODE
    SalesOrder   <p>#SO#<number>             SO
    Seat         <p>#PERSON#<email>          SEAT | SEAT#<account>
    Invitation   <p>#PERSON#<email>          INVITED#<account>
    Terms        <p>#PERSON#<email>          TERMS#<version>
    Submission   <p>#CALLER#<subject>        SUBMISSION#<operation>#<key>
    Tries        <p>#CALLER#<subject>        TRIES#<day>
    Made         <p>#CALLER#<subject>        MADE#<day>
    Sent         <p>#MAIL#<message>          SENT

The local index `book` is the account as its page shows it, top down: header, codes, lots in
spending order, members, ended codes, closed lots, pending requests. It is strongly consistent, and
a reader stops where it knows enough. What is finished sinks (`OLD`, `PAST`, `SETTLED`) or leaves
it (removed members). Orders stand below all that: nobody who spends reads past them.

The sparse index `worklist` holds what is to be done. For the sweep: partition
`<p>#EXPIRY#<shard>`, sort key `<instant>#<account>#<lot>`; a closed lot leaves it. For operators:
partition `<p>#ORDERS`, sort key `<due day>#<account>#<order>`; a finished order leaves it.

    question                                asked by                how
    --------------------------------------  ----------------------  ---------------------------
    What can pay, with which code?          redeem                  book: ACCOUNT .. LOT
    May I do this to the account?           accounts, members       book: ACCOUNT .. MEMBER
    Balance, lots, members, codes           balance, codes          book: ACCOUNT .. PAST
    What waits, and what could pay?         approve                 book: ACCOUNT .. REQUEST
    Which requests are in this state?       approve                 book: REQUEST or SETTLED#<s>
    Who has used this code?                 codes                   book: REQUEST .. SETTLED
    Which orders has the account?           orders                  book: SOLD#
    What am I here? Was this done before?   purchase, statements    batch get: Account, Member,
                                                                    Submission
    What is paid, and was it before?        payments                batch get: Order, Submission
    Which account does this code open?      redeem                  get: Opener
    Have I guessed too often?               redeem                  query: TRIES#<day> .. <day>
    Have I made too much alone today?       orders                  condition on Made
    Whose order has this number?            redeem                  get: SalesOrder
    What became of my request?              redeem                  batch get: Redemption
    What happened between two instants?     statements              query: ENTRY#<s> .. ENTRY#<e>
    What else happened to the account?      accounts                query: HISTORY#
    All lots, closed ones too               statements              query: LOT#
    Accounts, invitations, accepted terms   people                  query: the person
    Have I accepted these terms?            every route             get: Terms
    Was this request carried out?           every keyed POST        condition on Submission
    What has ended by now?                  expire                  worklist: EXPIRY .. now
    Which orders wait for us?               orders                  worklist: ORDERS
"""

import hashlib
from datetime import UTC, date, datetime

from training_credits.domain.identity import derived
from training_credits.domain.model import Happening, Lot, Order, Redemption, RedemptionState
from training_credits.ports import EXPIRY_SHARDS

ACCOUNT = "ACCOUNT"
CODE = "CODE"
SALES_ORDER = "SO"
SENT = "SENT"
CODES = "CODE#"
ENDED_CODES = "OLD#"
LOTS = "LOT#"
MEMBERS = "MEMBER#"
PAST = "PAST#"
SEAT = "SEAT"
ENTRIES = "ENTRY#"
HISTORY = "HISTORY#"
REQUESTS = "REQUEST#"
SETTLED = "SETTLED#"
SOLD = "SOLD#"
LAST = "~"


def under(prefix: str) -> tuple[str, str]:
    """The bounds of all keys with a prefix that ends in `#`: `$` is the next character."""
    return prefix, f"{prefix[:-1]}$"


def instant(at: datetime) -> str:
    """An instant that sorts as text: UTC, always with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def account(program: str, account_id: str) -> str:
    """Partition of everything one account has."""
    return f"{program}#ACCOUNT#{account_id}"


def code(program: str, digest: str) -> str:
    """Partition of one redemption code."""
    return f"{program}#CODE#{digest}"


def sales_order(program: str, number: str) -> str:
    """Partition of one sales order number."""
    return f"{program}#SO#{number}"


def person(program: str, email: str) -> str:
    """Partition of what a person belongs to, is asked into, and has accepted."""
    return f"{program}#PERSON#{email}"


def caller(program: str, subject: str) -> str:
    """Partition of what a signed-in caller has submitted."""
    return f"{program}#CALLER#{subject}"


def mail(program: str, message_id: str) -> str:
    """Partition of the record that a mail was sent."""
    return f"{program}#MAIL#{message_id}"


def lot(lot_id: str) -> str:
    """Sort key of a lot: its id alone, for its end may be moved by an extension."""
    return f"{LOTS}{lot_id}"


def member(email: str) -> str:
    """Sort key of a member, and their place in the book."""
    return f"{MEMBERS}{email}"


def order(order_id: str) -> str:
    """Sort key of an order."""
    return f"ORDER#{order_id}"


def order_in_book(order: Order) -> str:
    """Where an order stands in the book: by when it was placed."""
    return f"{SOLD}{instant(order.placed_at)}#{order.order_id}"


def code_of(code_id: str) -> str:
    """Sort key of a code on its account, and its place in the book while it works."""
    return f"{CODES}{code_id}"


def ended_code(code_id: str) -> str:
    """Place in the book of a code that was revoked."""
    return f"{ENDED_CODES}{code_id}"


def use(code_id: str, subject: str) -> str:
    """Sort key of what one learner has asked for with one code."""
    return f"USE#{code_id}#{subject}"


def plan(lot_id: str) -> str:
    """Sort key of the training plan of a lot."""
    return f"PLAN#{lot_id}"


def happening(value: Happening) -> str:
    """Sort key of a line of history: two at one instant are still two."""
    unique = derived("happening", value.kind, value.actor, value.about)
    return f"{HISTORY}{instant(value.at)}#{unique}"


def redemption(redemption_id: str) -> str:
    """Sort key of a redemption, in every state."""
    return f"REDEMPTION#{redemption_id}"


def entry(at: datetime, entry_id: str = "") -> str:
    """Sort key of an entry; without an id, the bound of a period."""
    return f"{ENTRIES}{instant(at)}#{entry_id}" if entry_id else f"{ENTRIES}{instant(at)}"


def submission(operation: str, key: str) -> str:
    """Sort key of a request that was carried out."""
    return f"SUBMISSION#{operation}#{key}"


def tries(day: date) -> str:
    """Sort key of the wrong codes of one day."""
    return f"TRIES#{day.isoformat()}"


def made(day: date) -> str:
    """Sort key of what an operator has made alone on one day."""
    return f"MADE#{day.isoformat()}"


def seat(account_id: str, *, only: bool) -> str:
    """Sort key of belonging: the same for all accounts where a person may own only one."""
    return SEAT if only else f"{SEAT}#{account_id}"


def invitation(account_id: str) -> str:
    """Sort key of being asked into an account."""
    return f"INVITED#{account_id}"


def terms(version: str) -> str:
    """Sort key of terms that were accepted."""
    return f"TERMS#{version}"


def lot_in_book(lot: Lot, *, closed: bool = False) -> str:
    """Where a lot stands in the book: in spending order, below the members once it is closed."""
    return f"{PAST if closed else LOTS}{instant(lot.expires_at)}#{lot.lot_id}"


def redemption_in_book(redemption: Redemption) -> str:
    """Where a request stands: among the pending, or among the settled of its state."""
    if redemption.state is RedemptionState.PENDING:
        return f"{REQUESTS}{instant(redemption.requested_at)}#{redemption.redemption_id}"
    at = instant(redemption.settled_at)
    return f"{requests_in(redemption.state)}{at}#{redemption.redemption_id}"


def requests_in(state: RedemptionState) -> str:
    """Prefix in the book of all requests in one state."""
    return REQUESTS if state is RedemptionState.PENDING else f"{SETTLED}{state}#"


def expiry_shard(program: str, shard: int) -> str:
    """Partition of the worklist; sharded, so that a day on which much ends is no hot spot."""
    return f"{program}#EXPIRY#{shard}"


def shard_of(lot_id: str) -> int:
    """The shard of a lot, for ever."""
    return hashlib.sha256(lot_id.encode()).digest()[0] % EXPIRY_SHARDS


def due(account_id: str, lot: Lot) -> str:
    """Sort key in the worklist: when it is due, and what."""
    return f"{instant(lot.expires_at)}#{account_id}#{lot.lot_id}"


def open_orders(program: str) -> str:
    """Partition of the worklist with the orders that wait for the vendor; they are few."""
    return f"{program}#ORDERS"


def order_due(order: Order) -> str | None:
    """Sort key in the worklist: by when, and which; None once the order is finished."""
    if order.due_on is None:
        return None
    return f"{order.due_on.isoformat()}#{order.account_id}#{order.order_id}"
