"""The table: what is asked of it, and the one way to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from training_credits.domain.change import Change
from training_credits.domain.model import (
    Book,
    Case,
    CaseKind,
    Entry,
    Happening,
    Item,
    Lot,
    Offering,
    Opened,
    Order,
    PlanItem,
    Presence,
    Redemption,
    RedemptionState,
    Session,
    Standing,
    Submission,
    Voucher,
)
from training_credits.ports.filing import Filed
from training_credits.ports.paging import Page
from training_credits.ports.telling import Wishes


class Depth(StrEnum):
    """How far to read into the book of an account: each includes the ones before."""

    FUNDS = "LOT"
    MEMBERS = "MEMBER"
    PAST = "PAST"
    REQUESTS = "REQUEST"


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Under which a request cannot be carried out twice: who, what, and their key for it."""

    subject: str
    operation: str
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DueLot:
    """A lot on the worklist whose end has come, or of whose end something is to be said."""

    account_id: str
    lot_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """All that a request to spend names, and who asks.

    Texts of codes by their digests, sales orders by their numbers, items by offering and session;
    `terms` is the version that must be accepted, if any; tries count from `since` to `until`.
    """

    subject: str
    email: str
    since: datetime
    until: datetime
    terms: str | None = None
    digests: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    places: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What of that there is: account and order of each number; items in the order they were named.

    `tries` are the wrong codes of that time: when each was.
    """

    tries: tuple[datetime, ...]
    accepted: bool
    opened: dict[str, Opened]
    orders: dict[str, tuple[str, str]]
    items: tuple[Item | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DueRequest:
    """A request on the worklist about which something is to be done."""

    account_id: str
    redemption_id: str


class Ledger(Filed, Wishes, Protocol):
    """The table. Reads are strongly consistent but those of what is due or open.

    `commit` is the only write.
    """

    def book(self, program: str, account_id: str, depth: Depth) -> Book | None:
        """The account as far down as `depth`; one query."""

    def standing(
        self, program: str, account_id: str, email: str, identity: Identity | None = None
    ) -> Standing:
        """What this address is to the account, and what was carried out before; one read."""

    def submission(self, program: str, identity: Identity) -> Submission | None:
        """What was carried out under this identity."""

    def presence(self, program: str, email: str) -> Presence:
        """Accounts, invitations and accepted terms of a person; one query."""

    def accepted(self, program: str, email: str, version: str) -> bool:
        """Whether this person has accepted this version of the terms."""

    def named(self, program: str, naming: Naming) -> Named:
        """All that a request to spend names; one read."""

    def used(self, program: str, account_id: str, code_id: str, subject: str) -> int:
        """Credits this learner has asked for with this code, where that is counted."""

    def asked(self, program: str, account_id: str, subject: str) -> frozenset[str]:
        """Requests of this learner that wait, and some that did."""

    def uses(
        self, program: str, account_id: str, code_id: str, cursor: str | None, limit: int
    ) -> Page[Redemption]:
        """Requests made with a code, pending ones first; one query, `limit` of all looked at."""

    def order(self, program: str, account_id: str, order_id: str) -> Order | None:
        """One order."""

    def order_once(
        self, program: str, account_id: str, order_id: str, identity: Identity
    ) -> tuple[Order | None, Submission | None]:
        """An order, and what was done to it under this identity; one read."""

    def orders(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Order]:
        """Orders of an account, oldest first; one query."""

    def open_orders(self, program: str, cursor: str | None, limit: int) -> Page[Order]:
        """Orders that are not finished, the one due first before all; may lag a moment."""

    def case(self, program: str, account_id: str, case_id: str) -> Case | None:
        """One case."""

    def newest_case(
        self, program: str, account_id: str, lot_id: str, kind: CaseKind
    ) -> Case | None:
        """The newest case of a kind about a lot."""

    def cases(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Case]:
        """Cases of an account, oldest first; one query."""

    def open_cases(self, program: str, cursor: str | None, limit: int) -> Page[Case]:
        """Cases that wait for the vendor, the one due first before all; may lag a moment."""

    def plan(self, program: str, account_id: str, lot_id: str) -> tuple[PlanItem, ...]:
        """The training plan of a lot."""

    def history(
        self, program: str, account_id: str, cursor: str | None, limit: int
    ) -> Page[Happening]:
        """What happened to the account beside credits moving, oldest first; one query."""

    def lot(self, program: str, account_id: str, lot_id: str) -> Lot | None:
        """One lot, open or closed."""

    def lots(self, program: str, account_id: str) -> tuple[Lot, ...]:
        """All lots, closed ones too."""

    def redemptions(
        self, program: str, account_id: str, redemption_ids: Sequence[str]
    ) -> tuple[Redemption, ...]:
        """Those of these redemptions that exist; one read."""

    def requests(
        self,
        program: str,
        account_id: str,
        state: RedemptionState,
        cursor: str | None,
        limit: int,
    ) -> Page[Redemption]:
        """Requests in one state, oldest first; one query."""

    def entries(
        self,
        program: str,
        account_id: str,
        start: datetime,
        end: datetime,
        cursor: str | None,
        limit: int,
    ) -> Page[Entry]:
        """Entries of [start, end), oldest first; one query."""

    def due(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueLot]:
        """Lots of which something is to be said or booked by `until`; may lag behind a moment."""

    def due_requests(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueRequest]:
        """Requests about which something is to be done by `until`; may lag behind a moment."""

    def vouchers(self, program: str, account_id: str, redemption_id: str) -> tuple[Voucher, ...]:
        """The vouchers of a request, in the order of its lines; one query."""

    def offering(self, program: str, offering_id: str) -> Offering | None:
        """One offering."""

    def items(
        self, program: str, wanted: Sequence[tuple[str, str | None]]
    ) -> tuple[Item | None, ...]:
        """Offerings, each in a session where one is named; None for what is not there; one read."""

    def offerings(
        self, program: str, collection: str | None, cursor: str | None, limit: int
    ) -> Page[Offering]:
        """All offerings by id, or those of a collection; `limit` of once listed ones looked at."""

    def sessions(
        self, program: str, offering_id: str, from_day: date, cursor: str | None, limit: int
    ) -> Page[Session]:
        """Sessions that start on a day or later, the first one before all; one query."""

    def commit(self, change: Change) -> None:
        """All of it in one transaction, or none.

        Raises `Replayed` if the submission was carried out before, `Stale` with the write
        whose guard failed, Unavailable if the table is too busy.
        """


# Into so many parts each worklist is split, so that no part of the index is hot.
SHARDS = 4


class Replayed(Exception):
    """Raised at commit: the submission was carried out before."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.key)
        self.submission = submission


class Tries(Protocol):
    """How often somebody has guessed at codes."""

    def count_try(self, program: str, subject: str, at: datetime) -> None:
        """One more."""
