"""The laws of buying and belonging, checked over all that a ledger in memory keeps.

A law that is broken is named, with its case; tests/audit.py has the laws of the credits.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tests import audit, audit_cases
from tests.audit import ENDED, with_code
from tests.fakes.memory_ledger import MemoryLedger
from tests.fakes.memory_places import Places
from tests.fakes.memory_rows import Rows
from training_credits.domain.model import (
    FINISHED,
    Code,
    DiscountKind,
    EntryKind,
    HappeningKind,
    Lot,
    MemberState,
    Order,
    OrderState,
    Role,
)
from training_credits.domain.program import HoldAt, Program

CARD = "card"
BY_CUSTOMERS = (OrderState.REQUESTED, OrderState.ACCEPTED)
BECOMES = {
    HappeningKind.MEMBER_INVITED: MemberState.INVITED,
    HappeningKind.MEMBER_JOINED: MemberState.ACTIVE,
    HappeningKind.MEMBER_REMOVED: MemberState.REMOVED,
}
IN_ORDER = list(OrderState)
PURCHASE = EntryKind.PURCHASE
# How often what is left of a lot may live on; case by case there is no limit.
CHAINS = {"atlassian": None, "cisco": 1}


def of_account(
    policy: Program,
    ledger: MemoryLedger,
    account_id: str,
    raced: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """All laws of one account; `raced` are entries that were decided on an older view."""
    rows, place = ledger.rows(policy.id, account_id), ledger.place(policy.id)
    entries, asked = tuple(rows.entries.values()), rows.asked.redemptions
    every = [r for (owner, _), r in ledger.accounts.items() if owner == policy.id]
    booked = [r for each in every for r in each.asked.redemptions.values()]
    holds = policy.approvals.hold_at is HoldAt.REQUEST
    yield from audit.of_lots(rows.lots, entries)
    yield from audit.of_spending(rows.lots, asked, entries, raced)
    yield from audit.of_redemptions(rows.lots, asked, entries, holds=holds)
    yield from audit.of_held(rows.lots, asked)
    yield from audit.of_seats(place.shelf.sessions.values(), booked)
    yield from audit.of_budgets(rows.asked.budgets.values(), [*asked.values()])
    yield from audit_cases.of_chains(rows.lots, entries, CHAINS.get(policy.id, 0))
    yield from audit_cases.of_cases(rows.cases.kept, rows.lots, entries)
    yield from of_orders(policy, rows)
    yield from of_paid_value(rows.lots.values())
    yield from of_codes(rows, place)


def of_program(policy: Program, ledger: MemoryLedger) -> Iterator[str]:
    """The laws of what lies beside the accounts."""
    every = [
        rows for (owner, _), rows in ledger.accounts.items() if owner == policy.id and rows.account
    ]
    yield from of_people(policy, every, ledger.place(policy.id))
    yield from of_numbers(every, ledger.place(policy.id))


def of_orders(program: Program, rows: Rows) -> Iterator[str]:
    """Each order has come its way step by step, and has a lot if and only if it was activated."""
    for order_id, order in rows.orders.items():
        states = [step.state for step in order.trail]
        on = [IN_ORDER.index(state) for state in states if state is not OrderState.CANCELLED]
        twice = {state for state in states if states.count(state) > 1} - {OrderState.QUOTED}
        if states[-1] is not order.state or on != sorted(on) or twice:
            yield f"trail of {order_id}: {order.state}, after {states}"
        if any(one.at > two.at or one.on > two.on for one, two in pairwise(order.trail)):
            yield f"trail of {order_id}: a step back in time"
        if (order.due_on is None) is not (order.state in FINISHED or order.channel == CARD):
            yield f"worklist: {order_id} is {order.state} and due {order.due_on}"
        if not 0 <= order.discount_minor < order.list_minor:
            yield f"price of {order_id}: {order.list_minor} less {order.discount_minor}"
        yield from _of_lot(program, rows, order)
    bought = {lot_id for lot_id, lot in rows.lots.items() if lot.reissued_from is None}
    if bought - rows.orders.keys():
        yield "lot: there is one that nobody ordered"


def _of_lot(program: Program, rows: Rows, order: Order) -> Iterator[str]:
    name, lot = order.order_id, rows.lots.get(order.lot_id)
    activated = order.step(OrderState.ACTIVATED) is not None
    if (lot is not None) is not activated:
        yield f"lot: {name} is {order.state}, and its lot is {lot}"
    bought = [e for e in rows.entries.values() if (e.kind, e.reference) == (PURCHASE, name)]
    if len(bought) != activated:
        yield f"lot: {name} was booked {len(bought)} times"
    if lot is None:
        return
    if (lot.credits, lot.product) != (order.credits, order.product):
        yield f"lot: {name} has {lot.credits} of {lot.product}"
    if (lot.face_minor, lot.paid_minor) != (order.list_minor, order.total_minor):
        yield f"paid: {name} cost {order.total_minor}, its lot says {lot.paid_minor}"
    gone = order.state is OrderState.CANCELLED
    if lot.balance.voided != (lot.credits if gone else 0):
        yield f"void: {name} is {order.state}, {lot.balance.voided} credits are voided"
    if activated:
        yield from _of_hands(program, order)


def _of_hands(program: Program, order: Order) -> Iterator[str]:
    """Too much money, or too deep a price, is not for one operator alone."""
    upto = [step.state for step in order.trail].index(OrderState.ACTIVATED) + 1
    made = {step.by for step in order.trail[:upto] if step.state not in BY_CUSTOMERS}
    quoted, bounds = order.discount is DiscountKind.QUOTE, program.purchase
    deep = quoted and order.discount_minor * 100 > order.list_minor * bounds.agreement_percent_max
    large = order.list_minor >= bounds.second_operator_from_minor
    if (deep or large) and order.channel != CARD and len(made) == 1:
        yield f"second: {order.order_id} was made by {made} alone"
    quotes = {step.by for step in order.trail if step.total_minor == order.total_minor}
    if deep and order.step(OrderState.ACCEPTED) and len(quotes) == 1:
        yield f"second: {quotes} alone has quoted {order.order_id}"


def of_paid_value(lots: Iterable[Lot]) -> Iterator[str]:
    """However the credits of a lot are spent, their paid values make what was paid, to the cent."""
    for lot in lots:
        cuts = sorted({0, 1, lot.credits // 3, lot.balance.unspent, lot.credits - 1, lot.credits})
        parts = [(n - m, lot.paid_for(n) - lot.paid_for(m)) for m, n in pairwise(cuts)]
        if sum(minor for _, minor in parts) != lot.paid_minor:
            yield f"paid: the parts of {lot.lot_id} do not make {lot.paid_minor}"
        for credits, minor in parts:
            if abs(minor * lot.credits - lot.paid_minor * credits) >= lot.credits:
                yield f"paid: {credits} of {lot.lot_id} for {minor}"


def of_numbers(rows: list[Rows], places: Places) -> Iterator[str]:
    """A sales order number leads to its order, and to no other."""
    orders = [order for each in rows for order in each.orders.values()]
    standing = [o for o in orders if o.sale.sales_order and o.state is not OrderState.CANCELLED]
    for number, times in Counter(order.sale.sales_order for order in standing).items():
        if times > 1:
            yield f"number {number}: {times} orders have it"
    leads = {(account, order): number for number, (account, order) in places.numbers.items()}
    for order in standing:
        if leads.get((order.account_id, order.order_id)) != order.sale.sales_order:
            yield f"number {order.sale.sales_order}: does not lead to {order.order_id}"


def of_codes(rows: Rows, places: Places) -> Iterator[str]:
    """A code has used what its requests say, within its limits, and one text opens it for good."""
    requests = rows.asked.redemptions.values()
    for code_id, card in rows.codes.cards.items():
        own = [r for r in requests if with_code(r, code_id) is not None]
        if card.limited:
            yield from _of_uses(rows, card)
        if any(card.ends_at is not None and r.requested_at >= card.ends_at for r in own):
            yield f"code {code_id}: used after its end"
        openers = [(d, o) for d, o in places.openers.items() if o.code_id == code_id]
        if [digest for digest, opened in openers if opened.ends_at is None] != [card.digest]:
            yield f"code {code_id}: not opened by its one text"
        if any(opened.account_id != card.account_id for _, opened in openers):
            yield f"code {code_id}: opens another account"
    made = [line for line in rows.history.values() if line.kind is HappeningKind.CODE_ISSUED]
    if rows.account is not None and rows.account.codes < len(made):
        yield f"code: {len(made)} were made, {rows.account.codes} counted"


def _of_uses(rows: Rows, card: Code) -> Iterator[str]:
    each: Counter[str] = Counter()
    for request in rows.asked.redemptions.values():
        used = with_code(request, card.code_id)
        if used is not None and request.state not in ENDED:
            each[request.learner.subject] += used
    if card.used != each.total() or (card.limit is not None and card.used > card.limit):
        yield f"limit of {card.code_id}: {card.limit}, {each.total()} used, {card.used} counted"
    if card.limit_each is None:
        return
    counted = {who: n for (code, who), n in rows.codes.used.items() if code == card.code_id and n}
    if counted != {who: n for who, n in each.items() if n}:
        yield f"limit of {card.code_id}: {counted} counted for each, used {each}"
    if max(each.values(), default=0) > card.limit_each:
        yield f"limit of {card.code_id}: {card.limit_each} for each, used {each}"


def of_people(program: Program, rows: list[Rows], places: Places) -> Iterator[str]:
    """Whoever is a member has a seat, and nobody else; whoever is asked in is told so."""
    members: dict[MemberState, set[tuple[str, str, str]]] = {state: set() for state in MemberState}
    for each in rows:
        assert each.account is not None
        account = each.account.account_id
        for email, member in each.members.items():
            members[member.state].add((email, account, member.role))
        owners = [m for m in each.members.values() if m.active and m.role is Role.OWNER]
        if each.owner_count != len(owners) or not owners:
            yield f"owners: {len(owners)} on {account}, counted {each.owner_count}"
        yield from _of_comings(each)
    seats = {(who, seat.account_id, seat.role) for (who, _), seat in places.seats.items()}
    for odd in seats ^ members[MemberState.ACTIVE]:
        yield f"seat: {odd} is a member or has a seat, and not both"
    asked = {(p[0], s.account_id, s.role) for p, s in places.invitations.items()}
    open_ones = {(w, a, r) for w, a, r in asked if (w, a) not in places.answered}
    for odd in open_ones ^ members[MemberState.INVITED]:
        yield f"invitation: {odd} is asked in or has an invitation, and not both"
    owning = Counter(who for who, _, role in seats if role == Role.OWNER)
    if program.members.one_account_each and max(owning.values(), default=0) > 1:
        yield f"seat: {owning} own more than one account"


def _of_comings(rows: Rows) -> Iterator[str]:
    """The history of each member ends in what they are now."""
    last: dict[str, MemberState] = {}
    for line in sorted(rows.history.values(), key=lambda line: line.at):
        if line.kind in BECOMES:
            last[line.about] = BECOMES[line.kind]
    for email, member in rows.members.items():
        if last.get(email, MemberState.ACTIVE) is not member.state:
            yield f"history: {email} is {member.state}, last written {last.get(email)}"
