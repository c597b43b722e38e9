"""The data model: every key of the one table is built here, and nowhere else.

Every partition key begins with the program, which comes from the verified token: no request
can name an item of another vendor's program.

    item         pk                          sk                       book (local index)
    -----------  --------------------------  -----------------------  --------------------------
    Account      <p>#ACCOUNT#<account>       ACCOUNT                  ACCOUNT
    Lot          <p>#ACCOUNT#<account>       LOT#<lot>                LOT#<expires>#<lot>, then
                                                                      PAST#<expires>#<lot>
    Owner        <p>#ACCOUNT#<account>       OWNER#<email>            OWNER#<email>
    Redemption   <p>#ACCOUNT#<account>       REDEMPTION#<id>          REQUEST#<at>#<id>, then
                                                                      SETTLED#<state>#<at>#<id>
    Order        <p>#ACCOUNT#<account>       ORDER#<order>
    Entry        <p>#ACCOUNT#<account>       ENTRY#<at>#<entry>
    Code         <p>#CODE#<hmac>             CODE
    Seat         <p>#PERSON#<email>          OWNER | OWNER#<account>
    Submission   <p>#CALLER#<subject>        SUBMISSION#<operation>#<key>
    Sent         <p>#MAIL#<message>          SENT

The local index `book` is the account as its page shows it, top down: header, lots in spending
order, owners, closed lots, pending requests. It is strongly consistent, and a reader stops where
it knows enough. What is finished sinks (`PAST`, `SETTLED`) or leaves it (removed owners).

The sparse index `worklist` holds what a schedule must do: partition `<p>#EXPIRY#<shard>`, sort
key `<instant>#<account>#<lot>`. A closed lot leaves it.

    question                                asked by                how
    --------------------------------------  ----------------------  ---------------------------
    What can pay?                           redeem                  book: ACCOUNT .. LOT
    May I do this to the account?           accounts                book: ACCOUNT .. OWNER
    Balance, lots, owners                   balance                 book: ACCOUNT .. PAST
    What waits, and what could pay?         approve                 book: ACCOUNT .. REQUEST
    Which requests are in this state?       approve                 book: REQUEST or SETTLED#<s>
    Am I an owner? Was this done before?    purchase                batch get: Owner, Submission
    Am I an owner?                          statements              get: Owner
    Which account does this code open?      redeem                  get: Code
    What became of my request?              redeem                  batch get: Redemption
    What happened between two instants?     statements              query: ENTRY#<s> .. ENTRY#<e>
    All lots, closed ones too               statements              query: LOT#
    Which accounts do I own?                accounts                query: Seat
    Was this request carried out?           every POST              condition on Submission
    What has ended by now?                  expire                  worklist: EXPIRY .. now
"""

import hashlib
from datetime import UTC, datetime

from training_credits.domain.model import Lot, Redemption, RedemptionState
from training_credits.ports import EXPIRY_SHARDS

ACCOUNT = "ACCOUNT"
CODE = "CODE"
SENT = "SENT"
LOTS = "LOT#"
OWNERS = "OWNER#"
PAST = "PAST#"
SEATS = "OWNER"
ENTRIES = "ENTRY#"
REQUESTS = "REQUEST#"


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


def person(program: str, email: str) -> str:
    """Partition of the accounts a person owns."""
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


def owner(email: str) -> str:
    """Sort key of an owner, and their place in the book."""
    return f"{OWNERS}{email}"


def order(order_id: str) -> str:
    """Sort key of an order."""
    return f"ORDER#{order_id}"


def redemption(redemption_id: str) -> str:
    """Sort key of a redemption, in every state."""
    return f"REDEMPTION#{redemption_id}"


def entry(at: datetime, entry_id: str = "") -> str:
    """Sort key of an entry; without an id, the bound of a period."""
    return f"{ENTRIES}{instant(at)}#{entry_id}" if entry_id else f"{ENTRIES}{instant(at)}"


def submission(operation: str, key: str) -> str:
    """Sort key of a request that was carried out."""
    return f"SUBMISSION#{operation}#{key}"


def seat(account_id: str, *, only: bool) -> str:
    """Sort key of ownership: the same for all accounts where a person may own only one."""
    return SEATS if only else f"{SEATS}#{account_id}"


def lot_in_book(lot: Lot, *, closed: bool = False) -> str:
    """Where a lot stands in the book: in spending order, below the owners once it is closed."""
    return f"{PAST if closed else LOTS}{instant(lot.expires_at)}#{lot.lot_id}"


def redemption_in_book(redemption: Redemption) -> str:
    """Where a request stands: among the pending, or among the settled of its state."""
    if redemption.state is RedemptionState.PENDING:
        return f"{REQUESTS}{instant(redemption.requested_at)}#{redemption.redemption_id}"
    at = instant(redemption.settled_at)
    return f"{requests_in(redemption.state)}{at}#{redemption.redemption_id}"


def requests_in(state: RedemptionState) -> str:
    """Prefix in the book of all requests in one state."""
    return REQUESTS if state is RedemptionState.PENDING else f"SETTLED#{state}#"


def expiry_shard(program: str, shard: int) -> str:
    """Partition of the worklist; sharded, so that a day on which much ends is no hot spot."""
    return f"{program}#EXPIRY#{shard}"


def shard_of(lot_id: str) -> int:
    """The shard of a lot, for ever."""
    return hashlib.sha256(lot_id.encode()).digest()[0] % EXPIRY_SHARDS


def due(account_id: str, lot: Lot) -> str:
    """Sort key in the worklist: when it is due, and what."""
    return f"{instant(lot.expires_at)}#{account_id}#{lot.lot_id}"
