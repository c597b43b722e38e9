"""Requests, vouchers and budgets of one account in memory."""

from dataclasses import dataclass, field, replace

from training_credits.domain import change as c
from training_credits.domain.model import Budget, Redemption, Voucher

VoucherPlace = tuple[str, int, str]


@dataclass
class Asked:
    """What was asked for, what came of it, and how much of it may be."""

    redemptions: dict[str, Redemption] = field(default_factory=dict)
    vouchers: dict[VoucherPlace, Voucher] = field(default_factory=dict)
    budgets: dict[str, Budget] = field(default_factory=dict)
    asked: dict[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write on one of these is met; of any other, it is."""
        if isinstance(write, c.CountAsked):
            return len(self.asked.get(write.subject, ())) < write.most
        return (
            self._holds_of_requests(write)
            and self._holds_of_vouchers(write)
            and self._holds_of_budgets(write)
        )

    def _holds_of_requests(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.MakeRequest(redemption=redemption):
                met = redemption.redemption_id not in self.redemptions
            case c.SettleRequest(redemption=redemption, was=was):
                kept = self.redemptions.get(redemption.redemption_id)
                met = kept is not None and kept.state is was
            case c.Remind(was=read):
                kept = self.redemptions.get(read.redemption_id)
                asked = read.state, read.remind_at
                met = kept is not None and (kept.state, kept.remind_at) == asked
            case c.Nudge(was=read):
                kept = self.redemptions.get(read.redemption_id)
                nudged = read.state, read.nudge_at
                met = kept is not None and (kept.state, kept.nudge_at) == nudged
            case c.EditLines(was=read):
                kept = self.redemptions.get(read.redemption_id)
                met = kept is not None and _paid(kept) == _paid(read)
        return met

    def _holds_of_vouchers(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.IssueVoucher(voucher=voucher):
                met = _place(voucher) not in self.vouchers
            case c.MoveVoucher(was=was):
                kept = self.vouchers.get(_place(was))
                met = kept is not None and (kept.state, kept.holder) == (was.state, was.holder)
            case c.ExportVouchers(was=read):
                request = self.redemptions.get(read.redemption_id)
                never = request is not None and request.exported_at is None
                met = never and request is not None and _paid(request) == _paid(read)
        return met

    def _holds_of_budgets(self, write: c.Write) -> bool:
        match write:
            case c.SetBudget(budget=budget, was=None):
                return budget.budget_id not in self.budgets
            case c.SetBudget(budget=budget, was=was) if was is not None:
                kept = self.budgets.get(budget.budget_id)
                if kept is None or kept.left < was.limit - budget.limit:
                    return False
                same = (was.name, was.limit, was.learners)
                return (kept.name, kept.limit, kept.learners) == same
            case c.UseBudget(budget_id=budget_id, credits=credits):
                kept = self.budgets.get(budget_id)
                return kept is not None and (credits < 0 or kept.left >= credits)
        return True

    def apply(self, write: c.Write) -> None:
        """Carry it out; its guard was met."""
        match write:
            case c.MakeRequest(redemption=redemption):
                self.redemptions[redemption.redemption_id] = redemption
            case c.SettleRequest() | c.Remind() | c.Nudge() | c.EditLines():
                before = self.redemptions[write.redemption.redemption_id]
                self.redemptions[before.redemption_id] = _after(before, write)
            case c.ExportVouchers(was=read, at=at):
                before = self.redemptions[read.redemption_id]
                self.redemptions[before.redemption_id] = replace(before, exported_at=at)
            case c.IssueVoucher(voucher=voucher):
                self.vouchers[_place(voucher)] = voucher
            case c.MoveVoucher(voucher=after):
                there = self.vouchers[_place(after)]
                held = replace(there, state=after.state, holder=after.holder)
                self.vouchers[_place(after)] = held
            case c.SetBudget() | c.UseBudget():
                self._count(write)
            case c.CountAsked(subject=subject, redemption_id=unique):
                self.asked[subject] = self.asked.get(subject, frozenset()) | {unique}
            case c.ForgetAsked(subject=subject, redemption_ids=gone):
                self.asked[subject] = self.asked.get(subject, frozenset()) - set(gone)

    def _count(self, write: c.SetBudget | c.UseBudget) -> None:
        if isinstance(write, c.UseBudget):
            kept = self.budgets[write.budget_id]
            self.budgets[write.budget_id] = replace(kept, left=kept.left - write.credits)
            return
        after = write.budget
        if write.was is not None:
            kept = self.budgets[after.budget_id]
            after = replace(after, left=kept.left + after.limit - write.was.limit)
        self.budgets[after.budget_id] = after


def _place(voucher: Voucher) -> VoucherPlace:
    return voucher.redemption_id, voucher.line, voucher.voucher_id


def _paid(request: Redemption) -> tuple[object, ...]:
    return request.state, request.lines, request.exported_at


def _after(
    before: Redemption, write: c.SettleRequest | c.Remind | c.Nudge | c.EditLines
) -> Redemption:
    """Only what its kind of write changes is written."""
    after = write.redemption
    if isinstance(write, c.Remind):
        return replace(before, remind_at=after.remind_at)
    if isinstance(write, c.Nudge):
        return replace(before, nudge_at=after.nudge_at, nudged_at=after.nudged_at)
    if isinstance(write, c.EditLines):
        return replace(before, lines=after.lines)
    return replace(
        before,
        state=after.state,
        lines=after.lines,
        decided_at=after.decided_at,
        decided_by=after.decided_by,
        decision=after.decision,
        note=after.note,
        cleared_by=after.cleared_by,
        clearance=after.clearance,
        approved_by=after.approved_by,
        lapses_at=after.lapses_at,
        remind_at=after.remind_at,
        nudge_at=after.nudge_at,
    )
