"""Which items a change touches: a transaction takes so many of them, and each of them once."""

from collections.abc import Iterator

from training_credits.domain import change as c
from training_credits.domain.model import MemberState

HEADER = ("account",)
FILING = ("filing",)
Place = tuple[object, ...]


def check_actions(change: c.Change) -> None:
    """As the table refuses it: never what a rule says, always a defect of ours."""
    places = [place for write in change.writes for place in touched(write)]
    if change.submission is not None:
        places.append(("submission",))
    if len(places) > c.WRITES_MAX:
        raise ValueError(len(places))
    if len(places) > len(set(places)):
        twice = sorted({str(place) for place in places if places.count(place) > 1})
        raise ValueError(f"more than once in one transaction: {', '.join(twice)}")


def touched(write: c.Write) -> Iterator[Place]:
    """The items of one write, by names of their own."""
    match write:
        case (
            c.OpenAccount() | c.EditAccount() | c.OwnerCount() | c.CountBudgets() | c.CountVoided()
        ):
            yield HEADER
        case c.Note(happening=line):
            yield "history", line.at, line.kind, line.actor, line.about
        case c.PlaceOrder() | c.MoveOrder() | c.TakeSalesOrder() | c.FreeSalesOrder():
            yield _of_orders(write)
        case c.CountMade(subject=subject, day=day):
            yield "made", subject, day
        case c.SetPlan(lot_id=lot_id):
            yield "plan", lot_id
        case c.IssueCode() | c.EndCode() | c.RotateCode() | c.UseCode():
            yield from _of_codes(write)
        case c.GrantLot() | c.VoidLot() | c.CloseLot() | c.TellLot():
            yield "lot", write.lot.lot_id
        case c.Move() | c.Record():
            yield _of_credits(write)
        case _:
            yield from _of_spending(write)


def _of_orders(
    write: c.PlaceOrder | c.MoveOrder | c.TakeSalesOrder | c.FreeSalesOrder,
) -> Place:
    if isinstance(write, c.PlaceOrder | c.MoveOrder):
        return "order", write.order.order_id
    return "number", write.number


def _of_spending(write: c.Write) -> Iterator[Place]:
    match write:
        case c.MakeRequest() | c.SettleRequest() | c.Remind() | c.Nudge() | c.EditLines():
            yield "redemption", write.redemption.redemption_id
        case c.ExportVouchers(was=was):
            yield "redemption", was.redemption_id
        case c.IssueVoucher(voucher=voucher) | c.MoveVoucher(voucher=voucher):
            yield "voucher", voucher.redemption_id, voucher.line, voucher.voucher_id
        case c.SetBudget(budget=budget):
            yield "budget", budget.budget_id
        case c.UseBudget(budget_id=budget_id):
            yield "budget", budget_id
        case c.CountAsked(subject=subject) | c.ForgetAsked(subject=subject):
            yield "asked", subject
        case _:
            yield from _of_cases(write)


def _of_cases(write: c.Write) -> Iterator[Place]:
    match write:
        case c.OpenCase(case=case) | c.MoveCase(case=case):
            yield "case", case.case_id
        case c.BeNewest(case=case):
            yield "newest", case.kind, case.lot_id
        case _:
            yield from _of_people(write)


def _of_credits(write: c.Move | c.Record) -> Place:
    if isinstance(write, c.Move):
        return "lot", write.lot_id
    return "entry", write.entry.at, write.entry.entry_id


def _of_codes(write: c.IssueCode | c.EndCode | c.RotateCode | c.UseCode) -> Iterator[Place]:
    match write:
        case c.IssueCode(code=code, made=made):
            yield from (("code", code.code_id), ("opener", code.digest))
            yield from () if made is None else (HEADER,)
        case c.EndCode(code=code):
            yield "code", code.code_id
        case c.RotateCode(old=old, new=new):
            yield from (("code", old.code_id), ("opener", old.digest), ("opener", new.digest))
        case c.UseCode(code=code, subject=subject):
            yield "code", code.code_id
            if code.limit_each is not None:
                yield "use", code.code_id, subject


def _of_people(write: c.Write) -> Iterator[Place]:
    match write:
        case c.Invite(member=member):
            yield "member", member.email
            if member.state is MemberState.INVITED:
                yield "invitation", member.email
        case c.Join(email=email) | c.RemoveMember(email=email, was=MemberState.INVITED):
            yield from (("member", email), ("invitation", email))
        case c.RemoveMember() | c.StillMember() | c.NameDeputy():
            yield "member", write.email
        case c.TakeSeat(email=email, only=only) | c.LeaveSeat(email=email, only=only):
            yield "seat", email, only
        case c.SetPreferences(email=email):
            yield "preferences", email
        case c.PlanDigest(email=email, day=day) | c.EndDigest(email=email, day=day):
            yield "digest", email, day
        case c.AcceptTerms(email=email, version=version):
            yield "terms", email, version
        case _:
            yield from _of_catalogue(write)


def _of_catalogue(write: c.Write) -> Iterator[Place]:
    match write:
        case c.PutOffering(offering=offering):
            yield "offering", offering.offering_id
            for collection in (None, *dict.fromkeys(offering.collections)):
                yield "listed", collection, offering.offering_id
        case c.FreeSeat(offering_id=offering_id, session_id=session_id):
            yield "session", offering_id, session_id
        case c.PutSession(session=session) | c.BookSeat(session=session):
            yield "session", session.offering_id, session.session_id
        case _:
            yield from _of_months(write)


def _of_months(write: c.Write) -> Iterator[Place]:
    match write:
        case c.FileMonth(block=block):
            yield from (("block", block.month), FILING)
        case c.BeginFiling():
            yield FILING
        case c.SetEndpoint(endpoint=endpoint):
            yield "endpoint", endpoint.endpoint_id
        case c.OpenDelivery(delivery=delivery) | c.SetDelivery(delivery=delivery):
            yield "delivery", delivery.endpoint_id, delivery.delivery_id
        case _:
            raise TypeError(write)
