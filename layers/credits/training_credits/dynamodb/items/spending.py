"""Items of spending beside the requests themselves: vouchers, budgets."""

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute

from training_credits.domain import model
from training_credits.dynamodb.attributes import Choice, Day, Instant, Json, WholeNumber
from training_credits.dynamodb.items.base import Item, Stored


class VoucherItem(Stored[model.Voucher], discriminator="voucher"):
    """A voucher; its text is nowhere."""

    stands_for = model.Voucher
    voucher_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    redemption_id = UnicodeAttribute()
    line = WholeNumber()
    title = UnicodeAttribute()
    hint = UnicodeAttribute()
    issued_at = Instant()
    usable_until = Day()
    state = Choice(model.VoucherState)
    holder = Json(model.Attendee, null=True)
    partner = UnicodeAttribute(null=True)


class BudgetItem(Stored[model.Budget], discriminator="budget"):
    """A budget; what is left changes by deltas."""

    stands_for = model.Budget
    budget_id = UnicodeAttribute()
    name = UnicodeAttribute()
    limit = WholeNumber()
    left = WholeNumber()
    learners = Json(tuple[str, ...])


class AskedItem(Item, discriminator="asked"):
    """Requests of one learner that wait, and some that did: they leave when there is no room."""

    redemptions = UnicodeSetAttribute(null=True)
