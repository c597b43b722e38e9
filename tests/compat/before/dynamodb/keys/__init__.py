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
    Budget       <p>#ACCOUNT#<account>       BUDGET#<budget>          BUDGET#<budget>
    Redemption   <p>#ACCOUNT#<account>       REDEMPTION#<id>          REQUEST#<at>#<id> or
                                                                      SETTLED#<state>#<at>#<id>
    Voucher      <p>#ACCOUNT#<account>       VOUCHER#<redemption>
                                             #<line>#<voucher>
    Order        <p>#ACCOUNT#<account>       ORDER#<order>            SOLD#<at>#<order>
    Entry        <p>#ACCOUNT#<account>       ENTRY#<at>#<entry>
    Happening    <p>#ACCOUNT#<account>       HISTORY#<at>#<id>
    Plan         <p>#ACCOUNT#<account>       PLAN#<lot>
    Use          <p>#ACCOUNT#<account>       USE#<code>#<subject>
    Offering     <p>#OFFERING#<offering>     OFFERING
    Session      <p>#OFFERING#<offering>     SESSION#<session>        SESSION#<starts>#<session>
    Listed       <p>#CATALOGUE               ALL#<offering> |
                                             IN#<collection>#<offering>
    Opener       <p>#CODE#<hmac>             CODE
    SalesOrder   <p>#SO#<number>             SO
    Seat         <p>#PERSON#<email>          SEAT | SEAT#<account>
    Invitation   <p>#PERSON#<email>          INVITED#<account>
    Terms        <p>#PERSON#<email>          TERMS#<version>
    Submission   <p>#CALLER#<subject>        SUBMISSION#<operation>#<key>
    Tries        <p>#CALLER#<subject>        TRIES#<month>
    Made         <p>#CALLER#<subject>        MADE#<day>
    Sent         <p>#MAIL#<message>          SENT

The local index `book` is the account as its page shows it, top down: header, budgets, codes,
lots in spending order, members, ended codes, closed lots, pending requests. It is strongly
consistent, and a reader stops where it knows enough. What is finished sinks (`OLD`, `PAST`,
`SETTLED`) or leaves it (removed members). Pending is what waits for an owner; requests in every
other state, those that wait for the advisor or for their confirmation too, stand at `SETTLED`.
Orders stand below all that: nobody who spends reads past them. On an offering it has the sessions
by their first day: a session that is moved is still the same item.

The catalogue lists ids only, once for all and once for each collection. What is listed is read by
its id, and left out if it has left the collection: nothing is ever deleted.

The sparse index `worklist` holds what is to be done. For the sweep: partition
`<p>#EXPIRY#<shard>`, sort key `<instant>#<account>#<lot>`; a closed lot leaves it. For requests
that wait: partition `<p>#WAITING#<shard>`, sort key `<instant>#<account>#<redemption>`; a reminder
moves it, as does a reservation, and what is final leaves it. For operators: partition
`<p>#ORDERS`, sort key `<due day>#<account>#<order>`; a finished order leaves it.

    question                                asked by                how
    --------------------------------------  ----------------------  ---------------------------
    What can pay, with which code?          redeem, lapse           book: ACCOUNT .. LOT
    May I do this to the account?           accounts, people,       book: ACCOUNT .. MEMBER
                                            codes, budgets
    Balance, lots, members, codes           balance, codes,         book: ACCOUNT .. PAST
                                            budgets, bookings,
                                            orders, redeem
    What waits, and what could pay?         approve                 book: ACCOUNT .. REQUEST
    Which requests are in this state?       approve                 book: REQUEST or SETTLED#<s>
    Who has used this code?                 codes                   book: REQUEST .. SETTLED
    Which orders has the account?           orders                  book: SOLD#
    What am I here? Was this done before?   purchase, statements    batch get: Account, Member,
                                                                    Submission
    What is paid, and was it before?        payments                batch get: Order, Submission
    All that a request to spend names       redeem                  batch get: Tries, Terms, Opener,
                                                                    SalesOrder, Offering, Session
    Have I made too much alone today?       orders                  condition on Made
    What have I used of this code?          redeem, if refused      get: Use
    What became of this request?            redeem, approve,        batch get: Redemption
                                            lapse, bookings,
                                            vouchers, notify
    What happened between two instants?     statements              query: ENTRY#<s> .. ENTRY#<e>
    What else happened to the account?      accounts                query: HISTORY#
    All lots, closed ones too               statements              query: LOT#
    Accounts, invitations, accepted terms   people                  query: the person
    Have I accepted these terms?            every other route       get: Terms
    Was this request carried out?           every keyed POST        condition on Submission
    What is in this collection?             catalogue               query: IN#<collection>#, and
                                                                    batch get: Offering
    Which sessions has it from a day on?    catalogue               book: SESSION#<day> ..
    What are these lines about now?         approve, bookings,      batch get: Offering, Session
                                            redeem, catalogue
    Which vouchers came of this request?    vouchers, bookings      query: VOUCHER#<redemption>#
    What has ended by now?                  expire                  worklist: EXPIRY .. now
    Which requests are over by now?         lapse                   worklist: WAITING .. now
    Which orders wait for us?               orders                  worklist: ORDERS
"""

from tests.compat.before.dynamodb.keys.book import (
    ENDED_CODES,
    PAST,
    REQUESTS,
    SETTLED,
    SOLD,
    ended_code,
    lot_in_book,
    order_in_book,
    redemption_in_book,
    requests_in,
    session_in_book,
    sessions_from,
)
from tests.compat.before.dynamodb.keys.places import (
    ACCOUNT,
    BUDGETS,
    CODE,
    CODES,
    ENTRIES,
    HISTORY,
    LAST,
    LOTS,
    MEMBERS,
    OFFERING,
    SALES_ORDER,
    SEAT,
    SENT,
    SESSIONS,
    account,
    budget,
    caller,
    catalogue,
    code,
    code_of,
    entry,
    happening,
    instant,
    invitation,
    listed,
    lot,
    made,
    mail,
    member,
    offering,
    order,
    person,
    plan,
    redemption,
    sales_order,
    seat,
    session,
    submission,
    terms,
    tries,
    under,
    use,
    voucher,
    vouchers,
)
from tests.compat.before.dynamodb.keys.worklist import (
    due,
    expiry_shard,
    open_orders,
    order_due,
    request_due,
    shard_of,
    waiting_shard,
)

__all__ = [
    "ACCOUNT",
    "BUDGETS",
    "CODE",
    "CODES",
    "ENDED_CODES",
    "ENTRIES",
    "HISTORY",
    "LAST",
    "LOTS",
    "MEMBERS",
    "OFFERING",
    "PAST",
    "REQUESTS",
    "SALES_ORDER",
    "SEAT",
    "SENT",
    "SESSIONS",
    "SETTLED",
    "SOLD",
    "account",
    "budget",
    "caller",
    "catalogue",
    "code",
    "code_of",
    "due",
    "ended_code",
    "entry",
    "expiry_shard",
    "happening",
    "instant",
    "invitation",
    "listed",
    "lot",
    "lot_in_book",
    "made",
    "mail",
    "member",
    "offering",
    "open_orders",
    "order",
    "order_due",
    "order_in_book",
    "person",
    "plan",
    "redemption",
    "redemption_in_book",
    "request_due",
    "requests_in",
    "sales_order",
    "seat",
    "session",
    "session_in_book",
    "sessions_from",
    "shard_of",
    "submission",
    "terms",
    "tries",
    "under",
    "use",
    "voucher",
    "vouchers",
    "waiting_shard",
]
