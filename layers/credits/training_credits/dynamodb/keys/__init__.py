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
    Case         <p>#ACCOUNT#<account>       CASE#<case>              TICKET#<at>#<case>
    Newest       <p>#ACCOUNT#<account>       NEWEST#<kind>#<lot>
    Entry        <p>#ACCOUNT#<account>       ENTRY#<at>#<entry>
    Filing       <p>#ACCOUNT#<account>       FILING
    Block        <p>#ACCOUNT#<account>       BLOCK#<month>
    Happening    <p>#ACCOUNT#<account>       HISTORY#<at>#<id>
    Digest       <p>#ACCOUNT#<account>       DIGEST#<day>#<email>
    Papers       <p>#ACCOUNT#<account>       PAPERS#<day>
    Plan         <p>#ACCOUNT#<account>       PLAN#<lot>
    Use          <p>#ACCOUNT#<account>       USE#<code>#<subject>
    Asked        <p>#ACCOUNT#<account>       ASKED#<subject>
    Offering     <p>#OFFERING#<offering>     OFFERING
    Session      <p>#OFFERING#<offering>     SESSION#<session>        SESSION#<starts>#<session>
    Listed       <p>#CATALOGUE               ALL#<offering> |
                                             IN#<collection>#<offering>
    Opener       <p>#CODE#<hmac>             CODE
    SalesOrder   <p>#SO#<number>             SO
    Seat         <p>#PERSON#<email>          SEAT | SEAT#<account>
    Invitation   <p>#PERSON#<email>          INVITED#<account>
    Terms        <p>#PERSON#<email>          TERMS#<version>
    Preferences  <p>#PREFERENCES#<email>     PREFERENCES
    Submission   <p>#CALLER#<subject>        SUBMISSION#<operation>#<key>
    Tries        <p>#CALLER#<subject>        TRIES#<month>
    Made         <p>#CALLER#<subject>        MADE#<day>
    Sent         <p>#MAIL#<message>          SENT
    Endpoint     <p>#WEBHOOKS                ENDPOINT#<webhook>
    Delivery     <p>#WEBHOOK#<webhook>       DELIVERY#<delivery>      TOLD#<at>#<delivery>

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
`<p>#EXPIRY#<shard>`, sort key `<instant>#<account>#<lot>`, the instant of the next notice or of
the end; a closed lot leaves it, or stays for a last call to ask for what was lost. For requests
that wait: partition `<p>#WAITING#<shard>`, sort key `<instant>#<account>#<redemption>`; a reminder
moves it, as does a reservation, and what is final leaves it. For operators: partition
`<p>#ORDERS`, sort key `<due day>#<account>#<order>`; a finished order leaves it. Cases that wait
for the vendor's answer stand at `<p>#CASES` in the same way. For the end of a month: partition
`<p>#MONTH_END#<shard>`, sort key `<instant>#<account>#FILING`; each filed month moves it on. A
day of which somebody is told in one mail: `<p>#DIGESTS#<shard>`, sort key
`<instant>#<account>#DIGEST#<day>#<email>`; it leaves when it is told.

    question                                asked by                how
    --------------------------------------  ----------------------  ---------------------------
    What can pay, with which code?          redeem, lapse           book: ACCOUNT .. LOT
    May I do this to the account?           accounts, people,       book: ACCOUNT .. MEMBER
                                            codes, budgets, reports
    Balance, lots, members, codes           balance, codes,         book: ACCOUNT .. PAST
                                            budgets, bookings,
                                            orders, redeem, reports
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
    Are there too many documents today?     documents               condition on Papers
    What have I used of this code?          redeem, if refused      get: Use
    Which requests of mine wait?            redeem, if refused      get: Asked
    What became of this request?            redeem, approve,        batch get: Redemption
                                            lapse, bookings,
                                            vouchers, notify,
                                            reports
    What happened between two instants?     statements, reports     query: ENTRY#<s> .. ENTRY#<e>
    What else happened to the account?      accounts                query: HISTORY#
    All lots, closed ones too               statements, reports     query: LOT#
    Accounts, invitations, accepted terms   people                  query: the person
    Have I accepted these terms?            every other route       get: Terms
    Was this request carried out?           every keyed POST        condition on Submission
    What is in this collection?             catalogue               query: IN#<collection>#, and
                                                                    batch get: Offering
    Which sessions has it from a day on?    catalogue               book: SESSION#<day> ..
    What are these lines about now?         approve, bookings,      batch get: Offering, Session
                                            redeem, catalogue
    Which vouchers came of this request?    vouchers, bookings      query: VOUCHER#<redemption>#
    What is due of lots by now?             expire                  worklist: EXPIRY .. now
    What is due of requests by now?         lapse                   worklist: WAITING .. now
    Which orders wait for us?               orders                  worklist: ORDERS
    Which mails does this person want?      people, notify, digest  batch get: Preferences
    Who is told of which day by now?        digest                  worklist: DIGESTS .. now
    What was asked of the vendor?           cases                   book: TICKET#
    How does this case stand?               cases, notify           get: Case
    Does one of this kind wait of the lot?  cases                   get: Newest, Case
    Which cases wait for us?                cases                   worklist: CASES
    Who is told, and where?                 webhooks, dispatch      query: WEBHOOKS
    What was this webhook told?             webhooks                book: TOLD#, newest first
    What is to be sent, and where to?       webhooks, deliver       batch get: Endpoint, Delivery
    Of whom is a month to be filed?         month_end               worklist: MONTH_END .. now
    What was the newest filed month?        statements, reports,    query: BLOCK#, backwards
                                            close_month
    Which months are filed?                 journal                 query: BLOCK#
