"""Items of requests to spend, as they are kept now and as they were before."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from tests.compat.before.domain import model
from tests.compat.before.dynamodb import keys
from tests.compat.before.dynamodb.attributes import Choice, Draws, Instant, Json, Who, WholeNumber
from tests.compat.before.dynamodb.items.base import OF_SEVERAL_LINES, Stored


class RedemptionItem(Stored[model.Redemption], discriminator="redemption"):
    """A redemption, in every state."""

    stands_for = model.Redemption
    redemption_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    lines = Json(tuple[model.Line, ...])
    learner = Who()
    state = Choice(model.RedemptionState)
    approval = Choice(model.Approval)
    requested_at = Instant()
    decided_at = Instant(null=True)
    decided_by = UnicodeAttribute(null=True)
    decision = UnicodeAttribute(null=True)
    note = UnicodeAttribute(null=True)
    policy = UnicodeAttribute()
    country = UnicodeAttribute(null=True)
    partner = BooleanAttribute(default=False)
    terms = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    reserve = BooleanAttribute(default=False)
    lapses_at = Instant(null=True)
    remind_at = Instant(null=True)
    budgets = Json(tuple[str, ...], default=())
    cleared_by = UnicodeAttribute(null=True)
    clearance = UnicodeAttribute(null=True)
    approved_by = UnicodeAttribute(null=True)
    exported_at = Instant(null=True)
    v = WholeNumber(default=OF_SEVERAL_LINES)
    # Of before: one line in attributes of its own. They are read, and written no more.
    title = UnicodeAttribute(null=True)
    credits = WholeNumber(null=True)
    draws = Draws(null=True)
    code_id = UnicodeAttribute(null=True)
    lot_id = UnicodeAttribute(null=True)
    limited = BooleanAttribute(default=False)

    @classmethod
    def of(cls, value: model.Redemption, **places: Any) -> "RedemptionItem":
        """On the book; on the worklist while something is to be done about it."""
        item: RedemptionItem = super().of(value, **places)
        item.book = keys.redemption_in_book(value)
        item.due = keys.request_due(value)
        if item.due is not None:
            program = item.pk.partition("#")[0]
            item.worklist = keys.waiting_shard(program, keys.shard_of(value.redemption_id))
        return item

    def value(self) -> model.Redemption:
        """The redemption again; one of before has one line."""
        if not self.lines:
            self.lines = (self._only_line(),)
        return super().value()

    def _only_line(self) -> model.Line:
        paid = model.Tender(code_id=self.code_id, lot_id=self.lot_id, limited=self.limited)
        return model.Line(
            title=self.title,
            credits=self.credits,
            tenders=(paid,),
            draws=self.draws or (),
        )
