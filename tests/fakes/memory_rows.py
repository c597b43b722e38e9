"""The rows of one account in memory: what each write demands of them, and does to them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tests.fakes import memory_lots
from tests.fakes.memory_cases import Cases
from tests.fakes.memory_codes import Cards
from tests.fakes.memory_filing import Months
from tests.fakes.memory_headers import edited, has_card, is_as_read, without
from tests.fakes.memory_spending import Asked
from tests.fakes.memory_telling import Digests
from training_credits.domain import change as c
from training_credits.domain.model import (
    Account,
    Entry,
    Happening,
    Lot,
    Member,
    MemberState,
    Order,
    PlanItem,
    Role,
    State,
)

LinePlace = tuple[datetime, str, str, str]


@dataclass
class Rows:
    """Everything of one account; members who were removed stay, as they do in the table."""

    account: Account | None = None
    members: dict[str, Member] = field(default_factory=dict)
    owner_count: int = 0
    codes: Cards = field(default_factory=Cards)
    lots: dict[str, Lot] = field(default_factory=dict)
    plans: dict[str, tuple[PlanItem, ...]] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    asked: Asked = field(default_factory=Asked)
    cases: Cases = field(default_factory=Cases)
    months: Months = field(default_factory=Months)
    digests: Digests = field(default_factory=Digests)
    entries: dict[tuple[datetime, str], Entry] = field(default_factory=dict)
    history: dict[LinePlace, Happening] = field(default_factory=dict)

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write is met."""
        return (
            self._holds_of_header(write)
            and self._holds_of_members(write)
            and self.codes.holds(write)
            and self.asked.holds(write)
            and self.cases.holds(write)
            and self.months.holds(write)
            and self.digests.holds(write)
            and self._holds_of_orders(write)
            and self._holds_of_credits(write)
        )

    def apply(self, write: c.Write) -> None:
        """Carry a write out; its guard was met."""
        self._apply_to_header(write)
        self._apply_to_members(write)
        self.codes.apply(write)
        self.asked.apply(write)
        self.cases.apply(write)
        self.months.apply(write)
        self.digests.apply(write)
        self._apply_to_orders(write)
        self._apply_to_credits(write)

    def _holds_of_header(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.OpenAccount():
                met = self.account is None
            case c.EditAccount():
                met = self.account is not None and is_as_read(self.account, write)
            case c.OwnerCount(expected=expected):
                met = self.account is not None and self.owner_count == expected
                met = met and has_card(self.account, write)
            case c.IssueCode(made=made) if made is not None:
                met = self.account is not None and self.account.codes == made
            case c.CountBudgets() | c.CountVoided():
                counts = self.account and (self.account.budgeted, self.account.voided)
                met = counts == (write.expected, write.voided)
            case c.Note(happening=happening):
                met = _place(happening) not in self.history
        return met

    def _holds_of_members(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.Invite(member=member):
                before = self.members.get(member.email)
                met = before is None or before.state is MemberState.REMOVED
            case c.Join(email=email, role=role):
                met = self._stands(email, MemberState.INVITED, role)
            case c.RemoveMember(email=email, role=role, was=was):
                met = self._stands(email, was, role)
            case c.StillMember(email=email, roles=roles, deputy_until=until):
                met = self._stands(email, MemberState.ACTIVE, *roles)
                met = met or (until is not None and self._deputy(email) == until)
            case c.NameDeputy(email=email):
                met = self._stands(email, MemberState.ACTIVE, *Role)
        return met

    def _stands(self, email: str, state: MemberState, *roles: str) -> bool:
        member = self.members.get(email)
        return member is not None and member.state is state and member.role in roles

    def _deputy(self, email: str) -> date | None:
        member = self.members.get(email)
        return member.decides_until if member is not None and member.active else None

    def _holds_of_orders(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.PlaceOrder(order=order):
                met = order.order_id not in self.orders
            case c.MoveOrder(order=order, was=was):
                kept = self.orders.get(order.order_id)
                met = kept is not None and (kept.state, kept.payment_id) == (
                    was.state,
                    was.payment_id,
                )
        return met

    def _holds_of_credits(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.GrantLot(lot=lot):
                met = lot.lot_id not in self.lots
            case c.Move():
                met = memory_lots.can_move(self.lots.get(write.lot_id), write)
            case c.VoidLot(lot=lot):
                met = memory_lots.can_void(self.lots.get(lot.lot_id), write)
            case c.CloseLot(lot=lot):
                met = memory_lots.can_close(self.lots.get(lot.lot_id), lot)
            case c.TellLot(was=was):
                met = memory_lots.can_tell(self.lots.get(was.lot_id), write)
            case c.Record(entry=entry):
                met = (entry.at, entry.entry_id) not in self.entries
        return met

    def _apply_to_header(self, write: c.Write) -> None:
        match write:
            case c.OpenAccount(account=account, owners=owners):
                self.account, self.owner_count = account, owners
            case c.EditAccount() if self.account:
                self.account = edited(self.account, write)
            case c.OwnerCount(change=by) if self.account:
                self.owner_count += by
                self.account = without(self.account, write)
            case c.IssueCode(made=made) if self.account and made is not None:
                self.account = replace(self.account, codes=self.account.codes + 1)
            case c.CountBudgets(change=by) if self.account:
                self.account = replace(self.account, budgeted=self.account.budgeted + by)
            case c.CountVoided() if self.account:
                self.account = replace(self.account, voided=self.account.voided + 1)
            case c.Note(happening=happening):
                self.history[_place(happening)] = happening

    def _apply_to_members(self, write: c.Write) -> None:
        match write:
            case c.Invite(member=member):
                self.members[member.email] = replace(member, decides_until=None)
            case c.Join(email=email, at=at):
                joined = replace(self.members[email], state=MemberState.ACTIVE, accepted_at=at)
                self.members[email] = joined
            case c.NameDeputy(email=email, until=until):
                self.members[email] = replace(self.members[email], decides_until=until)
            case c.RemoveMember(email=email):
                self.members[email] = replace(self.members[email], state=MemberState.REMOVED)

    def _apply_to_orders(self, write: c.Write) -> None:
        match write:
            case c.PlaceOrder(order=order):
                self.orders[order.order_id] = order
            case c.MoveOrder(order=order):
                self.orders[order.order_id] = _moved(self.orders[order.order_id], order)
            case c.SetPlan(lot_id=lot_id, items=items):
                self.plans[lot_id] = items

    def _apply_to_credits(self, write: c.Write) -> None:
        match write:
            case c.GrantLot(lot=lot):
                self.lots[lot.lot_id] = lot
            case c.Move(lot_id=lot_id, movements=movements):
                for movement in movements:
                    self.lots[lot_id] = self.lots[lot_id].after(movement)
            case c.VoidLot(lot=lot):
                self.lots[lot.lot_id] = memory_lots.closed(self.lots[lot.lot_id], State.VOIDED)
            case c.CloseLot(lot=lot, call_at=call_at):
                closed = memory_lots.closed(self.lots[lot.lot_id])
                self.lots[lot.lot_id] = replace(closed, notice_at=call_at)
            case c.TellLot(lot=lot):
                there = self.lots[lot.lot_id]
                self.lots[lot.lot_id] = replace(there, notice_at=lot.notice_at, told=lot.told)
            case c.Record(entry=entry):
                self.entries[entry.at, entry.entry_id] = entry


def _place(line: Happening) -> LinePlace:
    return line.at, line.kind, line.actor, line.about


def _moved(kept: Order, order: Order) -> Order:
    """Only what may change of an order is written."""
    return replace(
        kept,
        state=order.state,
        trail=order.trail,
        sale=order.sale,
        discount_minor=order.discount_minor,
        discount=order.discount,
        valid_until=order.valid_until,
        due_on=order.due_on,
        payment_id=order.payment_id,
        payment_problem=order.payment_problem,
        refused_at=order.refused_at,
    )
