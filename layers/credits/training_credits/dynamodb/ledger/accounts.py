"""Accounts and people: headers, members, presence, history."""

from training_credits.domain.model import (
    Book,
    Happening,
    MemberState,
    Presence,
    Seat,
    Standing,
    Submission,
)
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    AccountItem,
    BudgetItem,
    CodeItem,
    HappeningItem,
    InvitationItem,
    Item,
    LotItem,
    MemberItem,
    RedemptionItem,
    SeatItem,
    SubmissionItem,
    TermsItem,
)
from training_credits.dynamodb.ledger.places import first, submitted
from training_credits.ports import Depth, Identity, Page

REMOVED = MemberState.REMOVED


class Accounts:
    """What `ports.Ledger` asks of them."""

    def book(self, program: str, account_id: str, depth: Depth) -> Book | None:
        """One query of the local index, from the header down to `depth`."""
        upto = Item.book.between(keys.ACCOUNT, keys.under(f"{depth}#")[1])
        items = reading.query(keys.account(program, account_id), upto, index="book")
        headers = reading.of_kind(items, AccountItem)
        if not headers:
            return None
        lots = [item.value() for item in reading.of_kind(items, LotItem)]
        return Book(
            account=headers[0].value(),
            budgets=tuple(item.value() for item in reading.of_kind(items, BudgetItem)),
            codes=tuple(item.value() for item in reading.of_kind(items, CodeItem)),
            lots=tuple(lot for lot in lots if not lot.closed),
            past=tuple(lot for lot in lots if lot.closed),
            members=tuple(item.value() for item in reading.of_kind(items, MemberItem)),
            requests=tuple(item.value() for item in reading.of_kind(items, RedemptionItem)),
        )

    def standing(
        self, program: str, account_id: str, email: str, identity: Identity | None = None
    ) -> Standing:
        """One batch get of the header, the member, and the submission."""
        pk = keys.account(program, account_id)
        places = [(pk, keys.ACCOUNT), (pk, keys.member(email))]
        if identity is not None:
            places.append(submitted(program, identity))
        items = reading.get_many(places)
        members = (item.value() for item in reading.of_kind(items, MemberItem))
        return Standing(
            account=first(item.value() for item in reading.of_kind(items, AccountItem)),
            member=first(member for member in members if member.state is not REMOVED),
            submission=first(item.value() for item in reading.of_kind(items, SubmissionItem)),
        )

    def submission(self, program: str, identity: Identity) -> Submission | None:
        """One get."""
        item = reading.get(SubmissionItem, *submitted(program, identity))
        return item.value() if item else None

    def presence(self, program: str, email: str) -> Presence:
        """One query; freed seats name no account."""
        items = reading.query(keys.person(program, email))
        return Presence(
            seats=tuple(
                Seat(account_id=item.account_id, role=item.role)
                for item in reading.of_kind(items, SeatItem)
                if item.account_id
            ),
            invitations=tuple(
                Seat(account_id=item.account_id, role=item.role)
                for item in reading.of_kind(items, InvitationItem)
                if item.open
            ),
            terms=frozenset(item.version for item in reading.of_kind(items, TermsItem)),
        )

    def accepted(self, program: str, email: str, version: str) -> bool:
        """One get."""
        return reading.get(TermsItem, keys.person(program, email), keys.terms(version)) is not None

    def history(
        self, program: str, account_id: str, cursor: str | None, limit: int
    ) -> Page[Happening]:
        """One query."""
        pk, bounds = keys.account(program, account_id), {"sk": keys.under(keys.HISTORY)}
        return reading.listed(HappeningItem, pk, bounds, cursor, limit)
