"""Cases."""

from pynamodb.attributes import UnicodeAttribute

from training_credits.domain import model
from training_credits.dynamodb import keys
from training_credits.dynamodb.attributes import Choice, Day, Instant, Json, Who, WholeNumber
from training_credits.dynamodb.items.base import Item, Stored


class CaseItem(Stored[model.Case], discriminator="case"):
    """A case; on the worklist of its program while the vendor owes an answer."""

    stands_for = model.Case
    case_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    kind = Choice(model.CaseKind, attr_name="case_kind")
    opened_by = Who()
    reason = UnicodeAttribute()
    trail = Json(tuple[model.CaseStep, ...])
    policy = UnicodeAttribute()
    credits = WholeNumber()
    lot_id = UnicodeAttribute(null=True)
    days = WholeNumber(null=True)
    plan = Json(tuple[model.PlannedUse, ...])
    entry_id = UnicodeAttribute(null=True)
    entry_at = Instant(null=True)
    redemption_id = UnicodeAttribute(null=True)
    due_on = Day(null=True)
    granted_days = WholeNumber(null=True)
    new_lot_id = UnicodeAttribute(null=True)
    ends_on = Day(null=True)

    @classmethod
    def placed(cls, program: str, account_id: str, case: model.Case) -> "CaseItem":
        """Where it belongs: on its account, in the book, and on the worklist if it is due."""
        due = keys.case_due(case)
        item: CaseItem = cls.of(
            case,
            pk=keys.account(program, account_id),
            sk=keys.case(case.case_id),
            book=keys.case_in_book(case),
            worklist=keys.open_cases(program) if due else None,
            due=due,
        )
        return item


class NewestItem(Item, discriminator="newest"):
    """Which case is the newest of its kind about a lot: another may follow when that is over."""

    case_id = UnicodeAttribute()
