"""Items of spending beside the requests themselves: vouchers, budgets."""

from pynamodb.attributes import UnicodeAttribute

from tests.compat.before.domain import model
from tests.compat.before.dynamodb.attributes import Choice, Day, Instant, Json, WholeNumber
from tests.compat.before.dynamodb.items.base import Stored


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