"""

from training_credits.dynamodb.keys.book import (
    ENDED_CODES,
    PAST,
    REQUESTS,
    SETTLED,
    SOLD,
    TICKETS,
    TOLD,
    case_in_book,
    delivery_in_book,
    ended_code,
    lot_in_book,
    order_in_book,
    redemption_in_book,
    requests_in,
    session_in_book,
    sessions_from,
)
from training_credits.dynamodb.keys.places import (
    ACCOUNT,
    BLOCKS,
    BUDGETS,
    CASES,
    CODE,
    CODES,
    DELIVERIES,
    DIGESTS,
    ENDPOINTS,
    ENTRIES,
    FILING,
    HISTORY,
    LAST,
    LOTS,
    MEMBERS,
    OFFERING,
    PREFERENCES,
    SALES_ORDER,
    SEAT,
    SENT,
    SESSIONS,
    account,
    asked,
    block,
    budget,
    caller,
    case,
    catalogue,
    code,
    code_of,
    delivery,
    digest,
    endpoint,
    entry,
    happening,
    instant,
    invitation,
    listed,
    lot,
    made,
    mail,
    member,
    newest,
    offering,
    order,
    papers,
    person,
    plan,
    preferences,
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
    webhook,
    webhooks,
)
from training_credits.dynamodb.keys.worklist import (
    case_due,
    digest_due,
    digest_shard,
    due,
    expiry_shard,
    month_due,
    month_end_shard,
    notice_at,
    open_cases,
    open_orders,
    order_due,
    request_due,
    shard_of,
    waiting_shard,
)

__all__ = [
    "ACCOUNT",
    "BLOCKS",
    "BUDGETS",
    "CASES",
    "CODE",
    "CODES",
    "DELIVERIES",
    "DIGESTS",
    "ENDED_CODES",
    "ENDPOINTS",
    "ENTRIES",
    "FILING",
    "HISTORY",
    "LAST",
    "LOTS",
    "MEMBERS",
    "OFFERING",
    "PAST",
    "PREFERENCES",
    "REQUESTS",
    "SALES_ORDER",
    "SEAT",
    "SENT",
    "SESSIONS",
    "SETTLED",
    "SOLD",
    "TICKETS",
    "TOLD",
    "account",
    "asked",
    "block",
    "budget",
    "caller",
    "case",
    "case_due",
    "case_in_book",
    "catalogue",
    "code",
    "code_of",
    "delivery",
    "delivery_in_book",
    "digest",
    "digest_due",
    "digest_shard",
    "due",
    "ended_code",
    "endpoint",
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
    "month_due",
    "month_end_shard",
    "newest",
    "notice_at",
    "offering",
    "open_cases",
    "open_orders",
    "order",
    "order_due",
    "order_in_book",
    "papers",
    "person",
    "plan",
    "preferences",
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
    "webhook",
    "webhooks",
]
